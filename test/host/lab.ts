import { firstHost } from '../../src/client/first-host.ts';
import { firstWorld, hostPrograms } from '../../src/client/first-world.ts';
import { execAt, seatIn } from '../../src/client/seat.ts';
import { installedSoftware } from '../../src/client/software.ts';
import { dropHost, makeHost } from '../../src/host/entry.ts';
import type { Wanted } from '../../src/host/new.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/kernel/bytes.ts';
import { endRun, feedRun, startRun } from '../../src/kernel/client-run.ts';
import { isErrno } from '../../src/kernel/errno.ts';
import { second } from '../../src/kernel/json.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { drainRun } from '../../src/kernel/runs.ts';
import { advance, begin, machineOf, type Simulation, snapshot } from '../../src/kernel/simulation.ts';
import type { World } from '../../src/kernel/state.ts';
import type { Step } from '../../src/kernel/trace.ts';

const software = installedSoftware();

export interface Said {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  readonly steps: readonly Step[];
}

/** A world with several computers. Between any two commands it is saved and loaded again. */
export class HostLab {
  private sim: Simulation = begin(firstWorld(software, 1_790_000_000 * second, 'hosts'), software);

  get world(): World {
    return this.sim.world;
  }

  machine(host = firstHost): Machine {
    return machineOf(this.sim, host);
  }

  make(name: string, wanted: Partial<Wanted> = {}) {
    const made = makeHost(this.machine(), { name, kind: 'linux', bare: false, ...wanted }, hostPrograms());
    this.pass(0);
    return made.did;
  }

  remove(name: string): string {
    return dropHost(this.machine(), name).did;
  }

  use(name: string): this {
    if (name === firstHost) delete this.sim.world.seat;
    else this.sim.world.seat = name;
    return this;
  }

  pass(seconds: number): this {
    advance(this.sim, { until: this.sim.world.now + seconds * second, ops: 10_000_000 });
    return this;
  }

  docker(...words: string[]): Said {
    return this.run('/usr/bin/docker', ['docker', ...words]);
  }

  sh(line: string, stdin = ''): Said {
    return this.run('/usr/bin/sh', ['sh', '-c', line], stdin);
  }

  private run(path: string, argv: readonly string[], stdin = ''): Said {
    this.sim = begin(JSON.parse(JSON.stringify(snapshot(this.sim))), software);
    const seat = seatIn(this.sim);
    const m = machineOf(this.sim, seat.host);
    const env = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/home/learner',
      USER: 'learner',
      SHELL: '/bin/bash',
    };
    const run = startRun(m, {
      exec: execAt(m, seat, { path, argv, env }),
      cwd: seat.home,
      uid: seat.uid,
      gid: seat.gid,
      groups: seat.groups,
      budget: 60_000_000,
      client: 1,
      ...(seat.parent === undefined ? {} : { parent: seat.parent }),
    });
    if (isErrno(run)) throw new Error(`${path}: ${run.errno}`);
    if (stdin !== '') feedRun(m, run, { bytes: encodeUtf8(stdin) });
    feedRun(m, run, { eof: true });
    const out = { 1: '', 2: '' };
    for (let turn = 0; turn < 200; turn++) {
      const stopped = advance(this.sim, { until: this.sim.world.now + 60 * second, ops: 10_000_000, run });
      for (const { fd, bytes } of drainRun(m, run)) out[fd] += bytes;
      if (stopped === 'exited') break;
    }
    const code = this.sim.world.runs[run]?.exit?.code;
    const steps = this.sim.trace.filter((step) => step.run === run);
    endRun(machineOf(this.sim, seat.host), run);
    return { code, out: decodeUtf8(out[1]), err: decodeUtf8(out[2]), steps };
  }
}
