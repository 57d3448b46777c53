/** One instruction of the stack machine: what to do, and up to three operands. */
export type Op = readonly [op: string, a?: number | string, b?: number | string | boolean, c?: number | string];

/** A program ready to run: made again from its text whenever it is needed. */
export interface Code {
  readonly ops: readonly Op[];
  /** The line of the program that each instruction comes from. */
  readonly lines: readonly number[];
  /** Names of the global variables by slot; arrays have slots of their own. */
  readonly globals: readonly string[];
  readonly slots: ReadonlyMap<string, number>;
  readonly functions: readonly CodeFunction[];
  /** Where the main loop begins, and the END rules. */
  readonly loop: number;
  readonly end: number;
  /** There are rules for records, or END rules: the input is read. */
  readonly reads: boolean;
}

export interface CodeFunction {
  readonly name: string;
  readonly params: number;
  readonly entry: number;
}

/** Variables that mean something to awk itself, in the order of their slots. */
export const special = [
  'NF',
  'NR',
  'FNR',
  'FS',
  'OFS',
  'ORS',
  'RS',
  'SUBSEP',
  'CONVFMT',
  'OFMT',
  'RSTART',
  'RLENGTH',
  'FILENAME',
  'ENVIRON',
  'ARGC',
  'ARGV',
] as const;

export type SpecialName = (typeof special)[number];

/** The slot of a variable that means something to awk. */
export const slotOf = Object.fromEntries(special.map((name, slot) => [name, slot])) as {
  readonly [name in SpecialName]: number;
};
