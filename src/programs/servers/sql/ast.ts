import type { SqlType, Value } from './values.ts';

/** Where a piece stands in the text, and what is written there. */
export interface Place {
  readonly at: number;
  readonly text: string;
}

export type Expr = Place &
  (
    | { readonly kind: 'literal'; readonly value: Value; readonly type: SqlType }
    | { readonly kind: 'column'; readonly table?: string; readonly name: string }
    | { readonly kind: 'star'; readonly table?: string }
    | { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly arg: Expr }
    | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'is'; readonly arg: Expr; readonly what: 'null' | 'true' | 'false'; readonly not: boolean }
    | { readonly kind: 'in'; readonly arg: Expr; readonly list: readonly Expr[] | Select; readonly not: boolean }
    | { readonly kind: 'between'; readonly arg: Expr; readonly low: Expr; readonly high: Expr; readonly not: boolean }
    | {
        readonly kind: 'like';
        readonly arg: Expr;
        readonly pattern: Expr;
        readonly anyCase: boolean;
        readonly not: boolean;
      }
    | {
        readonly kind: 'case';
        readonly base?: Expr;
        readonly whens: readonly (readonly [Expr, Expr])[];
        readonly otherwise?: Expr;
      }
    | { readonly kind: 'cast'; readonly arg: Expr; readonly type: SqlType }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly distinct: boolean }
    | { readonly kind: 'query'; readonly select: Select }
    | { readonly kind: 'exists'; readonly select: Select }
    | { readonly kind: 'default' }
  );

export interface Source extends Place {
  readonly table: string;
  readonly schema?: string;
  readonly alias: string;
  readonly join: 'first' | 'inner' | 'left' | 'cross';
  readonly on?: Expr;
}

export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly fields: readonly { readonly expr: Expr; readonly alias?: string }[];
  readonly from: readonly Source[];
  readonly where?: Expr;
  readonly group: readonly Expr[];
  readonly having?: Expr;
  readonly order: readonly { readonly expr: Expr; readonly down: boolean; readonly nulls?: 'first' | 'last' }[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}

export interface ColumnDef extends Place {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull: boolean;
  readonly serial: boolean;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly byDefault?: Expr;
  readonly references?: { readonly table: string; readonly column?: string };
}

export interface KeyDef {
  readonly name?: string;
  readonly kind: 'primary' | 'unique' | 'foreign';
  readonly columns: readonly string[];
  readonly table?: string;
  readonly to?: readonly string[];
}

export type Name = Place & { readonly name: string };

export type Statement =
  | Select
  | {
      readonly kind: 'insert';
      readonly table: Name;
      readonly columns?: readonly Name[];
      readonly rows: readonly (readonly Expr[])[];
      readonly ignore: boolean;
      readonly returning: Select['fields'];
    }
  | {
      readonly kind: 'update';
      readonly table: Name;
      readonly set: readonly { readonly column: Name; readonly value: Expr }[];
      readonly where?: Expr;
      readonly returning: Select['fields'];
    }
  | { readonly kind: 'delete'; readonly table: Name; readonly where?: Expr; readonly returning: Select['fields'] }
  | {
      readonly kind: 'create-table';
      readonly table: Name;
      readonly columns: readonly ColumnDef[];
      readonly keys: readonly KeyDef[];
      readonly lenient: boolean;
    }
  | { readonly kind: 'drop-table'; readonly tables: readonly Name[]; readonly lenient: boolean }
  | { readonly kind: 'add-column'; readonly table: Name; readonly column: ColumnDef }
  | { readonly kind: 'drop-column'; readonly table: Name; readonly column: Name }
  | { readonly kind: 'rename-table'; readonly table: Name; readonly to: string }
  | { readonly kind: 'rename-column'; readonly table: Name; readonly column: Name; readonly to: string }
  | { readonly kind: 'truncate'; readonly table: Name }
  | {
      readonly kind: 'create-index';
      readonly name?: string;
      readonly table: Name;
      readonly columns: readonly string[];
      readonly unique: boolean;
    }
  | { readonly kind: 'create-database'; readonly name: string; readonly lenient: boolean; readonly owner?: string }
  | { readonly kind: 'drop-database'; readonly name: string; readonly lenient: boolean }
  | {
      readonly kind: 'create-user' | 'alter-user';
      readonly name: string;
      readonly host: string;
      readonly password?: string;
      readonly lenient: boolean;
      readonly options: readonly string[];
    }
  | { readonly kind: 'drop-user'; readonly name: string; readonly lenient: boolean }
  | {
      readonly kind: 'grant';
      readonly database: string;
      readonly user: string;
      readonly host: string;
      readonly what: string;
    }
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'flush' }
  | { readonly kind: 'set' }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'show'; readonly what: string; readonly name: string }
  | { readonly kind: 'empty' };
