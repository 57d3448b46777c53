import type { HostConfig } from '../../../engine/api.ts';
import type { DeviceMapping } from '../../../engine/api-host.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Client } from '../../client.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { boolFlag, type Flags, listFlag, numberFlag, textFlag } from '../../flags/parse.ts';
import { parseGpus, parseUlimit } from '../../flags/ulimit.ts';
import { userFiles } from '../../user-files.ts';

/** The flags of run and create that say how the container is limited, secured and kept apart. */
export const isolationFlags = `
  annotation:map cap-add:list cap-drop:list cgroupns:string cpu-period:int cpu-quota:int cpu-shares,c:int
  cpuset-cpus:string cpuset-mems:string device:list disable-content-trust dns-option:list gpus:gpu-request init
  ipc:string isolation:string kernel-memory:bytes log-driver:string log-opt:list memory-reservation:bytes
  memory-swap:swap memory-swappiness:int oom-kill-disable oom-score-adj:int pid:string platform:string privileged
  runtime:string security-opt:list storage-opt:list sysctl:sysctl ulimit:ulimit userns:string uts:string
  volume-driver:string volumes-from:list`;

/** What these flags ask for, only what was given. Throws CliError. */
export function readIsolation(client: Client, flags: Flags): Partial<HostConfig> {
  checkPlatform(flags);
  if (!boolFlag(flags, 'disable-content-trust', true)) {
    throw notSimulated('the flag --disable-content-trust=false of docker run', 125);
  }
  return { ...resources(flags), ...modes(flags), ...security(client, flags), ...drivers(flags), ...lists(flags) };
}

const numbers = {
  CpuPeriod: 'cpu-period',
  CpuQuota: 'cpu-quota',
  CpuShares: 'cpu-shares',
  MemoryReservation: 'memory-reservation',
  MemorySwap: 'memory-swap',
  OomScoreAdj: 'oom-score-adj',
} as const;

function resources(flags: Flags): Partial<HostConfig> {
  const given = Object.entries(numbers).map(([field, flag]) => [field, numberFlag(flags, flag)] as const);
  const swappiness = numberFlag(flags, 'memory-swappiness') ?? -1;
  if (swappiness < -1 || swappiness > 100) {
    throw new CliError(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`);
  }
  const limits = new Map(listFlag(flags, 'ulimit').map((text) => [parseUlimit(text).Name, parseUlimit(text)]));
  return {
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    ...(swappiness === -1 ? {} : { MemorySwappiness: swappiness }),
    ...(boolFlag(flags, 'oom-kill-disable') ? { OomKillDisable: true } : {}),
    ...text(flags, { CpusetCpus: 'cpuset-cpus', CpusetMems: 'cpuset-mems' }),
    ...(limits.size > 0 ? { Ulimits: [...limits.values()] } : {}),
  };
}

function text(flags: Flags, fields: { readonly [field: string]: string }): { readonly [field: string]: string } {
  const given = Object.entries(fields).map(([field, flag]) => [field, textFlag(flags, flag)] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => !!entry[1]));
}

/** Which namespaces are not to be the container's own. */
function modes(flags: Flags): Partial<HostConfig> {
  const check = (flag: string, good: RegExp, what: string): void => {
    if (!good.test(textFlag(flags, flag) ?? '')) throw new CliError(`--${flag}: invalid ${what} mode`);
  };
  check('pid', /^(?:|host|container:.+)$/s, 'PID');
  check('uts', /^(?:|host)$/, 'UTS');
  check('userns', /^(?:|host)$/, 'USER');
  check('cgroupns', /^(?:|host|private)$/, 'CGROUP');
  return {
    ...text(flags, {
      CgroupnsMode: 'cgroupns',
      IpcMode: 'ipc',
      Isolation: 'isolation',
      PidMode: 'pid',
      Runtime: 'runtime',
      UTSMode: 'uts',
      UsernsMode: 'userns',
    }),
    ...(flags.has('init') ? { Init: boolFlag(flags, 'init') } : {}),
    ...(boolFlag(flags, 'privileged') ? { Privileged: true } : {}),
  };
}

function security(client: Client, flags: Flags): Partial<HostConfig> {
  const options = listFlag(flags, 'security-opt');
  for (const option of options) checkSecurity(client, option);
  const rest = options.filter((option) => option !== 'systempaths=unconfined');
  return {
    ...(options.length > 0 ? { SecurityOpt: rest } : {}),
    ...(rest.length < options.length ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
  };
}

function checkSecurity(client: Client, option: string): void {
  if (option === 'no-new-privileges') return;
  const [, name, value = ''] = /^([^=:]*)[=:](.*)$/s.exec(option) ?? [];
  if (name === undefined || option === '=') throw new CliError(`Invalid --security-opt: ${JSON.stringify(option)}`);
  if (name !== 'seccomp' || ['unconfined', 'builtin'].includes(value)) return;
  const profile = userFiles(client.sys).readFile(value);
  if (isErrno(profile)) {
    throw new CliError(`opening seccomp profile (${value}) failed: open ${value}: ${strerror(profile).toLowerCase()}`);
  }
  throw notSimulated('a seccomp profile of your own', 125);
}

function drivers(flags: Flags): Partial<HostConfig> {
  const driver = textFlag(flags, 'log-driver') ?? '';
  const options = pairs(listFlag(flags, 'log-opt'));
  if (driver === 'none' && Object.keys(options).length > 0) {
    throw new CliError(`invalid logging opts for driver ${driver}`);
  }
  const storage = listFlag(flags, 'storage-opt');
  if (storage.some((option) => !option.includes('='))) throw new CliError('invalid storage option');
  const gpus = textFlag(flags, 'gpus');
  const request = gpus === undefined ? undefined : { ...parseGpus(gpus), Capabilities: [['gpu']], Options: {} };
  return {
    ...(driver !== '' || Object.keys(options).length > 0 ? { LogConfig: { Type: driver, Config: options } } : {}),
    ...(storage.length > 0 ? { StorageOpt: pairs(storage) } : {}),
    ...(request ? { DeviceRequests: [request] } : {}),
    ...text(flags, { VolumeDriver: 'volume-driver' }),
  };
}

function lists(flags: Flags): Partial<HostConfig> {
  const list = (field: keyof HostConfig, flag: string): Partial<HostConfig> => {
    const values = listFlag(flags, flag);
    return values.length > 0 ? { [field]: values } : {};
  };
  const devices = listFlag(flags, 'device').map(parseDevice);
  const sysctls = listFlag(flags, 'sysctl');
  const annotations = listFlag(flags, 'annotation');
  return {
    ...list('CapAdd', 'cap-add'),
    ...list('CapDrop', 'cap-drop'),
    ...list('DnsOptions', 'dns-option'),
    ...list('VolumesFrom', 'volumes-from'),
    ...(devices.length > 0 ? { Devices: devices } : {}),
    ...(sysctls.length > 0 ? { Sysctls: pairs(sysctls) } : {}),
    ...(annotations.length > 0 ? { Annotations: pairs(annotations) } : {}),
  };
}

/** `HOST[:CONTAINER][:MODE]`; two parts may also be a path and a mode. */
function parseDevice(spec: string): DeviceMapping {
  const [host = '', second = '', third] = spec.split(':');
  if (spec === '') throw new CliError('bad format for path: ');
  if (!host.startsWith('/')) throw new CliError(`${host} is not an absolute path`);
  const isMode = (part: string): boolean => /^[rwm]{1,3}$/.test(part);
  const mode = third ?? (isMode(second) ? second : 'rwm');
  if (!isMode(mode)) throw new CliError(`bad mode specified: ${mode}`);
  const inside = third === undefined && isMode(second) ? '' : second;
  return { PathOnHost: host, PathInContainer: inside || host, CgroupPermissions: mode };
}

function pairs(list: readonly string[]): { readonly [name: string]: string } {
  const entries = list.map((text) => {
    const cut = text.indexOf('=');
    return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
  });
  return Object.fromEntries(entries);
}

const native = ['', 'linux', 'amd64', 'x86_64', 'linux/amd64', 'linux/x86_64'];
const known = /^(?:(?:linux|windows|freebsd|darwin)(?:\/[a-z0-9_]+){0,2}|arm64|aarch64|arm|386|ppc64le|s390x|riscv64)$/;

/** A platform that there is; whether there is such an image, the engine says. */
function checkPlatform(flags: Flags): void {
  const platform = textFlag(flags, 'platform') ?? '';
  if (native.includes(platform) || known.test(platform)) return;
  const what = JSON.stringify(platform);
  throw new CliError(
    `error parsing specified platform: ${what}: unknown operating system or architecture: invalid argument`,
  );
}
