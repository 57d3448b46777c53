import type { Rec } from '../../../kernel/json.ts';
import type { Name, Source, Statement } from './ast.ts';
import { type Changed, defaultValue, deleteRows, insertRows, updateRows } from './change.ts';
import type { Context } from './compile.ts';
import type { Cluster, Database, Session, Table } from './database.ts';
import { makeColumn, makeTable, renamedColumn, withoutColumn } from './define.ts';
import { type Failure, SqlError, sqlError, unknownHere } from './errors.ts';
import { parseStatements } from './parse.ts';
import { administer } from './roles.ts';
import { type Found, project, runSelect } from './select.ts';
import { show } from './show.ts';
import { type Flavour, isNumber, showValue } from './values.ts';

/** What a statement answers. */
export type Answer = {
  readonly columns?: readonly { readonly name: string; readonly right: boolean; readonly nullable?: boolean }[];
  readonly rows?: readonly (readonly (string | null)[])[];
  /** PostgreSQL's word for what was done. */
  readonly tag?: string;
  readonly affected?: number;
  /** MySQL's line on an INSERT of several rows, or an UPDATE. */
  readonly info?: string;
  readonly notice?: { readonly severity: string; readonly message: string };
  readonly error?: Failure;
};

export interface Asked {
  readonly flavour: Flavour;
  readonly now: number;
  readonly version: string;
  /** Settings that SHOW tells. */
  readonly settings: Rec<string>;
}

export interface Answered {
  readonly cluster: Cluster;
  readonly session: Session;
  readonly answers: readonly Answer[];
}

/** One text's work: what it has changed so far, and what it began with. */
export interface Work {
  cluster: Cluster;
  session: Session;
  readonly answers: Answer[];
  readonly asked: Asked;
  /** Numbers that sequences gave, kept whatever becomes of the text. */
  spent: { readonly table: string; readonly next: Table['next'] }[];
}

/** Runs the statements of a text. After a mistake the rest is left, and what the text did outside of a transaction is undone. */
export function runText(text: string, cluster: Cluster, session: Session, asked: Asked): Answered {
  const work: Work = { cluster, session, answers: [], asked, spent: [] };
  let kept = cluster;
  try {
    for (const statement of parseStatements(text, asked.flavour)) {
      if (work.session.failed && statement.kind !== 'commit' && statement.kind !== 'rollback')
        throw sqlError(
          asked.flavour,
          ['25P02', 'current transaction is aborted, commands ignored until end of transaction block'],
          [0, '', ''],
        );
      runStatement(statement, work);
      if (/^(?:begin|commit|rollback)$/.test(statement.kind) || asked.flavour !== 'postgres') kept = work.cluster;
    }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    work.answers.push({ error: error.failure });
    if (!work.session.before) work.cluster = kept;
    else if (asked.flavour === 'postgres') work.session = { ...work.session, failed: true };
    for (const { table, next } of work.spent) keepNumbers(work, table, next);
  }
  return { cluster: work.cluster, session: work.session, answers: work.answers };
}

function keepNumbers(work: Work, name: string, next: Table['next']): void {
  const table = databaseOf(work)?.tables[name];
  if (table) putTable(work, { ...table, next });
}

function databaseOf({ cluster, session }: Work): Database | undefined {
  const { database } = session;
  return database !== null && Object.hasOwn(cluster.databases, database) ? cluster.databases[database] : undefined;
}

function currentDatabase(work: Work): Database {
  const database = databaseOf(work);
  if (!database)
    throw sqlError(work.asked.flavour, ['3D000', 'database does not exist'], [1046, '3D000', 'No database selected']);
  return database;
}

function putDatabase(work: Work, database: Database): void {
  const name = work.session.database ?? '';
  work.cluster = { ...work.cluster, databases: { ...work.cluster.databases, [name]: database } };
}

function putTable(work: Work, table: Table): void {
  const database = currentDatabase(work);
  putDatabase(work, { ...database, tables: { ...database.tables, [table.name]: table } });
}

function dropTable(work: Work, name: string): void {
  const database = currentDatabase(work);
  const { [name]: _, ...tables } = database.tables;
  putDatabase(work, { ...database, tables });
}

/** The context of expressions; a SELECT inside one sees what the text has done so far. */
function contextOf(work: Work): Context {
  const { asked, session } = work;
  const host = asked.flavour === 'postgres' ? '' : `@${session.host}`;
  const { host: allowed = '%' } = work.cluster.roles[session.user] ?? {};
  const context: Context = {
    flavour: asked.flavour,
    now: asked.now,
    user: `${session.user}${host}`,
    account: `${session.user}@${allowed}`,
    database: session.database,
    version: asked.version,
    query: (select) => runSelect(select, (source) => sourceTable(work, source), context),
  };
  return context;
}

function sourceTable(work: Work, source: Source): Table {
  const { flavour } = work.asked;
  if (flavour === 'postgres' && source.schema !== undefined && source.schema !== 'public')
    throw unknownHere(`the schema ${source.schema}`, source.at);
  if (/^(?:pg_|information_schema)/.test(source.table)) throw unknownHere(`the catalog ${source.table}`, source.at);
  if (source.schema === undefined || flavour === 'postgres')
    return tableNamed(work, { name: source.table, at: source.at, text: '' });
  const inside: Work = { ...work, session: { ...work.session, database: source.schema } };
  if (/^(?:mysql|sys|information_schema|performance_schema)$/.test(source.schema))
    throw unknownHere(`the schema ${source.schema}`);
  mayUse(work, source.schema);
  return tableNamed(inside, { name: source.table, at: source.at, text: '' });
}

/** Throws unless the user may use the database (MySQL; in PostgreSQL tables have owners). */
export function mayUse(work: Work, database: string): void {
  const role = work.cluster.roles[work.session.user];
  if (work.asked.flavour === 'postgres' || role?.options.includes('*') || role?.options.includes(database)) return;
  const account = `'${work.session.user}'@'${role?.host ?? '%'}'`;
  throw sqlError('mysql', ['', ''], [1044, '42000', `Access denied for user ${account} to database '${database}'`]);
}

/** The table of this name, or an error in the server's words. */
export function tableNamed(work: Work, { name, at }: Name, drop = false): Table {
  const { flavour } = work.asked;
  const database = currentDatabase(work);
  const found = Object.hasOwn(database.tables, name) ? database.tables[name] : undefined;
  if (!found) {
    const message = drop ? `table "${name}" does not exist` : `relation "${name}" does not exist`;
    const full = `${work.session.database ?? ''}.${name}`;
    throw sqlError(
      flavour,
      ['42P01', message, drop ? {} : { at }],
      drop ? [1051, '42S02', `Unknown table '${full}'`] : [1146, '42S02', `Table '${full}' doesn't exist`],
    );
  }
  const role = work.cluster.roles[work.session.user];
  if (flavour === 'postgres' && found.owner !== work.session.user && !role?.options.includes('superuser')) {
    const message = drop ? `must be owner of table ${name}` : `permission denied for table ${name}`;
    throw sqlError(flavour, ['42501', message], [0, '', '']);
  }
  return found;
}

function answerOf(found: Found, flavour: Flavour, more: Pick<Answer, 'tag' | 'affected'>): Answer {
  const columns = found.names.map((name, i) => {
    const type = found.types[i] ?? { name: 'text' };
    const right = isNumber(type) || (flavour !== 'postgres' && type.name === 'bool');
    return { name, right, nullable: !found.sure[i] };
  });
  const rows = found.rows.map((row) =>
    row.map((value, i) => showValue(value, found.types[i] ?? { name: 'text' }, flavour)),
  );
  return { columns, rows, ...more };
}

function runStatement(statement: Statement, work: Work): void {
  const { flavour } = work.asked;
  const { answers } = work;
  switch (statement.kind) {
    case 'select': {
      const found = runSelect(statement, (source) => sourceTable(work, source), contextOf(work));
      answers.push(answerOf(found, flavour, { tag: `SELECT ${found.rows.length}` }));
      return;
    }
    case 'insert': {
      const table = tableNamed(work, statement.table);
      const spend = (next: Table['next']) => work.spent.push({ table: table.name, next });
      const changed = insertRows(statement, table, currentDatabase(work), contextOf(work), spend);
      const count = changed.rows.length;
      const several = `Records: ${count}  Duplicates: ${statement.rows.length - count}  Warnings: 0`;
      finishChange(
        work,
        changed,
        statement.returning,
        `INSERT 0 ${count}`,
        statement.rows.length > 1 ? several : undefined,
      );
      return;
    }
    case 'update': {
      const table = tableNamed(work, statement.table);
      const changed = updateRows(statement, table, currentDatabase(work), contextOf(work));
      const count = changed.rows.length;
      finishChange(
        work,
        changed,
        statement.returning,
        `UPDATE ${count}`,
        `Rows matched: ${count}  Changed: ${count}  Warnings: 0`,
      );
      return;
    }
    case 'delete': {
      const table = tableNamed(work, statement.table);
      const changed = deleteRows(statement, table, currentDatabase(work), contextOf(work));
      finishChange(work, changed, statement.returning, `DELETE ${changed.rows.length}`);
      return;
    }
    case 'begin':
      if (work.session.before) {
        if (flavour === 'postgres')
          answers.push({ notice: { severity: 'WARNING', message: 'there is already a transaction in progress' } });
      } else work.session = { ...work.session, before: work.cluster, failed: false };
      answers.push({ tag: 'BEGIN', affected: 0 });
      return;
    case 'commit':
    case 'rollback':
      endTransaction(statement.kind, work);
      return;
    case 'show': {
      const shown = show(statement, work, currentDatabase);
      answers.push(answerOf(shown, flavour, { tag: 'SHOW' }));
      return;
    }
    case 'set':
      answers.push({ tag: 'SET', affected: 0 });
      return;
    case 'empty':
      return;
    default:
      // a definition ends a transaction in MySQL
      if (flavour !== 'postgres' && statement.kind !== 'use') work.session = { ...work.session, before: null };
      if (!define(statement, work)) administer(statement, work);
  }
}

function finishChange(
  work: Work,
  changed: Changed,
  returning: Parameters<typeof project>[0],
  tag: string,
  info?: string,
): void {
  const found = returning.length > 0 ? project(returning, changed.table, changed.rows, contextOf(work)) : undefined;
  putTable(work, changed.table);
  const done = { tag, affected: changed.rows.length, ...(info === undefined ? {} : { info }) };
  work.answers.push(found ? answerOf(found, work.asked.flavour, done) : done);
}

function endTransaction(kind: 'commit' | 'rollback', work: Work): void {
  const { before, failed } = work.session;
  const back = kind === 'rollback' || failed;
  if (!before && work.asked.flavour === 'postgres')
    work.answers.push({ notice: { severity: 'WARNING', message: 'there is no transaction in progress' } });
  if (back && before) {
    const tables = databaseOf(work)?.tables ?? {};
    work.cluster = before;
    // sequences do not go back
    for (const { name, next } of Object.values(tables)) keepNumbers(work, name, next);
  }
  work.session = { ...work.session, before: null, failed: false };
  work.answers.push({ tag: back ? 'ROLLBACK' : 'COMMIT', affected: 0 });
}

/** Statements that make, change or remove tables; false for others. */
function define(statement: Statement, work: Work): boolean {
  const { flavour } = work.asked;
  const done = (tag: string) => work.answers.push({ tag, affected: 0 });
  switch (statement.kind) {
    case 'create-table': {
      const database = currentDatabase(work);
      const { name } = statement.table;
      mayCreate(work, database);
      if (Object.hasOwn(database.tables, name)) {
        if (!statement.lenient)
          throw sqlError(
            flavour,
            ['42P07', `relation "${name}" already exists`],
            [1050, '42S01', `Table '${name}' already exists`],
          );
        work.answers.push({ notice: { severity: 'NOTICE', message: `relation "${name}" already exists, skipping` } });
      } else putTable(work, makeTable(statement, work.session.user, database, contextOf(work)));
      done('CREATE TABLE');
      return true;
    }
    case 'drop-table':
      for (const table of statement.tables) {
        if (statement.lenient && !Object.hasOwn(currentDatabase(work).tables, table.name)) {
          work.answers.push({
            notice: { severity: 'NOTICE', message: `table "${table.name}" does not exist, skipping` },
          });
          continue;
        }
        const { name } = tableNamed(work, table, true);
        const users = Object.values(currentDatabase(work).tables).filter(
          (each) => each.name !== name && each.keys.some((key) => key.table === name),
        );
        if (users.length > 0) throw referred(name, users[0], flavour);
        dropTable(work, name);
      }
      done('DROP TABLE');
      return true;
    case 'add-column': {
      const table = tableNamed(work, statement.table);
      const { column } = statement;
      if (table.columns.some(({ name }) => name === column.name)) {
        const message = `column "${column.name}" of relation "${table.name}" already exists`;
        throw sqlError(flavour, ['42701', message], [1060, '42S21', `Duplicate column name '${column.name}'`]);
      }
      if (column.primary || column.unique || column.serial || column.references)
        throw unknownHere('keys of an added column', column.at);
      const columns = [...table.columns, makeColumn(column, contextOf(work))];
      const value = defaultValue({ ...table, columns }, columns.length - 1, contextOf(work));
      if (value === null && column.notNull && table.rows.length > 0) {
        const message = `column "${column.name}" of relation "${table.name}" contains null values`;
        if (flavour !== 'postgres') throw unknownHere('NOT NULL without a default for a table with rows', column.at);
        throw sqlError(flavour, ['23502', message], [0, '', '']);
      }
      putTable(work, { ...table, columns, rows: table.rows.map((row) => [...row, value]) });
      done('ALTER TABLE');
      return true;
    }
    case 'drop-column':
      putTable(work, withoutColumn(tableNamed(work, statement.table), statement.column.name, flavour));
      done('ALTER TABLE');
      return true;
    case 'rename-column':
      putTable(work, renamedColumn(tableNamed(work, statement.table), statement.column.name, statement.to, flavour));
      done('ALTER TABLE');
      return true;
    case 'rename-table': {
      const table = tableNamed(work, statement.table);
      dropTable(work, table.name);
      putTable(work, { ...table, name: statement.to });
      done('ALTER TABLE');
      return true;
    }
    case 'truncate': {
      const table = tableNamed(work, statement.table);
      const next = flavour === 'postgres' ? table.next : {};
      putTable(work, { ...table, rows: [], next });
      done('TRUNCATE TABLE');
      return true;
    }
    case 'create-index': {
      const table = tableNamed(work, statement.table);
      if (statement.unique) throw unknownHere('CREATE UNIQUE INDEX', statement.table.at);
      const name = statement.name ?? [table.name, ...statement.columns, 'idx'].join('_');
      putTable(work, { ...table, keys: [...table.keys, { name, kind: 'index', columns: statement.columns }] });
      done('CREATE INDEX');
      return true;
    }
    default:
      return false;
  }
}

function mayCreate(work: Work, database: Database): void {
  const role = work.cluster.roles[work.session.user];
  if (work.asked.flavour !== 'postgres' || role?.options.includes('superuser') || database.owner === work.session.user)
    return;
  throw sqlError('postgres', ['42501', 'permission denied for schema public'], [0, '', '']);
}

function referred(name: string, user: Table | undefined, flavour: Flavour): Error {
  const key = user?.keys.find(({ table }) => table === name)?.name ?? '';
  return sqlError(
    flavour,
    [
      '2BP01',
      `cannot drop table ${name} because other objects depend on it`,
      {
        detail: `constraint ${key} on table ${user?.name ?? ''} depends on table ${name}`,
        hint: 'Use DROP ... CASCADE to drop the dependent objects too.',
      },
    ],
    [1451, '23000', 'Cannot delete or update a parent row: a foreign key constraint fails ()'],
  );
}
