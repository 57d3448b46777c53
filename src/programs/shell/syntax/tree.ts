/** The syntax tree of the shell language: plain data, made by parser.ts and taken apart by the compiler. */

/** A word is the parts that are joined: `a"$b"c` has three. A word without parts does not exist; `''` has one empty part. */
export type Word = readonly Part[];

export type Part =
  /** Text without quotes: subject to globbing and, at the start, to tilde expansion. */
  | { readonly t: 'lit'; readonly s: string }
  /** Text in single quotes or behind a backslash. */
  | { readonly t: 'quo'; readonly s: string }
  | { readonly t: 'dq'; readonly parts: readonly Part[] }
  | { readonly t: 'par'; readonly name: string; readonly mod?: Modifier }
  | { readonly t: 'sub'; readonly body: Command | null }
  | { readonly t: 'ari'; readonly parts: readonly Part[] };

/** What `${name…}` does with the value. */
export type Modifier =
  | { readonly m: 'length' }
  | { readonly m: '-' | '=' | '?' | '+'; readonly colon: boolean; readonly word: Word }
  | { readonly m: '#' | '##' | '%' | '%%'; readonly word: Word }
  | { readonly m: '/' | '//'; readonly word: Word; readonly by: Word }
  | { readonly m: ':'; readonly from: Word; readonly length?: Word };

export type RedirectKind = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<' | '&>';

export interface Redirect {
  readonly kind: RedirectKind;
  readonly fd: number;
  /** The file's name, the descriptor's number, or the text of a here-document. */
  readonly word: Word;
}

export interface Assignment {
  readonly name: string;
  readonly word: Word;
}

export interface SimpleCommand {
  readonly c: 'simple';
  readonly line: number;
  readonly assigns: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirs: readonly Redirect[];
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Command | null;
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
    }
  | { readonly c: 'case'; readonly line: number; readonly word: Word; readonly items: readonly CaseItem[] }
  | { readonly c: 'function'; readonly name: string; readonly body: Command };

/** The text of a word that has no quotes and no expansions, else undefined. */
export function plainText(word: Word): string | undefined {
  const [part] = word;
  return word.length === 1 && part?.t === 'lit' ? part.s : undefined;
}
