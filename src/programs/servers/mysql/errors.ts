import type { Errno } from '../../../kernel/errno.ts';
import type { Flavour } from '../sql/values.ts';

const numbers: { readonly [name: string]: number } = {
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
  ETIMEDOUT: 110,
};

/** Why a client could not connect; without a host it was the socket. */
export function connectionError(flavour: Flavour, host: string, port: number, why: 'unknown' | Errno): string {
  const my = flavour === 'mysql' ? 'MySQL ' : '';
  if (host === '') {
    const path = flavour === 'mysql' ? '/var/run/mysqld/mysqld.sock' : '/run/mysqld/mysqld.sock';
    return `2002 (HY000): Can't connect to local ${my}server through socket '${path}' (${why === 'unknown' ? 2 : 111})`;
  }
  if (why === 'unknown') return `2005 (HY000): Unknown ${my}server host '${host}' (-2)`;
  if (flavour === 'mariadb') return `2002 (HY000): Can't connect to server on '${host}' (115)`;
  return `2003 (HY000): Can't connect to MySQL server on '${host}:${port}' (${numbers[why.errno] ?? 111})`;
}
