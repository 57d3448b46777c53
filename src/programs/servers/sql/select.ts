import type { Expr, Select, Source } from './ast.ts';
import { type Compiled, type Context, compile, type Env, type Scope, truth, type Visible } from './compile.ts';
import type { Row, Table } from './database.ts';
import { sqlError } from './errors.ts';
import { hasAggregate } from './functions.ts';
import { compareValues, type Flavour, type SqlType, type Value } from './values.ts';

export interface Found {
  readonly names: readonly string[];
  readonly types: readonly SqlType[];
  /** Which columns are never null. */
  readonly sure: readonly boolean[];
  readonly rows: readonly Row[];
}

/** So many pairs of rows are looked at in a join; a machine in memory has to end. */
const most = 2_000_000;

/** Answers a SELECT; `tableOf` finds a table, or throws. */
export function runSelect(select: Select, tableOf: (source: Source) => Table, context: Context): Found {
  const { flavour } = context;
  const { scope, rows } = join(select, tableOf, context);
  const where = select.where ? compile(select.where, scope, context) : undefined;
  let kept = rows;
  if (where) kept = kept.filter((row) => truth(where.run({ row, group: [] }), flavour) === true);
  const fields = expand(select, scope, flavour);
  const group = select.group.map((each) => named(each, fields));
  const grouping =
    group.length > 0 ||
    select.having !== undefined ||
    [...fields.map(({ expr }) => expr), ...select.order.map(({ expr }) => expr)].some((each) =>
      hasAggregate(each, flavour),
    );
  const inner: Scope = grouping ? { ...scope, groups: group } : scope;
  let envs: readonly Env[] = grouping
    ? groupRows(
        kept,
        group.map((each) => compile(each, scope, context)),
      )
    : kept.map((row) => ({ row, group: [] }));
  const having = select.having ? compile(select.having, inner, context) : undefined;
  if (having) envs = envs.filter((env) => truth(having.run(env), flavour) === true);
  const compiled = fields.map(({ expr }) => compile(expr, inner, context));
  let out = envs.map((env) => ({ env, row: compiled.map((each) => each.run(env)) }));
  if (select.distinct) out = unique(out);
  const order = select.order.map(({ expr, down, nulls }) => {
    const place = ordinal(expr, fields, flavour);
    const by = place === undefined ? compile(expr, inner, context) : undefined;
    const last = nulls === undefined ? (flavour === 'postgres') !== down : nulls === 'last';
    return { down, last, of: (each: (typeof out)[number]) => by?.run(each.env) ?? each.row[place ?? 0] ?? null };
  });
  if (order.length > 0) {
    const keyed = out.map((each) => ({ each, keys: order.map(({ of }) => of(each)) }));
    keyed.sort((a, b) => {
      for (const [i, { down, last }] of order.entries()) {
        const [x = null, y = null] = [a.keys[i], b.keys[i]];
        if (x === null && y === null) continue;
        if (x === null || y === null) return (x === null) === last ? 1 : -1;
        const way = compareValues(x, y, flavour);
        if (way !== 0) return down ? -way : way;
      }
      return 0;
    });
    out = keyed.map(({ each }) => each);
  }
  const offset = countOf(select.offset, context) ?? 0;
  const limit = countOf(select.limit, context);
  const shown = out.slice(offset, limit === undefined ? undefined : offset + limit);
  return {
    names: fields.map(({ name }) => name),
    types: compiled.map(({ type }) => type),
    sure: compiled.map(({ sure }) => sure ?? false),
    rows: shown.map(({ row }) => row),
  };
}

function countOf(expr: Expr | undefined, context: Context): number | undefined {
  if (!expr) return undefined;
  const value = compile(expr, { columns: [], tables: [] }, context).run({ row: [], group: [] });
  return value === null ? undefined : Number(value);
}

function join(
  select: Select,
  tableOf: (source: Source) => Table,
  context: Context,
): { readonly scope: Scope; readonly rows: readonly Row[] } {
  let scope: Scope = { columns: [], tables: [] };
  let rows: readonly Row[] = [[]];
  let pairs = 0;
  for (const source of select.from) {
    const table = tableOf(source);
    if (scope.tables.some(({ alias }) => alias === source.alias)) {
      const words = `table name "${source.alias}" specified more than once`;
      throw sqlError(context.flavour, ['42712', words], [1066, '42000', `Not unique table/alias: '${source.alias}'`]);
    }
    const columns = visible(table, source.alias, scope.columns.length, source.join === 'left');
    scope = { columns: [...scope.columns, ...columns], tables: [...scope.tables, { alias: source.alias, table }] };
    const on: Compiled | undefined = source.on ? compile(source.on, scope, context) : undefined;
    pairs += rows.length * table.rows.length;
    if (pairs > most)
      throw sqlError(context.flavour, ['53200', 'out of memory'], [1038, 'HY001', 'Out of sort memory']);
    const empty: Row = columns.map(() => null);
    rows = rows.flatMap((left) => {
      const met = table.rows
        .map((right) => [...left, ...right])
        .filter((row) => !on || truth(on.run({ row, group: [] }), context.flavour) === true);
      return met.length === 0 && source.join === 'left' ? [[...left, ...empty]] : met;
    });
  }
  return { scope, rows };
}

/** A table's columns as expressions see them. */
export function visible(table: Table, alias: string, from = 0, outer = false): readonly Visible[] {
  return table.columns.map(({ name, type, notNull }, i) => ({
    table: alias,
    name,
    type,
    place: from + i,
    sure: notNull && !outer,
  }));
}

type Field = { readonly expr: Expr; readonly name: string; readonly aliased: boolean };

function expand(select: Pick<Select, 'fields'>, scope: Scope, flavour: Flavour): readonly Field[] {
  return select.fields.flatMap(({ expr, alias }): readonly Field[] => {
    if (expr.kind !== 'star') return [{ expr, name: alias ?? titleOf(expr, flavour), aliased: alias !== undefined }];
    if (scope.tables.length === 0)
      throw sqlError(
        flavour,
        ['42601', 'SELECT * with no tables specified is not valid', { at: expr.at }],
        [1096, 'HY000', 'No tables used'],
      );
    if (expr.table !== undefined && !scope.tables.some(({ alias: each }) => each === expr.table))
      throw sqlError(
        flavour,
        ['42P01', `missing FROM-clause entry for table "${expr.table}"`, { at: expr.at }],
        [1051, '42S02', `Unknown table '${expr.table}'`],
      );
    return scope.columns
      .filter(({ table }) => expr.table === undefined || table === expr.table)
      .map(({ table, name }) => ({
        expr: { kind: 'column', table, name, at: expr.at, text: name },
        name,
        aliased: false,
      }));
  });
}

/** What the fields of a RETURNING say of one table's rows. */
export function project(fields: Select['fields'], table: Table, rows: readonly Row[], context: Context): Found {
  const scope: Scope = { columns: visible(table, table.name), tables: [{ alias: table.name, table }] };
  const all = expand({ fields }, scope, context.flavour);
  const compiled = all.map(({ expr }) => compile(expr, scope, context));
  return {
    names: all.map(({ name }) => name),
    types: compiled.map(({ type }) => type),
    sure: compiled.map(({ sure }) => sure ?? false),
    rows: rows.map((row) => compiled.map((each) => each.run({ row, group: [] }))),
  };
}

const castNames: { readonly [name: string]: string | undefined } = { char: 'bpchar' };

/** The name of a column without a name of its own. */
function titleOf(expr: Expr, flavour: Flavour): string {
  if (flavour !== 'postgres') {
    if (expr.kind === 'column') return expr.name;
    if (expr.kind === 'literal' && (expr.value === null || typeof expr.value === 'boolean'))
      return expr.text.toUpperCase();
    return expr.kind === 'literal' && typeof expr.value === 'string' ? expr.value : expr.text;
  }
  switch (expr.kind) {
    case 'column':
      return expr.name;
    case 'call':
      return expr.name;
    case 'case':
      return expr.otherwise?.kind === 'column' ? expr.otherwise.name : 'case';
    case 'cast':
      return expr.arg.kind === 'column' || expr.arg.kind === 'call'
        ? titleOf(expr.arg, flavour)
        : (castNames[expr.type.name] ?? expr.type.name);
    case 'query': {
      const [first] = expr.select.fields;
      return first ? (first.alias ?? titleOf(first.expr, flavour)) : '?column?';
    }
    case 'exists':
      return 'exists';
    case 'literal':
      return typeof expr.value === 'boolean' ? 'bool' : '?column?';
    default:
      return '?column?';
  }
}

/** GROUP BY may name a field by its number or its own name. */
function named(expr: Expr, fields: readonly Field[]): Expr {
  if (expr.kind === 'literal' && typeof expr.value === 'number') return fields[expr.value - 1]?.expr ?? expr;
  if (expr.kind !== 'column' || expr.table !== undefined) return expr;
  return fields.find(({ aliased, name }) => aliased && name === expr.name)?.expr ?? expr;
}

function ordinal(expr: Expr, fields: readonly Field[], flavour: Flavour): number | undefined {
  if (expr.kind === 'literal' && typeof expr.value === 'number') {
    const place = expr.value - 1;
    if (fields[place]) return place;
    const words = `ORDER BY position ${expr.value} is not in select list`;
    throw sqlError(
      flavour,
      ['42P10', words, { at: expr.at }],
      [1054, '42S22', `Unknown column '${expr.value}' in 'ORDER BY'`],
    );
  }
  if (expr.kind !== 'column' || expr.table !== undefined) return undefined;
  const place = fields.findIndex(({ aliased, name }) => aliased && name === expr.name);
  return place < 0 ? undefined : place;
}

function groupRows(rows: readonly Row[], keys: readonly Compiled[]): readonly Env[] {
  if (keys.length === 0) return [{ row: rows[0] ?? [], group: rows }];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((each) => each.run({ row, group: [] })));
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => ({ row: group[0] ?? [], group }));
}

function unique<T extends { readonly row: readonly Value[] }>(all: readonly T[]): T[] {
  const seen = new Set<string>();
  return all.filter(({ row }) => {
    const key = JSON.stringify(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
