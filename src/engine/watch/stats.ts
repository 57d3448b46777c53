import type { Machine } from '../../kernel/machine.ts';
import { processesIn } from '../../kernel/process.ts';
import { residentBytes } from '../../kernel/process-list.ts';
import type { ApiResponse } from '../api.ts';
import { findContainer } from '../lookup.ts';
import { taskOf } from '../state.ts';
import { step } from '../step.ts';

/**
 * GET /containers/ID/stats: one reading of what the kernel counts for a container, named as in the Engine API; all
 * zeros while it does not run. Times in nanoseconds, sizes in bytes. Block devices are not simulated: nothing is counted.
 */
export function containerStats(m: Machine, reference: string): ApiResponse {
  const container = findContainer(m, reference);
  const task = taskOf(m, container.id);
  step(m, 'dockerd', 'read-stats', { container: container.id, running: task !== undefined });
  const group = task && m.kernel.cgroups[task.cgroup];
  const processes = task ? processesIn(m, task.cgroup) : [];
  const ns = m.kernel.namespaces[task?.netns ?? ''];
  const own = container.hostConfig.NetworkMode !== 'host' && ns?.kind === 'net' ? ns.net.interfaces : {};
  const networks = Object.values(own).filter(({ kind }) => kind !== 'loopback');
  return {
    status: 200,
    body: {
      id: container.id,
      name: `/${container.name}`,
      read: m.world.now,
      pids_stats: { current: processes.length },
      cpu_stats: { cpu_usage: { total_usage: (group?.cpuUsed ?? 0) * 1000 }, online_cpus: m.kernel.cpus },
      memory_stats: {
        usage: processes.reduce((sum, process) => sum + residentBytes(process), 0),
        limit: task ? (group?.memoryMax ?? m.kernel.memory) : 0,
      },
      networks: Object.fromEntries(
        networks.map(({ name, rxBytes, txBytes }) => [name, { rx_bytes: rxBytes, tx_bytes: txBytes }]),
      ),
    },
  };
}
