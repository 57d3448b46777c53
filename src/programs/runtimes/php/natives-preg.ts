import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Native, Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import type { Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { type Found, find, type Matcher, matcher } from '../regexp/match.ts';
import { PatternBeyond, PatternProblem } from '../regexp/pattern.ts';
import { parsePcre } from '../regexp/pcre.ts';
import { callable, isCallable } from './calls.ts';
import { raise, warn } from './errors.ts';
import { array, entries, int, isArray, list, share, text, typeWord, values } from './values.ts';

const order = { pattern: 1, set: 2 };
const withOffset = 256;
const unmatchedNull = 512;

/** A pattern ready for use. */
interface Prepared {
  readonly m: Matcher;
  /** The same, for a match that takes something. */
  readonly some: Matcher;
  readonly u: boolean;
  readonly here: boolean;
  readonly names: readonly (string | undefined)[];
}

function beyond<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof PatternBeyond) throw new Beyond(`${error.message} in a regular expression`);
    throw error;
  }
}

/** Takes a pattern with its delimiters and modifiers apart. Undefined, after a warning, when it is none. */
function prepare(vm: Vm, name: string, given: Value): Prepared | undefined {
  const source = text(vm, given).replace(/^[ \t-\r]+/, '');
  vm.tick(20 + source.length);
  const refuse = (why: string): undefined => {
    warn(vm, 'Warning', `${name}(): ${why}`);
    vm.globals['%preg'] = 1;
    return undefined;
  };
  const open = source[0];
  if (open === undefined) return refuse('Empty regular expression');
  if (/[A-Za-z0-9\\\0]/.test(open)) return refuse('Delimiter must not be alphanumeric, backslash, or NUL');
  const close = { '(': ')', '[': ']', '{': '}', '<': '>' }[open] ?? open;
  let depth = 1;
  let end = 1;
  for (; end < source.length; end++) {
    const c = source[end];
    if (c === '\\') end++;
    else if (c === close && --depth === 0) break;
    else if (c === open) depth++;
  }
  if (end >= source.length) return refuse(`No ending ${close === open ? '' : 'matching '}delimiter '${close}' found`);
  const modifiers = source.slice(end + 1);
  for (const c of modifiers) {
    if (/[nXJ]/.test(c)) throw new Beyond(`the modifier ${c} in a regular expression`);
    if (c === '\0') return refuse('NUL byte is not a valid modifier');
    if (!/[imsxuDAUS \r\n]/.test(c)) return refuse(`Unknown modifier '${c}'`);
  }
  const has = (c: string): boolean => modifiers.includes(c);
  const u = has('u');
  const flags = { i: has('i'), m: has('m'), s: has('s'), x: has('x'), u, D: has('D'), A: has('A'), U: has('U') };
  const bytes = source.slice(1, end);
  const inner = u ? decodeUtf8(bytes) : bytes;
  try {
    return beyond(() => {
      const pattern = parsePcre(inner, flags);
      const how = { ignoreCase: flags.i && u, multiline: flags.m, dotAll: flags.s, wide: u, perl: true };
      const m = matcher(pattern, how);
      const some: Matcher = { ...m, code: [...m.code.slice(0, -1), { op: 'moved', slot: 0 }, { op: 'match' }] };
      const names = Array.from({ length: m.groups + 1 }, (_, n) => m.names.find(([, number]) => number === n)?.[0]);
      return { m, some, u, here: flags.A, names };
    });
  } catch (error) {
    if (!(error instanceof PatternProblem)) throw error;
    const at = u ? encodeUtf8(inner.slice(0, error.at)).length : error.at;
    return refuse(`Compilation failed: ${error.message} at offset ${at}`);
  }
}

/** The subject as the pattern takes it; undefined when it ought to be UTF-8 and is not. */
function subjectOf(vm: Vm, p: Prepared, bytes: string): string | undefined {
  vm.globals['%preg'] = 0;
  if (!p.u) return bytes;
  const s = decodeUtf8(bytes);
  if (encodeUtf8(s) === bytes) return s;
  vm.globals['%preg'] = 4;
  return undefined;
}
const bytesOf = (p: Prepared, s: string): string => (p.u ? encodeUtf8(s) : s);

const search = (vm: Vm, p: Prepared, m: Matcher, s: string, from: number, here: boolean): Found | undefined =>
  beyond(() => find(m, s, from, (steps) => vm.tick(steps >> 1), { here: here || p.here }));

/** All matches one after the other, as Perl's /g has them, until `act` says that it is enough. */
function each(vm: Vm, p: Prepared, s: string, from: number, act: (found: Found) => boolean): void {
  let empty = false;
  for (let at = from; ; ) {
    vm.tick();
    const found = search(vm, p, empty ? p.some : p.m, s, at, empty);
    if (found) {
      if (!act(found)) return;
      at = found[1] ?? 0;
      empty = found[0] === at;
    } else {
      if (!empty || at >= s.length) return;
      at += p.u && (s.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      empty = false;
    }
  }
}

/** What a group holds, as the flags want it. */
function held(vm: Vm, p: Prepared, s: string, found: Found, n: number, flags: number): Value {
  const [a = -1, b = -1] = found.slice(2 * n, 2 * n + 2);
  const none = a < 0 || b < 0;
  const part = none ? ((flags & unmatchedNull) !== 0 ? null : '') : bytesOf(p, s.slice(a, b));
  if ((flags & withOffset) === 0) return part;
  return list(vm, [part, none ? -1 : bytesOf(p, s.slice(0, a)).length]);
}
/** How many groups there are up to the last that took part. */
function used(p: Prepared, found: Found, flags: number): number {
  let n = p.m.groups;
  if ((flags & unmatchedNull) === 0) while (n > 0 && (found[2 * n + 1] ?? -1) < 0) n--;
  return n + 1;
}
/** A match as an array: the groups by number, and by name before it. */
function groupsOf(vm: Vm, p: Prepared, s: string, found: Found, flags: number): Value {
  const all: (readonly [Value, Value])[] = [];
  for (let n = 0; n < used(p, found, flags); n++) {
    const v = held(vm, p, s, found, n, flags);
    const name = p.names[n];
    if (name !== undefined) all.push([name, v]);
    all.push([n, v]);
  }
  return array(vm, all);
}

function put(vm: Vm, cell: Value | undefined, v: Value): void {
  if (cell !== undefined && vm.obj(cell)?.k === 'cell') vm.own(cell).v = share(vm, v);
}
function need(vm: Vm, v: Value | undefined, name: string, n: number, param: string): string {
  if (isArray(vm, v ?? null))
    return raise(vm, 'TypeError', `${name}(): Argument #${n} ($${param}) must be of type string, array given`);
  return text(vm, v ?? null);
}
/** Where the search begins, of a text in bytes; undefined past its end. */
function startOf(vm: Vm, p: Prepared, bytes: string, offset: Value): number | undefined {
  const n = int(vm, offset);
  const at = n < 0 ? Math.max(0, bytes.length + n) : n;
  if (at <= bytes.length) return p.u ? decodeUtf8(bytes.slice(0, at)).length : at;
  vm.globals['%preg'] = 1;
  return undefined;
}

const matching =
  (name: string, global: boolean): Native =>
  (vm, [pattern = '', subject = '', cell, given = 0, offset = 0]) => {
    const p = prepare(vm, name, need(vm, pattern, name, 1, 'pattern'));
    if (!p) return false;
    const flags = int(vm, given);
    if (global && (flags & 3) === 3)
      return raise(vm, 'ValueError', `${name}(): Argument #4 ($flags) must be a PREG_* constant`);
    const bytes = need(vm, subject, name, 2, 'subject');
    const s = subjectOf(vm, p, bytes);
    const from = s === undefined ? undefined : startOf(vm, p, bytes, offset);
    if (s === undefined || from === undefined) {
      put(vm, cell, array(vm, []));
      return false;
    }
    if (!global) {
      const found = search(vm, p, p.m, s, from, false);
      put(vm, cell, found ? groupsOf(vm, p, s, found, flags) : array(vm, []));
      return found ? 1 : 0;
    }
    const all: Found[] = [];
    each(vm, p, s, from, (found) => all.push(found) > 0);
    if ((flags & order.set) !== 0)
      put(
        vm,
        cell,
        list(
          vm,
          all.map((found) => groupsOf(vm, p, s, found, flags)),
        ),
      );
    else {
      const columns = p.names.flatMap((one, n) => {
        const made = (): Value =>
          list(
            vm,
            all.map((found) => held(vm, p, s, found, n, flags)),
          );
        return [...(one === undefined ? [] : [[one, made()] as const]), [n, made()] as const];
      });
      put(vm, cell, array(vm, columns));
    }
    return all.length;
  };

/** Puts groups into a replacement: `$1`, `${1}`, `\1`. */
function expanded(p: Prepared, s: string, found: Found, by: string): string {
  return by.replace(/\\([\\$])|[\\$](\d{1,2})|\$\{(\d{1,2})\}/g, (_all, plain?: string, a?: string, b?: string) => {
    if (plain !== undefined) return plain;
    const [from = -1, to = -1] = found.slice(2 * Number(a ?? b), 2 * Number(a ?? b) + 2);
    return from < 0 || to < 0 || Number(a ?? b) > p.m.groups ? '' : bytesOf(p, s.slice(from, to));
  });
}

type Replaced = { readonly made: string; readonly count: number };
function replaceOne(
  vm: Vm,
  p: Prepared,
  bytes: string,
  limit: number,
  by: (s: string, found: Found) => string,
): Replaced | undefined {
  const s = subjectOf(vm, p, bytes);
  if (s === undefined) return undefined;
  let made = '';
  let last = 0;
  let count = 0;
  if (limit !== 0)
    each(vm, p, s, 0, (found) => {
      made += bytesOf(p, s.slice(last, found[0])) + by(s, found);
      vm.grow(made.length >> 6);
      last = found[1] ?? 0;
      return ++count !== limit;
    });
  return { made: made + bytesOf(p, s.slice(last)), count };
}

/** Replaces in a text or in all texts of an array; with `keep` only those where something was found. */
function replaceAll(
  vm: Vm,
  name: string,
  args: { readonly pattern: Value; readonly subject: Value; readonly limit: Value; readonly cell: Value | undefined },
  by: (p: Prepared, n: number, s: string, found: Found) => string,
  keep = false,
): Value {
  const patterns = isArray(vm, args.pattern) ? values(vm, args.pattern) : [args.pattern];
  let total = 0;
  const one = (subject: Value): { readonly made: string; readonly count: number } | undefined => {
    let now = text(vm, subject);
    let count = 0;
    for (const [n, pattern] of patterns.entries()) {
      const p = prepare(vm, name, pattern);
      const got = p && replaceOne(vm, p, now, int(vm, args.limit), (s, found) => by(p, n, s, found));
      if (!got) return undefined;
      now = got.made;
      count += got.count;
    }
    total += count;
    return { made: now, count };
  };
  let result: Value;
  if (isArray(vm, args.subject)) {
    const some = entries(vm, args.subject).flatMap(([k, v]) => {
      const got = one(v);
      return got && (!keep || got.count > 0) ? [[k, got.made] as const] : [];
    });
    result = array(vm, some);
  } else {
    const got = one(args.subject);
    result = got && (!keep || got.count > 0) ? got.made : null;
  }
  put(vm, args.cell, total);
  return result;
}

const replacing =
  (name: string, keep: boolean): Native =>
  (vm, [pattern = '', by = '', subject = '', limit = -1, cell]) => {
    if (isArray(vm, by) && !isArray(vm, pattern))
      return raise(
        vm,
        'TypeError',
        `${name}(): Argument #1 ($pattern) must be of type array when argument #2 ($replacement) is an array, ${typeWord(vm, pattern)} given`,
      );
    const texts = isArray(vm, by) ? values(vm, by).map((one) => text(vm, one)) : undefined;
    const plain = texts ? '' : text(vm, by);
    return replaceAll(
      vm,
      name,
      { pattern, subject, limit, cell },
      (p, n, s, found) => expanded(p, s, found, texts ? (texts[n] ?? '') : plain),
      keep,
    );
  };

function split(vm: Vm, [pattern = '', subject = '', most = -1, given = 0]: readonly Value[]): Value {
  const p = prepare(vm, 'preg_split', need(vm, pattern, 'preg_split', 1, 'pattern'));
  const s = p && subjectOf(vm, p, need(vm, subject, 'preg_split', 2, 'subject'));
  if (!p || s === undefined) return false;
  const flags = int(vm, given);
  const noEmpty = (flags & 1) !== 0;
  let limit = int(vm, most) === 0 ? -1 : int(vm, most);
  const out: Value[] = [];
  const piece = (a: number, b: number): void => {
    const part = bytesOf(p, s.slice(a, b));
    out.push((flags & 4) === 0 ? part : list(vm, [part, bytesOf(p, s.slice(0, a)).length]));
  };
  let last = 0;
  const enough = (): boolean => limit !== -1 && limit <= 1;
  if (!enough())
    each(vm, p, s, 0, (found) => {
      const [a = 0, b = 0] = found;
      if (!noEmpty || a !== last) {
        piece(last, a);
        if (limit !== -1) limit--;
      }
      if ((flags & 2) !== 0)
        for (let n = 1; n < used(p, found, 0); n++) {
          const [from = -1, to = -1] = found.slice(2 * n, 2 * n + 2);
          if (!noEmpty || to > from) piece(Math.max(0, from), Math.max(0, to));
        }
      last = b;
      return !enough();
    });
  if (!noEmpty || last < s.length) piece(last, s.length);
  return list(vm, out);
}

const messages: { readonly [code: number]: string } = {
  0: 'No error',
  1: 'Internal error',
  4: 'Malformed UTF-8 characters, possibly incorrectly encoded',
};
const lastError = (vm: Vm): number => Number(vm.globals['%preg'] ?? 0);

/** PHP's functions for regular expressions. */
export const pregNatives: Natives = {
  preg_match: matching('preg_match', false),
  preg_match_all: matching('preg_match_all', true),
  preg_replace: replacing('preg_replace', false),
  preg_filter: replacing('preg_filter', true),
  preg_replace_callback: (vm, [pattern = '', fn = null, subject = '', limit = -1, cell, flags = 0]) => {
    const name = 'preg_replace_callback';
    if (!isCallable(vm, fn)) {
      const why =
        typeof fn === 'string' && !fn.includes('::')
          ? `function "${fn}" not found or invalid function name`
          : 'no array or string given';
      return raise(vm, 'TypeError', `${name}(): Argument #2 ($callback) must be a valid callback, ${why}`);
    }
    const act = callable(vm, fn);
    return replaceAll(vm, name, { pattern, subject, limit, cell }, (p, _n, s, found) =>
      text(vm, vm.call(act, [groupsOf(vm, p, s, found, int(vm, flags))])),
    );
  },
  preg_split: split,
  preg_quote: (vm, [v = '', delimiter = null]) => {
    const own = delimiter === null ? '' : text(vm, delimiter).slice(0, 1);
    return [...text(vm, v)]
      .map((c) =>
        c === '\0'
          ? '\\000'
          : /[.\\+*?[^\]$(){}=!<>|:\-#/]/.test(c) && (c !== '/' || own === '/')
            ? `\\${c}`
            : c === own
              ? `\\${c}`
              : c,
      )
      .join('');
  },
  preg_grep: (vm, [pattern = '', all = null, flags = 0]) => {
    const p = prepare(vm, 'preg_grep', need(vm, pattern, 'preg_grep', 1, 'pattern'));
    if (!p) return false;
    const inverse = (int(vm, flags) & 1) !== 0;
    return array(
      vm,
      entries(vm, all).filter(([, v]) => {
        const s = subjectOf(vm, p, text(vm, v));
        return s !== undefined && (search(vm, p, p.m, s, 0, false) !== undefined) !== inverse;
      }),
    );
  },
  preg_last_error: lastError,
  preg_last_error_msg: (vm) => messages[lastError(vm)] ?? '',
};
