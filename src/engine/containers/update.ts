import type { Machine } from '../../kernel/machine.ts';
import type { Cgroup } from '../../kernel/state.ts';
import type { ApiResponse, HostConfig } from '../api.ts';
import { EngineError } from '../errors.ts';
import { leastMemory } from '../limits.ts';
import { findContainer } from '../lookup.ts';
import { type Container, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer } from '../watch/events.ts';
import { checkPolicy } from './restart-policy.ts';
import { checkProcessors } from './verify.ts';

/** What can be changed of a container that exists. */
export type Update = Partial<
  Pick<HostConfig, 'Memory' | 'MemorySwap' | 'MemoryReservation' | 'NanoCpus' | 'PidsLimit'> &
    Pick<HostConfig, 'CpuPeriod' | 'CpuQuota' | 'CpuShares' | 'CpusetCpus' | 'CpusetMems'> & {
      RestartPolicy: HostConfig['RestartPolicy'];
    }
>;

/** POST /containers/ID/update: limits and restart policy; a running container's cgroup has them at once (transcript 24). */
export function updateLimits(m: Machine, reference: string, body: Update): ApiResponse {
  const wanted = changed(body);
  if (wanted.Memory && wanted.Memory < leastMemory) {
    throw new EngineError('bad-parameter', 400, 'Minimum memory limit allowed is 6MB');
  }
  if (wanted.MemoryReservation && wanted.MemoryReservation < leastMemory) {
    throw new EngineError('bad-parameter', 400, 'Minimum memory reservation allowed is 6MB');
  }
  if (wanted.Memory && wanted.MemorySwap && wanted.MemorySwap > 0 && wanted.MemorySwap < wanted.Memory) {
    const why = 'Minimum memoryswap limit should be larger than memory limit, see usage';
    throw new EngineError('bad-parameter', 400, why);
  }
  checkProcessors(m, wanted);
  checkPolicy(wanted);
  const container = findContainer(m, reference);
  const hostConfig = { ...container.hostConfig, ...wanted };
  checkTogether(container, wanted);
  const task = taskOf(m, container.id);
  if (task) checkSwap(container.id, hostConfig);
  updateContainer(m, container.id, { hostConfig });
  if (task) setLimits(m, task.cgroup, hostConfig);
  noteContainer(m, container, 'update');
  step(m, 'dockerd', 'update', { container: container.id, running: task !== undefined, settings: settingsOf(wanted) });
  return { status: 200, body: { Warnings: null } };
}

/** Zero and an empty policy mean that nothing is to change. */
function changed({ Memory, MemorySwap, NanoCpus, PidsLimit, RestartPolicy: policy, ...others }: Update): Update {
  return {
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value)),
    ...(Memory ? { Memory } : {}),
    ...(MemorySwap ? { MemorySwap } : {}),
    ...(NanoCpus ? { NanoCpus } : {}),
    ...(PidsLimit === undefined || PidsLimit === null ? {} : { PidsLimit: Math.max(0, PidsLimit) }),
    ...(policy?.Name ? { RestartPolicy: policy } : {}),
  };
}

function checkTogether({ id, hostConfig }: Container, wanted: Update): void {
  const refuse = (why: string): EngineError =>
    new EngineError('bad-parameter', 500, `Cannot update container ${id}: ${why}`);
  if (hostConfig.AutoRemove && wanted.RestartPolicy && wanted.RestartPolicy.Name !== 'no') {
    throw refuse('Restart policy cannot be updated because AutoRemove is enabled for the container');
  }
  const parts = [
    ['CPU Period', 'CpuPeriod'],
    ['CPU Quota', 'CpuQuota'],
  ] as const;
  for (const [name, field] of parts) {
    const conflict = (what: string, other: string): EngineError =>
      refuse(`Conflicting options: ${what} cannot be updated as ${other} has already been set`);
    if (wanted.NanoCpus && hostConfig[field]) throw conflict('Nano CPUs', name);
    if (wanted[field] && hostConfig.NanoCpus) throw conflict(name, 'NanoCPUs');
  }
  const swap = hostConfig.MemorySwap ?? (hostConfig.Memory ?? 0) * 2;
  if (wanted.Memory && wanted.MemorySwap === undefined && swap >= 0 && wanted.Memory > swap) {
    throw refuse(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    );
  }
}

/** What runc refuses of a running container's limits (its ConvertMemorySwapToCgroupV2Value). */
function checkSwap(id: string, { Memory = 0, MemorySwap = 0 }: Partial<HostConfig>): void {
  if (MemorySwap <= 0 || (Memory > 0 && MemorySwap >= Memory)) return;
  const why =
    Memory > 0 ? 'memory+swap limit should be >= memory limit' : 'unable to set swap limit without memory limit';
  const message = `Cannot update container ${id}: runc did not terminate successfully: exit status 1: ${why}`;
  throw new EngineError('bad-parameter', 500, message);
}

/** The cgroup's limits as the configuration has them. */
export function setLimits(m: Machine, path: string, host: Partial<HostConfig>): void {
  if (!m.kernel.cgroups[path]) return;
  const group = m.draft.own(m.draft.own(m.kernel, 'cgroups'), path);
  for (const limit of limits) delete group[limit];
  Object.assign(group, limitsOf(host));
}

const limits = ['memoryMax', 'swapMax', 'memoryLow', 'pidsMax', 'cpuMax', 'cpuWeight', 'cpuset'] as const;

function limitsOf(host: Partial<HostConfig>): Partial<Cgroup> {
  const { Memory, MemorySwap = 0, MemoryReservation, PidsLimit, NanoCpus, CpuQuota, CpuPeriod, CpuShares } = host;
  const swap = MemorySwap === 0 ? Memory : MemorySwap - (Memory ?? 0);
  const period = CpuPeriod || 100_000;
  return {
    ...(Memory ? { memoryMax: Memory } : {}),
    ...(Memory && swap !== undefined && MemorySwap >= 0 ? { swapMax: swap } : {}),
    ...(MemoryReservation ? { memoryLow: MemoryReservation } : {}),
    ...(PidsLimit && PidsLimit > 0 ? { pidsMax: PidsLimit } : {}),
    ...(NanoCpus ? { cpuMax: [NanoCpus / 10_000, 100_000] as const } : {}),
    ...(CpuQuota && CpuQuota > 0 ? { cpuMax: [CpuQuota, period] as const } : {}),
    ...(CpuShares ? { cpuWeight: weightOf(CpuShares) } : {}),
    ...(host.CpusetCpus ? { cpuset: host.CpusetCpus } : {}),
  };
}

/** cpu.weight for the shares of cgroup v1, 2 to 262144 there and 1 to 10000 here (runc, ConvertCPUSharesToCgroupV2Value). */
function weightOf(shares: number): number {
  return 1 + Math.floor(((Math.min(262_144, Math.max(2, shares)) - 2) * 9999) / 262_142);
}

function settingsOf({ Memory, NanoCpus, PidsLimit, RestartPolicy: policy, ...others }: Update): readonly string[] {
  const { MemorySwap: _swap, MemoryReservation, CpuQuota, CpuPeriod, CpuShares, CpusetCpus } = others;
  return [
    ...(MemoryReservation ? [`memory.low = ${MemoryReservation}`] : []),
    ...(CpuQuota || CpuPeriod ? [`cpu.max = ${CpuQuota || 'max'} ${CpuPeriod || 100_000}`] : []),
    ...(CpuShares ? [`cpu.weight = ${weightOf(CpuShares)}`] : []),
    ...(CpusetCpus ? [`cpuset.cpus = ${CpusetCpus}`] : []),
    ...(Memory ? [`memory.max = ${Memory}`] : []),
    ...(NanoCpus ? [`cpu.max = ${NanoCpus / 10_000} 100000`] : []),
    ...(PidsLimit === undefined || PidsLimit === null ? [] : [`pids.max = ${PidsLimit === 0 ? 'max' : PidsLimit}`]),
    ...(policy ? [`restart = ${policy.Name}`] : []),
  ];
}
