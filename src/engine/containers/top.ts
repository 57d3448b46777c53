import type { Machine } from '../../kernel/machine.ts';
import { listProcesses } from '../../kernel/process-list.ts';
import type { ProcessInfo } from '../../kernel/program.ts';
import { type PsTable, psTable } from '../../programs/coreutils/ps-table.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, notRunning } from '../errors.ts';
import { hostGroup, hostUser, isHostUser } from '../host-users.ts';
import { findContainer } from '../lookup.ts';
import { engineState, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer } from '../watch/events.ts';

/** GET /containers/ID/top: `ps` on the host, cut down to the container's processes, with the host's PIDs. */
export function topContainer(m: Machine, reference: string, query: { readonly [key: string]: string }): ApiResponse {
  const container = findContainer(m, reference);
  const init = m.kernel.processes[taskOf(m, container.id)?.pid ?? 0];
  if (!init) throw notRunning(container.id);
  const host = m.kernel.processes[engineState(m).daemon]?.ns.pid ?? '';
  const inside = new Set(
    Object.values(m.kernel.processes)
      .filter((p) => p.pids[init.ns.pid] !== undefined)
      .map((p) => p.pid),
  );
  const args = query.ps_args || '-ef';
  const { titles, rows } = tableOf(
    m,
    args,
    listProcesses(m, host).filter((p) => inside.has(p.pid)),
  );
  noteContainer(m, container, 'top');
  step(m, 'dockerd', 'top', { container: container.id, processes: rows.length });
  return {
    status: 200,
    body: { Titles: titles, Processes: rows },
  };
}

/** What the host's `ps` says with these arguments; as recorded, it must have the PIDs in it. */
function tableOf(m: Machine, args: string, processes: readonly ProcessInfo[]): Exclude<PsTable, { problem: string }> {
  const context = {
    now: m.world.now,
    memory: m.kernel.memory,
    user: (uid: number) => hostUser(m, uid),
    group: (gid: number) => hostGroup(m, gid),
  };
  const words = args.trim().split(/\s+/);
  const table = psTable(words, processes, context, (name) => isHostUser(m, name));
  if ('problem' in table) {
    if (!table.problem.startsWith('unsupported')) {
      throw new EngineError('bad-parameter', 500, `ps: error: ${table.problem}`);
    }
    throw new EngineError('not-simulated', 501, `drydock: ${args} is not simulated for ps in docker top`);
  }
  if (!table.titles.includes('PID')) {
    throw new EngineError('bad-parameter', 500, "Couldn't find PID field in ps output");
  }
  return { titles: table.titles, rows: table.rows.map((cells) => splitRow(table.titles, cells)) };
}

/** A row as the engine reads it out of what ps printed: at spaces, so that a command before the PID is in the way. */
function splitRow(titles: readonly string[], cells: readonly string[]): readonly string[] {
  const fields = cells.join(' ').split(/ +/);
  const pid = fields[titles.indexOf('PID')] ?? '';
  if (!/^\d+$/.test(pid)) {
    const why = `strconv.Atoi: parsing ${JSON.stringify(pid)}: invalid syntax`;
    throw new EngineError('bad-parameter', 500, `Unexpected pid '${pid}': ${why}`);
  }
  const last = titles.length - 1;
  return [...fields.slice(0, last), fields.slice(last).join(' ')];
}
