import type { Json } from '../../../kernel/json.ts';
import type { Shown } from './table.ts';

/** A backslash command whose answer is a table made of what the server tells: what to ask, and the table. */
export interface Asking {
  readonly look: readonly [kind: string, name: string];
  readonly show: (seen: Json) => Shown | { readonly missing: string };
}

type Rows = readonly (readonly string[])[];

/** The command of this name, or undefined when it is not one of these. `version` is the major number of psql. */
export function askingOf(command: string, argument: string, version: number): Asking | undefined {
  const plain = command.replace(/\+$/, '');
  if (plain === 'l' || plain === 'list')
    return { look: ['databases', ''], show: (seen) => databases(seen as Rows, version, argument) };
  if (plain === 'du' || plain === 'dg') return { look: ['roles', ''], show: (seen) => roles(seen as Rows, version) };
  if (plain === 'd' && argument !== '') return { look: ['table', argument], show: (seen) => table(seen, argument) };
  if (plain === 'd' || plain === 'dt' || plain === 'ds')
    return { look: ['relations', ''], show: (seen) => relations(seen as Rows, plain, argument, version) };
  return undefined;
}

function databases(rows: Rows, version: number, only: string): Shown {
  const right = (name: string, owner: string) =>
    /^template[01]$/.test(name) ? `=c/${owner}\n${owner}=CTc/${owner}` : '';
  const locale = 'en_US.utf8';
  const columns =
    version >= 16
      ? [
          'Name',
          'Owner',
          'Encoding',
          'Locale Provider',
          'Collate',
          'Ctype',
          version >= 17 ? 'Locale' : 'ICU Locale',
          'ICU Rules',
          'Access privileges',
        ]
      : version === 15
        ? ['Name', 'Owner', 'Encoding', 'Collate', 'Ctype', 'ICU Locale', 'Locale Provider', 'Access privileges']
        : ['Name', 'Owner', 'Encoding', 'Collate', 'Ctype', 'Access privileges'];
  const sorted = [...rows]
    .filter(([name]) => only === '' || name === only)
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const cells = sorted.map(([name = '', owner = '']) => {
    const rights = right(name, owner);
    if (version >= 16) return [name, owner, 'UTF8', 'libc', locale, locale, '', '', rights];
    return version === 15
      ? [name, owner, 'UTF8', locale, locale, '', 'libc', rights]
      : [name, owner, 'UTF8', locale, locale, rights];
  });
  return { title: 'List of databases', columns: columns.map((name) => ({ name })), rows: cells };
}

const attributes: readonly (readonly [option: string, title: string])[] = [
  ['superuser', 'Superuser'],
  ['createrole', 'Create role'],
  ['createdb', 'Create DB'],
  ['nologin', 'Cannot login'],
  ['replication', 'Replication'],
  ['bypassrls', 'Bypass RLS'],
];

function roles(rows: Rows, version: number): Shown {
  const cells = [...rows]
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([name = '', ...options]) => {
      const has = options.includes('login') || options.includes('superuser') ? options : [...options, 'nologin'];
      const titles = attributes.filter(([option]) => has.includes(option)).map(([, title]) => title);
      return version >= 16 ? [name, titles.join(', ')] : [name, titles.join(', '), '{}'];
    });
  const columns = version >= 16 ? ['Role name', 'Attributes'] : ['Role name', 'Attributes', 'Member of'];
  return { title: 'List of roles', columns: columns.map((name) => ({ name })), rows: cells, footers: [] };
}

function relations(rows: Rows, command: string, only: string, version: number): Shown | { readonly missing: string } {
  const kind = command === 'dt' ? 'table' : command === 'ds' ? 'sequence' : undefined;
  const wanted = rows.filter(
    ([name, type]) => (kind === undefined || type === kind) && (only === '' || matches(name ?? '', only)),
  );
  const plural = version >= 18 && kind !== undefined ? `${kind}s` : 'relations';
  const single = version >= 18 && kind !== undefined ? (only === '' ? plural : `${kind}s`) : 'relation';
  if (wanted.length === 0)
    return { missing: only === '' ? `Did not find any ${plural}.` : `Did not find any ${single} named "${only}".` };
  const columns = ['Schema', 'Name', 'Type', 'Owner'].map((name) => ({ name }));
  return { title: `List of ${plural}`, columns, rows: wanted.map((row) => ['public', ...row]) };
}

function matches(name: string, pattern: string): boolean {
  const plain = pattern.toLowerCase().replace(/^public\./, '');
  return new RegExp(
    `^${plain
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);
}

function table(seen: Json, name: string): Shown | { readonly missing: string } {
  if (seen === null) return { missing: `Did not find any relation named "${name}".` };
  const { columns, footers } = seen as unknown as { readonly columns: Rows; readonly footers: readonly string[] };
  const rows = columns.map(([column = '', type = '', nullable = '', byDefault = '']) => [
    column,
    type,
    '',
    nullable,
    byDefault,
  ]);
  const heads = ['Column', 'Type', 'Collation', 'Nullable', 'Default'].map((each) => ({ name: each }));
  return { title: `Table "public.${name}"`, columns: heads, rows, footers };
}
