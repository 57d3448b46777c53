import type { ByteString } from '../../kernel/bytes.ts';
import type { Signal } from '../../kernel/signals.ts';
import type { Code, Segment } from './compile/ops.ts';
import type { Flavour } from './flavour.ts';
import type { LineEditor } from './line-editor.ts';
import type { RedirectKind } from './syntax/tree.ts';

/** All that a shell knows: plain data, saved with the world at any moment and copied by fork. */
export type ShellState = {
  readonly flavour: Flavour;
  /** The shell's own executable: runs scripts that have no `#!`. */
  self: string;
  /** What messages of built-ins begin with. */
  applet: string;
  /** `$0`, which messages of the shell begin with. */
  zero: string;
  /** The name that messages carry after `zero`: a script's, or the running built-in's. */
  commandName: string | null;
  /** `$$`: the shell's process number, also in its subshells. */
  pid: number;
  /** 0 in the shell itself, 1 in its subshells, … */
  level: number;
  params: readonly string[];
  variables: Variables;
  functions: { readonly [name: string]: Code };
  aliases: { readonly [name: string]: string };
  /** Letters of the options that are on (`set -o` names have letters too, see options.ts). */
  options: string;
  status: number;
  lastBackground: number | null;
  frames: Frame[];
  pending: Pending | null;
  out: readonly Output[];
  jobs: readonly Job[];
  /** Actions by signal name (`INT`) or `EXIT`; the empty action ignores. */
  traps: { readonly [name: string]: string };
  /** Signals that were ignored when the shell started: they cannot be trapped. */
  ignored: readonly Signal[];
  /** Caught signals whose action has not run yet. */
  signals: readonly Signal[];
  /** Signals whose handlers a subshell drops when it starts. */
  reset: readonly Signal[];
  /** Descriptors that the shell keeps for itself: children do not get them. */
  privateFds: readonly number[];
  /** Logical working directory. */
  cwd: string;
  /** Microseconds since 1970 when the shell started. */
  started: number;
  getopts: { readonly index: number; readonly offset: number };
  terminal: Terminal | null;
  /** bash: the options of `shopt` that are on. */
  shopt?: readonly string[];
  /** bash: the statuses of the last pipeline's members. */
  pipeStatus?: readonly number[] | undefined;
  /** bash: the stack of `pushd`, without the working directory. */
  directories?: readonly string[];
  /** bash: the files that functions were defined in. */
  origins?: { readonly [name: string]: string };
  /** bash: the functions as they were written. */
  functionTexts?: { readonly [name: string]: string };
  /** bash: functions that are handed to children (`export -f`). */
  exported?: readonly string[];
  /** bash: it is a login shell. */
  login?: true;
  /** bash: `BASH_COMMAND`. */
  command?: string;
  /** bash: how many command substitutions this process is in. */
  substitutions?: number;
  /** bash: `$_`. */
  lastArgument?: string;
};

export type Variables = { readonly [name: string]: Variable };

/** `v` absent: declared, but not set. `x` exported, `r` read-only. */
export type Variable = {
  readonly v?: string;
  readonly x?: true;
  readonly r?: true;
  /** bash: an array's elements, by number (`a`) or by text (`h`, see run/arrays.ts). */
  readonly a?: ArrayValue;
  readonly h?: ArrayValue;
  /** bash's attributes: integer, name reference, lower and upper case. */
  readonly i?: true;
  readonly n?: true;
  readonly l?: true;
  readonly u?: true;
};

export type ArrayValue = { readonly [key: string]: string };

/** Bytes that a descriptor has not taken yet. */
export type Output = { readonly fd: number; readonly bytes: ByteString };

/** What an interactive shell has: the terminal, and what its line editor keeps from line to line. */
export type Terminal = {
  /** A private descriptor of the terminal, for job control; null without a terminal. */
  readonly fd: number | null;
  readonly history: readonly string[];
  /** For so many lines more, stopped jobs do not keep the shell from ending. */
  readonly warned?: number;
};

/** A script that is parsed line by line. */
export type Source = {
  text: string;
  pos: number;
  line: number;
  /** Where more text comes from: a descriptor, or nowhere. */
  fd: number | null;
  /** Bytes of an incomplete character at the end of what was read. */
  tail: ByteString;
  eof: boolean;
  /** The script is a file or standard input, which `set -v` prints. */
  shown: boolean;
};

/** A level of execution: the script, a function call, `eval`, a sourced file, a trap's action, a subshell's part. */
export type Frame = {
  kind: 'main' | 'function' | 'eval' | 'dot' | 'trap' | 'exit' | 'sub';
  code: Code;
  pc: number;
  source: Source | null;
  blocks: Block[];
  /** Words of the command being expanded, and the segments of the word at hand (an operand has its own, on top). */
  args: string[];
  words: Segment[][];
  /** Assignments made for the command, for `set -x`. */
  assigned: string[];
  redirects: PendingRedirect[];
  subject: string;
  line: number;
  /** Whether failures are looked at by whoever started this level, so that -e does not apply. */
  tested: boolean;
  /** Status of the last command substitution of the command at hand. */
  substituted: number | null;
  /** Arrays being written, `name=(…)`: how many arguments were there before, and the items with keys by their place. */
  lists?: readonly OpenList[];
  /** bash: the function that was called, the file that the level's commands are of, the line it was called from. */
  called?: string;
  file?: string;
  from?: number;
  /** Descriptors of process substitutions, closed when the command is over. */
  processes?: readonly number[];
  /** The DEBUG trap has been run for the command at hand. */
  debugged?: boolean;
  /** What comes back when the level ends. */
  restore: Restore;
};

export type OpenList = {
  readonly from: number;
  readonly keys: readonly (readonly [at: number, key: string, append: boolean])[];
};

export type Restore = {
  /** bash: traps that a function does not see. */
  readonly traps?: { readonly [name: string]: string };
  /** bash: the shell ends with this level, which was an ERR trap's. */
  readonly leave?: true;
  readonly params?: readonly string[];
  readonly status?: number;
  readonly commandName?: string | null;
  readonly locals?: { readonly [name: string]: Variable | null };
  /** A subshell's part: how many of its loops began outside of it, and whether it stands in a function. */
  readonly outerLoops?: number;
  readonly inFunction?: true;
};

export type PendingRedirect = {
  readonly kind: RedirectKind;
  readonly fd: number;
  readonly target: string;
  readonly ambiguous?: true;
  /** bash's `{name}>`: the variable that gets the descriptor's number. */
  readonly variable?: string;
};

export type Block =
  | {
      readonly b: 'loop';
      readonly brk: number;
      readonly cont: number;
      readonly kept: number;
      readonly name?: string;
      readonly items?: readonly string[];
      readonly next?: number;
      /** bash: what BASH_COMMAND says of it. */
      readonly text?: string;
    }
  /** Descriptors to put back: from the saved copy, or closed (null). */
  | { readonly b: 'redirects'; readonly saved: readonly (readonly [fd: number, copy: number | null])[] }
  /** bash's lastpipe: this shell runs a pipeline's last member; the others, and where it goes on. */
  | {
      readonly b: 'lastpipe';
      readonly saved: readonly (readonly [fd: number, copy: number | null])[];
      readonly pids: readonly number[];
      readonly to: number;
      readonly text: string;
      readonly tested: boolean;
    }
  | { readonly b: 'time'; readonly started: number; readonly posix: boolean }
  | { readonly b: 'assigns'; readonly saved: readonly (readonly [name: string, before: Variable | null])[] };

/** How a process ended, as in the kernel's Exit. */
export type Ended = { readonly code: number; readonly signal?: Signal };

export type Job = {
  readonly id: number;
  readonly processes: readonly { readonly pid: number; readonly exit?: Ended }[];
  readonly pgid: number;
  readonly text: string;
  readonly stopped: boolean;
  /** What stopped it, for the flavours that tell. */
  readonly stoppedBy?: Signal;
  /** The change of state has been told. */
  readonly told: boolean;
};

/** What the current operation waits for. */
export type Pending =
  /** A foreground job. */
  | { readonly p: 'job'; readonly job: Job; readonly tested: boolean }
  | {
      readonly p: 'substitute';
      readonly pid: number;
      readonly fd: number | null;
      readonly parts: readonly ByteString[];
      readonly size: number;
      readonly q: boolean;
      readonly to: number;
    }
  | { readonly p: 'read'; readonly read: ReadProgress; readonly tested: boolean }
  | { readonly p: 'mapfile'; readonly mapfile: MapfileProgress; readonly tested: boolean }
  /** The built-in `wait`: for these, or for all (null); `any`: for the first of them. */
  | { readonly p: 'wait'; readonly pids: readonly number[] | null; readonly any: boolean; readonly tested: boolean }
  /** More of the script. */
  | { readonly p: 'input' }
  | { readonly p: 'edit'; readonly editor: LineEditor }
  /** A signal that this process has sent itself is delivered first. */
  | { readonly p: 'settle' };

/** How far the built-in `mapfile` has come. */
export type MapfileProgress = {
  readonly fd: number;
  readonly name: string;
  readonly delimiter: string;
  /** The delimiter is taken off the lines. */
  readonly strip: boolean;
  /** At most so many lines (0: all), after skipping some; the first element's number (null: the array begins anew). */
  readonly count: number;
  readonly skip: number;
  readonly origin: number | null;
  readonly bytes: ByteString;
};

/** How far the built-in `read` has come. */
export type ReadProgress = {
  readonly fd: number;
  readonly names: readonly string[];
  /** `-a`: the words go there. */
  readonly array?: string;
  /** `-N`: neither a delimiter ends it nor is it split. */
  readonly exactly?: true;
  readonly raw: boolean;
  readonly delimiter: string;
  readonly limit: number | null;
  readonly until: number | null;
  /** Bytes so far; characters quoted with a backslash are marked in `quoted` by their index. */
  readonly bytes: ByteString;
  readonly quoted: readonly number[];
  readonly escaped: boolean;
  /** Terminal modes to put back. */
  readonly modes: { readonly echo: boolean; readonly icanon: boolean } | null;
};
