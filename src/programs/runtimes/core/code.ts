import type { At, Func, GoType, LangName } from './tree.ts';
import type { Value } from './values.ts';

/** One operation of the little stack machine: a name, and what it needs. */
export type Op = readonly [op: string, a?: OpArg, b?: OpArg, c?: OpArg];
export type OpArg = Value | readonly string[] | readonly (string | null)[] | GoType | undefined;

/** A function (or a file's top level) as operations. */
export interface Code {
  readonly name: string;
  readonly def: Func | null;
  readonly ops: Op[];
  /** Where each operation comes from. */
  readonly at: At[];
}

/** A file as operations: its top level is the first code. */
export interface Unit {
  readonly lang: LangName;
  readonly path: string;
  readonly lines: readonly string[];
  readonly codes: Code[];
}
