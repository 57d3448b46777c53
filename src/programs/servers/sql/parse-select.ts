import type { Expr, Select, Source } from './ast.ts';
import { type Cursor, reserved } from './cursor.ts';
import { unknownHere } from './errors.ts';
import { expressions, parseExpression } from './parse-expression.ts';

/** SELECT with all its parts; the word itself is next. */
export function parseSelect(c: Cursor): Select {
  c.expect('select');
  const distinct = c.take('distinct');
  if (distinct && c.is('on')) throw unknownHere('DISTINCT ON', c.token.at);
  c.take('all');
  const none = c.token.kind === 'end' || c.is(';') || c.is('from');
  const fields = none && c.flavour === 'postgres' ? [] : parseFields(c);
  const from = c.take('from') ? parseSources(c) : [];
  const where = c.take('where') ? parseExpression(c) : undefined;
  const group = c.take('group', 'by') ? expressions(c) : [];
  const having = c.take('having') ? parseExpression(c) : undefined;
  const order = c.take('order', 'by') ? parseOrder(c) : [];
  let limit: Expr | undefined;
  let offset: Expr | undefined;
  for (;;) {
    if (c.take('limit')) {
      if (!c.take('all')) limit = parseExpression(c);
      if (c.flavour !== 'postgres' && c.take(',')) {
        offset = limit;
        limit = parseExpression(c);
      }
    } else if (c.take('offset')) {
      offset = parseExpression(c);
      if (!c.take('rows')) c.take('row');
    } else break;
  }
  if (/^(?:union|intersect|except|window|fetch|for)$/.test(c.token.value) && c.token.kind === 'word') throw c.wrong();
  return {
    kind: 'select',
    distinct,
    fields,
    from: from.filter(({ table }) => table.toLowerCase() !== 'dual' || c.flavour === 'postgres'),
    group,
    order,
    ...(where ? { where } : {}),
    ...(having ? { having } : {}),
    ...(limit ? { limit } : {}),
    ...(offset ? { offset } : {}),
  };
}

/** What is selected (or returned), each with its own name when it has one. */
export function parseFields(c: Cursor): Select['fields'] {
  const fields: { expr: Expr; alias?: string }[] = [];
  do {
    const expr = parseExpression(c);
    const named = c.take('as');
    const free = c.token.kind === 'name' || (c.token.kind === 'word' && (named || !reserved.has(c.token.value)));
    if (named && c.token.kind === 'string' && c.flavour !== 'postgres') fields.push({ expr, alias: c.next().value });
    else if (named && c.token.kind === 'word') {
      const { value, text } = c.next();
      fields.push({ expr, alias: c.flavour === 'postgres' ? value : text });
    } else if (free) fields.push({ expr, alias: c.name().name });
    else if (named) throw c.wrong();
    else fields.push({ expr });
  } while (c.take(','));
  return fields;
}

function parseSources(c: Cursor): readonly Source[] {
  const sources = [parseSource(c, 'first')];
  for (;;) {
    if (c.take(',') || c.take('cross', 'join')) sources.push(parseSource(c, 'cross'));
    else if (c.take('join') || c.take('inner', 'join')) sources.push(parseSource(c, 'inner'));
    else if (c.take('left', 'outer', 'join') || c.take('left', 'join')) sources.push(parseSource(c, 'left'));
    else return sources;
  }
}

function parseSource(c: Cursor, join: Source['join']): Source {
  const from = c.place;
  if (c.is('(')) throw unknownHere('a SELECT in FROM', c.token.at);
  const first = c.name();
  const second = c.take('.') ? c.name() : undefined;
  if (c.is('(')) throw unknownHere('functions in FROM', c.token.at);
  const place = c.since(from);
  const named = c.take('as');
  const free = c.token.kind === 'name' || (c.token.kind === 'word' && !reserved.has(c.token.value));
  const table = second?.name ?? first.name;
  const alias = named || free ? c.name().name : table;
  const schema = second ? { schema: first.name } : {};
  if (join !== 'inner' && join !== 'left') return { ...place, table, ...schema, alias, join };
  if (c.is('using')) throw unknownHere('JOIN … USING', c.token.at);
  if (join === 'inner' && c.flavour !== 'postgres' && !c.is('on'))
    return { ...place, table, ...schema, alias, join: 'cross' };
  c.expect('on');
  return { ...place, table, ...schema, alias, join, on: parseExpression(c) };
}

function parseOrder(c: Cursor): Select['order'] {
  const order: { expr: Expr; down: boolean; nulls?: 'first' | 'last' }[] = [];
  do {
    const expr = parseExpression(c);
    const down = c.take('desc');
    if (!down) c.take('asc');
    const nulls = c.take('nulls', 'first') ? 'first' : c.take('nulls', 'last') ? 'last' : undefined;
    order.push({ expr, down, ...(nulls ? { nulls } : {}) });
  } while (c.take(','));
  return order;
}
