import type { Expr, Select } from './ast.ts';
import type { Table } from './database.ts';
import { isDecimal, showDecimal } from './decimal.ts';
import { sqlError, unknownHere } from './errors.ts';
import { callFunction, isAggregate } from './functions.ts';
import { arithmetic, castValue, likePattern } from './operators.ts';
import { compareValues, type Flavour, isNumber, isText, type SqlType, type Value } from './values.ts';

/** What the statement is done with: the clock, who asks, and how a SELECT inside is answered. */
export interface Context {
  readonly flavour: Flavour;
  /** Microseconds since 1970. */
  readonly now: number;
  readonly user: string;
  readonly account: string;
  readonly database: string | null;
  readonly version: string;
  readonly query: (select: Select) => {
    readonly types: readonly SqlType[];
    readonly rows: readonly (readonly Value[])[];
  };
}

/** A column that expressions can see: its table's name there, and where it is in the joined row. */
export interface Visible {
  readonly table: string;
  readonly name: string;
  readonly type: SqlType;
  readonly place: number;
  readonly sure: boolean;
}

export interface Scope {
  readonly columns: readonly Visible[];
  readonly tables: readonly { readonly alias: string; readonly table: Table }[];
  /** What rows are grouped by, when they are. */
  readonly groups?: readonly Expr[];
}

/** A row, and all rows of its group when there are groups. */
export interface Env {
  readonly row: readonly Value[];
  readonly group: readonly (readonly Value[])[];
}

export interface Compiled {
  readonly type: SqlType;
  /** It is never null (MySQL's client gives others room for the word). */
  readonly sure?: boolean;
  readonly run: (env: Env) => Value;
}

const bool: SqlType = { name: 'bool' };

/** Makes a function of an expression. Throws when it names what is not there. */
export function compile(expr: Expr, scope: Scope, context: Context): Compiled {
  const { flavour } = context;
  const inner = (each: Expr): Compiled => compile(each, scope, context);
  switch (expr.kind) {
    case 'literal':
      return { type: expr.type, sure: expr.value !== null, run: () => expr.value };
    case 'column':
      return columnOf(expr, scope, context);
    case 'unary': {
      const arg = inner(expr.arg);
      if (expr.op === 'not') return { type: bool, run: (env) => negated(truth(arg.run(env), flavour)) };
      return { type: arg.type, run: (env) => arithmetic('-', 0, arg.run(env), { name: 'int4' }, arg.type, context) };
    }
    case 'binary':
      return binary(expr, scope, context);
    case 'is': {
      const arg = inner(expr.arg);
      const test = (value: Value) =>
        expr.what === 'null' ? value === null : truth(value, flavour) === (expr.what === 'true');
      return { type: bool, run: (env) => test(arg.run(env)) !== expr.not };
    }
    case 'between': {
      const [arg, low, high] = [inner(expr.arg), inner(expr.low), inner(expr.high)];
      const within = (env: Env): Value => {
        const [value, least, most] = [arg.run(env), low.run(env), high.run(env)];
        if (value === null || least === null || most === null) return null;
        const is =
          compare(value, least, arg.type, low.type, context) >= 0 &&
          compare(value, most, arg.type, high.type, context) <= 0;
        return is !== expr.not;
      };
      return { type: bool, run: within };
    }
    case 'in': {
      const arg = inner(expr.arg);
      const list = 'kind' in expr.list ? undefined : expr.list.map(inner);
      const query = 'kind' in expr.list ? context.query(expr.list) : undefined;
      const among = (env: Env): Value => {
        const value = arg.run(env);
        if (value === null) return null;
        const found = list
          ? list.map((each) => [each.run(env), each.type] as const)
          : (query?.rows ?? []).map((row) => [row[0] ?? null, query?.types[0] ?? bool] as const);
        if (found.some(([each, type]) => each !== null && compare(value, each, arg.type, type, context) === 0))
          return !expr.not;
        return found.some(([each]) => each === null) ? null : expr.not;
      };
      return { type: bool, run: among };
    }
    case 'like': {
      const [arg, pattern] = [inner(expr.arg), inner(expr.pattern)];
      const match = (env: Env): Value => {
        const [value, like] = [arg.run(env), pattern.run(env)];
        if (value === null || like === null) return null;
        return likePattern(String(like), expr.anyCase).test(textOf(value)) !== expr.not;
      };
      return { type: bool, run: match };
    }
    case 'case':
      return compileCase(expr, scope, context);
    case 'cast': {
      const arg = inner(expr.arg);
      return { type: expr.type, run: (env) => castValue(arg.run(env), expr.type, context, expr.arg.at) };
    }
    case 'query': {
      const found = context.query(expr.select);
      if (found.rows.length > 1) {
        const words = 'more than one row returned by a subquery used as an expression';
        throw sqlError(flavour, ['21000', words], [1242, '21000', 'Subquery returns more than 1 row']);
      }
      return { type: found.types[0] ?? { name: 'text' }, run: () => found.rows[0]?.[0] ?? null };
    }
    case 'exists': {
      const some = context.query(expr.select).rows.length > 0;
      return { type: bool, run: () => some };
    }
    case 'call':
      if (isAggregate(expr.name, flavour) && !scope.groups)
        throw sqlError(
          flavour,
          ['42803', 'aggregate functions are not allowed in WHERE', { at: expr.at }],
          [1111, 'HY000', 'Invalid use of group function'],
        );
      return callFunction(expr, scope, context, inner);
    case 'star':
      throw unknownHere('* here', expr.at);
    case 'default':
      throw unknownHere('DEFAULT here', expr.at);
  }
}

function textOf(value: Value): string {
  return isDecimal(value) ? showDecimal(value) : String(value);
}

function compileCase(expr: Expr & { kind: 'case' }, scope: Scope, context: Context): Compiled {
  const inner = (each: Expr): Compiled => compile(each, scope, context);
  const base = expr.base ? inner(expr.base) : undefined;
  const whens = expr.whens.map(([when, then]) => [inner(when), inner(then)] as const);
  const otherwise = expr.otherwise ? inner(expr.otherwise) : undefined;
  const results = [...whens.map(([, then]) => then), ...(otherwise ? [otherwise] : [])];
  const type = results.find((each) => each.type.name !== 'unknown')?.type ?? { name: 'text' };
  const run = (env: Env): Value => {
    const value = base?.run(env);
    for (const [when, then] of whens) {
      const test = when.run(env);
      const met =
        base === undefined || value === undefined
          ? truth(test, context.flavour) === true
          : value !== null && test !== null && compare(value, test, base.type, when.type, context) === 0;
      if (met) return then.run(env);
    }
    return otherwise?.run(env) ?? null;
  };
  return { type, run };
}

/** A condition's value. MySQL takes numbers, too. */
export function truth(value: Value, flavour: Flavour): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (flavour === 'postgres') return null;
  return compareValues(value, 0, flavour) !== 0;
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** Order of two values, an untyped one taken for the other's type. */
function compare(a: Value, b: Value, left: SqlType, right: SqlType, context: Context): number {
  const to = (value: Value, from: SqlType, type: SqlType): Value =>
    from.name === 'unknown' && type.name !== 'unknown' ? castValue(value, type, context) : value;
  return compareValues(to(a, left, right), to(b, right, left), context.flavour);
}

const comparisons: { readonly [op: string]: ((order: number) => boolean) | undefined } = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function binary(expr: Expr & { kind: 'binary' }, scope: Scope, context: Context): Compiled {
  const [left, right] = [compile(expr.left, scope, context), compile(expr.right, scope, context)];
  const { flavour } = context;
  const { op } = expr;
  if (op === 'and' || op === 'or') {
    const decisive = op === 'or';
    const both = (env: Env): Value => {
      const first = truth(left.run(env), flavour);
      if (first === decisive) return decisive;
      const second = truth(right.run(env), flavour);
      if (second === decisive) return decisive;
      return first === null || second === null ? null : !decisive;
    };
    return { type: bool, run: both };
  }
  const test = Object.hasOwn(comparisons, op) ? comparisons[op] : undefined;
  if (test) {
    if (flavour === 'postgres') checkComparable(expr, left.type, right.type);
    const run = (env: Env): Value => {
      const [a, b] = [left.run(env), right.run(env)];
      return a === null || b === null ? null : test(compare(a, b, left.type, right.type, context));
    };
    return { type: bool, run };
  }
  const type = resultType(op, left.type, right.type, flavour);
  if (!type) throw noOperator(expr, left.type, right.type);
  return { type, run: (env) => arithmetic(op, left.run(env), right.run(env), left.type, right.type, context) };
}

const titles: { readonly [name: string]: string | undefined } = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  char: 'character',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
};

export function typeTitle(type: SqlType): string {
  return titles[type.name] ?? type.name;
}

function noOperator(expr: Expr & { kind: 'binary' }, left: SqlType, right: SqlType): Error {
  const hint = 'No operator matches the given name and argument types. You might need to add explicit type casts.';
  const message = `operator does not exist: ${typeTitle(left)} ${expr.op} ${typeTitle(right)}`;
  return sqlError('postgres', ['42883', message, { hint, at: expr.at }], [0, '', '']);
}

function kindOf(type: SqlType): string {
  return isNumber(type) ? 'number' : isText(type) ? 'text' : /^(?:timestamp|date)/.test(type.name) ? 'time' : type.name;
}

function checkComparable(expr: Expr & { kind: 'binary' }, left: SqlType, right: SqlType): void {
  if (left.name === 'unknown' || right.name === 'unknown' || kindOf(left) === kindOf(right)) return;
  throw noOperator(expr, left, right);
}

function resultType(op: string, left: SqlType, right: SqlType, flavour: Flavour): SqlType | undefined {
  if (op === '||') return isText(left) || isText(right) ? { name: 'text' } : undefined;
  if (flavour !== 'postgres') return op === '/' ? { name: 'numeric' } : (wider(left, right) ?? { name: 'float8' });
  if (op === '^') return left.name === 'numeric' || right.name === 'numeric' ? { name: 'numeric' } : { name: 'float8' };
  if (op === 'div' || op === 'mod') return undefined;
  const a = left.name === 'unknown' ? right : left;
  const b = right.name === 'unknown' ? left : right;
  if (/^(?:timestamp|date)/.test(a.name) || /^(?:timestamp|date)/.test(b.name))
    throw unknownHere('arithmetic with dates');
  return wider(a, b);
}

const ranks = ['int2', 'int4', 'int8', 'numeric', 'float8'];

/** The type of a sum: the wider one of two number types. */
export function wider(a: SqlType, b: SqlType): SqlType | undefined {
  const rank = Math.max(ranks.indexOf(a.name), ranks.indexOf(b.name));
  return isNumber(a) && isNumber(b) ? ({ name: ranks[rank] } as SqlType) : undefined;
}

function columnOf(expr: Expr & { kind: 'column' }, scope: Scope, { flavour }: Context): Compiled {
  const same = (a: string, b: string) => (flavour === 'postgres' ? a === b : a.toLowerCase() === b.toLowerCase());
  const found = scope.columns.filter(
    ({ table, name }) => same(name, expr.name) && (expr.table === undefined || same(table, expr.table)),
  );
  const [first] = found;
  if (!first) throw noColumn(expr, scope, flavour);
  if (found.length > 1) {
    const message = `column reference "${expr.name}" is ambiguous`;
    const words = `Column '${expr.name}' in SELECT is ambiguous`;
    throw sqlError(flavour, ['42702', message, { at: expr.at }], [1052, '23000', words]);
  }
  if (scope.groups && !grouped(first, scope, flavour)) {
    const full = `${first.table}.${first.name}`;
    const message = `column "${full}" must appear in the GROUP BY clause or be used in an aggregate function`;
    if (flavour === 'postgres') throw sqlError(flavour, ['42803', message, { at: expr.at }], [0, '', '']);
    if (flavour === 'mysql') throw unknownHere('columns beside GROUP BY', expr.at);
  }
  return { type: first.type, sure: first.sure, run: ({ row }) => row[first.place] ?? null };
}

/** May the column stand beside aggregates: grouped by, or of a table that is grouped by its primary key? */
function grouped(column: Visible, scope: Scope, flavour: Flavour): boolean {
  const by = (scope.groups ?? []).flatMap((group) => {
    if (group.kind !== 'column') return [];
    const found = scope.columns.find(({ table, name }) => name === group.name && (group.table ?? table) === table);
    return found ? [found] : [];
  });
  if (by.some(({ place }) => place === column.place)) return true;
  const primary = scope.tables
    .find(({ alias }) => alias === column.table)
    ?.table.keys.find(({ kind }) => kind === 'primary');
  if (!primary || flavour === 'mariadb') return flavour === 'mariadb' && (scope.groups ?? []).length > 0;
  return primary.columns.every((name) => by.some((each) => each.table === column.table && each.name === name));
}

function noColumn(expr: Expr & { kind: 'column' }, scope: Scope, flavour: Flavour): Error {
  const { name, table, at } = expr;
  if (table !== undefined && flavour === 'postgres' && !scope.tables.some(({ alias }) => alias === table))
    return sqlError(flavour, ['42P01', `missing FROM-clause entry for table "${table}"`, { at }], [0, '', '']);
  const message = table === undefined ? `column "${name}" does not exist` : `column ${table}.${name} does not exist`;
  const hint = closest(name, scope);
  const full = table === undefined ? name : `${table}.${name}`;
  const place = flavour === 'mysql' ? 'field list' : 'SELECT';
  return sqlError(
    flavour,
    [
      '42703',
      message,
      { at, ...(hint === undefined ? {} : { hint: `Perhaps you meant to reference the column "${hint}".` }) },
    ],
    [1054, '42S22', `Unknown column '${full}' in '${place}'`],
  );
}

/** PostgreSQL names the one column whose name is like the one that was looked for (at most half of it differs). */
function closest(name: string, scope: Scope): string | undefined {
  const near = scope.columns.map((column) => ({ column, far: distance(name, column.name) }));
  const least = Math.min(...near.map(({ far }) => far));
  const best = near.filter(({ far }) => far === least);
  const [first] = best;
  if (!first || best.length > 1 || least > 3 || least > name.length / 2) return undefined;
  return `${first.column.table}.${first.column.name}`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
