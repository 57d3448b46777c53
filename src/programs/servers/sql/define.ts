import type { ColumnDef, KeyDef, Statement } from './ast.ts';
import { sameName } from './change.ts';
import { type Context, compile } from './compile.ts';
import type { Column, Database, Key, Table } from './database.ts';
import { sqlError, unknownHere } from './errors.ts';
import { castValue } from './operators.ts';
import type { Flavour } from './values.ts';

type Of<K extends Statement['kind']> = Statement & { kind: K };

/** A new table. Throws when its columns or keys contradict each other. */
export function makeTable(statement: Of<'create-table'>, owner: string, database: Database, context: Context): Table {
  const { flavour } = context;
  const { name } = statement.table;
  const columns = statement.columns.map((column) => makeColumn(column, context));
  for (const [i, column] of columns.entries()) {
    if (columns.findIndex((each) => sameName(each.name, column.name, flavour)) === i) continue;
    const message = `column "${column.name}" specified more than once`;
    throw sqlError(flavour, ['42701', message], [1060, '42S21', `Duplicate column name '${column.name}'`]);
  }
  const defs = [...statement.columns.flatMap(columnKeys), ...statement.keys];
  if (defs.filter(({ kind }) => kind === 'primary').length > 1) {
    const message = `multiple primary keys for table "${name}" are not allowed`;
    throw sqlError(flavour, ['42P16', message], [1068, '42000', 'Multiple primary key defined']);
  }
  const table: Table = { name, owner, columns, keys: [], rows: [], next: {} };
  const keys = defs.map((def) => makeKey(def, table, database, flavour));
  keys.sort((a, b) => Number(b.kind === 'primary') - Number(a.kind === 'primary') || a.name.localeCompare(b.name));
  const primary = keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  return {
    ...table,
    keys,
    columns: columns.map((each) => (primary.includes(each.name) ? { ...each, notNull: true } : each)),
  };
}

function columnKeys(column: ColumnDef): readonly KeyDef[] {
  const columns = [column.name];
  const { references } = column;
  const to = references?.column === undefined ? {} : { to: [references.column] };
  return [
    ...(column.primary ? [{ kind: 'primary', columns } as const] : []),
    ...(column.unique ? [{ kind: 'unique', columns } as const] : []),
    ...(references ? [{ kind: 'foreign', columns, table: references.table, ...to } as const] : []),
  ];
}

/** A column as it is kept. Its default must be one that can be told now. */
export function makeColumn(def: ColumnDef, context: Context): Column {
  if (def.byDefault) {
    const { run } = compile(def.byDefault, { columns: [], tables: [] }, context);
    castValue(run({ row: [], group: [] }), def.type, context);
  }
  const { name, type, notNull, serial } = def;
  return { name, type, notNull, serial, ...(def.byDefault ? { byDefault: def.byDefault.text } : {}) };
}

function makeKey(def: KeyDef, table: Table, database: Database, flavour: Flavour): Key {
  for (const column of def.columns) {
    if (table.columns.some(({ name }) => sameName(name, column, flavour))) continue;
    const message = `column "${column}" named in key does not exist`;
    throw sqlError(flavour, ['42703', message], [1072, '42000', `Key column '${column}' doesn't exist in table`]);
  }
  const ending = { primary: 'pkey', unique: 'key', foreign: 'fkey' }[def.kind];
  const middle = def.kind === 'primary' ? [] : def.columns;
  const usual = flavour === 'postgres' ? [table.name, ...middle, ending].join('_') : (def.columns[0] ?? '');
  const name = def.name ?? usual;
  if (def.kind !== 'foreign' || def.table === undefined) return { name, kind: def.kind, columns: def.columns };
  const target = def.table === table.name ? table : database.tables[def.table];
  if (!target) {
    const message = `relation "${def.table}" does not exist`;
    throw sqlError(
      flavour,
      ['42P01', message],
      [1005, 'HY000', `Can't create table (errno: 150 "Foreign key constraint is incorrectly formed")`],
    );
  }
  const to = def.to ?? target.keys.find(({ kind }) => kind === 'primary')?.columns;
  if (!to) {
    const message = `there is no primary key for referenced table "${def.table}"`;
    throw sqlError(
      flavour,
      ['42704', message],
      [1005, 'HY000', `Can't create table (errno: 150 "Foreign key constraint is incorrectly formed")`],
    );
  }
  return { name, kind: 'foreign', columns: def.columns, table: def.table, to };
}

/** The table without a column. */
export function withoutColumn(table: Table, column: string, flavour: Flavour): Table {
  const place = table.columns.findIndex(({ name }) => sameName(name, column, flavour));
  if (place < 0) {
    const message = `column "${column}" of relation "${table.name}" does not exist`;
    throw sqlError(
      flavour,
      ['42703', message],
      [1091, '42000', `Can't DROP COLUMN \`${column}\`; check that it exists`],
    );
  }
  return {
    ...table,
    columns: table.columns.filter((_, i) => i !== place),
    rows: table.rows.map((row) => row.filter((_, i) => i !== place)),
    keys: table.keys.filter(({ columns }) => !columns.some((name) => sameName(name, column, flavour))),
  };
}

/** The table with a column of another name. */
export function renamedColumn(table: Table, from: string, to: string, flavour: Flavour): Table {
  const known = table.columns.some(({ name }) => sameName(name, from, flavour));
  if (!known) {
    const message = `column "${from}" does not exist`;
    throw sqlError(flavour, ['42703', message], [1054, '42S22', `Unknown column '${from}' in '${table.name}'`]);
  }
  if (table.next[from] !== undefined) throw unknownHere('renaming a column that numbers itself');
  const renamed = (name: string) => (sameName(name, from, flavour) ? to : name);
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: renamed(column.name) })),
    keys: table.keys.map((key) => ({ ...key, columns: key.columns.map(renamed) })),
  };
}
