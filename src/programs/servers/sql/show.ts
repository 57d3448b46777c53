import type { Statement } from './ast.ts';
import type { Column, Database, Table } from './database.ts';
import { tableNamed, type Work } from './engine.ts';
import { sqlError, unknownHere } from './errors.ts';
import type { Found } from './select.ts';
import type { Flavour } from './values.ts';

/** SHOW, and MySQL's DESCRIBE. */
export function show(statement: Statement & { kind: 'show' }, work: Work, current: (work: Work) => Database): Found {
  const { asked, session, cluster } = work;
  const text = { name: 'text' } as const;
  const role = cluster.roles[session.user];
  switch (statement.what) {
    case 'setting': {
      const value = Object.hasOwn(asked.settings, statement.name) ? asked.settings[statement.name] : undefined;
      if (value === undefined) throw unknownHere(`the setting ${statement.name}`);
      return { names: [statement.name], types: [text], sure: [true], rows: [[value]] };
    }
    case 'databases': {
      const all = role?.options.includes('*');
      const names = Object.keys(cluster.databases).filter(
        (name) => all || name === 'information_schema' || role?.options.includes(name),
      );
      return { names: ['Database'], types: [text], sure: [true], rows: names.sort().map((name) => [name]) };
    }
    case 'tables': {
      const names = Object.keys(current(work).tables).sort();
      return {
        names: [`Tables_in_${session.database ?? ''}`],
        types: [text],
        sure: [true],
        rows: names.map((name) => [name]),
      };
    }
    case 'columns': {
      const table = tableNamed(work, { name: statement.name, at: 0, text: '' });
      const names = ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'];
      return {
        names,
        types: names.map(() => text),
        sure: names.map(() => true),
        rows: table.columns.map((column) => describe(column, table, asked.flavour)),
      };
    }
    default:
      throw sqlError(asked.flavour, ['', ''], [1064, '42000', 'You have an error in your SQL syntax']);
  }
}

function describe(column: Column, table: Table, flavour: Flavour): readonly (string | null)[] {
  const key = table.keys.find(({ columns }) => columns[0] === column.name);
  const kind =
    key?.kind === 'primary' ? 'PRI' : key?.kind === 'unique' && key.columns.length === 1 ? 'UNI' : key ? 'MUL' : '';
  const { byDefault = null } = column;
  const now = byDefault !== null && /^(?:current_timestamp|now)(?:\(\))?$/i.test(byDefault);
  const given = byDefault !== null && /^(['"]).*\1$/.test(byDefault) ? byDefault.slice(1, -1) : byDefault;
  const extra = column.serial ? 'auto_increment' : now && flavour === 'mysql' ? 'DEFAULT_GENERATED' : '';
  const shown = now ? (flavour === 'mysql' ? 'CURRENT_TIMESTAMP' : 'current_timestamp()') : given;
  return [column.name, typeName(column, flavour), column.notNull ? 'NO' : 'YES', kind, shown, extra];
}

/** A type as MySQL (which has given up display widths) or MariaDB writes it. */
function typeName({ type }: Column, flavour: Flavour): string {
  const widths = flavour === 'mariadb';
  switch (type.name) {
    case 'int2':
      return type.size === 1 ? 'tinyint(1)' : widths ? 'smallint(6)' : 'smallint';
    case 'int4':
      return widths ? 'int(11)' : 'int';
    case 'int8':
      return widths ? 'bigint(20)' : 'bigint';
    case 'numeric':
      return `decimal(${type.size ?? 10},${type.scale ?? 0})`;
    case 'float8':
      return 'double';
    case 'bool':
      return 'tinyint(1)';
    case 'varchar':
    case 'char':
      return `${type.name}(${type.size ?? 1})`;
    default:
      return type.name;
  }
}
