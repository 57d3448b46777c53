import { isHash, isList, isRange, isTrue, itemsOf, type Lambda, textOf, type Value } from './values.ts';

/** A method of Ruby's own values that Vagrantfiles use; undefined when there is none of this name here. */
export function callMethod(
  on: Value,
  name: string,
  args: readonly Value[],
  block: Lambda | undefined,
): Value | undefined {
  const common = anyMethod(on, name, args);
  if (common !== undefined) return common;
  if (typeof on === 'string') return textMethod(on, name, args);
  if (typeof on === 'number') return numberMethod(on, name, args, block);
  if (isHash(on)) {
    const found = hashMethod(on.pairs, name, args, block);
    if (found !== undefined) return found;
  }
  const items = itemsOf(on);
  return items && listMethod(on, items, name, args, block);
}

function anyMethod(on: Value, name: string, [first = null]: readonly Value[]): Value | undefined {
  switch (name) {
    case 'to_s':
    case 'inspect':
      return textOf(on);
    case 'to_sym':
      return textOf(on);
    case 'nil?':
      return on === null;
    case 'freeze':
    case 'dup':
      return on;
    case '==':
      return textOf(on) === textOf(first);
    case 'to_i':
      return on === null ? 0 : Number.parseInt(textOf(on), 10) || 0;
    case 'empty?':
      return typeof on === 'string' ? on === '' : itemsOf(on)?.length === 0;
    default:
      return undefined;
  }
}

function textMethod(on: string, name: string, args: readonly Value[]): Value | undefined {
  const [first = '', second = ''] = args.map(textOf);
  switch (name) {
    case 'upcase':
      return on.toUpperCase();
    case 'downcase':
      return on.toLowerCase();
    case 'capitalize':
      return on.charAt(0).toUpperCase() + on.slice(1).toLowerCase();
    case 'strip':
    case 'chomp':
      return on.trim();
    case 'size':
    case 'length':
      return on.length;
    case 'sub':
      return on.replace(first, second);
    case 'gsub':
    case 'tr':
      return on.replaceAll(first, second);
    case 'start_with?':
      return on.startsWith(first);
    case 'end_with?':
      return on.endsWith(first);
    case 'include?':
      return on.includes(first);
    case 'split':
      return args.length === 0 ? on.trim().split(/\s+/) : on.split(first);
    case 'rjust':
      return on.padStart(Number(first), second || ' ');
    case 'to_f':
      return Number.parseFloat(on) || 0;
    default:
      return undefined;
  }
}

function numberMethod(
  on: number,
  name: string,
  [first = null]: readonly Value[],
  block: Lambda | undefined,
): Value | undefined {
  switch (name) {
    case 'times':
      for (let i = 0; i < Math.min(on, 10_000); i++) block?.run([i]);
      return on;
    case 'upto':
      for (let i = on; i <= Math.min(Number(first), on + 10_000); i++) block?.run([i]);
      return on;
    case 'succ':
      return on + 1;
    case 'even?':
      return on % 2 === 0;
    case 'odd?':
      return on % 2 !== 0;
    case 'floor':
      return Math.floor(on);
    case 'round':
      return Math.round(on);
    default:
      return undefined;
  }
}

function hashMethod(
  pairs: ReadonlyMap<string, Value>,
  name: string,
  [first = null, second = null]: readonly Value[],
  block: Lambda | undefined,
): Value | undefined {
  switch (name) {
    case 'each_pair':
    case 'each':
      for (const [key, value] of pairs) block?.run([key, value]);
      return { pairs };
    case 'key?':
    case 'has_key?':
    case 'include?':
      return pairs.has(textOf(first));
    case 'fetch':
      return pairs.get(textOf(first)) ?? second;
    case 'keys':
      return [...pairs.keys()];
    case 'values':
      return [...pairs.values()];
    case 'merge':
      return { pairs: new Map([...pairs, ...(isHash(first) ? first.pairs : [])]) };
    default:
      return undefined;
  }
}

function listMethod(
  on: Value,
  items: readonly Value[],
  name: string,
  [first = null]: readonly Value[],
  block: Lambda | undefined,
): Value | undefined {
  const run = (item: Value, i: number): Value => block?.run(isList(item) ? item : [item, i]) ?? null;
  switch (name) {
    case 'each':
      for (const item of items) block?.run(isList(item) ? item : [item]);
      return on;
    case 'each_with_index':
      items.forEach((item, i) => {
        block?.run([item, i]);
      });
      return on;
    case 'map':
    case 'collect':
      return items.map((item) => block?.run(isList(item) ? item : [item]) ?? null);
    case 'select':
      return items.filter((item, i) => isTrue(run(item, i)));
    case 'reject':
      return items.filter((item, i) => !isTrue(run(item, i)));
    case 'any?':
      return items.some((item, i) => isTrue(block ? run(item, i) : item));
    case 'to_a':
      return items;
    case 'join':
      return items.map(textOf).join(first === null ? '' : textOf(first));
    case 'size':
    case 'length':
    case 'count':
      return items.length;
    case 'first':
      return items[0] ?? null;
    case 'last':
    case 'max':
      return isRange(on) || name === 'last' ? (items.at(-1) ?? null) : Math.max(...items.map(Number));
    case 'reverse':
      return items.toReversed();
    case 'include?':
      return items.some((item) => textOf(item) === textOf(first));
    default:
      return undefined;
  }
}
