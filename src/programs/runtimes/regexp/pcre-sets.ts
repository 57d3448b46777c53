import type { CharSet, Element } from './pattern.ts';

export type Ranges = readonly (readonly [low: number, high: number])[];
interface Folding {
  readonly i: boolean;
  readonly u: boolean;
}

const highest = 0x10ffff;
const blank: Ranges = [
  [9, 9],
  [32, 32],
];
const wideBlank: Ranges = [
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
const digit: Ranges = [[48, 57]];
const upper: Ranges = [[65, 90]];
const lower: Ranges = [[97, 122]];
const space: Ranges = [
  [9, 13],
  [32, 32],
];

function not(ranges: Ranges): Ranges {
  const out: [number, number][] = [];
  let next = 0;
  for (const [low, high] of [...ranges].sort(([a], [b]) => a - b)) {
    if (low > next) out.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= highest) out.push([next, highest]);
  return out;
}
const of = (ranges: Ranges, inverse: boolean): CharSet => ({
  ranges: inverse ? not(ranges) : ranges,
  classes: [],
  not: false,
});
const named = (name: string): CharSet => ({ ranges: [], classes: [name], not: false });

/** What `\d`, `\w`, `\s`, `\h`, `\v` stand for (as capitals: everything else); with `u` in all scripts. */
export function shorthand(c: string, u: boolean): CharSet {
  const inverse = c !== c.toLowerCase();
  switch (c.toLowerCase()) {
    case 'd':
      return u ? named(inverse ? 'PNd' : 'pNd') : of(digit, inverse);
    case 'w':
      return u ? named(inverse ? 'W' : 'w') : of([...digit, ...upper, [95, 95], ...lower], inverse);
    case 's':
      return of(
        u ? [...space, [0x85, 0x85], ...wideBlank.filter(([low]) => low !== 0x180e), [0x2028, 0x2029]] : space,
        inverse,
      );
    case 'h':
      return of([...blank, ...(u ? wideBlank : wideBlank.slice(0, 1))], inverse);
    default:
      return of([[10, 13], [0x85, 0x85], ...(u ? ([[0x2028, 0x2029]] as const) : [])], inverse);
  }
}

/** `[:alpha:]` and its like in bytes; undefined when there is none of the name. */
export function posix(name: string, inverse: boolean, u: boolean): CharSet | undefined {
  const classes: { readonly [name: string]: Ranges } = {
    alpha: [...upper, ...lower],
    digit,
    alnum: [...digit, ...upper, ...lower],
    upper,
    lower,
    space,
    blank,
    punct: [
      [33, 47],
      [58, 64],
      [91, 96],
      [123, 126],
    ],
    xdigit: [...digit, [65, 70], [97, 102]],
    word: [...digit, ...upper, [95, 95], ...lower],
    cntrl: [
      [0, 31],
      [127, 127],
    ],
    print: [[32, 126]],
    graph: [[33, 126]],
    ascii: [[0, 127]],
  };
  if (!Object.hasOwn(classes, name)) return undefined;
  const wide: { readonly [name: string]: string } = { alpha: 'L', upper: 'Lu', lower: 'Ll', digit: 'Nd' };
  if (u && Object.hasOwn(wide, name)) return named(`${inverse ? 'P' : 'p'}${wide[name]}`);
  if (u && name === 'word') return named(inverse ? 'W' : 'w');
  if (u && name === 'space') return shorthand(inverse ? 'S' : 's', true);
  return of(classes[name] ?? [], inverse);
}

const categories = /^(?:C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|Any)$/;

/** What `\p{NAME}` stands for; undefined when there is no such property. */
export function properties(name: string, inverse: boolean): CharSet | undefined {
  const p = inverse ? 'P' : 'p';
  if (categories.test(name)) return named(`${p}${name}`);
  if (!/^[A-Z][a-z]+(?:_[A-Z][a-z]+)*$/.test(name)) return undefined;
  try {
    new RegExp(`\\p{Script=${name}}`, 'u'); // a name of letters, asked only whether it is a script
  } catch {
    return undefined;
  }
  return named(`${p}Script=${name}`);
}

/** One set of several. Without `u` case is a matter of ASCII, and is dealt with here. */
export function setOf(sets: readonly CharSet[], more: Ranges, inverse: boolean, { i, u }: Folding): CharSet {
  const ranges = [...more, ...sets.flatMap((one) => one.ranges)];
  const folded = i && !u ? ranges.flatMap(([low, high]) => cases(low, high)) : ranges;
  return { ranges: folded, classes: sets.flatMap((one) => one.classes), not: inverse };
}
function cases(low: number, high: number): Ranges {
  const moved = (first: number, last: number, by: number): Ranges => {
    const [a, b] = [Math.max(low, first), Math.min(high, last)];
    return a <= b ? [[a + by, b + by]] : [];
  };
  return [[low, high], ...moved(65, 90, 32), ...moved(97, 122, -32)];
}
/** One character. */
export const single = (code: number, flags: Folding): Element => ({
  k: 'set',
  set: setOf([], [[code, code]], false, flags),
});
