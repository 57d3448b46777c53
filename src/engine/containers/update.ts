import type { Machine } from '../../kernel/machine.ts';
import type { Cgroup } from '../../kernel/state.ts';
import type { ApiResponse, HostConfig } from '../api.ts';
import { EngineError } from '../errors.ts';
import { leastMemory } from '../limits.ts';
import { findContainer } from '../lookup.ts';
import { type Container, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { checkCpus } from './cpus.ts';
import { checkPolicy } from './restart-policy.ts';

/** What can be changed of a container that exists. */
export type Update = Partial<
  Pick<HostConfig, 'Memory' | 'MemorySwap' | 'NanoCpus' | 'PidsLimit'> & {
    RestartPolicy: HostConfig['RestartPolicy'];
  }
>;

/** POST /containers/ID/update: limits and restart policy; a running container's cgroup has them at once (transcript 24). */
export function updateLimits(m: Machine, reference: string, body: Update): ApiResponse {
  const wanted = changed(body);
  if (wanted.Memory && wanted.Memory < leastMemory) {
    throw new EngineError('bad-parameter', 400, 'Minimum memory limit allowed is 6MB');
  }
  checkCpus(m, wanted.NanoCpus);
  checkPolicy(wanted);
  const container = findContainer(m, reference);
  const hostConfig = { ...container.hostConfig, ...wanted };
  checkTogether(container, wanted);
  updateContainer(m, container.id, { hostConfig });
  const task = taskOf(m, container.id);
  if (task) setLimits(m, task.cgroup, hostConfig);
  step(m, 'dockerd', 'update', { container: container.id, running: task !== undefined, settings: settingsOf(wanted) });
  return { status: 200, body: { Warnings: null } };
}

/** Zero and an empty policy mean that nothing is to change. */
function changed({ Memory, MemorySwap, NanoCpus, PidsLimit, RestartPolicy: policy }: Update): Update {
  return {
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
  const swap = hostConfig.MemorySwap ?? (hostConfig.Memory ?? 0) * 2;
  if (wanted.Memory && wanted.MemorySwap === undefined && swap >= 0 && wanted.Memory > swap) {
    throw refuse(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    );
  }
}

/** The cgroup's limits as the configuration has them. */
export function setLimits(m: Machine, path: string, { Memory, PidsLimit, NanoCpus }: Partial<HostConfig>): void {
  const cgroups = m.draft.own(m.kernel, 'cgroups');
  const old = cgroups[path];
  if (!old) return;
  const { memoryMax: _m, pidsMax: _p, cpuMax: _c, ...rest } = old;
  const cgroup: Cgroup = {
    ...rest,
    ...(Memory ? { memoryMax: Memory } : {}),
    ...(PidsLimit && PidsLimit > 0 ? { pidsMax: PidsLimit } : {}),
    ...(NanoCpus ? { cpuMax: [NanoCpus / 10_000, 100_000] as const } : {}),
  };
  cgroups[path] = m.draft.adopt(cgroup);
}

function settingsOf({ Memory, NanoCpus, PidsLimit, RestartPolicy: policy }: Update): readonly string[] {
  return [
    ...(Memory ? [`memory.max = ${Memory}`] : []),
    ...(NanoCpus ? [`cpu.max = ${NanoCpus / 10_000} 100000`] : []),
    ...(PidsLimit === undefined || PidsLimit === null ? [] : [`pids.max = ${PidsLimit === 0 ? 'max' : PidsLimit}`]),
    ...(policy ? [`restart = ${policy.Name}`] : []),
  ];
}
