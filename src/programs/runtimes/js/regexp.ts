import type { Natives } from '../core/lang.ts';
import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { isUndefined, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { type Found, find, type Matcher, matcher } from '../regexp/match.ts';
import { PatternBeyond, PatternProblem, parsePattern } from '../regexp/pattern.ts';
import { array, plain, throwError } from './objects.ts';
import { text, toNumber } from './semantics.ts';

/** A program's regular expression, ready to be used by the reader's own matcher: never by the real engine. */
interface Ready {
  readonly m: Matcher;
  readonly global: boolean;
  readonly sticky: boolean;
}

/** Runs what may meet syntax that is not read. */
function reading<T>(vm: Vm, source: string, flags: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof PatternProblem)
      throwError(vm, 'SyntaxError', `Invalid regular expression: /${source}/${flags}: ${error.message}`);
    if (error instanceof PatternBeyond) throw new Beyond(`${error.message} in a regular expression`);
    throw error;
  }
}

function ready(vm: Vm, source: string, flags: string): Ready {
  if (/[^dgimsuy]/.test(flags) || new Set(flags).size !== flags.length) {
    if (/v/.test(flags)) throw new Beyond('the flag v of a regular expression');
    throwError(vm, 'SyntaxError', `Invalid flags supplied to RegExp constructor '${flags}'`);
  }
  return reading(vm, source, flags, () => {
    vm.tick(20 + source.length);
    const m = matcher(parsePattern(source, 'js'), {
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
      wide: false,
    });
    return { m, global: flags.includes('g'), sticky: flags.includes('y') };
  });
}

/** The regular expression that a value is; a text is one that matches itself when `literal` is not set. */
function expression(vm: Vm, v: Value): Ready | undefined {
  const o = vm.obj(v);
  return o?.k === 'regexp' ? ready(vm, o.s ?? '', String(o.x ?? '')) : undefined;
}

function search(vm: Vm, re: Ready, s: string, from: number): Found | undefined {
  return reading(vm, '', '', () => find(re.m, s, from, (steps) => vm.tick(steps >> 1), { here: re.sticky }));
}

const part = (s: string, found: Found, n: number): Value => {
  const [a = -1, b = -1] = found.slice(2 * n, 2 * n + 2);
  return a < 0 || b < 0 ? undef : s.slice(a, b);
};
const groups = (re: Ready): readonly number[] => Array.from({ length: re.m.groups + 1 }, (_, n) => n);

function matchValue(vm: Vm, re: Ready, s: string, found: Found): Value {
  const v = array(
    vm,
    groups(re).map((n) => part(s, found, n)),
  );
  const named = re.m.names.map(([name, n]) => [name, part(s, found, n)] as const);
  vm.own(v).p = {
    index: found[0] ?? 0,
    input: s,
    groups: named.length === 0 ? undef : plain(vm, Object.fromEntries(named)),
  };
  return v;
}

/** All matches, as `g` finds them. */
function everything(vm: Vm, re: Ready, s: string): Found[] {
  const all: Found[] = [];
  for (let from = 0; from <= s.length; ) {
    const found = search(vm, re, s, from);
    if (!found) break;
    all.push(found);
    const [a = 0, b = 0] = found;
    from = b > a ? b : b + 1;
    vm.tick();
  }
  return all;
}

/** What `$1`, `$&`, `$<name>` and their like in a replacement stand for. */
function expanded(re: Ready | undefined, s: string, found: Found, by: string): string {
  return by.replace(/\$(?:([$&`'])|(\d\d?)|<([^>]*)>)/g, (whole, sign?: string, digits?: string, name?: string) => {
    const [a = 0, b = 0] = found;
    if (sign === '$') return '$';
    if (sign === '&') return s.slice(a, b);
    if (sign === '`') return s.slice(0, a);
    if (sign === "'") return s.slice(b);
    const show = (n: number) => {
      const v = part(s, found, n);
      return typeof v === 'string' ? v : '';
    };
    const most = re?.m.groups ?? 0;
    if (digits !== undefined) {
      if (Number(digits) >= 1 && Number(digits) <= most) return show(Number(digits));
      const first = Number(digits[0]);
      return digits.length === 2 && first >= 1 && first <= most ? show(first) + digits[1] : whole;
    }
    if (!re || re.m.names.length === 0) return whole;
    const known = re.m.names.find(([one]) => one === name);
    return known ? show(known[1]) : '';
  });
}

function replace(vm: Vm, self: Value, pattern: Value, by: Value, all: boolean): string {
  const s = text(vm, self);
  const re = expression(vm, pattern);
  const k = vm.obj(by)?.k;
  const called = k === 'fn' || k === 'bound' || (typeof by === 'object' && by !== null && by.t === 'b');
  const template = called ? '' : text(vm, by);
  const places: Found[] = [];
  if (re) {
    if (all && !re.global) throwError(vm, 'TypeError', 'replaceAll must be called with a global RegExp');
    const first = re.global ? undefined : search(vm, re, s, 0);
    places.push(...(re.global ? everything(vm, re, s) : first ? [first] : []));
  } else {
    const what = text(vm, pattern);
    for (let at = s.indexOf(what); at >= 0 && at <= s.length; at = s.indexOf(what, at + Math.max(1, what.length))) {
      places.push([at, at + what.length]);
      vm.tick();
      if (!all || at === s.length) break;
    }
  }
  let out = '';
  let from = 0;
  for (const found of places) {
    const [a = 0, b = 0] = found;
    const parts = Array.from({ length: found.length / 2 }, (_, n) => part(s, found, n));
    const made = called ? text(vm, vm.call(by, [...parts, a, s])) : expanded(re, s, found, template);
    out += s.slice(from, a) + made;
    from = b;
    vm.tick(made.length >> 4);
    if (out.length > longestText) throw new Beyond('a text this long');
  }
  return out + s.slice(from);
}

function split(vm: Vm, self: string, separator: Value, limit: Value | undefined): Value {
  const most = limit === undefined || isUndefined(limit) ? 2 ** 32 - 1 : toNumber(vm, limit);
  const re = expression(vm, separator);
  if (!re) {
    const parts = self.split(text(vm, separator), most);
    vm.tick(parts.length);
    return array(vm, parts);
  }
  const out: Value[] = [];
  let from = 0;
  if (self === '') return array(vm, search(vm, re, '', 0) ? [] : ['']);
  for (const found of everything(vm, { ...re, sticky: false }, self)) {
    const [a = 0, b = 0] = found;
    if (b === a && (a >= self.length || a === from)) {
      if (a >= self.length || a === 0 || b === from) continue;
    }
    out.push(self.slice(from, a));
    for (let n = 1; n <= re.m.groups; n++) out.push(part(self, found, n));
    from = b;
  }
  out.push(self.slice(from));
  return array(vm, out.slice(0, most));
}

function execute(vm: Vm, self: Value, s: string): Value {
  const re = expression(vm, self);
  if (!re) return throwError(vm, 'TypeError', 'Receiver is not a RegExp');
  const moving = re.global || re.sticky;
  const from = moving ? (vm.obj(self)?.n ?? 0) : 0;
  const found = from > s.length ? undefined : search(vm, re, s, from);
  if (moving) vm.own(self).n = found?.[1] ?? 0;
  return found ? matchValue(vm, re, s, found) : null;
}

const str = (vm: Vm, v: Value | undefined): string => (v === undefined ? 'undefined' : text(vm, v));

/** Regular expressions, and what texts do with them. */
export const regexpNatives: Natives = {
  'new RegExp': (vm, [source = '', flags = undef]) => {
    const o = vm.obj(source);
    const s = o?.k === 'regexp' ? (o.s ?? '') : isUndefined(source) ? '(?:)' : text(vm, source);
    const x = isUndefined(flags) ? (o?.k === 'regexp' ? String(o.x ?? '') : '') : text(vm, flags);
    ready(vm, s, x);
    return vm.make({ k: 'regexp', s: s === '' ? '(?:)' : s, x, n: 0 });
  },
  'R.test': (vm, [s], self) => execute(vm, self, str(vm, s)) !== null,
  'R.exec': (vm, [s], self) => execute(vm, self, str(vm, s)),
  'R.toString': (vm, _a, self) => `/${vm.obj(self)?.s ?? ''}/${String(vm.obj(self)?.x ?? '')}`,
  'S.split': (vm, [separator, limit], self) =>
    separator === undefined || isUndefined(separator)
      ? array(vm, [String(self)])
      : split(vm, String(self), separator, limit),
  'S.replace': (vm, [pattern = undef, by = undef], self) => replace(vm, self, pattern, by, false),
  'S.replaceAll': (vm, [pattern = undef, by = undef], self) => replace(vm, self, pattern, by, true),
  'S.match': (vm, [pattern = undef], self) => {
    const s = String(self);
    const re = expression(vm, pattern) ?? ready(vm, isUndefined(pattern) ? '' : text(vm, pattern), '');
    if (re.global) {
      const all = everything(vm, re, s);
      return all.length === 0
        ? null
        : array(
            vm,
            all.map((found) => part(s, found, 0)),
          );
    }
    const found = search(vm, re, s, 0);
    return found ? matchValue(vm, re, s, found) : null;
  },
  'S.matchAll': (vm, [pattern = undef], self) => {
    const s = String(self);
    const re = expression(vm, pattern) ?? ready(vm, text(vm, pattern), 'g');
    if (!re.global) throwError(vm, 'TypeError', 'String.prototype.matchAll called with a non-global RegExp argument');
    return vm.make({ k: 'iter', a: everything(vm, re, s).map((found) => matchValue(vm, re, s, found)), n: 0 });
  },
  'S.search': (vm, [pattern = undef], self) => {
    const re = expression(vm, pattern) ?? ready(vm, text(vm, pattern), '');
    return search(vm, re, String(self), 0)?.[0] ?? -1;
  },
};
