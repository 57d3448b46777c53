import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { NamespaceKind } from '../../../kernel/state.ts';

/** A mount of config.json. */
export type SpecMount = {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
};

/** What this runc reads of a bundle's config.json (runtime-spec, config.md and config-linux.md). */
export type Bundle = {
  readonly folder: string;
  readonly rootfs: string;
  readonly readonly: boolean;
  readonly hostname: string;
  readonly terminal: boolean;
  readonly args: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly cwd: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly caps: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly nofile: readonly number[];
  readonly mounts: readonly SpecMount[];
  readonly namespaces: readonly NamespaceKind[];
  /** Namespaces to join, by the path of a file. */
  readonly joins: readonly { readonly kind: NamespaceKind; readonly path: string }[];
  readonly cgroup: string;
  /** Files of the control group and what is written to them. */
  readonly limits: readonly (readonly [file: string, value: string])[];
  readonly masked: readonly string[];
  readonly readonlyPaths: readonly string[];
};

const kinds: { readonly [type: string]: NamespaceKind } = {
  pid: 'pid',
  network: 'net',
  ipc: 'ipc',
  uts: 'uts',
  mount: 'mnt',
  cgroup: 'cgroup',
  user: 'user',
};

interface Dict {
  readonly [key: string]: unknown;
}

const dict = (value: unknown): Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Dict) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => list(value).filter((each) => typeof each === 'string');
const text = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);
const number = (value: unknown, otherwise = 0): number => (typeof value === 'number' ? value : otherwise);

/** Reads the bundle in `folder` for the container `id`; or says why not, as runc does. */
export function readBundle(sys: Sys, folder: string, id: string): Bundle | string {
  const moved = sys.chdir(folder);
  if (moved) return `chdir ${folder}: ${strerror(moved).toLowerCase()}`;
  const file = sys.fs.readFile('config.json');
  if (isErrno(file)) return 'JSON specification file config.json not found';
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeUtf8(file.bytes));
  } catch {
    return 'config.json is not JSON (where it is wrong is not told here)';
  }
  return understand(sys, dict(parsed), id);
}

function understand(sys: Sys, spec: Dict, id: string): Bundle | string {
  const process = dict(spec.process);
  const root = dict(spec.root);
  const linux = dict(spec.linux);
  const user = dict(process.user);
  const folder = sys.cwd();
  if (spec.ociVersion === undefined) return '`ociVersion` is required';
  if (spec.root === undefined) return 'root must be specified';
  const beyond = notRead(spec, process, root, linux);
  if (beyond !== undefined) return `${beyond} in config.json is not simulated`;
  const rootfs = text(root.path, 'rootfs');
  const absolute = rootfs.startsWith('/') ? rootfs : `${folder === '/' ? '' : folder}/${rootfs}`;
  const there = sys.fs.stat(absolute);
  if (isErrno(there)) return `invalid rootfs: stat ${absolute}: ${strerror(there).toLowerCase()}`;
  const namespaces = list(linux.namespaces).map(dict);
  const unknown = namespaces.find(({ type }) => kinds[text(type)] === undefined);
  if (unknown) return `namespace "${text(unknown.type)}" is not simulated`;
  const args = texts(process.args);
  if (args.length === 0) return 'args must not be empty';
  const caps = dict(process.capabilities);
  const nofile = list(process.rlimits)
    .map(dict)
    .find(({ type }) => type === 'RLIMIT_NOFILE');
  return {
    folder,
    rootfs: absolute,
    readonly: root.readonly === true,
    hostname: text(spec.hostname),
    terminal: process.terminal === true,
    args,
    env: Object.fromEntries(
      texts(process.env).map((each) => [each.replace(/=.*$/s, ''), each.replace(/^[^=]*=/s, '')]),
    ),
    cwd: text(process.cwd, '/'),
    uid: number(user.uid),
    gid: number(user.gid),
    groups: list(user.additionalGids).filter((each) => typeof each === 'number'),
    caps: texts(caps.effective).filter((cap) => texts(caps.permitted).includes(cap)),
    noNewPrivileges: process.noNewPrivileges === true,
    nofile: nofile ? [number(nofile.soft), number(nofile.hard)] : [],
    mounts: list(spec.mounts)
      .map(dict)
      .map((mount) => ({
        destination: text(mount.destination),
        type: text(mount.type, 'bind'),
        source: text(mount.source, 'none'),
        options: texts(mount.options),
      })),
    namespaces: namespaces.flatMap(({ type, path }) => (path === undefined ? (kinds[text(type)] ?? []) : [])),
    joins: namespaces.flatMap(({ type, path }) => {
      const kind = kinds[text(type)];
      return kind === undefined || path === undefined ? [] : [{ kind, path: text(path) }];
    }),
    cgroup: text(linux.cgroupsPath, `/${id}`).replace(/^(?!\/)/, '/'),
    limits: limitsOf(dict(linux.resources)),
    masked: texts(linux.maskedPaths),
    readonlyPaths: texts(linux.readonlyPaths),
  };
}

/** What of each part of config.json is read, or changes nothing that could be seen here. */
const known = {
  '': ['ociVersion', 'process', 'root', 'hostname', 'mounts', 'linux', 'annotations'],
  'process.': ['terminal', 'user', 'args', 'env', 'cwd', 'capabilities', 'rlimits', 'noNewPrivileges', 'consoleSize'],
  'root.': ['path', 'readonly'],
  'linux.': ['resources', 'namespaces', 'maskedPaths', 'readonlyPaths', 'cgroupsPath'],
  'linux.resources.': ['devices', 'memory', 'cpu', 'pids'],
  'linux.resources.memory.': ['limit', 'swap'],
  'linux.resources.cpu.': ['quota', 'period', 'shares'],
} as const;

/** The first setting of config.json that is not read. */
function notRead(spec: Dict, process: Dict, root: Dict, linux: Dict): string | undefined {
  const resources = dict(linux.resources);
  const parts: { readonly [part in keyof typeof known]: Dict } = {
    '': spec,
    'process.': process,
    'root.': root,
    'linux.': linux,
    'linux.resources.': resources,
    'linux.resources.memory.': dict(resources.memory),
    'linux.resources.cpu.': dict(resources.cpu),
  };
  for (const part of Object.keys(known) as (keyof typeof known)[]) {
    const key = Object.keys(parts[part]).find((name) => !known[part].some((one) => one === name));
    if (key !== undefined) return part + key;
  }
  const limit = list(process.rlimits)
    .map((each) => text(dict(each).type))
    .find((type) => type !== 'RLIMIT_NOFILE');
  return limit === undefined ? undefined : `process.rlimits: ${limit}`;
}

/** linux.resources as files of a control group (cgroup v2). */
function limitsOf(resources: Dict): Bundle['limits'] {
  const files: [string, string][] = [];
  const { limit, swap } = dict(resources.memory);
  if (typeof limit === 'number' && limit > 0) files.push(['memory.max', String(limit)]);
  if (typeof limit === 'number' && typeof swap === 'number' && swap >= limit)
    files.push(['memory.swap.max', String(swap - limit)]);
  const { quota, period, shares } = dict(resources.cpu);
  if (typeof quota === 'number' && quota > 0) files.push(['cpu.max', `${quota} ${number(period, 100_000)}`]);
  // libcontainer, ConvertCPUSharesToCgroupV2Value
  if (typeof shares === 'number' && shares > 0)
    files.push(['cpu.weight', String(Math.floor(1 + ((Math.min(Math.max(shares, 2), 262_144) - 2) * 9999) / 262_142))]);
  const pids = dict(resources.pids).limit;
  if (typeof pids === 'number' && pids > 0) files.push(['pids.max', String(pids)]);
  return files;
}
