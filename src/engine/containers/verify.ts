import { readCpuset } from '../../kernel/cpuset.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { HostConfig } from '../api.ts';
import { EngineError } from '../errors.ts';
import { leastMemory } from '../limits.ts';
import { checkLogOptions } from '../log-details.ts';
import { checkCpus } from './cpus.ts';

/** What the engine makes of a host configuration: without what the host's kernel cannot do, and what it says about that. */
export interface Verified {
  readonly host: Partial<HostConfig>;
  readonly warnings: readonly string[];
}

const refuse = (message: string): EngineError => new EngineError('bad-parameter', 400, message);

/**
 * Checks limits, modes and drivers in the engine's order and words (recorded from 28.5.2). The simulated host has cgroup
 * v2, which knows no swappiness and no OOM switch: these are taken out with a warning.
 */
export function verifyHost(m: Machine, given: Partial<HostConfig>): Verified {
  const warnings: string[] = [];
  const { OomKillDisable, MemorySwappiness, ...host } = given;
  checkMemory(host);
  if (MemorySwappiness !== undefined) {
    warnings.push(
      'Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.',
    );
  }
  if (OomKillDisable) warnings.push('Your kernel does not support OomKillDisable. OomKillDisable discarded.');
  checkProcessors(m, host);
  checkModes(host);
  checkDrivers(host);
  return { host, warnings };
}

function checkMemory({ Memory = 0, MemorySwap = 0, MemoryReservation = 0 }: Partial<HostConfig>): void {
  if (Memory !== 0 && Memory < leastMemory) throw refuse('Minimum memory limit allowed is 6MB');
  if (Memory > 0 && MemorySwap > 0 && MemorySwap < Memory) {
    throw refuse('Minimum memoryswap limit should be larger than memory limit, see usage');
  }
  if (Memory === 0 && MemorySwap > 0) {
    throw refuse('You should always set the Memory limit when using Memoryswap limit, see usage');
  }
  if (MemoryReservation > 0 && MemoryReservation < leastMemory) {
    throw refuse('Minimum memory reservation allowed is 6MB');
  }
  if (Memory > 0 && MemoryReservation > Memory) {
    throw refuse('Minimum memory limit can not be less than memory reservation limit, see usage');
  }
}

/** Refuses shares, quotas and processors that cannot be. */
export function checkProcessors(m: Machine, host: Partial<HostConfig>): void {
  const { NanoCpus = 0, CpuPeriod = 0, CpuQuota = 0, CpuShares = 0, CpusetCpus = '', CpusetMems = '' } = host;
  const both = (what: string): EngineError => refuse(`Conflicting options: Nano CPUs and ${what} cannot both be set`);
  if (CpuShares < 0) throw refuse(`invalid CPU shares (${CpuShares}): value must be a positive integer`);
  if (NanoCpus > 0 && CpuPeriod > 0) throw both('CPU Period');
  if (NanoCpus > 0 && CpuQuota > 0) throw both('CPU Quota');
  checkCpus(m, NanoCpus);
  if (CpuPeriod !== 0 && (CpuPeriod < 1000 || CpuPeriod > 1_000_000)) {
    throw refuse('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  }
  if (CpuQuota > 0 && CpuQuota < 1000) throw refuse('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  checkSet(CpusetCpus, m.kernel.cpus, 'cpuset cpus', 'CPUs');
  checkSet(CpusetMems, 1, 'cpuset mems', 'memory nodes');
}

function checkSet(text: string, count: number, name: string, what: string): void {
  const wanted = readCpuset(text);
  if (!wanted) throw refuse(`Invalid value ${text} for ${name}: invalid format: ${text}`);
  if (wanted.every((n) => n < count)) return;
  const available = count > 1 ? `0-${count - 1}` : '0';
  throw refuse(`Requested ${what} are not available - requested ${text}, available: ${available}`);
}

function checkModes(host: Partial<HostConfig>): void {
  const { IpcMode = '', OomScoreAdj = 0, Runtime = '', Isolation = '', Annotations = {}, StorageOpt = {} } = host;
  if (!['', 'none', 'private', 'shareable', 'host'].includes(IpcMode) && !IpcMode.startsWith('container:')) {
    throw refuse(`invalid IPC mode: ${IpcMode}`);
  }
  if (OomScoreAdj < -1000 || OomScoreAdj > 1000) {
    throw refuse(`Invalid value ${OomScoreAdj}, range for oom score adj is [-1000, 1000]`);
  }
  if (!['', 'runc', 'io.containerd.runc.v2'].includes(Runtime)) {
    throw refuse(`unknown or invalid runtime name: ${Runtime}`);
  }
  if (!['', 'default'].includes(Isolation)) {
    throw refuse(`invalid isolation (${Isolation}): linux only supports 'default'`);
  }
  if (Object.hasOwn(Annotations, '')) {
    throw refuse('invalid Annotations: the empty string is not permitted as an annotation key');
  }
  const [storage] = Object.keys(StorageOpt);
  if (storage === 'size') {
    throw refuse("--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
  }
  if (storage !== undefined) throw refuse(`Unknown option ${storage}`);
}

/** Drivers that the real engine has and that are not simulated. */
const otherLogDrivers = ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'splunk', 'syslog'];

function checkDrivers({ LogConfig }: Partial<HostConfig>): void {
  const { Type = '', Config = {} } = LogConfig ?? {};
  if (otherLogDrivers.includes(Type)) {
    throw new EngineError('not-simulated', 501, `drydock: the logging driver ${Type} is not simulated`);
  }
  if (!['', 'json-file', 'local', 'none'].includes(Type)) {
    throw refuse(`error looking up logging plugin ${Type}: plugin ${JSON.stringify(Type)} not found`);
  }
  checkLogOptions(Config, Type || 'json-file');
}
