import {
  anyValue,
  boolValue,
  concrete,
  entries,
  indirect,
  intValue,
  isNil,
  items,
  noValue,
  textValue,
  typeName,
  type Value,
} from '../go/types.ts';
import { equal, less } from './compare.ts';
import { TemplateError } from './error.ts';
import { type Functions, params } from './function.ts';
import { sprint, sprintf, sprintln } from './printf.ts';

/** Is the value true in the sense of `if`? */
export function isTrue(value: Value): boolean {
  const inner = concrete(value);
  const { kind } = inner.type;
  if (kind === 'nil') return false;
  if (kind === 'struct') return true;
  if (kind === 'pointer' || kind === 'func') return !isNil(inner);
  if (kind === 'map') return entries(inner).length > 0;
  if (kind === 'slice' || kind === 'array') return items(inner).length > 0;
  return Boolean(inner.data);
}

const encode: { readonly [char: string]: string } = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&#34;',
  "'": '&#39;',
  '\0': '\ufffd',
};

const scriptCodes: { readonly [char: string]: string } = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

function scriptText(text: string): string {
  return text.replace(/[\\'"<>&=\0-\x1f]/g, (c) => {
    return scriptCodes[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function queryText(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** An index into a slice or string: a whole number within it. Throws TemplateError. */
function position(index: Value, length: number, limit: number): number {
  const inner = concrete(index);
  if (inner.type.kind === 'nil') throw new TemplateError('cannot index slice/array with nil');
  if (inner.type.kind !== 'int') {
    throw new TemplateError(`cannot index slice/array with type ${typeName(inner.type)}`);
  }
  const number = Number(inner.data);
  if (number < 0 || number > limit || (limit === length - 1 && number >= length)) {
    throw new TemplateError(`index out of range: ${number}`);
  }
  return number;
}

/** `index x 1 2`: x[1][2]. Throws TemplateError. */
function index(start: Value, indexes: readonly Value[]): Value {
  let item = concrete(start);
  if (item.type.kind === 'nil') throw new TemplateError('index of untyped nil');
  for (const at of indexes) {
    if (item.type.kind === 'pointer' && isNil(item)) throw new TemplateError('index of nil pointer');
    item = indirect(item);
    const { type, data } = item;
    if (type.kind === 'slice' || type.kind === 'array') {
      const list = items(item);
      item = concrete(list[position(at, list.length, list.length - 1)] ?? noValue);
    } else if (type.kind === 'string') {
      const bytes = new TextEncoder().encode(String(data ?? ''));
      item = { type: { kind: 'int', name: 'uint8' }, data: bytes[position(at, bytes.length, bytes.length - 1)] };
    } else if (type.kind === 'map') {
      const key = concrete(at);
      if (key.type.kind === 'nil') throw new TemplateError('value is nil; should be of type string');
      if (typeName(key.type) !== (type.key ?? 'string')) {
        throw new TemplateError(`value has type ${typeName(key.type)}; should be ${type.key ?? 'string'}`);
      }
      const found = entries(item).find(([name]) => name === key.data)?.[1];
      item = concrete(found ?? { type: type.elem, data: null });
    } else throw new TemplateError(`can't index item of type ${typeName(type)}`);
  }
  return item;
}

function slice(start: Value, bounds: readonly Value[]): Value {
  const item = concrete(start);
  const { type, data } = item;
  if (type.kind === 'nil') throw new TemplateError('slice of untyped nil');
  if (bounds.length > 3) throw new TemplateError(`too many slice indexes: ${bounds.length}`);
  const isText = type.kind === 'string';
  if (isText && bounds.length === 3) throw new TemplateError('cannot 3-index slice a string');
  if (!isText && type.kind !== 'slice' && type.kind !== 'array') {
    throw new TemplateError(`can't slice item of type ${typeName(type)}`);
  }
  const bytes = new TextEncoder().encode(String(data ?? ''));
  const length = isText ? bytes.length : items(item).length;
  const [from = 0, to = length] = bounds.map((bound) => position(bound, length, length));
  if (from > to) throw new TemplateError(`invalid slice index: ${from} > ${to}`);
  if (isText) return textValue(new TextDecoder().decode(bytes.slice(from, to)));
  return { type, data: Array.isArray(data) ? data.slice(from, to) : [] };
}

function length(value: Value): Value {
  const inner = indirect(value);
  const { kind } = inner.type;
  if (kind === 'nil') throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
  if (kind === 'pointer') throw new TemplateError('len of nil pointer');
  if (kind === 'string') return intValue(new TextEncoder().encode(String(inner.data ?? '')).length);
  if (kind === 'map') return intValue(entries(inner).length);
  if (kind === 'slice' || kind === 'array') return intValue(items(inner).length);
  throw new TemplateError(`len of type ${typeName(inner.type)}`);
}

const first = (args: readonly Value[]): Value => args[0] ?? noValue;
const second = (args: readonly Value[]): Value => args[1] ?? noValue;
const words = (args: readonly Value[]): string => {
  const only = args.length === 1 ? concrete(first(args)) : undefined;
  return only?.type.kind === 'string' ? String(only.data ?? '') : sprint(args);
};
const many = { params: [], variadic: anyValue };
const two = { params: [anyValue, anyValue] };

/** The functions of every template. `and` and `or` are here for their names: execution knows them. */
export const builtins: Functions = {
  and: {
    params: [anyValue],
    variadic: anyValue,
    call: (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) ?? noValue,
  },
  or: { params: [anyValue], variadic: anyValue, call: (args) => args.find(isTrue) ?? args.at(-1) ?? noValue },
  not: { params: [anyValue], call: (args) => boolValue(!isTrue(first(args))) },
  call: {
    params: [anyValue],
    variadic: anyValue,
    call(args) {
      const value = concrete(first(args));
      if (value.type.kind === 'nil') throw new TemplateError('call of nil');
      throw new TemplateError(`non-function of type ${typeName(value.type)}`);
    },
  },
  html: { ...many, call: (args) => textValue(words(args).replace(/[<>&"'\0]/g, (c) => encode[c] ?? c)) },
  js: { ...many, call: (args) => textValue(scriptText(words(args))) },
  urlquery: { ...many, call: (args) => textValue(queryText(words(args))) },
  index: { params: [anyValue], variadic: anyValue, call: ([item = noValue, ...at]) => index(item, at) },
  slice: { params: [anyValue], variadic: anyValue, call: ([item = noValue, ...bounds]) => slice(item, bounds) },
  len: { params: [anyValue], call: (args) => length(first(args)) },
  print: { ...many, call: (args) => textValue(sprint(args)) },
  printf: {
    params: [params.string],
    variadic: anyValue,
    call: ([format = noValue, ...args]) => textValue(sprintf(String(format.data ?? ''), args)),
  },
  println: { ...many, call: (args) => textValue(sprintln(args)) },
  eq: { params: [anyValue], variadic: anyValue, call: ([left = noValue, ...others]) => boolValue(equal(left, others)) },
  ne: { ...two, call: (args) => boolValue(!equal(first(args), [second(args)])) },
  lt: { ...two, call: (args) => boolValue(less(first(args), second(args))) },
  le: { ...two, call: (args) => boolValue(less(first(args), second(args)) || equal(first(args), [second(args)])) },
  gt: { ...two, call: (args) => boolValue(!less(first(args), second(args)) && !equal(first(args), [second(args)])) },
  ge: { ...two, call: (args) => boolValue(!less(first(args), second(args))) },
};
