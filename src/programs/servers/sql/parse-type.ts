import type { Cursor } from './cursor.ts';
import { sqlError, unknownHere } from './errors.ts';
import type { SqlType, TypeName } from './values.ts';

const names: { readonly [word: string]: TypeName | undefined } = {
  smallint: 'int2',
  int2: 'int2',
  tinyint: 'int2',
  int: 'int4',
  integer: 'int4',
  int4: 'int4',
  serial: 'int4',
  bigserial: 'int8',
  smallserial: 'int2',
  bigint: 'int8',
  int8: 'int8',
  numeric: 'numeric',
  decimal: 'numeric',
  real: 'float8',
  float: 'float8',
  double: 'float8',
  float8: 'float8',
  text: 'text',
  varchar: 'varchar',
  character: 'char',
  char: 'char',
  bool: 'bool',
  boolean: 'bool',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  datetime: 'timestamp',
  date: 'date',
};

/** Types that real servers have and this one has not. */
const others =
  /^(?:json|jsonb|uuid|bytea|time|timetz|interval|inet|cidr|xml|money|point|box|tsvector|blob|longtext|mediumtext|tinytext|mediumint|enum|year|bit|binary|varbinary|set|hstore|float4)$/;

export function isSerial(word: string): boolean {
  return /^(?:small|big)?serial$/.test(word);
}

/** A type's name with what is in parentheses after it. Throws for those that are not known here. */
export function parseType(c: Cursor): SqlType {
  const { token } = c;
  const word = token.value;
  const postgresOnly = isSerial(word) || /^(?:timestamptz|int[248]|float8)$/.test(word);
  const mysqlOnly = /^(?:tinyint|datetime)$/.test(word);
  const known = token.kind === 'word' && Object.hasOwn(names, word) ? names[word] : undefined;
  if (token.kind === 'word' && (others.test(word) || word === 'real')) throw unknownHere(`the type ${word}`, token.at);
  if (!known || (c.flavour === 'postgres' ? mysqlOnly : postgresOnly)) {
    if (token.kind !== 'word' || c.flavour !== 'postgres') throw c.wrong();
    throw sqlError('postgres', ['42704', `type "${word}" does not exist`, { at: token.at }], [0, '', '']);
  }
  c.next();
  let name = known;
  if (word === 'character' && c.take('varying')) name = 'varchar';
  if (word === 'double') c.take('precision');
  let type: SqlType = { name };
  if (c.take('(')) {
    const size = Number(c.next().text);
    const scale = c.take(',') ? Number(c.next().text) : undefined;
    c.expect(')');
    // MySQL's display widths say nothing about what fits, but tinyint(1) is its boolean
    if (!/^int/.test(name) || (word === 'tinyint' && size === 1)) {
      type = { name, size, ...(scale === undefined ? (name === 'numeric' ? { scale: 0 } : {}) : { scale }) };
    }
  } else if (name === 'char') type = { name, size: 1 };
  else if (name === 'numeric' && c.flavour !== 'postgres') type = { name, size: 10, scale: 0 };
  if (word === 'timestamp' && c.take('with', 'time', 'zone')) type = { name: 'timestamptz' };
  c.take('without', 'time', 'zone');
  if (c.take('unsigned')) throw unknownHere('UNSIGNED', token.at);
  if (c.is('[')) throw unknownHere('arrays', c.token.at);
  return type;
}
