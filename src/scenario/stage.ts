import { decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import { endRun, feedRun, startRun } from '../kernel/client-run.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import { type Id, type Rec, second } from '../kernel/json.ts';
import type { Machine, Software } from '../kernel/machine.ts';
import { drainRun } from '../kernel/runs.ts';
import { advance, begin, machineOf, nextDue, type Simulation, snapshot } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { type Place, placeIn } from './place.ts';

/** What a command line did. */
export interface Played {
  /** All that was printed, in order. */
  readonly printed: string;
  readonly steps: readonly Step[];
  /** The shell's `$?`; undefined when the shell has not come back. */
  readonly status: number | undefined;
}

/** Where the shell stands, and what is known there. */
export interface StageOptions {
  readonly host: Id;
  readonly env: Rec<string>;
  /** Root's shell instead of the learner's. */
  readonly root?: true;
  /** The executables of a further computer that the lesson is on (path → program). */
  readonly programs?: Rec<string>;
}

const root = { home: '/root', uid: 0, gid: 0, groups: [0] } as const;

const budget = 60_000_000; // µs of processor time, for one line
const turn = 1_000_000;
const longest = 3600 * second; // simulated time of one line
const mostPrinted = 4 * 1_048_576;

/** A shell without a terminal on a world in memory, given one line after another. Simulated time takes none of ours. */
export class Stage {
  private readonly sim: Simulation;
  private readonly options: StageOptions;
  private readonly place: Place;
  private run: Id | undefined;

  constructor(world: World, software: Software, options: StageOptions) {
    this.sim = begin(world, software);
    this.options = options;
    this.place = placeIn(this.sim, options.host);
  }

  get machine(): Machine {
    return machineOf(this.sim, this.place.host);
  }

  /** The world as it is now; without the shell, once `close` was called. */
  get world(): World {
    return snapshot(this.sim);
  }

  /** Gives the shell one line, and waits until it asks for the next. */
  line(text: string): Played {
    const run = this.shell();
    const from = this.sim.trace.length;
    feedRun(this.machine, run, { bytes: encodeUtf8(`${text}\n`) });
    const printed = this.goOn(run);
    const steps = this.sim.trace.slice(from).filter((step) => step.run === run);
    const over = this.sim.world.runs[run]?.exit !== undefined;
    const status = over ? this.sim.world.runs[run]?.exit?.code : shellStatus(this.machine, run);
    if (over) this.end(run);
    this.sim.trace.length = 0;
    return { printed: decodeUtf8(printed), steps, status };
  }

  /** Ends the shell. What it has begun goes on. */
  close(): void {
    if (this.run === undefined) return;
    feedRun(this.machine, this.run, { eof: true });
    this.goOn(this.run);
    this.end(this.run);
  }

  private end(run: Id): void {
    endRun(this.machine, run);
    this.run = undefined;
  }

  private shell(): Id {
    if (this.run !== undefined) return this.run;
    const { home, uid, gid, groups } = this.options.root ? root : this.place;
    const { parent } = this.place;
    const exec = { path: '/usr/bin/sh', argv: ['sh'], env: { ...this.options.env, HOME: home } };
    const run = startRun(this.machine, {
      exec,
      ...(parent === undefined ? {} : { parent }),
      cwd: home,
      uid,
      gid,
      groups,
      budget: budget * 20,
      client: 0,
    });
    if (isErrno(run)) throw new Error(`${exec.path}: ${strerror(run)}`);
    this.run = run;
    this.goOn(run);
    return run;
  }

  private goOn(run: Id): string {
    const end = this.sim.world.now + longest;
    let printed = '';
    let until = this.sim.world.now;
    for (let left = budget; left > 0 && printed.length < mostPrinted; left -= turn) {
      const stopped = advance(this.sim, { until, ops: turn, run });
      for (const { bytes } of drainRun(this.machine, run)) printed += bytes;
      if (stopped === 'exited') break;
      if (stopped === 'output' || stopped === 'ops') continue;
      left += turn - 1000; // nothing but time has passed
      // time goes on only as long as the shell does not ask for the next line
      const due = nextDue(this.sim);
      if (isAsking(this.machine, run) || due === undefined || due > end) break;
      until = Math.max(this.sim.world.now, due);
    }
    return printed;
  }
}

/** Does the run's shell itself wait for its next line? */
export function isAsking(m: Machine, id: Id): boolean {
  const run = m.world.runs[id];
  const from = run?.stdin ?? run?.tty;
  return run !== undefined && from !== undefined && (m.index.sleepers.get(from)?.has(run.pid) ?? false);
}

/** `$?` of the run's shell. */
export function shellStatus(m: Machine, id: Id): number | undefined {
  const state = m.kernel.processes[m.world.runs[id]?.pid ?? 0]?.state;
  const status = typeof state === 'object' && state !== null && 'status' in state ? state.status : undefined;
  return typeof status === 'number' ? status : undefined;
}
