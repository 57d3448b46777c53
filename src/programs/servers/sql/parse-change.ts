import type { Expr, Name, Statement } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { unknownHere } from './errors.ts';
import { parseExpression } from './parse-expression.ts';
import { parseFields } from './parse-select.ts';

/** INSERT, after the word itself. */
export function parseInsert(c: Cursor): Statement {
  let ignore = c.flavour !== 'postgres' && c.take('ignore');
  if (!c.take('into') && c.flavour === 'postgres') throw c.wrong();
  const table = tableName(c);
  const columns = c.is('(') ? c.names() : undefined;
  if (c.is('select')) throw unknownHere('INSERT … SELECT', c.token.at);
  const rows: (readonly Expr[])[] = [];
  if (c.take('default', 'values')) rows.push([]);
  else {
    if (c.flavour === 'postgres' || !c.take('value')) c.expect('values');
    do {
      c.expect('(');
      const row: Expr[] = [];
      if (!c.is(')')) {
        do row.push(parseExpression(c));
        while (c.take(','));
      }
      c.expect(')');
      rows.push(row);
    } while (c.take(','));
  }
  if (c.is('on', 'conflict')) {
    if (!c.take('on', 'conflict', 'do', 'nothing')) throw unknownHere('this ON CONFLICT', c.token.at);
    ignore = true;
  }
  if (c.is('on', 'duplicate')) throw unknownHere('ON DUPLICATE KEY UPDATE', c.token.at);
  return { kind: 'insert', table, rows, ignore, returning: returning(c), ...(columns ? { columns } : {}) };
}

/** UPDATE, after the word itself. */
export function parseUpdate(c: Cursor): Statement {
  const table = tableName(c);
  alias(c, 'set');
  c.expect('set');
  const set: { column: Name; value: Expr }[] = [];
  do {
    if (c.is('(')) throw unknownHere('SET of several columns at once', c.token.at);
    const column = c.name();
    c.expect('=');
    set.push({ column, value: parseExpression(c) });
  } while (c.take(','));
  if (c.is('from')) throw unknownHere('UPDATE … FROM', c.token.at);
  const where = c.take('where') ? parseExpression(c) : undefined;
  if (c.is('limit') || c.is('order')) throw unknownHere('ORDER BY and LIMIT in an UPDATE', c.token.at);
  return { kind: 'update', table, set, returning: returning(c), ...(where ? { where } : {}) };
}

/** DELETE, after the word itself. */
export function parseDelete(c: Cursor): Statement {
  c.expect('from');
  const table = tableName(c);
  alias(c, 'where');
  if (c.is('using')) throw unknownHere('DELETE … USING', c.token.at);
  const where = c.take('where') ? parseExpression(c) : undefined;
  if (c.is('limit') || c.is('order')) throw unknownHere('ORDER BY and LIMIT in a DELETE', c.token.at);
  return { kind: 'delete', table, returning: returning(c), ...(where ? { where } : {}) };
}

function alias(c: Cursor, next: string): void {
  if (c.token.kind === 'word' && c.token.value !== next && c.ahead(1).value === next)
    throw unknownHere('another name for a table here', c.token.at);
}

function returning(c: Cursor): ReturnType<typeof parseFields> {
  return c.take('returning') ? parseFields(c) : [];
}

/** A table's name; the schema `public` may stand before it. */
export function tableName(c: Cursor): Name {
  const first = c.name();
  if (!c.take('.')) return first;
  if (c.flavour === 'postgres' && first.name === 'public') return { ...c.name(), at: first.at };
  throw unknownHere(`the schema ${first.name}`, first.at);
}
