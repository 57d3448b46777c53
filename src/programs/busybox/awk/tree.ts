/** What can be assigned to. */
export type Target =
  | { readonly t: 'var'; readonly name: string }
  | { readonly t: 'elem'; readonly name: string; readonly keys: readonly Expr[] }
  | { readonly t: 'field'; readonly e: Expr };

export type Expr =
  | Target
  | { readonly t: 'num'; readonly v: number }
  | { readonly t: 'str'; readonly v: string }
  | { readonly t: 'regex'; readonly v: string }
  | { readonly t: 'group'; readonly e: Expr }
  | { readonly t: 'list'; readonly items: readonly Expr[] }
  | { readonly t: 'assign'; readonly op: string; readonly to: Target; readonly e: Expr }
  | { readonly t: 'cond'; readonly c: Expr; readonly a: Expr; readonly b: Expr }
  | { readonly t: 'and' | 'or'; readonly a: Expr; readonly b: Expr }
  | { readonly t: 'unary'; readonly op: string; readonly e: Expr }
  | { readonly t: 'bin'; readonly op: string; readonly a: Expr; readonly b: Expr; readonly line: number }
  | { readonly t: 'match'; readonly not: boolean; readonly a: Expr; readonly b: Expr }
  | { readonly t: 'in'; readonly keys: readonly Expr[]; readonly name: string }
  | { readonly t: 'incr'; readonly to: Target; readonly by: 1 | -1; readonly post: boolean }
  | { readonly t: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly line: number }
  | { readonly t: 'builtin'; readonly name: string; readonly args: readonly Expr[]; readonly line: number }
  | { readonly t: 'getline'; readonly from: 'main' | 'file' | 'command'; readonly source?: Expr; readonly to?: Target };

export interface Redirect {
  readonly to: '>' | '>>' | '|';
  readonly e: Expr;
}

export type Stmt = StmtKind & { readonly line?: number };

type StmtKind =
  | { readonly t: 'expr'; readonly e: Expr }
  | {
      readonly t: 'print' | 'printf';
      readonly args: readonly Expr[];
      readonly redirect?: Redirect;
    }
  | { readonly t: 'block'; readonly body: readonly Stmt[] }
  | { readonly t: 'if'; readonly c: Expr; readonly then: Stmt; readonly otherwise?: Stmt }
  | { readonly t: 'while'; readonly c: Expr; readonly body: Stmt }
  | { readonly t: 'do'; readonly c: Expr; readonly body: Stmt }
  | { readonly t: 'for'; readonly init?: Stmt; readonly c?: Expr; readonly step?: Stmt; readonly body: Stmt }
  | { readonly t: 'forin'; readonly to: Target; readonly name: string; readonly body: Stmt }
  | { readonly t: 'delete'; readonly name: string; readonly keys?: readonly Expr[] }
  | { readonly t: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly t: 'exit' | 'return'; readonly e?: Expr };

export type Pattern =
  | { readonly t: 'begin' | 'end' | 'always' }
  | { readonly t: 'when'; readonly e: Expr }
  | { readonly t: 'range'; readonly from: Expr; readonly to: Expr };

export interface Rule {
  readonly pattern: Pattern;
  readonly line: number;
  /** Absent: print the record. */
  readonly body?: Stmt;
}

export interface FunctionTree {
  readonly name: string;
  readonly params: readonly string[];
  readonly body: Stmt;
}

export interface ProgramTree {
  readonly rules: readonly Rule[];
  readonly functions: readonly FunctionTree[];
}

/** A program that is none, or what it did that cannot be done; the message is as the awk says it. */
export class AwkError extends Error {
  override readonly name = 'AwkError';
  /** The line of the program, where it is known. */
  readonly line: number | undefined;
  /** What stands there (mawk names it). */
  readonly near: string | undefined;
  constructor(message: string, line?: number, near?: string) {
    super(message);
    this.line = line;
    this.near = near;
  }
}
