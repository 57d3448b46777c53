/** Whose syntax a pattern is in. */
export type Flavour = 'js' | 'py';

/** Characters that an element takes: by ranges of code points and by classes. */
export interface CharSet {
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly classes: readonly string[];
  readonly not: boolean;
}

export type Element =
  | { readonly k: 'set'; readonly set: CharSet }
  | { readonly k: 'any' | 'empty' | 'start' | 'end' | 'first' | 'last' | 'edge' | 'inside' }
  | { readonly k: 'all' | 'either'; readonly of: readonly Element[] }
  | { readonly k: 'group'; readonly of: Element; readonly number: number }
  | { readonly k: 'look'; readonly of: Element; readonly behind: boolean; readonly not: boolean }
  /** Matched once, and not again in another way. */
  | { readonly k: 'atomic'; readonly of: Element }
  | {
      readonly k: 'repeat';
      readonly of: Element;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly k: 'again'; readonly number: number };

/** A pattern as a tree, the number of its groups, and their names. */
export interface Pattern {
  readonly root: Element;
  readonly groups: number;
  readonly names: readonly (readonly [name: string, number: number])[];
}

/** What the language says about a pattern that is none. `at` counts from 0. */
export class PatternProblem extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
/** Part of a pattern's syntax that is not read here. */
export class PatternBeyond extends Error {}

const words: { readonly [flavour in Flavour]: { readonly [what: string]: string } } = {
  js: {
    group: 'Unterminated group',
    close: "Unmatched ')'",
    repeat: 'Nothing to repeat',
    set: 'Unterminated character class',
    order: 'Range out of order in character class',
    bounds: 'numbers out of order in {} quantifier',
    escape: '\\ at end of pattern',
    invalid: 'Invalid group',
    name: 'Invalid named reference',
  },
  py: {
    group: 'missing ), unterminated subpattern',
    close: 'unbalanced parenthesis',
    repeat: 'nothing to repeat',
    set: 'unterminated character set',
    order: 'bad character range',
    bounds: 'min repeat greater than max repeat',
    escape: 'bad escape (end of pattern)',
    invalid: 'unknown extension',
    name: 'unknown group name',
  },
};

const deepest = 100; // groups in groups
const longest = 1000; // repetitions that are counted

/** Reads a pattern. Throws PatternProblem, and PatternBeyond for what is not read here. */
export function parsePattern(source: string, flavour: Flavour, verbose = false): Pattern {
  const names: [string, number][] = [];
  let groups = 0;
  let i = 0;
  const problem = (what: string, at = i): PatternProblem => new PatternProblem(words[flavour][what] ?? what, at);
  const take = (text: string): boolean => {
    if (!source.startsWith(text, i)) return false;
    i += text.length;
    return true;
  };

  function either(depth: number): Element {
    if (depth > deepest) throw new PatternBeyond('a pattern this deep');
    const ways = [sequence(depth)];
    while (take('|')) ways.push(sequence(depth));
    return ways.length === 1 && ways[0] ? ways[0] : { k: 'either', of: ways };
  }
  function sequence(depth: number): Element {
    const of: Element[] = [];
    while (i < source.length && source[i] !== '|' && source[i] !== ')') {
      if (verbose && /\s/.test(source[i] ?? '')) i++;
      else if (verbose && source[i] === '#') i = source.indexOf('\n', i) < 0 ? source.length : source.indexOf('\n', i);
      else of.push(repeated(depth));
    }
    return { k: 'all', of };
  }
  function repeated(depth: number): Element {
    const at = i;
    const one = atom(depth);
    const [, mark = '', least, comma, most] = /^(?:([*+?])|\{(\d*)(,?)(\d*)\})/.exec(source.slice(i, i + 30)) ?? [];
    if (mark === '' && (least === undefined || (least === '' && (flavour === 'js' || (comma === '' && most === '')))))
      return one;
    if (['start', 'end', 'first', 'last'].includes(one.k) && mark !== '?') throw problem('repeat', at);
    i = mark === '' ? source.indexOf('}', i) + 1 : i + 1;
    const low = mark === '' ? Number(least) : mark === '+' ? 1 : 0;
    const high =
      mark === '' ? (comma === '' ? low : most === '' ? Infinity : Number(most)) : mark === '?' ? 1 : Infinity;
    if (high < low) throw problem('bounds', at);
    if (low > longest || (high !== Infinity && high > longest)) throw new PatternBeyond('a repetition this long');
    const lazy = take('?');
    if (!lazy && flavour === 'py' && source[i] === '+') throw new PatternBeyond('a possessive repetition');
    if (/^[*+?]/.test(source.slice(i, i + 1))) throw problem(flavour === 'py' ? 'multiple repeat' : 'repeat');
    return { k: 'repeat', of: one, least: low, most: high, lazy };
  }
  function atom(depth: number): Element {
    const at = i;
    const c = source[i] ?? '';
    i++;
    switch (c) {
      case '.':
        return { k: 'any' };
      case '^':
        return { k: 'start' };
      case '$':
        return { k: 'end' };
      case '[':
        return { k: 'set', set: set(at) };
      case '(':
        return group(depth, at);
      case '\\':
        return escaped(at);
      case '*':
      case '+':
      case '?':
        throw problem('repeat', at);
    }
    return literal(codePoint(at));
  }
  function codePoint(at: number): number {
    const code = source.codePointAt(at) ?? 0;
    i = at + (code > 0xffff ? 2 : 1);
    return code;
  }
  function group(depth: number, at: number): Element {
    const close = (of: Element): Element => {
      if (!take(')')) throw problem('group', at);
      return of;
    };
    if (!take('?')) {
      const number = ++groups;
      return close({ k: 'group', number, of: either(depth + 1) });
    }
    for (const [sign, behind, not] of [
      ['=', false, false],
      ['!', false, true],
      ['<=', true, false],
      ['<!', true, true],
    ] as const)
      if (take(sign)) return close({ k: 'look', behind, not, of: either(depth + 1) });
    if (take(':')) return close(either(depth + 1));
    if (flavour === 'py' && take('#')) {
      const end = source.indexOf(')', i);
      if (end < 0) throw problem('missing ), unterminated comment', at);
      i = end + 1;
      return { k: 'empty' };
    }
    if (flavour === 'py' && take('P=')) {
      const [all = '', name = ''] = /^(\w+)\)/.exec(source.slice(i)) ?? [];
      const found = names.find(([one]) => one === name);
      if (!found) throw problem('name', at);
      i += all.length;
      return { k: 'again', number: found[1] };
    }
    const [all, name = ''] = (flavour === 'py' ? /^P<(\w+)>/ : /^<([\w$]+)>/).exec(source.slice(i)) ?? [];
    if (all === undefined) {
      if (/^[a-z-]+[:)]/i.test(source.slice(i))) throw new PatternBeyond('flags inside a pattern');
      throw problem('invalid', at);
    }
    i += all.length;
    const number = ++groups;
    names.push([name, number]);
    return close({ k: 'group', number, of: either(depth + 1) });
  }
  function escaped(at: number): Element {
    const c = source[i];
    if (c === undefined) throw problem('escape', at);
    if (c === 'b' || c === 'B') {
      i++;
      return { k: c === 'b' ? 'edge' : 'inside' };
    }
    if (flavour === 'py' && (c === 'A' || c === 'Z')) {
      i++;
      return { k: c === 'A' ? 'first' : 'last' };
    }
    const back = /^[1-9]\d?/.exec(source.slice(i));
    if (back) {
      i += back[0].length;
      if (Number(back[0]) > groups && flavour === 'py') throw problem(`invalid group reference ${back[0]}`, at + 1);
      return { k: 'again', number: Number(back[0]) };
    }
    const named = flavour === 'js' ? /^k<([\w$]+)>/.exec(source.slice(i)) : null;
    if (named) {
      const found = names.find(([one]) => one === named[1]);
      if (!found) throw problem('name', at);
      i += named[0].length;
      return { k: 'again', number: found[1] };
    }
    const one = character();
    return typeof one === 'string' ? { k: 'set', set: { ranges: [], classes: [one], not: false } } : literal(one);
  }
  /** What follows a backslash: a class's name or a code point. */
  function character(): string | number {
    const at = i;
    const c = source[i++] ?? '';
    if (/[dDwWsS]/.test(c)) return c;
    if ((c === 'p' || c === 'P') && flavour === 'js' && source[i] === '{') {
      const [all = '', name = ''] = /^\{([A-Za-z_]+(?:=[A-Za-z_]+)?)\}/.exec(source.slice(i)) ?? [];
      if (all === '') throw problem('Invalid property name', at);
      i += all.length;
      return `${c}${name}`;
    }
    const plain: { readonly [c: string]: number } = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 };
    if (flavour === 'py' && c === 'a') return 7;
    if (Object.hasOwn(plain, c)) return plain[c] ?? 0;
    const [hex, digits] = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]+)\})/
      .exec(source.slice(at))
      ?.filter((one) => one !== undefined) ?? [undefined, undefined];
    if (hex !== undefined) {
      i = at + hex.length;
      return Number.parseInt(digits ?? '', 16);
    }
    if (flavour === 'py' && /[A-Za-z]/.test(c)) throw problem(`bad escape \\${c}`, at - 1);
    return codePoint(at);
  }
  function set(from: number): CharSet {
    const not = take('^');
    const ranges: [number, number][] = [];
    const classes: string[] = [];
    const start = i;
    for (;;) {
      if (i >= source.length) throw problem('set', from);
      if (source[i] === ']' && !(flavour === 'py' && i === start)) break;
      const at = i;
      const one = member();
      if (source[i] === '-' && source[i + 1] !== ']' && i + 1 < source.length && typeof one === 'number') {
        i++;
        const to = member();
        if (typeof to === 'string') {
          classes.push(to);
          ranges.push([one, one], [45, 45]);
          continue;
        }
        if (to < one) throw problem(flavour === 'py' ? `bad character range ${source.slice(at, i)}` : 'order', at);
        ranges.push([one, to]);
      } else if (typeof one === 'string') classes.push(one);
      else ranges.push([one, one]);
    }
    i++;
    return { ranges, classes, not };
  }
  function member(): string | number {
    if (source[i] !== '\\') return codePoint(i);
    i++;
    if (take('b')) return 8;
    if (i >= source.length) throw problem('escape', i - 1);
    return character();
  }

  const root = either(0);
  if (i < source.length) throw problem('close');
  return { root, groups, names };
}

function literal(code: number): Element {
  return { k: 'set', set: { ranges: [[code, code]], classes: [], not: false } };
}
