import type { Rec } from '../../../kernel/json.ts';
import type { SqlType, Value } from './values.ts';

export type Row = readonly Value[];

export type Column = {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull: boolean;
  /** The text of the default's expression. */
  readonly byDefault?: string;
  /** Numbers itself: the sequence's next number is kept in the table. */
  readonly serial: boolean;
};

export type Key = {
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'foreign' | 'index' | 'unique-index';
  readonly columns: readonly string[];
  readonly table?: string;
  readonly to?: readonly string[];
};

export type Table = {
  readonly name: string;
  readonly owner: string;
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  readonly rows: readonly Row[];
  /** The next number of each column that numbers itself. */
  readonly next: Rec<number>;
};

export type Database = { readonly owner: string; readonly tables: Rec<Table> };

export type Role = {
  readonly password: string | null;
  /** PostgreSQL's attributes in small letters; MySQL: `*` or databases that it may use. */
  readonly options: readonly string[];
  /** From where it may come (MySQL). */
  readonly host: string;
};

/** All that a server keeps. */
export type Cluster = { readonly databases: Rec<Database>; readonly roles: Rec<Role> };

/** What one connection works with; `database` is absent before USE (MySQL). */
export type Session = {
  readonly user: string;
  readonly host: string;
  readonly database: string | null;
  /** The databases as they were at BEGIN. */
  readonly before: Cluster | null;
  readonly failed: boolean;
};
