import type { Native, Natives } from '../core/lang.ts';
import { bigintOf, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { all, dictOf } from './natives.ts';
import { integer, list, raise, str, tuple, typeName } from './values.ts';

const s = (v: Value): string => String(v);

/** The part of a text that `start` and `end` name, and where it begins. */
function part(self: Value, start: Value | undefined, end: Value | undefined): readonly [text: string, from: number] {
  const text = s(self);
  const at = (v: Value | undefined, otherwise: number): number => {
    if (v === undefined || v === null) return otherwise;
    const n = Number(bigintOf(v) ?? 0n);
    return Math.min(Math.max(n < 0 ? n + text.length : n, 0), text.length);
  };
  const from = at(start, 0);
  return [text.slice(from, at(end, text.length)), from];
}

const finder =
  (last: boolean, must: boolean): Native =>
  (vm, [p = '', start, end], self) => {
    if (typeof p !== 'string') return raise(vm, 'TypeError', `must be str, not ${typeName(vm, p)}`);
    const [text, from] = part(self, start, end);
    const found = last ? text.lastIndexOf(p) : text.indexOf(p);
    if (found < 0 && must) return raise(vm, 'ValueError', 'substring not found');
    return found < 0 ? -1 : found + from;
  };

const fits =
  (test: (text: string, p: string) => boolean): Native =>
  (vm, [p = '', start, end], self) => {
    const [text] = part(self, start, end);
    return (vm.obj(p) ? all(vm, p) : [p]).some((one) => test(text, s(one)));
  };

function translate(vm: Vm, [table = null]: readonly Value[], self: Value): Value {
  const entries = vm.obj(table)?.e ?? {};
  return [...s(self)]
    .map((c) => {
      const found = entries[`n:${c.codePointAt(0)}`];
      if (!found) return c;
      const [, to] = found;
      return to === null ? '' : typeof to === 'string' ? to : String.fromCodePoint(Number(to));
    })
    .join('');
}

function maketrans(vm: Vm, [from = '', to, gone = '']: readonly Value[]): Value {
  const code = (c: Value): Value => (typeof c === 'string' ? (c.codePointAt(0) ?? 0) : c);
  if (to === undefined)
    return dictOf(
      vm,
      Object.values(vm.obj(from)?.e ?? {}).map(([k, v]) => [code(k), v]),
    );
  const [a, b] = [[...s(from)], [...s(to)]];
  if (a.length !== b.length) raise(vm, 'ValueError', 'the first two maketrans arguments must have equal length');
  return dictOf(vm, [
    ...a.map((c, i): [Value, Value] => [code(c), code(b[i] ?? '')]),
    ...[...s(gone)].map((c): [Value, Value] => [code(c), null]),
  ]);
}

/** Further methods of texts, and those that take where to begin and end. */
export const textMethods: Natives = {
  'str.find': finder(false, false),
  'str.rfind': finder(true, false),
  'str.index': finder(false, true),
  'str.rindex': finder(true, true),
  'str.startswith': fits((text, p) => text.startsWith(p)),
  'str.endswith': fits((text, p) => text.endsWith(p)),
  'str.count': (_vm, [p = '', start, end], self) => {
    const [text] = part(self, start, end);
    return s(p) === '' ? text.length + 1 : text.split(s(p)).length - 1;
  },
  'str.casefold': (_vm, _a, self) => s(self).toLowerCase().replaceAll('ß', 'ss'),
  'str.istitle': (_vm, _a, self) =>
    /\p{L}/u.test(s(self)) && (s(self).match(/\p{L}+/gu) ?? []).every((w) => /^\p{Lu}\P{Lu}*$/u.test(w)),
  'str.isidentifier': (_vm, _a, self) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(s(self)),
  'str.isdecimal': (_vm, _a, self) => /^\p{Nd}+$/u.test(s(self)),
  'str.isascii': (_vm, _a, self) => [...s(self)].every((c) => c < '\x80'),
  'str.isprintable': (_vm, _a, self) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(s(self)),
  'str.expandtabs': (_vm, [size = 8], self) => {
    let column = 0;
    return s(self).replace(/[^\t]|\t/gu, (c) => {
      const n = c === '\t' ? (Number(size) > 0 ? Number(size) - (column % Number(size)) : 0) : 1;
      column = c === '\n' || c === '\r' ? 0 : column + n;
      return c === '\t' ? ' '.repeat(n) : c;
    });
  },
  'str.splitlines': (vm, [keep = false], self, kw) => {
    const lines = s(self).match(/[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+/g) ?? [];
    const ends = vm.lang.truthy(vm, kw.keepends ?? keep);
    return list(vm, ends ? [...lines] : lines.map((line) => line.replace(/[\r\n]+$/, '')));
  },
  'str.rpartition': (vm, [p = ''], self) => {
    const at = s(self).lastIndexOf(s(p));
    return tuple(vm, at < 0 ? ['', '', self] : [s(self).slice(0, at), p, s(self).slice(at + s(p).length)]);
  },
  'str.translate': translate,
  'str.maketrans': maketrans,
  'str.format_map': (vm, [values = null], self) =>
    vm.native('str.format')(
      vm,
      [],
      self,
      Object.fromEntries(Object.values(vm.obj(values)?.e ?? {}).map(([k, v]) => [str(vm, k), v])),
    ),
  'float.as_integer_ratio': (vm, _a, self) => {
    let [n, d] = [Number((self as { readonly v: number | string }).v), 1];
    while (!Number.isInteger(n)) [n, d] = [n * 2, d * 2];
    return tuple(vm, [integer(BigInt(n)), integer(BigInt(d))]);
  },
  'int.bit_count': (_vm, _a, self) => (bigintOf(self) ?? 0n).toString(2).replace(/[^1]/g, '').length,
};
