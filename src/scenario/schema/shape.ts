import { lettersApart } from '../../cli/suggest.ts';
import { josa } from '../../explain/josa.ts';
import type { Json } from '../../kernel/json.ts';
import { both, type Text } from '../text.ts';
import type { Fault, Node, Position } from './node.ts';

/** Collects what is wrong. */
export type Complain = (at: Position, says: Text) => void;

/**
 * What a part of a file must look like. One description is both: the reader, which gives typed plain data or says what is
 * wrong, and the JSON Schema for editors.
 */
export interface Shape<T> {
  read(node: Node, complain: Complain): T | undefined;
  schema(): Json;
}

/** The data that a shape reads. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** A key of a map: its shape, and what it is for (in English and Korean: editors show it). */
export interface Field<T, R extends boolean> {
  readonly shape: Shape<T>;
  readonly required: R;
  readonly about: string;
}

export type Fields = { readonly [key: string]: Field<unknown, boolean> };

type Required<F extends Fields> = { [K in keyof F]: F[K]['required'] extends true ? K : never }[keyof F];

/** The data of a map with these fields. */
export type Record<F extends Fields> = {
  readonly [K in Required<F>]: Shaped<F[K]['shape']>;
} & { readonly [K in Exclude<keyof F, Required<F>>]?: Shaped<F[K]['shape']> };

/** A key that must be there. */
export function must<T>(shape: Shape<T>, about: string): Field<T, true> {
  return { shape, required: true, about };
}

/** A key that may be there. */
export function may<T>(shape: Shape<T>, about: string): Field<T, false> {
  return { shape, required: false, about };
}

/** A text of one language or a word: not empty, at most so many characters. */
export function string(most = 4000, pattern?: { readonly like: RegExp; readonly says: Text }): Shape<string> {
  return {
    read(node, complain) {
      if (node.kind !== 'scalar' || node.value === null) return wrongKind(node, complain, text.aText);
      // an unquoted 8080 or true is a number or a boolean for YAML, but the word that was meant for us
      const value = String(node.value);
      if (value === '') complain(node.at, both('empty', '비어 있어요'));
      else if (value.length > most) complain(node.at, both(`longer than ${most} characters`, `${most}자보다 길어요`));
      else if (pattern && !pattern.like.test(value)) complain(node.at, pattern.says);
      else return value;
      return undefined;
    },
    schema: () => ({ type: ['string', 'number', 'boolean'] }),
  };
}

/** A whole number in a range. */
export function integer(least: number, most: number): Shape<number> {
  return {
    read(node, complain) {
      const value = node.kind === 'scalar' ? node.value : undefined;
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
      const [from, to] = [`${least}`, `${most}`];
      complain(node.at, both(`needs a whole number from ${from} to ${to}`, `${from}부터 ${to}까지의 정수여야 해요`));
      return undefined;
    },
    schema: () => ({ type: 'integer', minimum: least, maximum: most }),
  };
}

/** `true` or `false`. */
export function boolean(): Shape<boolean> {
  return {
    read(node, complain) {
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
      complain(node.at, both('needs true or false', 'true나 false여야 해요'));
      return undefined;
    },
    schema: () => ({ type: 'boolean' }),
  };
}

/** One of a few words. */
export function word<W extends string>(...words: readonly W[]): Shape<W> {
  return {
    read(node, complain) {
      const found = words.find((each) => node.kind === 'scalar' && each === node.value);
      if (found === undefined)
        complain(node.at, both(`needs one of: ${words.join(', ')}`, `다음 가운데 하나여야 해요: ${words.join(', ')}`));
      return found;
    },
    schema: () => ({ enum: words }),
  };
}

/** A list of so many. */
export function list<T>(of: Shape<T>, least = 1, most = 50): Shape<readonly T[]> {
  return {
    read(node, complain) {
      if (node.kind !== 'list') return wrongKind(node, complain, text.aList);
      if (node.items.length < least || node.items.length > most) {
        const says = both(`needs ${least} to ${most} entries`, `항목이 ${least}개에서 ${most}개여야 해요`);
        complain(node.at, says);
        return undefined;
      }
      const read = node.items.map((item) => of.read(item, complain));
      return read.every((item) => item !== undefined) ? read : undefined;
    },
    schema: () => ({ type: 'array', items: of.schema(), minItems: least, maxItems: most }),
  };
}

/** A map whose keys are the author's: at most so many. */
export function dictionary<T>(key: Shape<string>, of: Shape<T>, most = 30): Shape<readonly (readonly [string, T])[]> {
  return {
    read(node, complain) {
      if (node.kind !== 'map') return wrongKind(node, complain, text.aMap);
      if (node.entries.length > most) complain(node.at, both(`more than ${most} entries`, `항목이 ${most}개를 넘어요`));
      const pairs = node.entries.slice(0, most).map(({ key: name, at, value }) => {
        const read = key.read({ kind: 'scalar', value: name, at }, complain);
        const content = of.read(value, complain);
        return read !== undefined && content !== undefined ? ([read, content] as const) : undefined;
      });
      return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
    },
    schema: () => ({ type: 'object', additionalProperties: of.schema(), maxProperties: most }),
  };
}

/** A map with known keys. Unknown keys are faults, with the key that was probably meant. */
export function record<F extends Fields>(fields: F): Shape<Record<F>> {
  return {
    read(node, complain) {
      if (node.kind !== 'map') return wrongKind(node, complain, text.aMap);
      const data: { [key: string]: unknown } = {};
      let good = true;
      for (const { key, at, value } of node.entries) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (!field) complain(at, unknownKey(key, Object.keys(fields)));
        else data[key] = field.shape.read(value, complain);
        if (data[key] === undefined) good = false;
      }
      for (const key of Object.keys(fields)) {
        if (!fields[key]?.required || node.entries.some((entry) => entry.key === key)) continue;
        complain(node.at, both(`"${key}" is missing`, `${josa(`"${key}"`, '이/가')} 빠졌어요`));
        good = false;
      }
      return good ? (data as Record<F>) : undefined;
    },
    schema: () => ({
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(fields).map(([key, field]) => [
          key,
          { description: field.about, ...asObject(field.shape.schema()) },
        ]),
      ),
      required: Object.keys(fields).filter((key) => fields[key]?.required),
      additionalProperties: false,
    }),
  };
}

/** A map that is of the kind that its first key tells: `container: web` is a check of containers. */
export function kinds<K extends { readonly [key: string]: () => Shape<unknown> }>(
  of: K,
  name: string,
): Shape<Shaped<ReturnType<K[keyof K]>>> {
  type Kind = Shaped<ReturnType<K[keyof K]>>;
  return {
    read(node, complain) {
      if (node.kind !== 'map') return wrongKind(node, complain, text.aMap);
      const known = Object.keys(of);
      const first = node.entries[0];
      const kind = first && Object.hasOwn(of, first.key) ? of[first.key] : undefined;
      if (kind) return kind().read(node, complain) as Kind | undefined;
      const near = first && nearest(first.key, known);
      const meant = near === undefined ? both('', '') : both(`; did you mean "${near}"?`, `. 혹시 "${near}"인가요?`);
      complain(
        first?.at ?? node.at,
        both(
          `the first key tells the kind, and must be one of these: ${known.join(', ')}${meant.en}`,
          `첫 키가 종류를 알려 줘요. 이 가운데 하나여야 해요: ${known.join(', ')}${meant.ko}`,
        ),
      );
      return undefined;
    },
    schema: () => ({ $ref: `#/$defs/${name}` }),
  };
}

const text = {
  aText: both('a text', '글'),
  aList: both('a list', '목록'),
  aMap: both('keys with values', '키와 값'),
};

function wrongKind(node: Node, complain: Complain, wanted: Text): undefined {
  const found =
    node.kind === 'list' ? text.aList : node.kind === 'map' ? text.aMap : node.value === null ? undefined : text.aText;
  complain(
    node.at,
    found
      ? both(`needs ${wanted.en}, this is ${found.en}`, `${josa(wanted.ko, '이/가')} 필요한데 ${found.ko}이에요`)
      : both(`needs ${wanted.en}, there is nothing`, `${josa(wanted.ko, '이/가')} 필요한데 비어 있어요`),
  );
  return undefined;
}

function unknownKey(key: string, known: readonly string[]): Text {
  const near = nearest(key, known);
  return near === undefined
    ? both(
        `unknown key "${key}"; there are: ${known.join(', ')}`,
        `"${key}" 키는 없어요. 쓸 수 있는 키: ${known.join(', ')}`,
      )
    : both(`unknown key "${key}": did you mean "${near}"?`, `"${key}" 키는 없어요. 혹시 "${near}"인가요?`);
}

/** The word that was probably meant. */
function nearest(key: string, known: readonly string[]): string | undefined {
  if (key.length > 40) return undefined;
  return known.find((each) => lettersApart(each, key) <= Math.max(1, Math.floor(each.length / 3)));
}

function asObject(schema: Json): { readonly [key: string]: Json | undefined } {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema)
    ? (schema as { readonly [key: string]: Json })
    : {};
}

/** Reads a tree by a shape: the data, or everything that is wrong. */
export function readShape<T>(shape: Shape<T>, root: Node): { readonly data?: T; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const data = shape.read(root, (at, says) => {
    if (faults.length < 100) faults.push({ ...at, says });
  });
  return faults.length > 0 || data === undefined ? { faults } : { data, faults };
}
