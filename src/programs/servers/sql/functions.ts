import type { Expr } from './ast.ts';
import type { Compiled, Context, Env, Scope } from './compile.ts';
import { compile } from './compile.ts';
import { addDecimals, decimal, divide, isDecimal, negate, quotientScale, round, showDecimal } from './decimal.ts';
import { sqlError, unknownHere } from './errors.ts';
import { timestampOf } from './times.ts';
import {
  asDecimal,
  compareValues,
  type Flavour,
  isNumber,
  isWhole,
  type SqlType,
  showValue,
  sum,
  type Value,
} from './values.ts';

type Call = Expr & { kind: 'call' };

export function isAggregate(name: string, flavour: Flavour): boolean {
  return /^(?:count|sum|avg|min|max)$/.test(name) || (flavour === 'postgres' && name === 'string_agg');
}

/** Does an aggregate stand in the expression (outside of a SELECT inside it)? */
export function hasAggregate(expr: Expr, flavour: Flavour): boolean {
  switch (expr.kind) {
    case 'call':
      return isAggregate(expr.name, flavour) || expr.args.some((each) => hasAggregate(each, flavour));
    case 'unary':
    case 'is':
    case 'cast':
      return hasAggregate(expr.arg, flavour);
    case 'binary':
      return hasAggregate(expr.left, flavour) || hasAggregate(expr.right, flavour);
    case 'between':
      return [expr.arg, expr.low, expr.high].some((each) => hasAggregate(each, flavour));
    case 'like':
      return [expr.arg, expr.pattern].some((each) => hasAggregate(each, flavour));
    case 'in':
      return (
        hasAggregate(expr.arg, flavour) ||
        (!('kind' in expr.list) && expr.list.some((each) => hasAggregate(each, flavour)))
      );
    case 'case':
      return [expr.base, expr.otherwise, ...expr.whens.flat()].some(
        (each) => each !== undefined && hasAggregate(each, flavour),
      );
    default:
      return false;
  }
}

/** A call of a function, made into one of ours. */
export function callFunction(expr: Call, scope: Scope, context: Context, inner: (each: Expr) => Compiled): Compiled {
  if (isAggregate(expr.name, context.flavour)) return aggregate(expr, scope, context);
  const args = expr.args.map(inner);
  const types = args.map(({ type }) => type);
  const type = typeOf(expr, types, context);
  return { type, run: (env) => apply(expr, args, types, env, context) };
}

function aggregate(expr: Call, scope: Scope, context: Context): Compiled {
  const [first] = expr.args;
  const { name, distinct } = expr;
  const { flavour } = context;
  if (!first) throw unknownHere(`${name}()`, expr.at);
  if (name === 'string_agg') throw unknownHere('string_agg', expr.at);
  const rows = { columns: scope.columns, tables: scope.tables };
  const arg: Compiled =
    first.kind === 'star' ? { type: { name: 'int4' }, run: () => 1 } : compile(first, rows, context);
  const type: SqlType =
    name === 'count'
      ? { name: 'int8' }
      : name === 'avg'
        ? { name: arg.type.name === 'float8' ? 'float8' : 'numeric' }
        : name === 'sum'
          ? {
              name:
                arg.type.name === 'float8'
                  ? 'float8'
                  : isWhole(arg.type) && arg.type.name !== 'int8' && flavour === 'postgres'
                    ? 'int8'
                    : 'numeric',
            }
          : arg.type;
  if ((name === 'sum' || name === 'avg') && flavour === 'postgres' && !isNumber(arg.type))
    throw noFunction(expr, [arg.type]);
  const run = (env: Env): Value => {
    let values = env.group.map((row) => arg.run({ row, group: [] })).filter((value) => value !== null);
    if (distinct)
      values = values.filter((value, i) => values.findIndex((each) => compareValues(each, value, flavour) === 0) === i);
    if (name === 'count') return values.length;
    if (values.length === 0) return null;
    if (name === 'min' || name === 'max') {
      const side = name === 'min' ? -1 : 1;
      return values.reduce((best, value) => (compareValues(value, best, flavour) * side > 0 ? value : best));
    }
    const total = sum(values);
    if (name === 'sum') return total;
    if (arg.type.name === 'float8') return Number(total) / values.length;
    const [x, y] = [asDecimal(total) ?? decimal('0'), decimal(String(values.length))];
    return divide(x, y, flavour === 'postgres' ? quotientScale(x, y) : x.scale + 4);
  };
  return { type, sure: name === 'count', run };
}

function noFunction(expr: Call, types: readonly SqlType[]): Error {
  const shown = types.map(
    ({ name }) =>
      ({ int4: 'integer', int8: 'bigint', bool: 'boolean', varchar: 'character varying' })[name as 'int4'] ?? name,
  );
  const hint = 'No function matches the given name and argument types. You might need to add explicit type casts.';
  return sqlError(
    'postgres',
    ['42883', `function ${expr.name}(${shown.join(', ')}) does not exist`, { hint, at: expr.at }],
    [0, '', ''],
  );
}

const texts =
  /^(?:upper|lower|concat|concat_ws|substr|substring|trim|ltrim|rtrim|replace|left|right|reverse|repeat|version|current_user|session_user|user|database|schema|current_database|current_schema|pg_sleep|to_char|date_format)$/;
const both =
  /^(?:upper|lower|length|char_length|concat|concat_ws|replace|trim|ltrim|rtrim|left|right|reverse|repeat|substr|substring|coalesce|nullif|greatest|least|abs|round|floor|ceil|ceiling|mod|now|current_timestamp|current_date|current_user|session_user|version)$/;
const postgresOnly = /^(?:current_database|current_schema|localtimestamp|user|pg_sleep)$/;
const mysqlOnly = /^(?:database|schema|if|ifnull|user|sleep|curdate|connection_id)$/;

function typeOf(expr: Call, types: readonly SqlType[], { flavour }: Context): SqlType {
  const { name } = expr;
  if (!both.test(name) && !(flavour === 'postgres' ? postgresOnly : mysqlOnly).test(name)) {
    throw unknownHere(`the function ${name}`, expr.at);
  }
  if (/^(?:length|char_length|sleep|connection_id)$/.test(name)) return { name: 'int4' };
  if (texts.test(name)) return { name: 'text' };
  if (/^(?:now|current_timestamp)$/.test(name)) return { name: flavour === 'postgres' ? 'timestamptz' : 'timestamp' };
  if (name === 'localtimestamp') return { name: 'timestamp' };
  if (/^(?:current_date|curdate)$/.test(name)) return { name: 'date' };
  const own = name === 'if' ? types.slice(1) : name === 'nullif' ? types.slice(0, 1) : types;
  const known = own.find((type) => type.name !== 'unknown') ?? { name: 'text' };
  if (/^(?:round|floor|ceil|ceiling)$/.test(name) && flavour === 'postgres' && isWhole(known))
    return { name: 'float8' };
  return known;
}

function apply(expr: Call, args: readonly Compiled[], types: readonly SqlType[], env: Env, context: Context): Value {
  const { name } = expr;
  const { flavour, now } = context;
  const value = (i: number): Value => args[i]?.run(env) ?? null;
  const text = (i: number): string => showValue(value(i), types[i] ?? { name: 'text' }, flavour) ?? '';
  const strict = () => args.some((_, i) => value(i) === null);
  const less = name === 'least' ? 1 : -1;
  switch (name) {
    case 'coalesce':
    case 'ifnull':
      return args.map((_, i) => value(i)).find((each) => each !== null) ?? null;
    case 'nullif':
      return value(0) !== null && value(1) !== null && compareValues(value(0), value(1), flavour) === 0
        ? null
        : value(0);
    case 'if':
      return value(0) !== null && value(0) !== false && value(0) !== 0 ? value(1) : value(2);
    case 'greatest':
    case 'least':
      return args
        .map((_, i) => value(i))
        .filter((each) => each !== null)
        .reduce<Value>(
          (best, each) => (best === null || compareValues(best, each, flavour) * less > 0 ? each : best),
          null,
        );
    case 'concat':
      return flavour !== 'postgres' && strict() ? null : args.map((_, i) => text(i)).join('');
    case 'concat_ws':
      return args
        .slice(1)
        .flatMap((_, i) => (value(i + 1) === null ? [] : [text(i + 1)]))
        .join(text(0));
    case 'now':
    case 'current_timestamp':
      return `${timestampOf(now, flavour === 'postgres' ? 6 : 0)}${flavour === 'postgres' ? '+00' : ''}`;
    case 'localtimestamp':
      return timestampOf(now);
    case 'current_date':
    case 'curdate':
      return timestampOf(now).slice(0, 10);
    case 'version':
      return context.version;
    case 'current_user':
      return flavour === 'postgres' ? context.user : context.account;
    case 'session_user':
      return context.user;
    case 'user':
      return flavour === 'postgres' ? context.user : context.user;
    case 'database':
    case 'schema':
    case 'current_database':
      return context.database;
    case 'current_schema':
      return 'public';
    case 'pg_sleep':
    case 'sleep':
    case 'connection_id':
      if (name === 'connection_id' || compareValues(value(0), 0, flavour) !== 0)
        throw unknownHere(`${name} of this`, expr.at);
      return name === 'pg_sleep' ? '' : 0;
    default:
      return strict() ? null : plain(expr, value, text, types, args.length, context);
  }
}

function plain(
  expr: Call,
  value: (i: number) => Value,
  text: (i: number) => string,
  types: readonly SqlType[],
  count: number,
  { flavour }: Context,
): Value {
  const number = (i: number) => Number(text(i));
  const chars = [...text(0)];
  switch (expr.name) {
    case 'upper':
      return text(0).toUpperCase();
    case 'lower':
      return text(0).toLowerCase();
    case 'length':
      return flavour === 'postgres' ? chars.length : new TextEncoder().encode(text(0)).length;
    case 'char_length':
      return chars.length;
    case 'replace':
      return text(0).replaceAll(text(1), text(2));
    case 'trim':
      return text(0).replace(/^ +| +$/g, '');
    case 'ltrim':
      return text(0).replace(/^ +/, '');
    case 'rtrim':
      return text(0).replace(/ +$/, '');
    case 'left':
      return chars.slice(0, number(1)).join('');
    case 'right':
      return chars.slice(Math.max(chars.length - number(1), 0)).join('');
    case 'reverse':
      return chars.reverse().join('');
    case 'repeat':
      if (number(1) * chars.length > 1_000_000) throw unknownHere('texts of this length', expr.at);
      return text(0).repeat(Math.max(number(1), 0));
    case 'substr':
    case 'substring':
      return chars.slice(Math.max(number(1) - 1, 0), count > 2 ? number(1) - 1 + number(2) : undefined).join('');
    default:
      return onNumber(expr, value, types, count, flavour);
  }
}

function onNumber(
  expr: Call,
  value: (i: number) => Value,
  types: readonly SqlType[],
  count: number,
  flavour: Flavour,
): Value {
  const first = asDecimal(value(0));
  const to = count > 1 ? Number(value(1)) : 0;
  if (!first) throw unknownHere(`${expr.name} of text`, expr.at);
  const back = (made: typeof first): Value => (isDecimal(value(0)) ? made : Number(showDecimal(made)));
  switch (expr.name) {
    case 'abs':
      return back(first.digits.startsWith('-') ? negate(first) : first);
    case 'round':
      if (types[0]?.name === 'float8' && flavour === 'postgres' && count > 1)
        throw unknownHere('round of a double precision number', expr.at);
      return back(round(first, to));
    case 'floor':
    case 'ceil':
    case 'ceiling': {
      const near = round(first, 0);
      const off = compareValues(near, first, flavour);
      const up = expr.name !== 'floor';
      const step = up && off < 0 ? '1' : !up && off > 0 ? '-1' : '0';
      return back(addDecimals(near, decimal(step)));
    }
    default:
      throw unknownHere(`the function ${expr.name}`, expr.at);
  }
}
