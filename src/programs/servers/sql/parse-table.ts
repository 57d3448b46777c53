import type { ColumnDef, Expr, KeyDef, Statement } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { unknownHere } from './errors.ts';
import { tableName } from './parse-change.ts';
import { parseExpression } from './parse-expression.ts';
import { isSerial, parseType } from './parse-type.ts';

/** CREATE TABLE, after these words. */
export function parseCreateTable(c: Cursor): Statement {
  const lenient = c.take('if', 'not', 'exists');
  const table = tableName(c);
  if (c.is('as') || c.is('like')) throw unknownHere('CREATE TABLE … AS', c.token.at);
  c.expect('(');
  const columns: ColumnDef[] = [];
  const keys: KeyDef[] = [];
  if (!c.is(')')) {
    do {
      const key = parseKey(c);
      if (key) keys.push(key);
      else columns.push(parseColumn(c));
    } while (c.take(','));
  }
  c.expect(')');
  while (
    c.flavour !== 'postgres' &&
    /^(?:engine|default|charset|character|collate|auto_increment|comment)$/.test(c.token.value)
  ) {
    while (c.token.kind !== 'end' && !c.is(';') && !c.is(',')) c.next();
    c.take(',');
  }
  return { kind: 'create-table', table, columns, keys, lenient };
}

function parseKey(c: Cursor): KeyDef | undefined {
  const named = c.take('constraint') ? { name: c.name().name } : {};
  if (c.take('primary', 'key')) return { ...named, kind: 'primary', columns: namesOf(c) };
  if (c.is('unique') && (c.ahead(1).value === '(' || c.flavour !== 'postgres')) {
    c.next();
    if (!c.take('key')) c.take('index');
    const name = c.is('(') ? named : { name: c.name().name };
    return { ...name, kind: 'unique', columns: namesOf(c) };
  }
  if (c.take('foreign', 'key')) {
    const columns = namesOf(c);
    c.expect('references');
    const table = tableName(c).name;
    const to = c.is('(') ? { to: namesOf(c) } : {};
    actions(c);
    return { ...named, kind: 'foreign', columns, table, ...to };
  }
  if (c.is('check')) throw unknownHere('CHECK', c.token.at);
  if ('name' in named || (c.flavour !== 'postgres' && /^(?:key|index)$/.test(c.token.value))) throw c.wrong();
  return undefined;
}

function namesOf(c: Cursor): readonly string[] {
  return c.names().map(({ name }) => name);
}

/** What shall happen when a row that others refer to goes: the usual answer (an error) is known. */
function actions(c: Cursor): void {
  while (c.take('on')) {
    c.next();
    if (!c.take('no', 'action') && !c.take('restrict'))
      throw unknownHere(`ON … ${c.token.text.toUpperCase()}`, c.token.at);
  }
}

/** A column: its name, type and what else is said of it. */
export function parseColumn(c: Cursor): ColumnDef {
  const from = c.place;
  const { name } = c.name();
  const serialWord = c.flavour === 'postgres' && isSerial(c.token.value);
  const type = parseType(c);
  let serial = serialWord;
  let notNull = serialWord;
  let primary = false;
  let unique = false;
  let byDefault: Expr | undefined;
  let references: ColumnDef['references'];
  for (;;) {
    if (c.take('not', 'null')) notNull = true;
    else if (c.take('null')) continue;
    else if (c.take('primary', 'key')) primary = true;
    else if (c.take('unique')) {
      c.take('key');
      unique = true;
    } else if (c.flavour !== 'postgres' && c.take('auto_increment')) serial = true;
    else if (c.take('default')) byDefault = parseExpression(c);
    else if (c.take('references')) {
      const table = tableName(c).name;
      const [column] = c.is('(') ? namesOf(c) : [];
      references = { table, ...(column === undefined ? {} : { column }) };
      actions(c);
    } else if (c.take('comment')) c.string();
    else if (c.is('check') || c.is('generated') || c.is('collate') || c.is('on'))
      throw unknownHere(c.token.text.toUpperCase(), c.token.at);
    else break;
  }
  return {
    ...c.since(from),
    name,
    type,
    notNull: notNull || primary,
    serial,
    primary,
    unique,
    ...(byDefault ? { byDefault } : {}),
    ...(references ? { references } : {}),
  };
}

/** ALTER TABLE, after these words. */
export function parseAlterTable(c: Cursor): Statement {
  if (c.is('if')) throw unknownHere('IF EXISTS here', c.token.at);
  const table = tableName(c);
  if (c.take('add')) {
    c.take('column');
    if (c.is('constraint') || c.is('primary') || c.is('unique') || c.is('foreign') || c.is('index') || c.is('if'))
      throw unknownHere(`ADD ${c.token.text.toUpperCase()}`, c.token.at);
    const column = parseColumn(c);
    if (c.is('after') || c.is('first') || c.is(',')) throw unknownHere('this ALTER TABLE', c.token.at);
    return { kind: 'add-column', table, column };
  }
  if (c.take('drop')) {
    c.take('column');
    if (c.is('constraint') || c.is('if') || c.is('primary'))
      throw unknownHere(`DROP ${c.token.text.toUpperCase()}`, c.token.at);
    return { kind: 'drop-column', table, column: c.name() };
  }
  if (c.take('rename')) {
    if (c.take('to')) return { kind: 'rename-table', table, to: c.name().name };
    c.take('column');
    const column = c.name();
    c.expect('to');
    return { kind: 'rename-column', table, column, to: c.name().name };
  }
  throw unknownHere(`ALTER TABLE … ${c.token.text.toUpperCase()}`, c.token.at);
}
