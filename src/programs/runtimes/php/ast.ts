import type { Value } from '../core/values.ts';

/** An argument: plain, spread (`...$x`) or named. */
export interface Arg {
  readonly value: Expr;
  readonly spread?: boolean;
  readonly name?: string;
}
/** An element of an array, or of what is taken apart (`[$a, 'k' => $b]`); null is a hole. */
export interface Item {
  readonly key: Expr | null;
  readonly value: Expr;
  readonly byRef?: boolean;
  readonly spread?: boolean;
}
/** A type as it is written: its names in lower case where PHP knows them, and whether null fits. */
export interface TypeName {
  readonly names: readonly string[];
  readonly nullable: boolean;
  readonly shown: string;
}
export interface Param {
  readonly name: string;
  readonly type: TypeName | null;
  readonly initial: Expr | null;
  readonly byRef: boolean;
  readonly rest: boolean;
  /** A constructor's parameter that is a property too. */
  readonly promoted?: Visibility;
  readonly readonly?: boolean;
}
export type Visibility = 'public' | 'protected' | 'private';
export interface Func {
  readonly name: string;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  readonly line: number;
  readonly result: TypeName | null;
  readonly uses: readonly { readonly name: string; readonly byRef: boolean }[];
  readonly arrow: boolean;
}
export interface Method {
  readonly def: Func;
  readonly static: boolean;
  readonly visibility: Visibility;
  readonly abstract: boolean;
}
export interface Property {
  readonly name: string;
  readonly initial: Expr | null;
  readonly typed: TypeName | null;
  readonly static: boolean;
  readonly visibility: Visibility;
  readonly readonly: boolean;
}
export interface Class {
  readonly name: string;
  readonly kind: 'class' | 'interface';
  readonly abstract: boolean;
  readonly parent: string | null;
  readonly interfaces: readonly string[];
  readonly constants: readonly { readonly name: string; readonly value: Expr }[];
  readonly properties: readonly Property[];
  readonly methods: readonly Method[];
  readonly line: number;
}
export type Args = readonly Arg[] | 'callable';
export type Expr = { readonly line: number } & (
  | { readonly k: 'const'; readonly v: Value }
  | { readonly k: 'text'; readonly parts: readonly (string | Expr)[] }
  | { readonly k: 'var'; readonly name: string }
  | { readonly k: 'array'; readonly items: readonly (Item | null)[] }
  | { readonly k: 'index'; readonly obj: Expr; readonly key: Expr | null }
  | { readonly k: 'prop'; readonly obj: Expr; readonly name: string | Expr; readonly safe: boolean }
  | { readonly k: 'sprop' | 'cconst'; readonly cls: string | Expr; readonly name: string }
  | { readonly k: 'constant'; readonly name: string }
  | { readonly k: 'call'; readonly fn: string | Expr; readonly args: Args }
  | {
      readonly k: 'mcall';
      readonly obj: Expr;
      readonly name: string | Expr;
      readonly args: Args;
      readonly safe: boolean;
    }
  | { readonly k: 'scall'; readonly cls: string | Expr; readonly name: string; readonly args: Args }
  | { readonly k: 'new'; readonly cls: string | Expr | Class; readonly args: readonly Arg[] }
  | { readonly k: 'bin' | 'logic'; readonly op: string; readonly l: Expr; readonly r: Expr }
  | { readonly k: 'un'; readonly op: string; readonly e: Expr }
  | { readonly k: 'cond'; readonly test: Expr; readonly yes: Expr | null; readonly no: Expr }
  | { readonly k: 'assign'; readonly target: Expr; readonly op: string; readonly value: Expr }
  | { readonly k: 'bind'; readonly target: Expr; readonly value: Expr }
  | { readonly k: 'incdec'; readonly target: Expr; readonly op: '+' | '-'; readonly prefix: boolean }
  | { readonly k: 'fn'; readonly def: Func; readonly static: boolean }
  | {
      readonly k: 'match';
      readonly on: Expr;
      readonly arms: readonly { readonly tests: readonly Expr[] | null; readonly value: Expr }[];
    }
  | { readonly k: 'isset'; readonly all: readonly Expr[] }
  | { readonly k: 'empty' | 'print' | 'clone' | 'throw' | 'silence'; readonly e: Expr }
  | { readonly k: 'instanceof'; readonly e: Expr; readonly cls: string | Expr }
  | { readonly k: 'cast'; readonly to: string; readonly e: Expr }
  | { readonly k: 'include'; readonly how: string; readonly e: Expr }
  | { readonly k: 'exit'; readonly e: Expr | null }
);
export interface Case {
  readonly test: Expr | null;
  readonly body: readonly Stmt[];
}
export interface Catch {
  readonly types: readonly string[];
  readonly name: string | null;
  readonly body: readonly Stmt[];
}
export type Stmt = { readonly line: number } & (
  | { readonly k: 'expr'; readonly e: Expr }
  | { readonly k: 'echo'; readonly all: readonly Expr[] }
  | { readonly k: 'if'; readonly test: Expr; readonly yes: readonly Stmt[]; readonly no: readonly Stmt[] }
  | { readonly k: 'while'; readonly test: Expr; readonly body: readonly Stmt[]; readonly after: boolean }
  | {
      readonly k: 'for';
      readonly init: readonly Expr[];
      readonly test: readonly Expr[];
      readonly update: readonly Expr[];
      readonly body: readonly Stmt[];
    }
  | {
      readonly k: 'foreach';
      readonly source: Expr;
      readonly key: Expr | null;
      readonly value: Expr;
      readonly byRef: boolean;
      readonly body: readonly Stmt[];
    }
  | { readonly k: 'switch'; readonly on: Expr; readonly cases: readonly Case[] }
  | { readonly k: 'break' | 'continue'; readonly levels: number }
  | { readonly k: 'return'; readonly e: Expr | null }
  | { readonly k: 'block'; readonly body: readonly Stmt[] }
  | { readonly k: 'strict'; readonly on: boolean }
  | { readonly k: 'fn'; readonly def: Func }
  | { readonly k: 'class'; readonly def: Class }
  | {
      readonly k: 'try';
      readonly body: readonly Stmt[];
      readonly catches: readonly Catch[];
      readonly finally: readonly Stmt[] | null;
    }
  | { readonly k: 'global'; readonly names: readonly string[] }
  | { readonly k: 'static'; readonly vars: readonly { readonly name: string; readonly initial: Expr | null }[] }
  | { readonly k: 'unset'; readonly all: readonly Expr[] }
  | { readonly k: 'constants'; readonly all: readonly { readonly name: string; readonly value: Expr }[] }
);
