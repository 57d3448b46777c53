import { type CharSet, type Element, type Pattern, PatternBeyond, PatternProblem } from './pattern.ts';
import { posix, properties, type Ranges, setOf, shorthand, single } from './pcre-sets.ts';

/** The modifiers of a pattern: i, m, s, x, u, D, A and U. */
export type PcreFlags = { readonly [flag in 'i' | 'm' | 's' | 'x' | 'u' | 'D' | 'A' | 'U']: boolean };

const deepest = 100; // groups in groups
const longest = 1000; // repetitions that are counted
const newline: Element = { k: 'set', set: { ranges: [[10, 10]], classes: [], not: false } };
const maybe = (of: Element): Element => ({ k: 'repeat', of, least: 0, most: 1, lazy: false });
const look = (of: Element, behind = false, not = false): Element => ({ k: 'look', of, behind, not });
const all = (...of: Element[]): Element => ({ k: 'all', of });
/** The text's end, or before a newline that ends it (`\Z`). */
const nearEnd = look(all(maybe(newline), { k: 'last' }));

/**
 * Reads a pattern as PCRE2 has it, without its delimiters, into what the engine matches; group 0 is around it. Without
 * `u` a character is a byte. Throws PatternProblem in PCRE's words, and PatternBeyond for what is not read here.
 */
export function parsePcre(source: string, flags: PcreFlags): Pattern {
  const names: [string, number][] = [];
  const backs: (readonly [number: number | string, at: number])[] = [];
  let groups = 0;
  let i = 0;
  let quoted = 0; // up to here everything is literal (\Q…\E)
  const problem = (message: string, at = i): PatternProblem => new PatternProblem(message, at);
  const take = (text: string): boolean => {
    if (!source.startsWith(text, i)) return false;
    i += text.length;
    return true;
  };
  const seen = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(source.slice(i, i + 200));
    if (found) i += found[0].length;
    return found ?? undefined;
  };

  function either(depth: number): Element {
    if (depth > deepest) throw new PatternBeyond('a pattern this deep');
    const ways = [sequence(depth)];
    while (take('|')) ways.push(sequence(depth));
    return ways.length === 1 && ways[0] ? ways[0] : { k: 'either', of: ways };
  }
  function skipped(): boolean {
    if (!flags.x || i < quoted) return false;
    if (/[ \t-\r]/.test(source[i] ?? '')) i++;
    else if (source[i] === '#') i = source.indexOf('\n', i) < 0 ? source.length : source.indexOf('\n', i) + 1;
    else return false;
    return true;
  }
  function sequence(depth: number): Element {
    const of: Element[] = [];
    while (i < source.length && (i < quoted || !/[|)]/.test(source[i] ?? ''))) if (!skipped()) of.push(repeated(depth));
    return { k: 'all', of };
  }
  function repeated(depth: number): Element {
    if (i >= quoted && /[*+?]/.test(source[i] ?? '')) throw problem('quantifier does not follow a repeatable item');
    if (i >= quoted && seen(/^\{\d+(?:,\d*)?\}/)) throw problem('quantifier does not follow a repeatable item', i - 1);
    const one = atom(depth);
    while (skipped());
    if (i < quoted) return one;
    const [, mark, least = '', comma, most = ''] = seen(/^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})/) ?? [];
    if (mark === undefined && least === '') return one;
    const low = mark === undefined ? Number(least) : mark === '+' ? 1 : 0;
    const high =
      mark === '?' ? 1 : mark !== undefined || (comma && most === '') ? Infinity : comma ? Number(most) : low;
    if (high < low) throw problem('numbers out of order in {} quantifier', i - 1);
    if (low > longest || (high !== Infinity && high > longest)) throw new PatternBeyond('a repetition this long');
    const possessive = take('+');
    const lazy = (!possessive && take('?')) !== flags.U;
    const repeat: Element = { k: 'repeat', of: one, least: low, most: high, lazy: lazy && !possessive };
    return possessive ? { k: 'atomic', of: repeat } : repeat;
  }
  function atom(depth: number): Element {
    const at = i;
    if (at < quoted) {
      const one = single(codePoint(at), flags);
      if (i === quoted) take('\\E');
      return one;
    }
    const c = source[i++] ?? '';
    switch (c) {
      case '.':
        return { k: 'set', set: { ranges: flags.s ? [] : [[10, 10]], classes: [], not: true } };
      case '^':
        // a newline that ends the text begins no line
        if (!flags.m) return { k: 'first' };
        return { k: 'either', of: [{ k: 'first' }, all(look(newline, true), look({ k: 'last' }, false, true))] };
      case '$':
        if (flags.m) return { k: 'either', of: [{ k: 'last' }, look(newline)] };
        return flags.D ? { k: 'last' } : nearEnd;
      case '[':
        return { k: 'set', set: set() };
      case '(':
        return group(depth);
      case '\\':
        return escaped();
    }
    return single(codePoint(at), flags);
  }
  function codePoint(at: number): number {
    const code = source.codePointAt(at) ?? 0;
    i = at + (code > 0xffff ? 2 : 1);
    return code;
  }
  function group(depth: number): Element {
    const close = (of: Element): Element => {
      if (!take(')')) throw problem('missing closing parenthesis', source.length);
      return of;
    };
    const numbered = (): Element => {
      const number = ++groups;
      return close({ k: 'group', number, of: either(depth + 1) });
    };
    if (source[i] === '*') throw new PatternBeyond('a verb (*…)');
    if (!take('?')) return numbered();
    if (i >= source.length) throw problem('missing closing parenthesis', i);
    if (take(':')) return close(either(depth + 1));
    if (take('>')) return close({ k: 'atomic', of: either(depth + 1) });
    for (const [sign, behind, not] of [
      ['=', false, false],
      ['!', false, true],
      ['<=', true, false],
      ['<!', true, true],
    ] as const) {
      const at = i - 2;
      if (!take(sign)) continue;
      const of = close(either(depth + 1));
      const parts = of.k === 'either' ? of.of : [of];
      if (behind && parts.some((one) => width(one) === undefined))
        throw problem('lookbehind assertion is not fixed length', at);
      return look(of, behind, not);
    }
    if (take('#')) {
      const end = source.indexOf(')', i);
      if (end < 0) throw problem('missing ) after (?# comment', source.length);
      i = end + 1;
      return { k: 'empty' };
    }
    const again = seen(/^P=(\w+)\)/);
    if (again) return back(again[1] ?? '', i - (again[1] ?? '').length - 1);
    const named = seen(/^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/);
    if (named) {
      const name = named[1] ?? named[2] ?? '';
      if (names.some(([one]) => one === name))
        throw problem('two named subpatterns have the same name (PCRE2_DUPNAMES not set)');
      names.push([name, groups + 1]);
      return numbered();
    }
    if (/^(?:[imsxnUJ^-]+[:)])/.test(source.slice(i)))
      throw new PatternBeyond('options inside a pattern, (?i) and such');
    if (/^(?:[R&|(+\d-]|P>|C)/.test(source.slice(i)))
      throw new PatternBeyond('recursion, conditions or branch resets, (?R) and such');
    throw problem('unrecognized character after (? or (?-');
  }
  function back(which: string, at: number): Element {
    if (flags.i && !flags.u) throw new PatternBeyond('a back reference with the modifier i and without u');
    const number = /^\d+$/.test(which) ? Number(which) : (names.find(([one]) => one === which)?.[1] ?? which);
    backs.push([number, at]);
    if (typeof number === 'string') throw problem('reference to non-existent subpattern', at);
    return { k: 'again', number };
  }
  function escaped(): Element {
    const c = source[i];
    if (c === undefined) throw problem('\\ at end of pattern');
    if (take('Q')) {
      const end = source.indexOf('\\E', i);
      quoted = end < 0 ? source.length : end;
      if (i === quoted) take('\\E');
      return { k: 'empty' };
    }
    const plain: { readonly [c: string]: Element } = {
      b: { k: 'edge' },
      B: { k: 'inside' },
      A: { k: 'first' },
      Z: nearEnd,
      z: { k: 'last' },
      E: { k: 'empty' },
      N: { k: 'set', set: { ranges: [[10, 10]], classes: [], not: true } },
    };
    if (Object.hasOwn(plain, c)) {
      i++;
      return plain[c] ?? { k: 'empty' };
    }
    if (take('R')) {
      const wide: Ranges = flags.u ? [[0x2028, 0x2029]] : [];
      const one: Element = { k: 'set', set: { ranges: [[10, 13], [0x85, 0x85], ...wide], classes: [], not: false } };
      const both = all({ k: 'set', set: { ranges: [[13, 13]], classes: [], not: false } }, newline);
      return { k: 'atomic', of: { k: 'either', of: [both, one] } };
    }
    if (/[KGXC]/.test(c)) throw new PatternBeyond(`\\${c}`);
    const named = seen(/^(?:k<(\w+)>|k'(\w+)'|k\{(\w+)\}|g\{([A-Za-z_]\w*)\})/);
    if (named) {
      const name = named.slice(1).find((one) => one !== undefined) ?? '';
      return back(name, i - name.length - 1);
    }
    const relative = seen(/^g(?:\{(-?\d+)\}|(-?\d+))/);
    if (relative) {
      const n = Number(relative[1] ?? relative[2]);
      return back(String(n < 0 ? groups + 1 + n : n), i);
    }
    if (c === 'g') throw new PatternBeyond('a call of a group, \\g');
    const digits = /^[1-9]\d*/.exec(source.slice(i, i + 9));
    if (digits && (digits[0].length === 1 || Number(digits[0]) <= groups)) {
      i += digits[0].length;
      return back(digits[0], i - 1);
    }
    const one = character();
    return typeof one === 'number' ? single(one, flags) : { k: 'set', set: setOf([one], [], false, flags) };
  }
  /** What follows a backslash: a class or a code point. */
  function character(): CharSet | number {
    const at = i;
    const c = source[i++] ?? '';
    if (/[dDwWsShHvV]/.test(c)) return shorthand(c, flags.u);
    if (c === 'p' || c === 'P') {
      const [, not = '', name = ''] =
        seen(/^(?:\{(\^?)([\w&]+)\}|()([A-Z]))/)?.filter((one) => one !== undefined) ?? [];
      if (name === '') throw problem('malformed \\P or \\p sequence');
      if (!flags.u) throw new PatternBeyond('\\p without the modifier u');
      const known = properties(name, (c === 'P') !== (not === '^'));
      if (!known) throw problem('unknown property after \\P or \\p');
      return known;
    }
    const plain: { readonly [c: string]: number } = { n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 };
    if (Object.hasOwn(plain, c)) return plain[c] ?? 0;
    const hex = c === 'x' ? seen(/^(?:\{([\da-fA-F]+)\}|([\da-fA-F]{0,2}))/) : undefined;
    if (hex) {
      const code = Number.parseInt(hex[1] ?? `0${hex[2] ?? ''}`, 16);
      if (code > (flags.u ? 0x10ffff : 255))
        throw problem('character code point value in \\x{} or \\o{} is too large', i - 1);
      return code;
    }
    i = at;
    const octal = seen(/^[0-7]{1,3}/);
    if (octal) return Number.parseInt(octal[0], 8) & (flags.u ? 0x1ff : 0xff);
    if (/[A-Za-z0-9]/.test(c)) {
      if (/[co]/.test(c)) throw new PatternBeyond(`\\${c}`);
      throw problem('unrecognized character follows \\', at);
    }
    return codePoint(at);
  }
  function set(): CharSet {
    const not = take('^');
    const ranges: [number, number][] = [];
    const sets: CharSet[] = [];
    const start = i;
    for (;;) {
      if (i >= source.length) throw problem('missing terminating ] for character class', source.length);
      if (source[i] === ']' && i !== start) break;
      const named = seen(/^\[:(\^?)(\w+):\]/);
      if (named) {
        const known = posix(named[2] ?? '', named[1] === '^', flags.u);
        if (!known) throw problem('unknown POSIX class name', i - named[0].length + 2);
        sets.push(known);
        continue;
      }
      const one = member();
      if (one === undefined) continue;
      if (source[i] === '-' && source[i + 1] !== ']' && i + 1 < source.length && typeof one === 'number') {
        i++;
        const to = member();
        if (to === undefined || typeof to !== 'number') throw problem('invalid range in character class');
        if (to < one) throw problem('range out of order in character class', i - 1);
        ranges.push([one, to]);
      } else if (typeof one === 'number') ranges.push([one, one]);
      else sets.push(one);
    }
    i++;
    return setOf(sets, ranges, not, flags);
  }
  function member(): CharSet | number | undefined {
    if (source[i] !== '\\') return codePoint(i);
    i++;
    if (take('b')) return 8;
    if (take('E')) return undefined;
    if (source[i] === 'Q') throw new PatternBeyond('\\Q in a character class');
    if (i >= source.length) throw problem('\\ at end of pattern');
    return character();
  }

  const root = either(0);
  if (i < source.length) throw problem('unmatched closing parenthesis');
  const lost = backs.find(([number]) => typeof number === 'number' && (number > groups || number < 1));
  if (lost) throw problem('reference to non-existent subpattern', lost[1]);
  return { root: { k: 'group', number: 0, of: root }, groups, names };
}

/** How many characters an element takes, when it is always the same number. */
function width(x: Element): number | undefined {
  switch (x.k) {
    case 'set':
    case 'any':
      return 1;
    case 'again':
      return undefined;
    case 'group':
    case 'atomic':
      return width(x.of);
    case 'repeat': {
      const one = width(x.of);
      return x.least === x.most && one !== undefined ? one * x.least : undefined;
    }
    case 'all':
      return x.of.reduce((n: number | undefined, one) => {
        const more = width(one);
        return n === undefined || more === undefined ? undefined : n + more;
      }, 0);
    case 'either': {
      const [first, ...rest] = x.of.map(width);
      return rest.every((one) => one === first) ? first : undefined;
    }
    default:
      return 0;
  }
}
