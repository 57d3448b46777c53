import type { Machine } from '../machine.ts';
import type { Filesystem } from './filesystem.ts';
import type { GeneratedNode } from './generated.ts';
import { kernelTable } from './proc-kernel.ts';
import { processNode } from './proc-pid.ts';
import { namesIn, tableNode } from './table.ts';
import { rootMeta } from './tree.ts';

/**
 * The node at a path of a procfs (proc(5)). A procfs shows the PID namespace that it was made in (`fs.ns`): the same
 * process has another number, or none, in another one.
 */
export function procNode(m: Machine, fs: Filesystem, viewer: number, path: string): GeneratedNode | undefined {
  const looker = m.kernel.processes[viewer];
  const ns = fs.ns ?? looker?.ns.pid ?? '';
  const meta = rootMeta(m.world.now);
  const look = { m, viewer: looker, ns };
  if (path === '/') {
    const names = () => {
      const pids = Object.values(m.kernel.processes).flatMap((p) => p.pids[ns] ?? []);
      return [...pids.map(String), ...namesIn(kernelTable, '')];
    };
    return { t: 'gdir', ...meta, mode: 0o555, names };
  }
  const end = path.indexOf('/', 1);
  const first = end < 0 ? path.slice(1) : path.slice(1, end);
  if (!/^\d+$/.test(first)) return tableNode(kernelTable, path.slice(1), look, meta);
  const rest = end < 0 ? '' : path.slice(end + 1);
  const pid = Number(first);
  const process = Object.values(m.kernel.processes).find((p) => p.pids[ns] === pid);
  return process && processNode({ ...look, process, pid }, rest);
}
