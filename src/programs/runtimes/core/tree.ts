import type { Value } from './values.ts';

/** Where something stands in its file: lines from 1, columns from 0, the end exclusive. */
export type At = readonly [line: number, column: number, endLine: number, endColumn: number];

/** A program as its language's parser reads it: one little tree for all three languages. */
export type Expr = { readonly at: At; readonly paren?: boolean } & (
  | { readonly k: 'const'; readonly v: Value }
  | { readonly k: 'name'; readonly id: string }
  | { readonly k: 'list' | 'tuple' | 'set'; readonly items: readonly Expr[] }
  | { readonly k: 'dict'; readonly entries: readonly Entry[] }
  | { readonly k: 'text'; readonly parts: readonly (string | TextPart)[] }
  | { readonly k: 'bin' | 'logic'; readonly op: string; readonly l: Expr; readonly r: Expr; readonly opAt?: At }
  | { readonly k: 'compare'; readonly first: Expr; readonly rest: readonly (readonly [op: string, e: Expr])[] }
  | { readonly k: 'un'; readonly op: string; readonly e: Expr }
  | { readonly k: 'cond'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly k: 'get'; readonly obj: Expr; readonly name: string; readonly optional?: boolean }
  | { readonly k: 'index'; readonly obj: Expr; readonly key: Expr; readonly optional?: boolean }
  | { readonly k: 'slice'; readonly parts: readonly (Expr | null)[] }
  | { readonly k: 'call' | 'new'; readonly fn: Expr; readonly args: readonly Arg[]; readonly optional?: boolean }
  | { readonly k: 'chain'; readonly e: Expr }
  | { readonly k: 'fn'; readonly def: Func }
  | { readonly k: 'class'; readonly def: Class }
  | { readonly k: 'assign'; readonly target: Expr; readonly op: string; readonly value: Expr }
  | { readonly k: 'update'; readonly target: Expr; readonly op: '+' | '-'; readonly prefix: boolean }
  | { readonly k: 'await' | 'spread' | 'kwspread'; readonly e: Expr }
  | { readonly k: 'yield'; readonly e: Expr | null; readonly all: boolean }
  | { readonly k: 'comp'; readonly of: 'list' | 'set' | 'dict' | 'gen'; readonly def: Func; readonly first: Expr }
  | { readonly k: 'regexp'; readonly source: string; readonly flags: string }
  | { readonly k: 'typed'; readonly type: GoType; readonly e: Expr }
  | { readonly k: 'zero'; readonly type: GoType }
  | { readonly k: 'composite'; readonly type: GoType; readonly entries: readonly Entry[] }
  | { readonly k: 'type'; readonly type: GoType }
);

/** A key and its value; a missing key means a spread (`...x`, `**x`), a getter has its function in `value`. */
export interface Entry {
  readonly key: Expr | null;
  readonly value: Expr;
  readonly kind?: 'get' | 'set' | 'spread';
}
export interface Arg {
  readonly value: Expr;
  /** A keyword argument's name; `*` and `**` for spreads. */
  readonly name?: string;
}
export interface TextPart {
  readonly e: Expr;
  readonly conversion?: string;
  readonly format?: readonly (string | TextPart)[];
  /** `f'{x=}'`: the text before the value. */
  readonly label?: string;
}
export interface Param {
  readonly name: string;
  readonly pattern?: Expr;
  readonly initial?: Expr;
  readonly rest?: '*' | '**';
  readonly keywordOnly?: boolean;
  readonly type?: GoType;
}
export interface Func {
  readonly name: string;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  readonly kind: { readonly async?: boolean; readonly generator?: boolean; readonly arrow?: boolean };
  /** Names that belong to the function's own scope (Python). */
  readonly locals?: readonly string[];
  readonly globals?: readonly string[];
  readonly decorators?: readonly Expr[];
  readonly results?: readonly GoType[];
  readonly named?: readonly string[];
  readonly at: At;
}
export interface Class {
  readonly name: string;
  readonly bases: readonly Arg[];
  readonly members: readonly Member[];
  readonly body?: readonly Stmt[];
  readonly decorators?: readonly Expr[];
}
export interface Member {
  readonly key: Expr;
  readonly static: boolean;
  readonly kind: 'method' | 'get' | 'set' | 'field';
  readonly value: Expr | null;
}

/** A type as Go writes it. */
export type GoType =
  | { readonly k: 'named'; readonly name: string }
  | { readonly k: 'slice' | 'pointer' | 'chan'; readonly of: GoType }
  | { readonly k: 'array'; readonly of: GoType; readonly length: Expr | null }
  | { readonly k: 'map'; readonly key: GoType; readonly of: GoType }
  | { readonly k: 'struct'; readonly fields: readonly GoField[] }
  | { readonly k: 'func' }
  | { readonly k: 'interface' };
export interface GoField {
  readonly name: string;
  readonly type: GoType;
  readonly tag?: string;
  readonly embedded?: boolean;
}

export interface Case {
  /** Null: default. */
  readonly tests: readonly Expr[] | null;
  readonly types?: readonly GoType[];
  readonly body: readonly Stmt[];
}
export interface Catch {
  /** Exception types (Python); null catches all. */
  readonly types: Expr | null;
  readonly name: Expr | null;
  readonly body: readonly Stmt[];
}

export type Stmt = { readonly at: At } & (
  | { readonly k: 'expr'; readonly e: Expr }
  | { readonly k: 'declare'; readonly how: 'var' | 'let' | 'const'; readonly target: Expr; readonly value: Expr | null }
  | { readonly k: 'if'; readonly test: Expr; readonly yes: readonly Stmt[]; readonly no: readonly Stmt[] }
  | {
      readonly k: 'while';
      readonly test: Expr;
      readonly body: readonly Stmt[];
      readonly else?: readonly Stmt[];
      readonly after?: boolean;
    }
  | {
      readonly k: 'for';
      readonly init: Stmt | null;
      readonly test: Expr | null;
      readonly update: Stmt | null;
      readonly body: readonly Stmt[];
    }
  | {
      readonly k: 'each';
      readonly of: 'of' | 'in' | 'range';
      readonly target: readonly (Expr | null)[];
      readonly declares: 'var' | 'let' | 'const' | null;
      readonly source: Expr;
      readonly body: readonly Stmt[];
      readonly else?: readonly Stmt[];
      readonly async?: boolean;
    }
  | { readonly k: 'block'; readonly body: readonly Stmt[] }
  | { readonly k: 'return'; readonly e: Expr | null }
  | { readonly k: 'break' | 'continue'; readonly label?: string }
  | { readonly k: 'label'; readonly name: string; readonly body: Stmt }
  | { readonly k: 'throw'; readonly e: Expr | null; readonly cause?: Expr }
  | {
      readonly k: 'try';
      readonly body: readonly Stmt[];
      readonly catches: readonly Catch[];
      readonly else?: readonly Stmt[];
      readonly finally: readonly Stmt[] | null;
    }
  | {
      readonly k: 'with';
      readonly items: readonly { readonly e: Expr; readonly as: Expr | null }[];
      readonly body: readonly Stmt[];
    }
  | { readonly k: 'fn'; readonly def: Func; readonly receiver?: { readonly type: string; readonly pointer: boolean } }
  | { readonly k: 'class'; readonly def: Class }
  | {
      readonly k: 'switch';
      readonly on: Expr | null;
      readonly cases: readonly Case[];
      readonly init?: Stmt | null;
      readonly bind?: string;
    }
  | {
      readonly k: 'import';
      readonly module: string;
      readonly names: readonly (readonly [name: string, as: string])[] | null;
      readonly as: string | null;
      readonly level?: number;
    }
  | { readonly k: 'export'; readonly names: readonly (readonly [local: string, as: string])[] }
  | { readonly k: 'delete'; readonly targets: readonly Expr[] }
  | { readonly k: 'assert'; readonly test: Expr; readonly message: Expr | null }
  | { readonly k: 'global'; readonly names: readonly string[] }
  | { readonly k: 'typedef'; readonly name: string; readonly type: GoType }
  | { readonly k: 'go' | 'defer'; readonly call: Expr }
  | { readonly k: 'send'; readonly chan: Expr; readonly value: Expr }
  | { readonly k: 'select'; readonly cases: readonly SelectCase[] }
  | { readonly k: 'empty' }
);

export interface SelectCase {
  readonly kind: 'receive' | 'send' | 'default';
  readonly chan: Expr | null;
  readonly value: Expr | null;
  readonly names: readonly string[];
  readonly body: readonly Stmt[];
}

/** A file that was read: its statements, in the language's tree. */
export interface Source {
  readonly lang: LangName;
  readonly path: string;
  readonly text: string;
  readonly body: readonly Stmt[];
  readonly locals?: readonly string[];
}
export type LangName = 'js' | 'py' | 'go' | 'php';

/** The text is not a program of its language: what the language's own tool says about it. */
export class SyntaxProblem extends Error {
  readonly at: At;
  constructor(message: string, at: At) {
    super(message);
    this.at = at;
  }
}

/** What a program does is more than can be read from it here. `what` names it. */
export class Beyond extends Error {
  readonly what: string;
  readonly at: At | undefined;
  constructor(what: string, at?: At) {
    super(what);
    this.what = what;
    this.at = at;
  }
}
