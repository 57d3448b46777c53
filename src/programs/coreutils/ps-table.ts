import type { ProcessInfo } from '../../kernel/program.ts';
import type { PsContext } from './ps-columns.ts';
import { readPs } from './ps-request.ts';
import { psCell, psRows } from './ps-rows.ts';

/** What `ps` prints about some processes, cell by cell; or why it does not. */
export type PsTable =
  | { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly problem: string };

/**
 * The table that procps' `ps` makes of given processes, as `docker top` asks for it: options that choose processes by
 * number or user count, those that choose by terminal do not.
 */
export function psTable(
  words: readonly string[],
  processes: readonly ProcessInfo[],
  context: PsContext,
  isUser: (name: string) => boolean,
): PsTable {
  const request = readPs(words, isUser);
  if (typeof request === 'string') return { problem: request };
  const { columns, pids, users, names } = request;
  const picked = pids !== undefined || users !== undefined || names !== undefined;
  const chosen = processes.filter(
    ({ pid, uid, comm }) =>
      !picked ||
      pids?.includes(pid) ||
      names?.includes(comm) ||
      users?.some((name) => name === context.user(uid) || name === String(uid)),
  );
  return {
    titles: columns.map(({ title }) => title),
    rows: psRows(request, chosen, context).map((row) =>
      columns.map((column) => psCell(column, row, context).trimEnd()),
    ),
  };
}
