import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { ownerNames } from '../../busybox/lookup.ts';
import { psLayouts } from '../../coreutils/ps-columns.ts';
import { psLine } from '../../coreutils/ps-rows.ts';
import type { Call } from './runc.ts';
import { logError } from './say.ts';
import { loadAll, processesOf, type Saved, type Status, statusOf } from './state.ts';

/** `runc list`. */
export function listContainers({ io, root, options }: Call): { readonly exit: number } {
  const all = loadAll(io.sys, root).map((saved) => ({ saved, status: statusOf(io.sys, root, saved) }));
  const format = options.get('format') ?? options.get('f') ?? 'table';
  if (options.has('quiet') || options.has('q')) {
    for (const { saved } of all) io.out(encodeUtf8(`${saved.id}\n`));
    return { exit: 0 };
  }
  if (format === 'json') {
    const items = all.map(({ saved, status }) => ({ ...stateOf(saved, status), owner: saved.owner }));
    io.out(encodeUtf8(items.length === 0 ? 'null' : JSON.stringify(items)));
    return { exit: 0 };
  }
  if (format !== 'table') return logError(io, 'invalid format option');
  const rows = [
    ['ID', 'PID', 'STATUS', 'BUNDLE', 'CREATED', 'OWNER'],
    ...all.map(({ saved, status }) => [
      saved.id,
      String(status === 'stopped' ? 0 : saved.pid),
      status,
      saved.bundle,
      saved.created,
      saved.owner,
    ]),
  ];
  // Go's tabwriter: cells at least 12 wide, three blanks apart, the last one as it is
  const widths = rows[0]?.map((_, at) => Math.max(12, ...rows.map((row) => (row[at] ?? '').length + 3))) ?? [];
  for (const row of rows)
    io.out(
      encodeUtf8(`${row.map((text, at) => (at === row.length - 1 ? text : text.padEnd(widths[at] ?? 0))).join('')}\n`),
    );
  return { exit: 0 };
}

function stateOf(saved: Saved, status: Status) {
  return {
    ociVersion: '1.2.1',
    id: saved.id,
    pid: status === 'stopped' ? 0 : saved.pid,
    status,
    bundle: saved.bundle,
    rootfs: saved.rootfs,
    created: saved.created,
    owner: '',
  };
}

/** `runc state`. */
export function showState({ io }: Call, saved: Saved, status: Status): { readonly exit: number } {
  io.out(encodeUtf8(JSON.stringify(stateOf(saved, status), null, 2)));
  return { exit: 0 };
}

/** `runc ps`: what `ps -ef` says of the processes in the container's control group. */
export function showProcesses({ io, options }: Call, saved: Saved): { readonly exit: number } {
  const { sys } = io;
  const pids = processesOf(sys, saved);
  if ((options.get('format') ?? options.get('f')) === 'json') {
    io.out(encodeUtf8(pids.length === 0 ? 'null' : JSON.stringify(pids)));
    return { exit: 0 };
  }
  const context = { now: sys.now, memory: 0, ...ownerNames(sys) };
  const columns = psLayouts.full;
  const lines = sys
    .processes()
    .filter(({ pid }) => pids.includes(pid))
    .map((process) => psLine(columns, (column) => column.show(process, context)));
  for (const text of [psLine(columns, ({ title }) => title), ...lines]) io.out(encodeUtf8(`${text}\n`));
  return { exit: 0 };
}
