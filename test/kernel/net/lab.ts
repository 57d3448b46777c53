// A host with a card and Docker bridges, and containers that are a process in a network namespace each.
import { bootHost } from '../../../src/kernel/boot.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/kernel/bytes.ts';
import { daemon } from '../../../src/kernel/daemon.ts';
import { isErrno } from '../../../src/kernel/errno.ts';
import { execProcess } from '../../../src/kernel/exec.ts';
import { setFd } from '../../../src/kernel/files.ts';
import type { DirNode, TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Id } from '../../../src/kernel/json.ts';
import type { Machine, Service } from '../../../src/kernel/machine.ts';
import { newNamespace } from '../../../src/kernel/namespaces.ts';
import { addBridge, addVeth, newNetStack } from '../../../src/kernel/net/netns.ts';
import { newPipe, ownPipe, pipeEnd, readPipe, writePipe } from '../../../src/kernel/pipes.ts';
import { cloneProcess, ownProcess } from '../../../src/kernel/process.ts';
import type { Exit, Program } from '../../../src/kernel/program.ts';
import { advance, begin, type Simulation } from '../../../src/kernel/simulation.ts';
import { executableStub } from '../../../src/kernel/stub.ts';
import { emptyWorld } from '../../../src/kernel/world.ts';

export const epoch = 1_767_323_045_000_000;

const meta = { uid: 0, gid: 0, mtime: epoch };
const file = (data: string, mode = 0o644): TreeNode => ({ t: 'file', data: encodeUtf8(data), mode, ...meta });
const dir = (entries: { readonly [name: string]: TreeNode }, mode = 0o755): DirNode => ({
  t: 'dir',
  entries,
  mode,
  ...meta,
});

export interface Lab {
  readonly sim: Simulation;
  readonly m: Machine;
  /** The host's network namespace. */
  readonly host: Id;
  /** A process whose children's ends are noted. */
  readonly parent: number;
  readonly exits: Map<number, Exit>;
}

export interface Job {
  readonly pid: number;
  readonly out: Id;
  readonly err: Id;
}

/** A host `host` at 10.0.2.15/24 with docker0; `files` are beside /etc/hosts in its only file system. */
export function lab(
  programs: ReadonlyMap<string, Program> = new Map(),
  files: { readonly [name: string]: TreeNode } = {},
): Lab {
  const exits = new Map<number, Exit>();
  const test: Service = {
    request: () => ({ errno: 'ENOSYS' }),
    childExited: (_m, pid, exit) => void exits.set(pid, exit),
  };
  const all = new Map<string, Program>([...programs, ['init', daemon as Program]]);
  const sim = begin(emptyWorld(epoch, 'net'), { programs: all, services: new Map([['test', test]]) });
  const bin = Object.fromEntries([...programs.keys()].map((name) => [name, file(executableStub(name), 0o755)]));
  const hosts = '127.0.0.1\tlocalhost\n172.17.0.2\tweb web.local # a comment\n';
  const etc = { hosts: file(hosts), 'resolv.conf': file('nameserver 127.0.0.11\n') };
  const places = { dev: dir({}), proc: dir({}), sys: dir({}), run: dir({}), tmp: dir({}, 0o1777) };
  const root = dir({ bin: dir(bin), etc: dir(etc), ...places, ...files });
  const card = { name: 'eth0', mac: '08:00:27:8d:c0:4d', cidr: '10.0.2.15/24', gateway: '10.0.2.2' };
  const computer = { hostname: 'host', release: '6.8.0', version: '#1', memory: 2 ** 32, cpus: 2, root, card };
  const m = bootHost(sim, 'h', computer);
  const host = m.kernel.processes[1]?.ns.net ?? '';
  addBridge(m, host, 'docker0', '172.17.0.1/16', '02:42:5a:00:00:01');
  const parent = fork(m, 1);
  ownProcess(m, parent).service = 'test';
  return { sim, m, host, parent, exits };
}

/** A network namespace on a bridge (or on none). */
export function container({ m, host }: Lab, cidr?: string, bridge = 'docker0'): Id {
  const ns = newNamespace(m, { kind: 'net', net: newNetStack({ unprivilegedPortStart: 0 }) });
  m.kernel.pinned = [...m.kernel.pinned, ns];
  if (cidr !== undefined) {
    const gateway = cidr.replace(/\.\d+\/.*/, '.1');
    const hostName = `veth${ns.slice(-4)}`;
    addVeth(m, {
      actor: 'dockerd',
      hostNs: host,
      hostName,
      bridge,
      containerNs: ns,
      name: 'eth0',
      cidr,
      mac: '02:00:00:00:00:09',
      gateway,
    });
  }
  return ns;
}

/** A process at rest in a namespace. */
export function processIn(at: Lab, net: Id, change: { uid?: number } = {}): number {
  const pid = fork(at.m, at.parent, net);
  Object.assign(ownProcess(at.m, pid), change.uid === undefined ? {} : { uid: change.uid, caps: [] });
  return pid;
}

function fork(m: Machine, from: number, net?: Id): number {
  const pid = cloneProcess(m, from, net === undefined ? {} : { ns: { net } });
  if (isErrno(pid)) throw new Error(pid.errno);
  return pid;
}

/** Starts a program in a namespace. */
export function start(at: Lab, net: Id, argv: readonly string[], input = '', cwd = '/'): Job {
  const { m } = at;
  const pid = fork(m, at.parent, net);
  ownProcess(m, pid).cwd = cwd;
  const [stdin, out, err] = [newPipe(m), newPipe(m), newPipe(m)];
  for (const pipe of [out, err]) ownPipe(m, pipe).readers += 1;
  setFd(m, pid, 0, pipeEnd(m, stdin, 'read'));
  setFd(m, pid, 1, pipeEnd(m, out, 'write'));
  setFd(m, pid, 2, pipeEnd(m, err, 'write'));
  writePipe(m, stdin, encodeUtf8(input));
  const failed = execProcess(m, pid, { path: `/bin/${argv[0]}`, argv, env: { PATH: '/bin' } });
  if (failed) throw new Error(`${argv[0]}: ${failed.errno}`);
  return { pid, out, err };
}

/** Lets up to so many seconds pass. */
export function pass({ sim }: Lab, seconds: number): void {
  advance(sim, { until: sim.world.now + seconds * 1_000_000, ops: 10_000_000 });
}

/** What a job has printed since the last look. */
export function printed({ m }: Lab, pipe: Id): string {
  const read = readPipe(m, pipe, 65536);
  return typeof read === 'object' && 'bytes' in read ? decodeUtf8(read.bytes) : '';
}

/** Runs a program to its end (within so many seconds). */
export function run(
  at: Lab,
  net: Id,
  argv: readonly string[],
  options: { input?: string; cwd?: string; seconds?: number } = {},
) {
  const job = start(at, net, argv, options.input, options.cwd);
  pass(at, options.seconds ?? 10);
  return { code: at.exits.get(job.pid)?.code, out: printed(at, job.out), err: printed(at, job.err) };
}
