import type { Statement } from './ast.ts';
import { Cursor } from './cursor.ts';
import { syntaxError, unknownHere } from './errors.ts';
import { parseDelete, parseInsert, parseUpdate, tableName } from './parse-change.ts';
import { parseSelect } from './parse-select.ts';
import { parseAlterTable, parseCreateTable } from './parse-table.ts';
import { tokenize } from './tokens.ts';
import type { Flavour } from './values.ts';

/** Statements that a real server begins with these words, and this one does not know. */
const beyond =
  /^(?:with|copy|explain|analyze|vacuum|do|declare|fetch|listen|notify|lock|prepare|execute|deallocate|merge|call|comment|reindex|cluster|refresh|table|values|savepoint|release|revoke|reset|discard|load|import|replace|optimize|check|repair|kill|handler|delimiter|source)$/;

/** The statements of a text, in order. Throws the first mistake, so that nothing of a text with one is done. */
export function parseStatements(text: string, flavour: Flavour): readonly Statement[] {
  const c = new Cursor(tokenize(text, flavour), text, flavour);
  const statements: Statement[] = [];
  for (;;) {
    if (c.take(';')) continue;
    if (c.token.kind === 'end') return statements;
    statements.push(parseStatement(c));
    if (!c.is(';') && !c.ended) throw c.wrong();
  }
}

function parseStatement(c: Cursor): Statement {
  if (c.is('select')) return parseSelect(c);
  const { value, text, at, kind } = c.token;
  if (kind === 'word') {
    const known = Object.hasOwn(starts, value) ? starts[value] : undefined;
    if (known) {
      c.next();
      return known(c);
    }
    if (beyond.test(value)) throw unknownHere(text.toUpperCase(), at);
  }
  throw syntaxError(c.flavour, c.text, at, text);
}

const starts: { readonly [word: string]: ((c: Cursor) => Statement) | undefined } = {
  insert: parseInsert,
  update: parseUpdate,
  delete: parseDelete,
  create: parseCreate,
  drop: parseDrop,
  alter: (c) => (c.take('table') ? parseAlterTable(c) : parseUser(c, 'alter-user')),
  truncate: (c) => {
    c.take('table');
    return { kind: 'truncate', table: tableName(c) };
  },
  begin: (c) => transaction(c, 'begin'),
  start: (c) => {
    c.expect('transaction');
    return { kind: 'begin' };
  },
  commit: (c) => transaction(c, 'commit'),
  end: (c) => (c.flavour === 'postgres' ? transaction(c, 'commit') : wrong(c)),
  rollback: (c) => transaction(c, 'rollback'),
  abort: (c) => (c.flavour === 'postgres' ? transaction(c, 'rollback') : wrong(c)),
  use: (c) => (c.flavour === 'postgres' ? wrong(c) : { kind: 'use', database: c.name().name }),
  show: parseShow,
  describe: parseDescribe,
  desc: parseDescribe,
  set: parseSet,
  grant: parseGrant,
  flush: (c) => {
    if (c.flavour === 'postgres') return wrong(c);
    c.expect('privileges');
    return { kind: 'flush' };
  },
};

/** The word before the next token begins nothing in this flavour. */
function wrong(c: Cursor): never {
  const { at, text } = c.tokens[c.place - 1] ?? c.token;
  throw syntaxError(c.flavour, c.text, at, text);
}

function transaction(c: Cursor, kind: 'begin' | 'commit' | 'rollback'): Statement {
  if (!c.take('transaction')) c.take('work');
  if (c.is('to') || c.is('isolation') || c.is('read')) throw unknownHere(c.token.text.toUpperCase(), c.token.at);
  return { kind };
}

function parseCreate(c: Cursor): Statement {
  if (c.take('table')) return parseCreateTable(c);
  if (c.take('database') || (c.flavour !== 'postgres' && c.take('schema'))) {
    const lenient = c.flavour !== 'postgres' && c.take('if', 'not', 'exists');
    const { name } = c.name();
    let owner: string | undefined;
    c.take('with');
    if (c.take('owner')) {
      c.take('=');
      owner = c.name().name;
    }
    if (c.flavour !== 'postgres') while (c.token.kind !== 'end' && !c.is(';')) c.next();
    return { kind: 'create-database', name, lenient, ...(owner === undefined ? {} : { owner }) };
  }
  if (c.is('user') || c.is('role')) return parseUser(c, 'create-user');
  const unique = c.take('unique');
  if (c.take('index')) {
    const name = c.is('on') ? undefined : c.name().name;
    c.expect('on');
    const table = tableName(c);
    const columns = c.names().map((each) => each.name);
    return { kind: 'create-index', table, columns, unique, ...(name === undefined ? {} : { name }) };
  }
  throw unknownHere(`CREATE ${c.token.text.toUpperCase()}`, c.token.at);
}

function parseDrop(c: Cursor): Statement {
  const word = c.token.value;
  const { at } = c.token;
  if (!/^(?:table|database|schema|user|role)$/.test(word) || (word === 'schema' && c.flavour === 'postgres'))
    throw unknownHere(`DROP ${c.token.text.toUpperCase()}`, at);
  c.next();
  const lenient = c.take('if', 'exists');
  if (word === 'table') {
    const tables = [tableName(c)];
    while (c.take(',')) tables.push(tableName(c));
    if (c.is('cascade')) throw unknownHere('CASCADE', c.token.at);
    c.take('restrict');
    return { kind: 'drop-table', tables, lenient };
  }
  if (word === 'user' || word === 'role') return { kind: 'drop-user', name: account(c).name, lenient };
  return { kind: 'drop-database', name: c.name().name, lenient };
}

/** A user: `app`, or in MySQL `'app'@'%'`. */
function account(c: Cursor): { readonly name: string; readonly host: string } {
  const part = () => (c.token.kind === 'string' && c.flavour !== 'postgres' ? c.next().value : c.name().name);
  const name = part();
  return { name, host: c.flavour !== 'postgres' && c.take('@') ? part() : '%' };
}

function parseUser(c: Cursor, kind: 'create-user' | 'alter-user'): Statement {
  if (!c.is('user') && !c.is('role')) throw unknownHere(`ALTER ${c.token.text.toUpperCase()}`, c.token.at);
  const login = c.next().value === 'user';
  const lenient = c.flavour !== 'postgres' && (c.take('if', 'not', 'exists') || c.take('if', 'exists'));
  const { name, host } = account(c);
  let password: string | undefined;
  const options: string[] = login ? ['login'] : [];
  if (c.flavour !== 'postgres') {
    if (c.take('identified')) {
      if (c.is('with')) throw unknownHere('IDENTIFIED WITH', c.token.at);
      c.expect('by');
      password = c.string();
    }
  } else {
    c.take('with');
    for (;;) {
      if (c.take('encrypted')) continue;
      if (c.take('password')) password = c.string();
      else if (/^(?:no)?(?:login|superuser|createdb|createrole|replication|bypassrls)$/.test(c.token.value))
        options.push(c.next().value);
      else break;
    }
  }
  return { kind, name, host, lenient, options, ...(password === undefined ? {} : { password }) };
}

function parseShow(c: Cursor): Statement {
  const what = c.next();
  if (c.flavour === 'postgres') {
    let name = what.value;
    while (c.take('.')) name += `.${c.next().value}`;
    return { kind: 'show', what: 'setting', name };
  }
  if (what.value === 'databases' || what.value === 'tables') return { kind: 'show', what: what.value, name: '' };
  if (what.value === 'columns' || what.value === 'fields') {
    if (!c.take('from')) c.expect('in');
    return { kind: 'show', what: 'columns', name: c.name().name };
  }
  if (
    what.kind === 'word' &&
    /^(?:grants|variables|status|processlist|create|engines|index|indexes|warnings|errors|full|global|character|collation|plugins)$/.test(
      what.value,
    )
  )
    throw unknownHere(`SHOW ${what.text.toUpperCase()}`, what.at);
  throw syntaxError(c.flavour, c.text, what.at, what.text);
}

function parseDescribe(c: Cursor): Statement {
  if (c.flavour === 'postgres') return wrong(c);
  return { kind: 'show', what: 'columns', name: c.name().name };
}

function parseSet(c: Cursor): Statement {
  const { text, at } = c.token;
  if (c.flavour !== 'postgres' && c.take('names')) {
    c.next();
    return { kind: 'set' };
  }
  throw unknownHere(`SET ${text}`, at);
}

function parseGrant(c: Cursor): Statement {
  let what = '';
  while (!c.is('on') && !c.is('to') && c.token.kind !== 'end') what += ` ${c.next().text}`;
  c.expect('on');
  const postgres = c.flavour === 'postgres';
  if (postgres && !c.take('database')) throw unknownHere('this GRANT', c.token.at);
  const database = !postgres && c.take('*') ? '*' : c.name().name;
  if (!postgres) {
    c.expect('.');
    if (!c.take('*')) throw unknownHere('GRANT on one table', c.token.at);
  }
  c.expect('to');
  const { name, host } = account(c);
  c.take('with', 'grant', 'option');
  return { kind: 'grant', database, user: name, host, what: what.trim().toLowerCase() };
}
