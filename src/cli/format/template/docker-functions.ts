import { toJson } from '../go/json.ts';
import { items, noValue, slice, string, textValue, type Value } from '../go/types.ts';
import { type Functions, params } from './function.ts';

const text = (value: Value | undefined): string => String(value?.data ?? '');

/** A word's first letter as a capital, for each word. */
function title(value: string): string {
  return value.replace(
    /(^|[^\p{L}\p{Nd}_])(\p{Ll})/gu,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function truncate(value: string, length: number): string {
  return value.length > length ? value.slice(0, Math.max(0, length)) : value;
}

/** More spaces than this help nobody. */
const mostSpaces = 1_000_000;

/** What docker adds to the functions of a template. */
export const dockerFunctions: Functions = {
  json: { params: [params.anyValue], call: ([value = noValue]) => textValue(toJson(value)) },
  split: {
    params: [string, string],
    call: ([value, separator]) => ({ type: slice(string), data: text(value).split(text(separator)) }),
  },
  join: {
    params: [params.strings, string],
    call: ([list = noValue, separator]) => textValue(items(list).map(text).join(text(separator))),
  },
  title: { params: [string], call: ([value]) => textValue(title(text(value))) },
  lower: { params: [string], call: ([value]) => textValue(text(value).toLowerCase()) },
  upper: { params: [string], call: ([value]) => textValue(text(value).toUpperCase()) },
  pad: {
    params: [string, params.int, params.int],
    call([value, before, after]) {
      const spaces = (n: Value | undefined) => ' '.repeat(Math.min(mostSpaces, Math.max(0, Number(n?.data ?? 0))));
      return textValue(text(value) === '' ? '' : spaces(before) + text(value) + spaces(after));
    },
  },
  truncate: {
    params: [string, params.int],
    call: ([value, length]) => textValue(truncate(text(value), Number(length?.data ?? 0))),
  },
};

/** In a table's header, columns are called by fixed names that no function but the letter case changes. */
export const headerFunctions: Functions = {
  ...dockerFunctions,
  json: { params: [string], call: ([value]) => textValue(text(value)) },
  title: { params: [string], call: ([value]) => textValue(text(value)) },
  lower: { params: [string], call: ([value]) => textValue(text(value)) },
  upper: { params: [string], call: ([value]) => textValue(text(value)) },
  truncate: { params: [string, params.int], call: ([value]) => textValue(text(value)) },
};
