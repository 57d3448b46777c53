// A small machine for shell tests: /bin with the shell and the programs given, /w, /tmp, /dev, /etc.

import { bootHost } from '../../../src/kernel/boot.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/kernel/bytes.ts';
import { endRun, feedRun, startRun } from '../../../src/kernel/client-run.ts';
import { isErrno } from '../../../src/kernel/errno.ts';
import type { DirNode, TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Software } from '../../../src/kernel/machine.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { drainRun } from '../../../src/kernel/runs.ts';
import type { Simulation } from '../../../src/kernel/simulation.ts';
import { advance, begin, machineOf, snapshot } from '../../../src/kernel/simulation.ts';
import type { World } from '../../../src/kernel/state.ts';
import { executableStub } from '../../../src/kernel/stub.ts';
import { emptyWorld } from '../../../src/kernel/world.ts';
import { systemProgram } from '../../../src/programs/installed.ts';
import { busyboxNames, hostTools } from '../../../src/programs/names.ts';
import { shellProgram } from '../../../src/programs/shell/program.ts';
import { basePrograms } from '../../support/programs.ts';

const epoch = 1_767_323_045_000_000;

export interface ShellRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

export interface ShellOptions {
  readonly stdin?: string;
  readonly env?: { readonly [name: string]: string };
  readonly argv?: readonly string[];
  /** The shell, on a machine with its tools: busybox's (`ash`, by default) or debian's. */
  readonly shell?: 'ash' | 'dash' | 'bash';
  /** Processor time, µs of simulated time. */
  readonly budget?: number;
}

const meta = { uid: 0, gid: 0, mtime: epoch };
const file = (data: string, mode = 0o644): TreeNode => ({ t: 'file', data: encodeUtf8(data), mode, ...meta });
const dir = (entries: { readonly [name: string]: TreeNode }, mode = 0o755): DirNode => ({
  t: 'dir',
  entries,
  mode,
  ...meta,
});

/** Software whose programs can be listed. */
export interface ShellSoftware extends Software {
  readonly programs: ReadonlyMap<string, Program>;
}

/** The software of the test machine: busybox with the shell in it, as in alpine; or other programs in /bin. */
export function shellSoftware(other?: ReadonlyMap<string, Program>): ShellSoftware {
  const init: Program = { start: () => ({ state: null, wait: {} }), step: () => ({ state: null, wait: {} }) };
  const own = other ? [...other, ['sh', shellProgram as Program] as const] : basePrograms();
  const shells = ['bash', 'dash'].flatMap((name) => {
    const program = systemProgram(name);
    return program ? [[name, program] as const] : [];
  });
  const programs = new Map<string, Program>([...own, ...shells, ['init', init]]);
  return { programs, services: new Map() };
}

/** A world with one host, whose /bin has an executable for each program. */
export function shellWorld(software: ShellSoftware, system: 'busybox' | 'debian' = 'busybox'): World {
  const sim = begin(emptyWorld(epoch, 'test'), software);
  const bin: { [name: string]: TreeNode } = {};
  for (const name of software.programs.keys())
    if (!name.includes('/') && name !== 'bash' && name !== 'dash') bin[name] = file(executableStub(name), 0o755);
  if (system === 'debian') {
    for (const [path, program] of Object.entries(hostTools()))
      bin[path.slice(path.lastIndexOf('/') + 1)] = file(executableStub(program), 0o755);
    for (const name of ['bash', 'dash']) bin[name] = file(executableStub(name), 0o755);
    bin.sh = { t: 'link', target: 'dash', mode: 0o777, ...meta };
  } else if (software.programs.has('busybox')) {
    for (const name of busyboxNames()) bin[name] = { t: 'link', target: 'busybox', mode: 0o777, ...meta };
  } else bin.ash = file(executableStub('sh'), 0o755);
  const root = dir({
    bin: dir(bin),
    w: dir({}),
    tmp: dir({}, 0o1777),
    root: dir({}),
    dev: dir({}),
    proc: dir({}),
    sys: dir({}),
    run: dir({}),
    etc: dir({ passwd: file('root:x:0:0:root:/root:/bin/sh\n'), group: file('root:x:0:\n') }),
  });
  const card = { name: 'eth0', mac: '52:54:00:00:00:01', cidr: '10.0.2.15/24', gateway: '10.0.2.2' };
  bootHost(sim, 'h', {
    hostname: 'test',
    release: '6.8.0',
    version: '#1',
    memory: 2 ** 32,
    cpus: 2,
    root,
    card,
  });
  return snapshot(sim);
}

const environment = { PATH: '/bin', HOME: '/w', LC_ALL: 'C.UTF-8' };

/** Runs a script with `sh -c` (or the given argv) to its end. */
export function runShell(software: ShellSoftware, script: string, options: ShellOptions = {}): ShellRun {
  const { shell = 'ash' } = options;
  const sim: Simulation = begin(shellWorld(software, shell === 'ash' ? 'busybox' : 'debian'), software);
  const m = machineOf(sim, 'h');
  const argv = options.argv ?? [shell === 'bash' ? 'bash' : 'sh', '-c', script];
  const id = startRun(m, {
    exec: { path: shell === 'ash' ? '/bin/sh' : `/bin/${shell}`, argv, env: options.env ?? environment },
    cwd: '/w',
    uid: 0,
    gid: 0,
    groups: [0],
    budget: options.budget ?? 100_000_000,
    client: 1,
  });
  if (isErrno(id)) throw new Error(id.errno);
  let rest = encodeUtf8(options.stdin ?? '');
  let stdout = '';
  let stderr = '';
  let fed = false;
  const turns = Math.ceil((options.budget ?? 100_000_000) / 200_000) + 5;
  for (let turn = 0; turn < turns; turn++) {
    while (rest !== '') {
      const taken = feedRun(machineOf(sim, 'h'), id, { bytes: rest });
      if (taken === 0) break;
      rest = rest.slice(taken);
    }
    if (rest === '' && !fed) {
      feedRun(machineOf(sim, 'h'), id, { eof: true });
      fed = true;
    }
    const stopped = advance(sim, { until: Number.POSITIVE_INFINITY, ops: 200_000, run: id });
    const out = drainRun(machineOf(sim, 'h'), id);
    for (const { fd, bytes } of out) {
      if (fd === 1) stdout += bytes;
      else stderr += bytes;
    }
    if (stopped === 'exited') {
      // what was left in the background may still print
      advance(sim, { until: sim.world.now + 1_000_000, ops: 200_000 });
      for (const { fd, bytes } of drainRun(machineOf(sim, 'h'), id)) {
        if (fd === 1) stdout += bytes;
        else stderr += bytes;
      }
      break;
    }
    if (stopped === 'idle' && out.length === 0) break;
  }
  const code = sim.world.runs[id]?.exit?.code;
  endRun(machineOf(sim, 'h'), id);
  return { stdout: decodeUtf8(stdout), stderr: decodeUtf8(stderr), code };
}

/** A shell at a terminal, typed to key by key; `screen` is all that it showed. */
export class ShellTerminal {
  private readonly sim: Simulation;
  private readonly id: string;
  screen = '';

  constructor(
    software: ShellSoftware,
    options: {
      readonly argv?: readonly string[];
      readonly path?: string;
      readonly cols?: number;
      readonly world?: World;
    } = {},
  ) {
    this.sim = begin(options.world ?? shellWorld(software), software);
    const id = startRun(machineOf(this.sim, 'h'), {
      exec: { path: options.path ?? '/bin/sh', argv: options.argv ?? ['sh'], env: { PATH: '/bin', HOME: '/root' } },
      cwd: '/',
      uid: 0,
      gid: 0,
      groups: [0],
      budget: 100_000_000,
      client: 1,
      tty: { fds: [0, 1, 2], cols: options.cols ?? 80, rows: 24 },
    });
    if (isErrno(id)) throw new Error(id.errno);
    this.id = id;
    this.advance(0.1);
  }

  /** Types, lets so many simulated seconds pass, and returns what was shown meanwhile. */
  type(text: string, seconds = 0.1): string {
    const before = this.screen.length;
    feedRun(machineOf(this.sim, 'h'), this.id, { bytes: encodeUtf8(text) });
    this.advance(seconds);
    return this.screen.slice(before);
  }

  /** The exit status, once the shell has ended. */
  get code(): number | undefined {
    return this.sim.world.runs[this.id]?.exit?.code;
  }

  private advance(seconds: number): void {
    const until = this.sim.world.now + seconds * 1_000_000;
    for (let turn = 0; turn < 100; turn++) {
      const stopped = advance(this.sim, { until, ops: 1_000_000 });
      const out = drainRun(machineOf(this.sim, 'h'), this.id);
      this.screen += decodeUtf8(out.map(({ bytes }) => bytes).join(''));
      snapshot(this.sim); // as a client's turn does
      if (out.length === 0 && stopped !== 'ops') break;
    }
  }
}
