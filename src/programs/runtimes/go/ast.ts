import type { At } from '../core/tree.ts';

/** A type as it is written. */
export type TypeNode = { readonly at: At } & (
  | { readonly k: 'tname'; readonly pkg: string | null; readonly name: string }
  | { readonly k: 'tslice' | 'tpointer' | 'tchan'; readonly of: TypeNode; readonly dir?: 'send' | 'receive' }
  | { readonly k: 'tarray'; readonly of: TypeNode; readonly length: Node | null }
  | { readonly k: 'tmap'; readonly key: TypeNode; readonly of: TypeNode }
  | { readonly k: 'tstruct'; readonly fields: readonly FieldNode[] }
  | {
      readonly k: 'tinterface';
      readonly methods: readonly (readonly [string, FuncType])[];
      readonly embeds: readonly TypeNode[];
    }
  | FuncType
);
export interface FieldNode {
  readonly name: string;
  readonly type: TypeNode;
  readonly tag: string;
  readonly embedded: boolean;
}
export interface ParamNode {
  readonly name: string;
  readonly type: TypeNode;
  readonly variadic: boolean;
  readonly at: At;
}
export interface FuncType {
  readonly k: 'tfunc';
  readonly at: At;
  readonly params: readonly ParamNode[];
  readonly results: readonly ParamNode[];
}
export interface KeyValue {
  readonly key: Node | null;
  readonly value: Node;
}

/** An expression as it is written. */
export type Node = { readonly at: At } & (
  | { readonly k: 'int' | 'float' | 'rune'; readonly text: string }
  | { readonly k: 'string'; readonly value: string }
  | { readonly k: 'ident'; readonly name: string }
  | { readonly k: 'binary'; readonly op: string; readonly l: Node; readonly r: Node; readonly opAt: At }
  | { readonly k: 'unary'; readonly op: string; readonly e: Node }
  | { readonly k: 'paren'; readonly e: Node }
  | { readonly k: 'selector'; readonly obj: Node; readonly name: string; readonly nameAt: At }
  | { readonly k: 'index'; readonly obj: Node; readonly key: Node }
  | { readonly k: 'slice'; readonly obj: Node; readonly parts: readonly (Node | null)[] }
  | {
      readonly k: 'call';
      readonly fn: Node;
      readonly args: readonly Node[];
      readonly spread: boolean;
      readonly close: At;
    }
  | { readonly k: 'assert'; readonly obj: Node; readonly type: TypeNode | null }
  | { readonly k: 'func'; readonly type: FuncType; readonly body: Block }
  | { readonly k: 'composite'; readonly type: TypeNode | null; readonly entries: readonly KeyValue[] }
  | { readonly k: 'typeexpr'; readonly type: TypeNode }
);
export interface Block {
  readonly stmts: readonly StmtNode[];
  readonly end: At;
}
export interface ClauseNode {
  readonly at: At;
  /** Null: default. */
  readonly tests: readonly Node[] | null;
  readonly comm: StmtNode | null;
  readonly body: readonly StmtNode[];
}
export type StmtNode = { readonly at: At } & (
  | { readonly k: 'empty' }
  | { readonly k: 'expr'; readonly e: Node }
  | {
      readonly k: 'assign';
      readonly op: string;
      readonly left: readonly Node[];
      readonly right: readonly Node[];
      readonly opAt: At;
    }
  | { readonly k: 'incdec'; readonly op: '+' | '-'; readonly e: Node }
  | { readonly k: 'send'; readonly chan: Node; readonly value: Node }
  | { readonly k: 'go' | 'defer'; readonly call: Node }
  | { readonly k: 'return'; readonly values: readonly Node[] }
  | {
      readonly k: 'branch';
      readonly word: 'break' | 'continue' | 'fallthrough' | 'goto';
      readonly label: string | null;
    }
  | { readonly k: 'block'; readonly body: Block }
  | {
      readonly k: 'if';
      readonly init: StmtNode | null;
      readonly test: Node;
      readonly yes: Block;
      readonly no: StmtNode | null;
    }
  | {
      readonly k: 'for';
      readonly init: StmtNode | null;
      readonly test: Node | null;
      readonly post: StmtNode | null;
      readonly body: Block;
    }
  | {
      readonly k: 'range';
      readonly key: Node | null;
      readonly value: Node | null;
      readonly define: boolean;
      readonly over: Node;
      readonly body: Block;
    }
  | {
      readonly k: 'switch';
      readonly init: StmtNode | null;
      readonly on: Node | null;
      readonly clauses: readonly ClauseNode[];
    }
  | {
      readonly k: 'typeswitch';
      readonly init: StmtNode | null;
      readonly bind: string | null;
      readonly bindAt: At;
      readonly on: Node;
      readonly clauses: readonly ClauseNode[];
    }
  | { readonly k: 'select'; readonly clauses: readonly ClauseNode[] }
  | { readonly k: 'label'; readonly name: string; readonly body: StmtNode }
  | { readonly k: 'decl'; readonly decls: readonly Decl[] }
);
export type Decl = { readonly at: At } & (
  | {
      readonly k: 'var';
      readonly names: readonly Name[];
      readonly type: TypeNode | null;
      readonly values: readonly Node[];
    }
  | {
      readonly k: 'const';
      readonly names: readonly Name[];
      readonly type: TypeNode | null;
      readonly values: readonly Node[];
      readonly iota: number;
    }
  | { readonly k: 'type'; readonly name: Name; readonly type: TypeNode; readonly alias: boolean }
  | {
      readonly k: 'func';
      readonly name: Name;
      readonly receiver: ParamNode | null;
      readonly type: FuncType;
      readonly body: Block | null;
    }
);
export interface Name {
  readonly name: string;
  readonly at: At;
}
export interface Import {
  readonly at: At;
  readonly path: string;
  readonly as: string | null;
}
/** A file that was read. */
export interface GoFile {
  readonly path: string;
  readonly pkg: string;
  readonly imports: readonly Import[];
  readonly decls: readonly Decl[];
}
