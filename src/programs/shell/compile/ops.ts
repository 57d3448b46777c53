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
  /** An array's elements: all, or the one whose subscript lies below the operands as a text of its own. */
  readonly sub?: '@' | '*' | 'one';
  /** `${!name}`. */
  readonly indirect?: true;
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
  | ({ readonly o: 'replace'; readonly m: '/' | '//' | '/#' | '/%' } & Expansion)
  | ({ readonly o: 'case'; readonly m: '^' | '^^' | ',' | ',,' | '~' | '~~' } & Expansion)
  | ({ readonly o: 'transform'; readonly how: string } & Expansion)
  | ({ readonly o: 'keys' | 'names' } & Expansion)
  /** `${…}` that means nothing. */
  | { readonly o: 'bad'; readonly text: string }
  /** `<(…)`, `>(…)`: a child runs from the next operation, this process goes on at `to`. */
  | { readonly o: 'process'; readonly kind: '<' | '>'; readonly to: number }
  /** Begins the items of `name=(…)`; they are arguments until `assignList` or `listArgument` takes them. */
  | { readonly o: 'openList' }
  /** The item at hand has a key, which is the text before it. */
  | { readonly o: 'keyed'; readonly append: boolean }
  | { readonly o: 'assignList' | 'listArgument'; readonly name: string; readonly append: boolean }
  /** Tests one or two texts as `[[ ]]` does; the status says whether it is true. */
  | { readonly o: 'compare'; readonly op: string; readonly operands: 1 | 2 }
  /** Evaluates a text; the status says whether it is not zero. `quiet`: only for its effects. */
  | { readonly o: 'count'; readonly quiet: boolean }
  | ({ readonly o: 'slice'; readonly counted: boolean } & Expansion)
  | { readonly o: 'arithmetic'; readonly q: boolean }
  | { readonly o: 'constantArithmetic'; readonly s: string; readonly q: boolean }
  /** `$(…)`: a child runs from the next operation, this process goes on at `to`. */
  | { readonly o: 'substitute'; readonly to: number; readonly q: boolean }
  /** Ends a word: it becomes arguments. `assigns`: it has the form of an assignment. */
  | { readonly o: 'argument'; readonly assigns: boolean }
  /** An argument that needs no expansion. */
  | { readonly o: 'word'; readonly s: string }
  | {
      readonly o: 'assign';
      readonly name: string;
      readonly local: boolean;
      readonly append?: boolean;
      /** The subscript is the text before the value. */
      readonly sub?: boolean;
    }
  | {
      readonly o: 'redirect';
      readonly kind: RedirectKind;
      readonly fd: number;
      readonly raw?: string;
      /** bash: `{name}>`. */
      readonly variable?: string;
    }
  | { readonly o: 'subject' }
  /** Ends a pattern; when it matches the subject, jumps `to`. */
  | { readonly o: 'match'; readonly to: number };

export type CommandOp =
  /** Begins a simple command. `text`: what BASH_COMMAND says of it. */
  | { readonly o: 'begin'; readonly line: number; readonly text?: string }
  /** Runs the simple command that the words, assignments and redirections made. `tested`: its failure is no reason for -e. */
  | { readonly o: 'run'; readonly tested: boolean; readonly last: boolean }
  | { readonly o: 'endAssigns' }
  /** Looks at the status of a command that is no simple one, for -e and the ERR trap. */
  | { readonly o: 'outcome'; readonly tested: boolean }
  /** `select`: shows the items and reads a line; then takes the item that was chosen, or asks again. */
  | { readonly o: 'menu' }
  | { readonly o: 'chosen'; readonly again: number }
  | { readonly o: 'timeStart'; readonly posix: boolean }
  | { readonly o: 'timeEnd' }
  | { readonly o: 'endProcesses' }
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
  | {
      readonly o: 'subshell';
      readonly line: number;
      readonly to: number;
      readonly tested: boolean;
      readonly last: boolean;
    }
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
  | { readonly o: 'define'; readonly name: string; readonly code: Code; readonly text?: string };
