import type { Expr, Name, Statement } from './ast.ts';
import { type Context, compile, type Scope, truth } from './compile.ts';
import type { Database, Row, Table } from './database.ts';
import { sqlError } from './errors.ts';
import { castValue } from './operators.ts';
import { parseStatements } from './parse.ts';
import { visible } from './select.ts';
import { compareValues, type Flavour, showValue, type Value } from './values.ts';

type Of<K extends Statement['kind']> = Statement & { kind: K };

export interface Changed {
  readonly table: Table;
  /** The rows that were made, changed or removed. */
  readonly rows: readonly Row[];
}

const nothing: Scope = { columns: [], tables: [] };

/** The place of a column by its name, or throws. */
function placeOf(table: Table, { name, at }: Name, flavour: Flavour, where: string): number {
  const place = table.columns.findIndex((column) => sameName(column.name, name, flavour));
  if (place >= 0) return place;
  throw sqlError(
    flavour,
    ['42703', `column "${name}" of relation "${table.name}" does not exist`, { at }],
    [1054, '42S22', `Unknown column '${name}' in '${flavour === 'mysql' ? 'field list' : where}'`],
  );
}

export function sameName(a: string, b: string, flavour: Flavour): boolean {
  return flavour === 'postgres' ? a === b : a.toLowerCase() === b.toLowerCase();
}

/** The table with the rows of an INSERT. `spent` is told the sequences that went on, for they go on even when it fails. */
export function insertRows(
  insert: Of<'insert'>,
  table: Table,
  database: Database,
  context: Context,
  spent: (next: Table['next']) => void,
): Changed {
  const { flavour } = context;
  const given =
    insert.columns?.map((each) => placeOf(table, each, flavour, 'INSERT INTO')) ?? table.columns.map((_, i) => i);
  const next = { ...table.next };
  const rows = [...table.rows];
  const made: Row[] = [];
  for (const [line, values] of insert.rows.entries()) checkCount(insert, values, given, line, flavour);
  for (const values of insert.rows) {
    const row = table.columns.map((column, place): Value => {
      const expr = values[given.indexOf(place)];
      const value = expr && expr.kind !== 'default' ? stored(expr, table, place, nothing, [], context) : undefined;
      if (value !== undefined && !(value === null && column.serial && flavour !== 'postgres')) {
        if (column.serial && flavour !== 'postgres')
          next[column.name] = Math.max(next[column.name] ?? 1, Number(value) + 1);
        return value;
      }
      if (column.serial) {
        const number = next[column.name] ?? 1;
        next[column.name] = number + 1;
        if (flavour === 'postgres') spent({ ...next });
        return number;
      }
      if (column.byDefault === undefined && column.notNull && flavour !== 'postgres')
        throw sqlError('mysql', ['', ''], [1364, 'HY000', `Field '${column.name}' doesn't have a default value`]);
      return defaultValue(table, place, context);
    });
    checkNulls(table, row, flavour);
    // MySQL takes a number for a row only when it is about to be stored
    if (flavour !== 'postgres') spent({ ...next });
    const twin = firstTwin(table, rows, row, flavour);
    if (twin) {
      if (insert.ignore) continue;
      throw twin;
    }
    checkReferences(table, row, database, flavour);
    rows.push(row);
    made.push(row);
  }
  return { table: { ...table, rows, next }, rows: made };
}

function checkCount(
  insert: Of<'insert'>,
  values: readonly Expr[],
  given: readonly number[],
  line: number,
  flavour: Flavour,
): void {
  const short = values.length < given.length && insert.columns !== undefined && values.length > 0;
  if (
    values.length <= given.length &&
    !short &&
    (flavour === 'postgres' || values.length === given.length || values.length === 0)
  )
    return;
  const over = values[given.length];
  const message = over
    ? 'INSERT has more expressions than target columns'
    : 'INSERT has more target columns than expressions';
  const at = over?.at ?? insert.columns?.[values.length]?.at ?? 0;
  throw sqlError(
    flavour,
    ['42601', message, { at }],
    [1136, '21S01', `Column count doesn't match value count at row ${line + 1}`],
  );
}

/** The value of an expression as a column takes it. */
function stored(expr: Expr, table: Table, place: number, scope: Scope, row: Row, context: Context): Value {
  const column = table.columns[place];
  const { run, type } = compile(expr, scope, context);
  const value = run({ row, group: [] });
  if (!column) return value;
  if (context.flavour === 'postgres' && !assignable(type.name, column.type.name)) {
    const [have, want] = [type.name, column.type.name].map(
      (name) => ({ int4: 'integer', bool: 'boolean' })[name as 'int4'] ?? name,
    );
    const hint = 'You will need to rewrite or cast the expression.';
    const message = `column "${column.name}" is of type ${want} but expression is of type ${have}`;
    throw sqlError('postgres', ['42804', message, { hint, at: expr.at }], [0, '', '']);
  }
  return castValue(value, column.type, context, expr.at);
}

function assignable(from: string, to: string): boolean {
  const kind = (name: string) =>
    /^(?:int|numeric|float)/.test(name)
      ? 'number'
      : /^(?:text|varchar|char)/.test(name)
        ? 'text'
        : /^(?:date|timestamp)/.test(name)
          ? 'time'
          : name;
  return from === 'unknown' || kind(to) === 'text' || kind(from) === kind(to);
}

/** What a column holds when nothing is said: its default's value now, or null. */
export function defaultValue(table: Table, place: number, context: Context): Value {
  const column = table.columns[place];
  if (column?.byDefault === undefined) return null;
  const [select] = parseStatements(`select ${column.byDefault}`, context.flavour);
  const expr = select?.kind === 'select' ? select.fields[0]?.expr : undefined;
  return expr ? castValue(compile(expr, nothing, context).run({ row: [], group: [] }), column.type, context) : null;
}

function checkNulls(table: Table, row: Row, flavour: Flavour): void {
  const place = table.columns.findIndex(({ notNull }, i) => notNull && row[i] === null);
  const column = table.columns[place];
  if (!column) return;
  const shown = row.map((value, i) => showValue(value, table.columns[i]?.type ?? { name: 'text' }, flavour) ?? 'null');
  throw sqlError(
    flavour,
    [
      '23502',
      `null value in column "${column.name}" of relation "${table.name}" violates not-null constraint`,
      { detail: `Failing row contains (${shown.join(', ')}).` },
    ],
    [1048, '23000', `Column '${column.name}' cannot be null`],
  );
}

/** The error of a row that has the same key as one that is there. */
function firstTwin(table: Table, rows: readonly Row[], row: Row, flavour: Flavour): Error | undefined {
  for (const key of table.keys) {
    if (key.kind === 'foreign' || key.kind === 'index') continue;
    const places = key.columns.map((name) => table.columns.findIndex((column) => column.name === name));
    const values = places.map((place) => row[place] ?? null);
    if (values.includes(null)) continue;
    const twin = rows.some((each) =>
      places.every((place, i) => {
        const other = each[place] ?? null;
        return other !== null && compareValues(other, values[i] ?? null, flavour) === 0;
      }),
    );
    if (!twin) continue;
    const shown = values.map(
      (value, i) => showValue(value, table.columns[places[i] ?? 0]?.type ?? { name: 'text' }, flavour) ?? '',
    );
    const name = key.kind === 'primary' && flavour !== 'postgres' ? 'PRIMARY' : key.name;
    return sqlError(
      flavour,
      [
        '23505',
        `duplicate key value violates unique constraint "${key.name}"`,
        { detail: `Key (${key.columns.join(', ')})=(${shown.join(', ')}) already exists.` },
      ],
      [
        1062,
        '23000',
        `Duplicate entry '${shown.join('-')}' for key '${flavour === 'mysql' ? `${table.name}.` : ''}${name}'`,
      ],
    );
  }
  return undefined;
}

function checkReferences(table: Table, row: Row, database: Database, flavour: Flavour): void {
  for (const key of table.keys) {
    if (key.kind !== 'foreign' || key.table === undefined) continue;
    const target = key.table === table.name ? table : database.tables[key.table];
    const values = key.columns.map((name) => row[table.columns.findIndex((column) => column.name === name)] ?? null);
    if (!target || values.includes(null)) continue;
    const places = (key.to ?? []).map((name) => target.columns.findIndex((column) => column.name === name));
    if (
      target.rows.some((each) =>
        places.every((place, i) => compareValues(each[place] ?? null, values[i] ?? null, flavour) === 0),
      )
    )
      continue;
    const shown = values.map((value) => showValue(value, { name: 'text' }, flavour)).join(', ');
    throw sqlError(
      flavour,
      [
        '23503',
        `insert or update on table "${table.name}" violates foreign key constraint "${key.name}"`,
        { detail: `Key (${key.columns.join(', ')})=(${shown}) is not present in table "${key.table}".` },
      ],
      [1452, '23000', `Cannot add or update a child row: a foreign key constraint fails`],
    );
  }
}

/** Throws when another table's row refers to one of the rows that are to go. */
function checkReferrers(table: Table, gone: readonly Row[], database: Database, flavour: Flavour): void {
  for (const other of Object.values(database.tables)) {
    for (const key of other.keys) {
      if (key.kind !== 'foreign' || key.table !== table.name) continue;
      const places = (key.to ?? []).map((name) => table.columns.findIndex((column) => column.name === name));
      const theirs = key.columns.map((name) => other.columns.findIndex((column) => column.name === name));
      const met = gone.find((row) =>
        other.rows.some(
          (each) =>
            !(other === table && gone.includes(each)) &&
            theirs.every(
              (place, i) =>
                each[place] !== null && compareValues(each[place] ?? null, row[places[i] ?? 0] ?? null, flavour) === 0,
            ),
        ),
      );
      if (!met) continue;
      const shown = places.map((place) => showValue(met[place] ?? null, { name: 'text' }, flavour)).join(', ');
      throw sqlError(
        flavour,
        [
          '23503',
          `update or delete on table "${table.name}" violates foreign key constraint "${key.name}" on table "${other.name}"`,
          { detail: `Key (${(key.to ?? []).join(', ')})=(${shown}) is still referenced from table "${other.name}".` },
        ],
        [1451, '23000', 'Cannot delete or update a parent row: a foreign key constraint fails'],
      );
    }
  }
}

function tableScope(table: Table): Scope {
  return { columns: visible(table, table.name), tables: [{ alias: table.name, table }] };
}

export function updateRows(update: Of<'update'>, table: Table, database: Database, context: Context): Changed {
  const { flavour } = context;
  const scope = tableScope(table);
  const places = update.set.map(({ column }) => placeOf(table, column, flavour, 'UPDATE'));
  const where = update.where ? compile(update.where, scope, context) : undefined;
  const changed: Row[] = [];
  const before: Row[] = [];
  const kept: Row[] = [];
  for (const row of table.rows) {
    if (where && truth(where.run({ row, group: [] }), flavour) !== true) {
      kept.push(row);
      continue;
    }
    const fresh: Value[] = [...row];
    for (const [i, { value }] of update.set.entries()) {
      const place = places[i] ?? 0;
      fresh[place] =
        value.kind === 'default'
          ? defaultValue(table, place, context)
          : stored(value, table, place, scope, row, context);
    }
    checkNulls(table, fresh, flavour);
    before.push(row);
    changed.push(fresh);
  }
  for (const [i, row] of changed.entries()) {
    const twin = firstTwin(table, [...kept, ...changed.slice(0, i)], row, flavour);
    if (twin) throw twin;
    checkReferences(table, row, database, flavour);
  }
  const keyed = before.filter((row, i) =>
    table.keys.some(({ columns }) =>
      columns.some((name) => {
        const place = table.columns.findIndex((column) => column.name === name);
        return JSON.stringify(row[place]) !== JSON.stringify(changed[i]?.[place]);
      }),
    ),
  );
  checkReferrers(table, keyed, database, flavour);
  // PostgreSQL writes a changed row anew: it comes last when nothing orders the rows
  const inPlace = () => table.rows.map((row) => changed[before.indexOf(row)] ?? row);
  const rows = flavour === 'postgres' ? [...kept, ...changed] : inPlace();
  const same =
    flavour === 'postgres' ? 0 : before.filter((row, i) => JSON.stringify(row) === JSON.stringify(changed[i])).length;
  return {
    table: { ...table, rows },
    rows: same === 0 ? changed : changed.filter((row, i) => JSON.stringify(row) !== JSON.stringify(before[i])),
  };
}

export function deleteRows(statement: Of<'delete'>, table: Table, database: Database, context: Context): Changed {
  const where = statement.where ? compile(statement.where, tableScope(table), context) : undefined;
  const goes = (row: Row) => !where || truth(where.run({ row, group: [] }), context.flavour) === true;
  const gone = table.rows.filter(goes);
  checkReferrers(table, gone, database, context.flavour);
  return { table: { ...table, rows: table.rows.filter((row) => !gone.includes(row)) }, rows: gone };
}
