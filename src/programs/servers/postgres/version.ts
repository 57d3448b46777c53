import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';

/** The version of the server in this image: `18.6`, its major number, and its package where there is one. */
export function postgresVersion(
  sys: Sys,
  env: Rec<string>,
): { readonly number: string; readonly major: number; readonly full: string } {
  const given = env.PG_VERSION ?? '17.6';
  const [number = given, rest] = given.split('-');
  const debian = rest !== undefined && isErrno(sys.fs.stat('/etc/alpine-release'));
  return { number, major: Number(number.split('.')[0]), full: debian ? `${number} (Debian ${given})` : number };
}

/** What `select version()` says; the compiler's part is short of its own version. */
export function longVersion(sys: Sys, env: Rec<string>): string {
  const { full } = postgresVersion(sys, env);
  const musl = !isErrno(sys.fs.stat('/etc/alpine-release'));
  return `PostgreSQL ${full} on x86_64-pc-linux-${musl ? 'musl' : 'gnu'}, compiled by gcc, 64-bit`;
}
