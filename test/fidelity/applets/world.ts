// The machine that the recorded cases run on: /bin with busybox and its links, /w, /tmp, /dev, /etc (see record.mjs).
import { bootHost } from '../../../src/kernel/boot.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/kernel/bytes.ts';
import { endRun, feedRun, startRun } from '../../../src/kernel/client-run.ts';
import { isErrno } from '../../../src/kernel/errno.ts';
import type { DirNode, TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Software } from '../../../src/kernel/machine.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { drainRun } from '../../../src/kernel/runs.ts';
import { advance, begin, machineOf, snapshot } from '../../../src/kernel/simulation.ts';
import type { World } from '../../../src/kernel/state.ts';
import { executableStub } from '../../../src/kernel/stub.ts';
import { emptyWorld } from '../../../src/kernel/world.ts';
import { busyboxNames, hostTools } from '../../../src/programs/names.ts';
import { basePrograms } from '../../support/programs.ts';

export const epoch = 1_767_323_045_000_000;
const meta = { uid: 0, gid: 0, mtime: epoch };
const file = (data: string, mode = 0o644): TreeNode => ({ t: 'file', data: encodeUtf8(data), mode, ...meta });
const dir = (entries: { readonly [name: string]: TreeNode }, mode = 0o755): DirNode => ({
  t: 'dir',
  entries,
  mode,
  ...meta,
});

const init: Program = { start: () => ({ state: null, wait: {} }), step: () => ({ state: null, wait: {} }) };
export const software: Software = { programs: new Map([...basePrograms(), ['init', init]]), services: new Map() };

/** The machine in busybox's or in the host's flavour. */
export function appletWorld(flavour: 'busybox' | 'coreutils' = 'busybox'): World {
  const sim = begin(emptyWorld(epoch, 'test'), software);
  const bin: { [name: string]: TreeNode } = { busybox: file(executableStub('busybox'), 0o755) };
  for (const name of busyboxNames()) bin[name] = { t: 'link', target: 'busybox', mode: 0o777, ...meta };
  if (flavour === 'coreutils') {
    for (const [path, program] of Object.entries(hostTools()))
      bin[path.slice(path.lastIndexOf('/') + 1)] = file(executableStub(program), 0o755);
  }
  const root = dir({
    bin: dir(bin),
    w: dir({}),
    tmp: dir({}),
    root: dir({}),
    dev: dir({}),
    proc: dir({}),
    sys: dir({}),
    run: dir({}),
    etc: dir({
      passwd: file('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n'),
      group: file(`root:x:0:\n${flavour === 'busybox' ? 'nobody' : 'nogroup'}:x:65534:\n`),
    }),
  });
  const card = { name: 'eth0', mac: '52:54:00:00:00:01', cidr: '10.0.2.15/24', gateway: '10.0.2.2' };
  bootHost(sim, 'h', { hostname: 'test', release: '6.8.0', version: '#1', memory: 2 ** 32, cpus: 2, root, card });
  return snapshot(sim);
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

/** What `between` makes of the world after each turn (a save and a load, for instance) is what the script goes on in. */
export interface RunOptions {
  readonly stdin?: string;
  readonly ops?: number;
  readonly budget?: number;
  readonly tty?: true;
  readonly between?: (world: World) => World;
}

/** Runs `sh -c SCRIPT` to its end. */
export function runScript(world: World, script: string, options: RunOptions = {}): Outcome {
  let sim = begin(world, software);
  const id = startRun(machineOf(sim, 'h'), {
    exec: { path: '/bin/sh', argv: ['sh', '-c', script], env: { PATH: '/bin', HOME: '/w', LC_ALL: 'C.UTF-8' } },
    cwd: '/w',
    uid: 0,
    gid: 0,
    groups: [],
    budget: options.budget ?? 100_000_000,
    client: 1,
    ...(options.tty && { tty: { fds: [0, 1, 2], cols: 80, rows: 24 } }),
  });
  if (isErrno(id)) throw new Error(id.errno);
  let rest = encodeUtf8(options.stdin ?? '');
  let ended = false;
  const out = { 1: '', 2: '' };
  for (let turn = 0; turn < 100_000; turn++) {
    while (rest !== '') {
      const taken = feedRun(machineOf(sim, 'h'), id, { bytes: rest });
      if (taken === 0) break;
      rest = rest.slice(taken);
    }
    if (rest === '' && !ended) {
      feedRun(machineOf(sim, 'h'), id, { eof: true });
      ended = true;
    }
    const stopped = advance(sim, { until: Number.POSITIVE_INFINITY, ops: options.ops ?? 200_000, run: id });
    const drained = drainRun(machineOf(sim, 'h'), id);
    for (const { fd, bytes } of drained) out[fd] += bytes;
    if (stopped === 'exited' || (stopped === 'idle' && drained.length === 0)) break;
    if (options.between) sim = begin(options.between(snapshot(sim)), software);
  }
  const code = sim.world.runs[id]?.exit?.code;
  endRun(machineOf(sim, 'h'), id);
  return { stdout: decodeUtf8(out[1]), stderr: decodeUtf8(out[2]), code };
}
