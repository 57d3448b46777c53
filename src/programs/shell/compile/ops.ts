import type { RedirectKind } from '../syntax/tree.ts';

/**
 * The operations that a command line is compiled to: a flat list, run by run/machine.ts. Jump targets are indexes in
 * the list. Plain data, because a shell is saved in the middle of a list.
 *
 * A word is built from segments `[kind, text]`; see SegmentKind. `q`: the expansion stands in double quotes.
 */
export type Op = WordOp | CommandOp;
export type Code = readonly Op[];

/** 0 literal, unquoted; 1 quoted; 2 the result of an unquoted expansion: is split into fields; 3 a boundary of fields from `$@`. */
export type SegmentKind = 0 | 1 | 2 | 3;
export type Segment = readonly [kind: SegmentKind, text: string];

/** In which manner a parameter's value is put into the word. */
export type Expansion = {
  readonly name: string;
  readonly q: boolean;
  /** The word becomes one string (assignment, case, redirection): nothing is split. */
  readonly one: boolean;
};

export type WordOp =
  | { readonly o: 'text'; readonly k: SegmentKind; readonly s: string }
  /** `~user` at a word's start; `assign`: only if the word turns out to be an assignment (after `=` or `:`). */
  | { readonly o: 'tilde'; readonly user: string; readonly assign: boolean }
  | ({ readonly o: 'parameter' } & Expansion)
  | ({ readonly o: 'length' } & Expansion)
  /** `${x-…}` and `${x+…}`: decides whether the operand, which follows, is used; else jumps `to`. */
  | ({
      readonly o: 'choose';
      readonly m: '-' | '+' | '=' | '?';
      readonly colon: boolean;
      readonly to: number;
    } & Expansion)
  /** Opens a text of its own for an operand. */
  | { readonly o: 'open' }
  | ({ readonly o: 'assignDefault' } & Expansion)
  | { readonly o: 'complain'; readonly name: string; readonly colon: boolean }
  | ({ readonly o: 'trim'; readonly m: '#' | '##' | '%' | '%%' } & Expansion)
  | ({ readonly o: 'replace'; readonly all: boolean } & Expansion)
  | ({ readonly o: 'slice'; readonly counted: boolean } & Expansion)
  | { readonly o: 'arithmetic'; readonly q: boolean }
  | { readonly o: 'constantArithmetic'; readonly s: string; readonly q: boolean }
  /** `$(…)`: a child runs from the next operation, this process goes on at `to`. */
  | { readonly o: 'substitute'; readonly to: number; readonly q: boolean }
  /** Ends a word: it becomes arguments. `assigns`: it has the form of an assignment. */
  | { readonly o: 'argument'; readonly assigns: boolean }
  /** An argument that needs no expansion. */
  | { readonly o: 'word'; readonly s: string }
  | { readonly o: 'assign'; readonly name: string; readonly local: boolean }
  | { readonly o: 'redirect'; readonly kind: RedirectKind; readonly fd: number }
  | { readonly o: 'subject' }
  /** Ends a pattern; when it matches the subject, jumps `to`. */
  | { readonly o: 'match'; readonly to: number };

export type CommandOp =
  /** Begins a simple command. */
  | { readonly o: 'begin'; readonly line: number }
  /** Runs the simple command that the words, assignments and redirections made. `tested`: its failure is no reason for -e. */
  | { readonly o: 'run'; readonly tested: boolean; readonly last: boolean }
  | { readonly o: 'endAssigns' }
  /** Puts the collected redirections into force; when one fails, jumps `to` (or gives up, for a special built-in). */
  | {
      readonly o: 'redirectAll';
      readonly to: number;
      readonly simple: boolean;
      readonly tested: boolean;
      readonly status: number;
    }
  | { readonly o: 'endRedirects' }
  | { readonly o: 'jump'; readonly to: number }
  | { readonly o: 'jumpIf'; readonly success: boolean; readonly to: number }
  | { readonly o: 'not' }
  | { readonly o: 'status'; readonly status: number }
  | { readonly o: 'loop'; readonly brk: number; readonly cont: number }
  | { readonly o: 'for'; readonly name: string; readonly brk: number; readonly cont: number }
  | { readonly o: 'next' }
  /** Keeps the status of a loop's body, which is the loop's own when it ends. */
  | { readonly o: 'keep' }
  | { readonly o: 'endLoop' }
  | { readonly o: 'subshell'; readonly to: number; readonly tested: boolean; readonly last: boolean }
  | { readonly o: 'background'; readonly to: number; readonly text: string }
  /** Each member runs from its index in a child; this process goes on at `to`. */
  | {
      readonly o: 'pipeline';
      readonly members: readonly number[];
      readonly to: number;
      readonly tested: boolean;
      readonly text: string;
    }
  /** Ends the child's part of a subshell, member or substitution. */
  | { readonly o: 'exit' }
  | { readonly o: 'define'; readonly name: string; readonly code: Code };
