/** A regular expression as a tree. */
export type Node =
  | { readonly t: 'char'; readonly code: number }
  | { readonly t: 'set'; readonly has: (code: number) => boolean }
  | { readonly t: 'edge'; readonly edge: Edge }
  | { readonly t: 'cat'; readonly nodes: readonly Node[] }
  | { readonly t: 'alt'; readonly nodes: readonly Node[] }
  | { readonly t: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }
  | { readonly t: 'group'; readonly number: number; readonly node: Node }
  | { readonly t: 'back'; readonly number: number };

/** Places between characters: line start and end, word start, end, boundary and no boundary. */
export type Edge = '^' | '$' | '<' | '>' | 'b' | 'B';

/** What regcomp(3) is told. */
export interface Syntax {
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
}

export interface Parsed {
  readonly root: Node;
  readonly groups: number;
  readonly backReferences: boolean;
}

/** A pattern that is not a regular expression; the message is musl's regerror(3) text. */
export class RegexError extends Error {}

/** Largest count in braces (RE_DUP_MAX). */
const maxRepeat = 255;
/** Groups inside groups, at most. */
const maxDepth = 200;

/** Parses a POSIX basic or extended regular expression with the GNU escapes (`\|`, `\+`, `\<`, `\w`, …). */
export function parseRegex(pattern: string, syntax: Syntax): Parsed {
  const parser = new Parser([...pattern], syntax.extended ?? false, syntax.ignoreCase ?? false);
  const root = parser.alternatives(0);
  if (!parser.done()) throw new RegexError("Missing '('");
  return { root, groups: parser.groups, backReferences: parser.backReferences };
}

class Parser {
  groups = 0;
  backReferences = false;
  private at = 0;

  private readonly chars: readonly string[];
  private readonly extended: boolean;
  private readonly ignoreCase: boolean;

  constructor(chars: readonly string[], extended: boolean, ignoreCase: boolean) {
    this.chars = chars;
    this.extended = extended;
    this.ignoreCase = ignoreCase;
  }

  done(): boolean {
    return this.at >= this.chars.length;
  }

  alternatives(depth: number): Node {
    if (depth > maxDepth) throw new RegexError('Out of memory');
    const branches = [this.branch(depth)];
    while (this.takeOperator('|')) branches.push(this.branch(depth));
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { t: 'alt', nodes: branches };
  }

  private branch(depth: number): Node {
    const nodes: Node[] = [];
    while (!this.done() && !this.atOperator('|') && !(depth > 0 && this.atOperator(')'))) {
      if (depth === 0 && !this.extended && this.atOperator(')')) throw new RegexError("Missing '('");
      const node = this.repeated(this.atom(depth, nodes.length === 0));
      nodes.push(node);
    }
    return { t: 'cat', nodes };
  }

  private repeated(atom: Node): Node {
    let node = atom;
    for (;;) {
      if (this.chars[this.at] === '*') {
        this.at++;
        node = { t: 'repeat', node, least: 0, most: Infinity };
      } else if (this.takeOperator('+')) node = { t: 'repeat', node, least: 1, most: Infinity };
      else if (this.takeOperator('?')) node = { t: 'repeat', node, least: 0, most: 1 };
      else {
        const bounds = this.bounds();
        if (bounds === undefined) return node;
        node = { t: 'repeat', node, ...bounds };
      }
    }
  }

  private bounds(): { readonly least: number; readonly most: number } | undefined {
    if (!this.atOperator('{')) return undefined;
    const rest = this.chars.slice(this.at + (this.extended ? 1 : 2), this.at + 16).join('');
    const match = (this.extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest);
    if (match === null || (match[1] === '' && match[2] === '')) {
      if (this.extended && !/^\d/.test(rest)) return undefined;
      throw new RegexError(/\}/.test(rest) ? 'Invalid contents of {}' : "Missing '}'");
    }
    this.at += (this.extended ? 1 : 2) + match[0].length;
    const least = Number(match[1] ?? 0);
    const most = match[2] === '' ? least : match[3] === '' ? Infinity : Number(match[3]);
    if (least > maxRepeat || (most !== Infinity && most > maxRepeat) || least > most)
      throw new RegexError('Invalid contents of {}');
    return { least, most };
  }

  private atom(depth: number, first: boolean): Node {
    const char = this.chars[this.at] ?? '';
    if (this.takeOperator('(')) {
      const number = ++this.groups;
      const node = this.alternatives(depth + 1);
      if (!this.takeOperator(')')) throw new RegexError("Missing ')'");
      return { t: 'group', number, node };
    }
    this.at++;
    if (char === '.') return { t: 'set', has: (code) => code !== 0 };
    if (char === '[') return this.bracket();
    if (char === '^' && (this.extended || first)) return { t: 'edge', edge: '^' };
    if (char === '$' && (this.extended || this.done() || this.atOperator('|') || this.atOperator(')')))
      return { t: 'edge', edge: '$' };
    if (char === '\\') return this.escaped();
    return this.literal(char);
  }

  private escaped(): Node {
    const char = this.chars[this.at++];
    if (char === undefined) throw new RegexError('Trailing backslash');
    if (/[1-9]/.test(char)) {
      const number = Number(char);
      if (number > this.groups) throw new RegexError('Invalid back reference');
      this.backReferences = true;
      return { t: 'back', number };
    }
    const set = escapedSets[char];
    if (set !== undefined) return { t: 'set', has: (code) => set.test(String.fromCodePoint(code)) };
    if (char === '<' || char === '>' || char === 'b' || char === 'B') return { t: 'edge', edge: char };
    return this.literal(escapedChars[char] ?? char);
  }

  private literal(char: string): Node {
    const lower = char.toLowerCase();
    const upper = char.toUpperCase();
    const code = char.codePointAt(0) ?? 0;
    if (!this.ignoreCase || lower === upper) return { t: 'char', code };
    return { t: 'set', has: (other) => other === lower.codePointAt(0) || other === upper.codePointAt(0) };
  }

  private bracket(): Node {
    const negated = this.chars[this.at] === '^';
    if (negated) this.at++;
    const tests: ((code: number) => boolean)[] = [];
    for (let first = true; first || this.chars[this.at] !== ']'; first = false) {
      if (this.done()) throw new RegexError("Missing ']'");
      const named = /^\[:(\w*):\]/.exec(this.chars.slice(this.at, this.at + 12).join(''));
      if (named) {
        const pattern = classes[named[1] ?? ''];
        if (pattern === undefined) throw new RegexError('Unknown character class name');
        this.at += named[0].length;
        tests.push((code) => pattern.test(String.fromCodePoint(code)));
        continue;
      }
      const from = this.bracketChar();
      if (this.chars[this.at] === '-' && this.chars[this.at + 1] !== ']' && this.chars[this.at + 1] !== undefined) {
        this.at++;
        const to = this.bracketChar();
        if (to < from) throw new RegexError('Invalid character range');
        tests.push((code) => code >= from && code <= to);
      } else tests.push((code) => code === from);
    }
    this.at++;
    const plain = (code: number) => tests.some((test) => test(code));
    const has = this.ignoreCase ? (code: number) => plain(lowerCode(code)) || plain(upperCode(code)) : plain;
    return { t: 'set', has: negated ? (code) => !has(code) : has };
  }

  private bracketChar(): number {
    const collating = /^\[([.=])(.)\1\]/su.exec(this.chars.slice(this.at, this.at + 5).join(''));
    const char = collating?.[2] ?? this.chars[this.at] ?? '';
    this.at += collating ? [...collating[0]].length : 1;
    return char.codePointAt(0) ?? 0;
  }

  /** Is an operator here, in the way this syntax writes it? Extended: bare; basic: behind a backslash. */
  private atOperator(operator: string): boolean {
    if (this.extended) return this.chars[this.at] === operator;
    return this.chars[this.at] === '\\' && this.chars[this.at + 1] === operator;
  }

  private takeOperator(operator: string): boolean {
    if (!this.atOperator(operator)) return false;
    this.at += this.extended ? 1 : 2;
    return true;
  }
}

function lowerCode(code: number): number {
  return String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? code;
}

function upperCode(code: number): number {
  return String.fromCodePoint(code).toUpperCase().codePointAt(0) ?? code;
}

const escapedChars: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};

const escapedSets: { readonly [letter: string]: RegExp } = {
  w: /[\p{L}\p{N}_]/u,
  W: /[^\p{L}\p{N}_]/u,
  s: /\s/,
  S: /\S/,
  d: /[0-9]/,
  D: /[^0-9]/,
};

const classes: { readonly [name: string]: RegExp } = {
  alpha: /\p{L}/u,
  digit: /[0-9]/,
  alnum: /[\p{L}\p{N}]/u,
  lower: /\p{Ll}/u,
  upper: /\p{Lu}/u,
  blank: /[ \t]/,
  space: /[\t-\r ]/,
  punct: /[!-/:-@[-`{-~]|[\p{P}\p{S}]/u,
  print: /[^\x00-\x1f\x7f]/,
  graph: /[^\x00-\x20\x7f]/,
  cntrl: /[\x00-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
};
