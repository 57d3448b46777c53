import type { Json } from '../../../kernel/json.ts';
import { typeTitle } from '../sql/compile.ts';
import type { Cluster, Column, Database, Key, Session } from '../sql/database.ts';

/** What psql's backslash commands ask of the catalogs: names and descriptions, as plain rows. */
export function lookAt(what: Json, cluster: Cluster, session: Session): Json {
  const [kind = '', name = ''] = Array.isArray(what) ? what.map(String) : [];
  const database = cluster.databases[session.database ?? ''];
  if (kind === 'databases') return Object.entries(cluster.databases).map(([each, { owner }]) => [each, owner]);
  if (kind === 'roles') return Object.entries(cluster.roles).map(([each, { options }]) => [each, ...options]);
  if (!database) return null;
  if (kind === 'relations') return relations(database);
  return kind === 'table' ? describe(database, name) : null;
}

function relations(database: Database): Json {
  return Object.values(database.tables)
    .flatMap(({ name, owner, columns }) => [
      [name, 'table', owner],
      ...columns.filter(({ serial }) => serial).map((column) => [`${name}_${column.name}_seq`, 'sequence', owner]),
    ])
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

function describe(database: Database, name: string): Json {
  const table = Object.hasOwn(database.tables, name) ? database.tables[name] : undefined;
  if (!table) return null;
  const columns = table.columns.map((column) => [
    column.name,
    typeName(column),
    column.notNull ? 'not null' : '',
    column.serial ? `nextval('${name}_${column.name}_seq'::regclass)` : shownDefault(column),
  ]);
  const indexes = table.keys
    .filter(({ kind }) => kind !== 'foreign')
    .sort(byKind)
    .map(indexLine);
  const foreign = table.keys.filter(({ kind }) => kind === 'foreign');
  const theirs = Object.values(database.tables).flatMap((other) =>
    other.keys
      .filter((key) => key.table === name)
      .map((key) => `    TABLE "${other.name}" CONSTRAINT "${key.name}" ${foreignText(key)}`),
  );
  const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);
  const footers = [
    ...part('Indexes:', indexes),
    ...part(
      'Foreign-key constraints:',
      foreign.map((key) => `    "${key.name}" ${foreignText(key)}`),
    ),
    ...part('Referenced by:', theirs),
  ];
  return { columns, footers };
}

function byKind(a: Key, b: Key): number {
  return Number(b.kind === 'primary') - Number(a.kind === 'primary') || (a.name < b.name ? -1 : 1);
}

function indexLine({ name, kind, columns }: Key): string {
  const word = {
    primary: 'PRIMARY KEY, ',
    unique: 'UNIQUE CONSTRAINT, ',
    index: '',
    'unique-index': 'UNIQUE, ',
    foreign: '',
  }[kind];
  return `    "${name}" ${word}btree (${columns.join(', ')})`;
}

function foreignText({ columns, table, to }: Key): string {
  return `FOREIGN KEY (${columns.join(', ')}) REFERENCES ${table ?? ''}(${(to ?? []).join(', ')})`;
}

function typeName({ type }: Column): string {
  const size =
    type.size === undefined ? '' : type.name === 'numeric' ? `(${type.size},${type.scale ?? 0})` : `(${type.size})`;
  return `${typeTitle(type)}${size}`;
}

/** A default as PostgreSQL writes it back: strings get their type. */
function shownDefault({ byDefault, type }: Column): string {
  if (byDefault === undefined) return '';
  if (/^'/.test(byDefault)) return `${byDefault}::${typeTitle(type)}`;
  return /^(?:current_\w+)$/i.test(byDefault) ? byDefault.toUpperCase() : byDefault;
}
