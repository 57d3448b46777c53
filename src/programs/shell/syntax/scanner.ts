import type { Rec } from '../../../kernel/json.ts';
import type { Dialect } from '../flavour.ts';
import type { Command, Word } from './tree.ts';

/** The script is wrong: `message` is ash's ("unexpected …"), without the `syntax error: ` before it. */
export class SyntaxProblem extends Error {
  readonly line: number;
  readonly place: ProblemPlace;

  constructor(message: string, line: number, place: ProblemPlace = {}) {
    super(message);
    this.line = line;
    this.place = place;
  }
}

/** What bash tells of a problem: the token as written, or the sign that was looked for to the end. */
export interface ProblemPlace {
  readonly near?: string;
  readonly matching?: string;
  /** Said as it is. */
  readonly words?: string;
}

/** The text ends in the middle of a command, and more of it may come. */
export class NeedMore extends Error {}

export type Token =
  | { readonly k: 'word'; readonly word: Word; readonly plain: string | undefined; readonly start: number }
  | { readonly k: 'op'; readonly s: string; readonly start: number }
  | {
      readonly k: 'redir';
      readonly s: string;
      readonly fd: number | undefined;
      readonly start: number;
      /** bash: `{name}` in front of it. */
      readonly variable?: string;
    }
  | { readonly k: 'newline' | 'eof'; readonly start: number };

/** A here-document whose text comes after the next newline; `fill` hands it over. */
export interface PendingDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly strip: boolean;
  /** The line that it was begun on. */
  readonly line: number;
  readonly fill: (word: Word, body: string) => void;
}

/** What bash warns of a here-document without its delimiter. */
export interface OpenDocument {
  readonly delimiter: string;
  readonly begun: number;
  readonly line: number;
}

/** What the lexer and the parser share while they read one command line. */
export interface Scanner {
  text: string;
  pos: number;
  /** No more text will come: the end of the text is the end of the script. */
  readonly final: boolean;
  readonly aliases: Rec<string>;
  readonly dialect: Dialect;
  token: Token | undefined;
  documents: PendingDocument[];
  /** A here-document that the script's end has ended. */
  openDocument?: OpenDocument;
  /** Aliases whose text is being read, and where it ends: they are not expanded again inside it. */
  active: { name: string; end: number }[];
  /** An alias ended with a blank: the word that starts here or later is looked up as well. */
  aliasNextFrom: number | undefined;
  /** Nesting of substitutions and compound commands; bounded. */
  depth: number;
  counted: { pos: number; line: number };
  /** Reads a list of commands up to a closing parenthesis (in parser.ts, which knows the grammar). */
  readonly substitution: (scan: Scanner) => Command | null;
}

const deepest = 400;

interface ScannerStart {
  readonly text: string;
  readonly pos: number;
  readonly final: boolean;
  readonly aliases: Rec<string>;
  readonly dialect: Dialect;
  readonly line: number;
  readonly substitution: (scan: Scanner) => Command | null;
}

/** A scanner at `pos` of a text, whose line there has the number `line`. */
export function makeScanner(start: ScannerStart): Scanner {
  return {
    text: start.text,
    pos: start.pos,
    final: start.final,
    aliases: start.aliases,
    dialect: start.dialect,
    token: undefined,
    documents: [],
    active: [],
    aliasNextFrom: undefined,
    depth: 0,
    counted: { pos: start.pos, line: start.line },
    substitution: start.substitution,
  };
}

/** The number of the line that the scanner stands on. */
export function lineOf(scan: Scanner): number {
  const { counted } = scan;
  if (scan.pos < counted.pos) return counted.line;
  let at = scan.text.indexOf('\n', counted.pos);
  while (at >= 0 && at < scan.pos) {
    counted.line++;
    at = scan.text.indexOf('\n', at + 1);
  }
  counted.pos = scan.pos;
  return counted.line;
}

/** Makes the error for a script that is wrong here. */
export function problem(scan: Scanner, message: string, place: ProblemPlace = {}): SyntaxProblem {
  return new SyntaxProblem(message, lineOf(scan), place);
}

/** A scanner of a text inside the one that `scan` reads: the same language, from the text's beginning. */
export function innerScanner(scan: Scanner, text: string): Scanner {
  const { aliases, substitution, dialect } = scan;
  const inner = makeScanner({ text, pos: 0, final: true, aliases, dialect, line: lineOf(scan), substitution });
  inner.depth = scan.depth + 1;
  return inner;
}

/** At the end of the text: asks for more if more can come. */
export function needMore(scan: Scanner): void {
  if (!scan.final) throw new NeedMore();
}

/** Takes out a backslash and newline at `at`: the lines are one there. */
export function joinLines(scan: Scanner, at: number): void {
  while (scan.text.startsWith('\\\n', at)) {
    lineOf(scan);
    scan.text = scan.text.slice(0, at) + scan.text.slice(at + 2);
    scan.counted.line++;
  }
}

/** Counts nesting; scripts that nest without end are refused before they exhaust the stack. */
export function nested<T>(scan: Scanner, read: () => T): T {
  if (++scan.depth > deepest) throw problem(scan, 'too deep');
  const result = read();
  scan.depth--;
  return result;
}
