/** The syntax tree of the shell language: plain data, made by parser.ts and taken apart by the compiler. */

/** A word is the parts that are joined: `a"$b"c` has three. A word without parts does not exist; `''` has one empty part. */
export type Word = readonly Part[];

export type Part =
  /** Text without quotes: subject to globbing and, at the start, to tilde expansion. */
  | { readonly t: 'lit'; readonly s: string }
  /** Text in single quotes or behind a backslash. */
  | { readonly t: 'quo'; readonly s: string }
  | { readonly t: 'dq'; readonly parts: readonly Part[] }
  /** `sub`: an array's element, or all of them. `indirect`: `${!name…}`, the parameter whose name the value is. */
  | {
      readonly t: 'par';
      readonly name: string;
      readonly sub?: Subscript;
      readonly indirect?: true;
      readonly mod?: Modifier;
    }
  /** `<(…)` and `>(…)`. */
  | { readonly t: 'process'; readonly to: '<' | '>'; readonly body: Command | null }
  /** The beginning `name[…]=` of a word that may be an assignment. */
  | { readonly t: 'element'; readonly name: string; readonly sub: Word; readonly append: boolean }
  /** `name=(…)` as an argument of `declare` and its kin. */
  | { readonly t: 'list'; readonly name: string; readonly append: boolean; readonly items: readonly ListItem[] }
  /** `${…}` that means nothing, which is told when it is expanded. */
  | { readonly t: 'bad'; readonly text: string }
  | { readonly t: 'sub'; readonly body: Command | null }
  | { readonly t: 'ari'; readonly parts: readonly Part[] };

/** What stands in the brackets behind an array's name. */
export type Subscript = '@' | '*' | Word;

/** What `${name…}` does with the value. */
export type Modifier =
  | { readonly m: 'length' }
  | { readonly m: '-' | '=' | '?' | '+'; readonly colon: boolean; readonly word: Word }
  | { readonly m: '#' | '##' | '%' | '%%'; readonly word: Word }
  | { readonly m: '/' | '//' | '/#' | '/%'; readonly word: Word; readonly by: Word }
  | { readonly m: '^' | '^^' | ',' | ',,' | '~' | '~~'; readonly word: Word }
  | { readonly m: '@'; readonly how: string }
  /** `${!a[@]}` and `${!prefix@}`. */
  | { readonly m: 'keys' | 'names' }
  | { readonly m: ':'; readonly from: Word; readonly length?: Word };

export type RedirectKind = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<' | '&>' | '&>>';

export interface Redirect {
  readonly kind: RedirectKind;
  readonly fd: number;
  /** The file's name, the descriptor's number, or the text of a here-document. */
  readonly word: Word;
  /** bash: the name as it was written, when it is expanded to words, of which there may be only one. */
  readonly raw?: string;
  /** bash: the variable of `{name}>`, which gets the descriptor's number; `fd` is not used then. */
  readonly variable?: string;
  /** bash, for listings: the target as it was written (of `<<` and `<<<` with the sign), and a here-document's lines. */
  readonly written?: string;
  readonly document?: string;
}

export interface Assignment {
  readonly name: string;
  readonly word: Word;
  readonly append?: boolean;
  readonly sub?: Word;
  /** `name=(…)`. */
  readonly list?: readonly ListItem[];
}

/** One item of `name=(…)`; with a key `[key]=word`. */
export interface ListItem {
  readonly key?: Word;
  readonly append?: boolean;
  readonly word: Word;
}

/** The expression of `[[ … ]]`. */
export type Condition =
  | { readonly k: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly k: 'not'; readonly of: Condition }
  | { readonly k: 'unary'; readonly op: string; readonly word: Word }
  | { readonly k: 'binary'; readonly op: string; readonly left: Word; readonly right: Word };

export interface SimpleCommand {
  readonly c: 'simple';
  readonly line: number;
  readonly assigns: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirs: readonly Redirect[];
  /** bash, here and below: the words as they were written, for listings. */
  readonly written?: string;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly written?: readonly string[];
  readonly body: Command | null;
  /** `;&` goes on with the next body, `;;&` with the next pattern. */
  readonly end?: ';&' | ';;&';
}

export type Command =
  | SimpleCommand
  | { readonly c: 'pipe'; readonly cmds: readonly Command[]; readonly text: string }
  | { readonly c: 'not'; readonly body: Command }
  | { readonly c: 'and' | 'or'; readonly left: Command; readonly right: Command }
  | { readonly c: 'seq'; readonly items: readonly Command[] }
  | { readonly c: 'background'; readonly body: Command; readonly text: string }
  | { readonly c: 'subshell'; readonly line: number; readonly body: Command }
  | { readonly c: 'group'; readonly body: Command }
  | { readonly c: 'redirected'; readonly line: number; readonly body: Command; readonly redirs: readonly Redirect[] }
  | { readonly c: 'if'; readonly test: Command; readonly then: Command; readonly otherwise?: Command }
  | { readonly c: 'while' | 'until'; readonly test: Command; readonly body: Command }
  | {
      readonly c: 'for';
      readonly line: number;
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: Command;
      readonly written?: string;
    }
  | {
      readonly c: 'case';
      readonly line: number;
      readonly word: Word;
      readonly items: readonly CaseItem[];
      readonly written?: string;
    }
  | { readonly c: 'condition'; readonly line: number; readonly test: Condition; readonly written?: string }
  | { readonly c: 'arithmetic'; readonly line: number; readonly parts: readonly Part[]; readonly written?: string }
  | {
      readonly c: 'count';
      readonly line: number;
      readonly start: readonly Part[];
      readonly test: readonly Part[];
      readonly step: readonly Part[];
      readonly body: Command;
      readonly written?: readonly string[];
    }
  | {
      readonly c: 'select';
      readonly line: number;
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: Command;
      readonly written?: string;
    }
  | { readonly c: 'time'; readonly posix: boolean; readonly body: Command | null }
  | { readonly c: 'function'; readonly name: string; readonly body: Command; readonly listed?: true };

/** The text of a word that has no quotes and no expansions, else undefined. */
export function plainText(word: Word): string | undefined {
  const [part] = word;
  return word.length === 1 && part?.t === 'lit' ? part.s : undefined;
}
