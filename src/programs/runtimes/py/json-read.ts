import { float, integer, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { dictOf } from './natives.ts';
import { exception, list, raise, thrownOf } from './values.ts';

const escapes: { readonly [c: string]: string | undefined } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads JSON as CPython's json does. Throws its JSONDecodeError, with its words and places. */
export function loads(vm: Vm, text: string): Value {
  let at = 0;
  const fail = (message: string, pos: number): never => {
    const line = text.slice(0, pos).split('\n').length;
    const column = pos - text.lastIndexOf('\n', pos - 1);
    const e = exception(vm, 'json.JSONDecodeError', `${message}: line ${line} column ${column} (char ${pos})`);
    vm.own(e).p = { ...vm.obj(e)?.p, msg: message, doc: text, pos, lineno: line, colno: column };
    throw thrownOf(vm, e);
  };
  const space = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at++;
  };
  const string = (): string => {
    const start = at++;
    let made = '';
    for (;;) {
      const c = text[at];
      if (c === undefined) return fail('Unterminated string starting at', start);
      if (c === '"') {
        at++;
        return made;
      }
      if (c < ' ') return fail('Invalid control character at', at);
      at++;
      if (c !== '\\') made += c;
      else if (text[at] === 'u') {
        const digits = text.slice(at + 1, at + 5);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) return fail('Invalid \\uXXXX escape', at);
        made += String.fromCharCode(Number.parseInt(digits, 16));
        at += 5;
      } else {
        const meant = escapes[text[at] ?? ''];
        if (meant === undefined) return fail('Invalid \\escape', at - 1);
        made += meant;
        at++;
      }
    }
  };
  const object = (): Value => {
    const pairs: [Value, Value][] = [];
    at++;
    space();
    if (text[at] === '}') {
      at++;
      return dictOf(vm, []);
    }
    for (;;) {
      if (text[at] !== '"') return fail('Expecting property name enclosed in double quotes', at);
      const key = string();
      space();
      if (text[at] !== ':') return fail("Expecting ':' delimiter", at);
      at++;
      space();
      pairs.push([key, value()]);
      space();
      const c = text[at++];
      if (c === '}') return dictOf(vm, pairs);
      if (c !== ',') return fail("Expecting ',' delimiter", at - 1);
      space();
    }
  };
  const array = (): Value => {
    const items: Value[] = [];
    at++;
    space();
    if (text[at] === ']') {
      at++;
      return list(vm, items);
    }
    for (;;) {
      items.push(value());
      space();
      const c = text[at++];
      if (c === ']') return list(vm, items);
      if (c !== ',') return fail("Expecting ',' delimiter", at - 1);
      space();
    }
  };
  const words = { null: null, true: true, false: false, NaN: float(Number.NaN), Infinity: float(Infinity) } as const;
  const value = (): Value => {
    vm.tick();
    const c = text[at];
    if (c === '"') return string();
    if (c === '{') return object();
    if (c === '[') return array();
    for (const [word, v] of Object.entries(words))
      if (text.startsWith(word, at)) {
        at += word.length;
        return v;
      }
    const number = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/.exec(text.slice(at, at + 400));
    if (!number) return fail('Expecting value', at);
    const [digits, fraction, exponent] = number;
    at += digits.length;
    return fraction === undefined && exponent === undefined ? integer(BigInt(digits)) : float(Number(digits));
  };
  if (text.startsWith('\ufeff')) return raise(vm, 'ValueError', 'Unexpected UTF-8 BOM (decode using utf-8-sig)');
  space();
  const made = value();
  space();
  if (at < text.length) return fail('Extra data', at);
  return made;
}
