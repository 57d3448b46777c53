import type { ApiRequest } from '../../../engine/api.ts';
import type { Json } from '../../../kernel/json.ts';
import { CliError } from '../../errors.ts';
import { type Flags, numberFlag, textFlag } from '../../flags/parse.ts';
import { containerName, each } from '../each.ts';
import { restartPolicy } from './options.ts';

const flags = `cpu-period:int cpu-quota:int cpu-shares,c:int cpus:decimal cpuset-cpus:string cpuset-mems:string
  memory,m:bytes memory-reservation:bytes memory-swap:swap pids-limit:int restart:string`;

/** docker update: new limits and restart policy for containers that exist. */
export const update = withCheck(
  each({
    names: ['update', 'container update'],
    usage: '[OPTIONS] CONTAINER [CONTAINER...]',
    flags,
    order: 'one-by-one',
    request: (name, given): ApiRequest => ({
      method: 'POST',
      path: `/containers/${containerName(name)}/update`,
      body: changes(given),
    }),
  }),
);

function withCheck(verb: ReturnType<typeof each>): ReturnType<typeof each> {
  return {
    ...verb,
    run(client, given, args, env) {
      if (given.size === 0) throw new CliError('you must provide one or more flags when using this command');
      changes(given);
      return verb.run(client, given, args, env);
    },
  };
}

/** Throws CliError. */
function changes(given: Flags): Json {
  const memory = numberFlag(given, 'memory');
  const swap = numberFlag(given, 'memory-swap');
  const cpus = numberFlag(given, 'cpus');
  const pids = numberFlag(given, 'pids-limit');
  const restart = restartPolicy(textFlag(given, 'restart'));
  return {
    ...further(given),
    ...(memory === undefined ? {} : { Memory: memory }),
    ...(swap === undefined ? {} : { MemorySwap: swap }),
    ...(cpus === undefined ? {} : { NanoCpus: cpus }),
    ...(pids === undefined ? {} : { PidsLimit: pids }),
    ...(restart ? { RestartPolicy: { ...restart } } : {}),
  };
}

const numbers = {
  CpuPeriod: 'cpu-period',
  CpuQuota: 'cpu-quota',
  CpuShares: 'cpu-shares',
  MemoryReservation: 'memory-reservation',
} as const;

function further(given: Flags): { readonly [field: string]: Json } {
  const found: { [field: string]: Json } = {};
  for (const [field, flag] of Object.entries(numbers)) {
    const value = numberFlag(given, flag);
    if (value !== undefined) found[field] = value;
  }
  for (const [field, flag] of [
    ['CpusetCpus', 'cpuset-cpus'],
    ['CpusetMems', 'cpuset-mems'],
  ] as const) {
    const value = textFlag(given, flag);
    if (value !== undefined) found[field] = value;
  }
  return found;
}
