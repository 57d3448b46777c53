import { firstHost } from '../../src/client/first-host.ts';
import { firstWorld } from '../../src/client/first-world.ts';
import { installedSoftware } from '../../src/client/software.ts';
import { learner } from '../../src/host/linux.ts';
import { decodeUtf8 } from '../../src/kernel/bytes.ts';
import { endRun, startRun } from '../../src/kernel/client-run.ts';
import { isErrno } from '../../src/kernel/errno.ts';
import { second } from '../../src/kernel/json.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { drainRun } from '../../src/kernel/runs.ts';
import { advance, begin, machineOf, type Simulation, snapshot } from '../../src/kernel/simulation.ts';
import type { Step } from '../../src/kernel/trace.ts';
import { virtualMachines } from '../../src/vm/state.ts';

const software = installedSoftware();

/** A host with a hypervisor, and commands on it and on its guests. */
export class VmLab {
  private sim: Simulation = begin(firstWorld(software, 1_790_000_000 * second, 'vm'), software);

  get host(): Machine {
    return machineOf(this.sim, firstHost);
  }

  get trace(): readonly Step[] {
    return this.sim.trace;
  }

  guest(name = 'debian'): Machine | undefined {
    const { guest } = virtualMachines(this.host)[name] ?? {};
    return guest === undefined || !this.sim.world.hosts[guest] ? undefined : machineOf(this.sim, guest);
  }

  /** The world as it is now, through JSON and back: what is not plain data would be lost. */
  reload(): this {
    this.sim = begin(JSON.parse(JSON.stringify(snapshot(this.sim))), software);
    return this;
  }

  pass(seconds: number): this {
    advance(this.sim, { until: this.sim.world.now + seconds * second, ops: 10_000_000 });
    return this;
  }

  /** `vm …` on the host. */
  vm(...words: string[]): { readonly status: number; readonly out: string } {
    return this.run(firstHost, '/usr/local/bin/vm', ['vm', ...words], learner.uid);
  }

  /** A shell command on the host, or as root on a guest. */
  sh(line: string, guest?: string): string {
    const host = guest === undefined ? firstHost : (virtualMachines(this.host)[guest]?.guest ?? '');
    return this.run(host, '/usr/bin/sh', ['sh', '-c', line], guest === undefined ? learner.uid : 0).out;
  }

  private run(host: string, path: string, argv: readonly string[], uid: number) {
    const m = machineOf(this.sim, host);
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };
    const options = { cwd: '/', uid, gid: uid, groups: [], budget: 20_000_000, client: 1 };
    const run = startRun(m, { ...options, exec: { path, argv, env } });
    if (isErrno(run)) throw new Error(`${path}: ${run.errno}`);
    let out = '';
    for (let turn = 0; turn < 100; turn++) {
      const stopped = advance(this.sim, { until: this.sim.world.now + 60 * second, ops: 10_000_000, run });
      for (const { bytes } of drainRun(machineOf(this.sim, firstHost), run)) out += decodeUtf8(bytes);
      if (stopped === 'exited') break;
    }
    const status = this.sim.world.runs[run]?.exit?.code ?? -1;
    if (this.sim.world.hosts[host]) endRun(machineOf(this.sim, host), run);
    return { status, out };
  }
}
