import type { Buffer } from 'node:buffer';
import { learner } from '../host/linux.ts';
import { fromUint8Array } from '../kernel/bytes.ts';
import { endRun, feedRun, type RunInput, startRun, wantsInput } from '../kernel/client-run.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import { type Id, type Json, second, type Us } from '../kernel/json.ts';
import type { Machine, Software } from '../kernel/machine.ts';
import type { Exec, Exit } from '../kernel/program.ts';
import { drainRun } from '../kernel/runs.ts';
import {
  advance,
  begin,
  machineOf,
  nextDue,
  type Simulation,
  type Stopped,
  snapshot,
  stopRun,
} from '../kernel/simulation.ts';
import type { RunOutput } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import type { Session } from '../session/store.ts';
import { catchUp, wallClock } from './clock.ts';
import { differs } from './difference.ts';
import { firstHost } from './first-host.ts';
import { freeJump, outputAtOnce, runBudget, turnOps } from './limits.ts';
import { print } from './output.ts';
import { dropDeadRuns, hangUpRun } from './runs.ts';
import { Keyboard, terminalFds, terminalSize } from './terminal.ts';

/** What to play, and how. */
export interface Command {
  readonly exec: Exec;
  /** The words that were typed, for the history. */
  readonly label: string;
  /** False for commands that only look: they make no step to undo. */
  readonly changes: boolean;
  /** Where it runs, and as whom: on the first host as its learner, unless told. */
  readonly where?: Seat;
}

/** A user at a host of the world. */
export interface Seat {
  readonly host: Id;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** What one key skips at most once things happen every moment, µs. */
const longestSkip: Us = 60 * second;

const ownSeat: Seat = { host: firstHost, ...learner };

/** How a command ended. */
export interface Played {
  readonly exit: Exit;
  readonly steps: readonly Step[];
  /** What went to stderr, to recognise failures by. */
  readonly errors: string;
  readonly notices: readonly Notice[];
}

export type Notice = 'suspended' | 'hour-passed' | 'budget' | 'flood' | 'taken-back' | 'session-gone' | 'machine-off';

interface TurnResult {
  readonly id: Id;
  readonly out: readonly RunOutput[];
  readonly exit: Exit | undefined;
  /** Why the run is there no longer: undone, the session begun anew, or the virtual machine is off. */
  readonly gone: 'taken-back' | 'session-gone' | 'machine-off' | undefined;
  readonly stopped: Stopped;
  /** When the world will go on by itself, on the wall clock, µs. */
  readonly due: Us | undefined;
  readonly wantsInput: boolean;
  /** Input that there was no room for yet. */
  readonly rest: readonly RunInput[];
}

/** What the caller wants to know while a command plays. */
export interface Watcher {
  /** A turn is over and the command goes on; the turn's output has not been printed yet. */
  readonly goesOn?: (soFar: Played) => Promise<void>;
  /** Nothing will happen for so many seconds. */
  readonly waiting?: (seconds: number) => void;
  /** A turn is over, in which the run did `steps`: what is to be printed of it. The machine may be looked at, not changed. */
  readonly shown?: (m: Machine, run: Id, out: readonly RunOutput[], steps: readonly Step[]) => readonly RunOutput[];
}

/** Plays one command on the session's machine: a turn, then waiting without the lock, until the command has ended. */
export async function play(
  session: Session,
  software: Software,
  command: Command,
  watcher: Watcher = {},
): Promise<Played> {
  return new Player(session, software, command, watcher).play();
}

class Player {
  private readonly steps: Step[] = [];
  private readonly notices: Notice[] = [];
  private readonly fds = terminalFds();
  private readonly interactive: boolean;
  private readonly input: RunInput[] = [];
  private wake: () => void = () => {};
  private jumped: Us = 0;
  private skip = false;
  private inputEnded = false;
  private hungUp = false;
  private errors = '';
  /** Bytes printed since the command paused last. */
  private flood = 0;
  private changed = false;
  private turns = 0;
  private readonly session: Session;
  private readonly software: Software;
  private readonly command: Command;
  private readonly watcher: Watcher;
  private saidWait = false;
  private readonly seat: Seat;

  constructor(session: Session, software: Software, command: Command, watcher: Watcher) {
    this.session = session;
    this.software = software;
    this.command = command;
    this.watcher = watcher;
    this.seat = command.where ?? ownSeat;
    this.interactive = this.fds.includes(0) && this.fds.includes(1);
  }

  async play(): Promise<Played> {
    let turn = await this.turn(undefined);
    if (turn.exit === undefined) await this.watcher.goesOn?.(this.played({ code: 0 }));
    const keyboard = turn.exit ? undefined : this.keyboard(); // signals are heard from here on
    this.show(turn.out);
    if (turn.exit) return this.played(turn.exit);
    try {
      while (turn.exit === undefined && !turn.gone && !this.hungUp) {
        if (turn.wantsInput || this.interactive) keyboard?.read();
        await this.pause(turn);
        turn = await this.turn(turn.id);
        if (turn.exit === undefined && !turn.gone) await this.watcher.goesOn?.(this.played({ code: 0 }));
        this.show(turn.out);
      }
    } finally {
      keyboard?.close();
    }
    if (turn.exit) return this.played(turn.exit);
    if (turn.gone) this.notices.push(turn.gone);
    else {
      await this.hangUp(turn.id);
      process.kill(process.pid, 'SIGHUP'); // as it would have ended us; node's own exit fails on a terminal that is gone
    }
    return this.played({ code: 130 });
  }

  private played(exit: Exit): Played {
    return { exit, steps: this.steps, errors: this.errors, notices: this.notices };
  }

  private show(out: readonly RunOutput[]): void {
    for (const { fd, bytes } of out) {
      if (fd === 2 && this.errors.length < 4096) this.errors += bytes;
      if (!print(fd, bytes)) this.input.push({ closed: fd });
    }
  }

  /** One turn: lock, load, catch up, feed, advance, drain, save, unlock. */
  private turn(id: Id | undefined): Promise<TurnResult> {
    return this.session.transact((history) => {
      const sim = begin(history.world, this.software);
      const first = id === undefined;
      const wall = wallClock();
      if (!sim.world.hosts[this.seat.host]) return { world: history.world, result: this.taken('', 'machine-off') };
      // after an undo the number may have been given again
      if (!first && sim.world.runs[id]?.client !== process.pid) {
        const gone = history.history().redo.length > 0 ? 'taken-back' : 'session-gone';
        return { world: history.world, result: this.taken(id, gone) };
      }
      if (catchUp(sim, wall)) this.notices.push('suspended');
      if (first) dropDeadRuns(sim);
      const before = this.turns === 0 ? snapshot(sim) : undefined;
      const asSaved = sim.world.seq === history.world.seq && sim.world.runs === history.world.runs;
      const run = id ?? this.start(sim);
      const m = machineOf(sim, this.seat.host);
      if (first && this.command.changes) history.begin(run, this.command.label);
      const rest = first ? [] : this.feed(sim, run);
      const stopped = this.advance(sim, run, wall);
      const drained = drainRun(m, run);
      const out = this.watcher.shown?.(m, run, drained, sim.trace) ?? drained;
      if (this.isFlood(out, stopped)) stopRun(m, run);
      const exit = sim.world.runs[run]?.exit;
      const due = nextDue(sim);
      const result: TurnResult = {
        id: run,
        out,
        exit,
        gone: undefined,
        stopped,
        due: due === undefined ? undefined : due - sim.world.wallOffset,
        wantsInput: wantsInput(m, run),
        rest,
      };
      this.turns += 1;
      // saving a clock that went on would wake every other client, and theirs us
      const idle = !first && exit === undefined && out.length === 0 && sim.world.seq === history.world.seq;
      if (idle) return { world: history.world, result };
      this.collect(sim.trace, run);
      if (exit) endRun(m, run);
      const world = snapshot(sim);
      if (before === undefined || differs(before, world)) this.changed = true;
      if (exit)
        history.end(run, {
          label: this.command.label,
          trace: this.steps as unknown as Json,
          changed: this.command.changes && this.changed,
        });
      // who only looked at a world in which nothing had happened since leaves it as it is: saving takes a while
      const looked = first && exit !== undefined && asSaved && !this.command.changes && !this.changed;
      return { world: looked ? history.world : world, result };
    });
  }

  /** Output without end would fill the disk, or the log of whoever reads it. */
  private isFlood(out: readonly RunOutput[], stopped: Stopped): boolean {
    if (stopped !== 'output' && stopped !== 'ops') this.flood = 0;
    for (const { bytes } of out) this.flood += bytes.length;
    if (this.flood < outputAtOnce) return false;
    if (stopped !== 'exited') this.notices.push('flood');
    return stopped !== 'exited';
  }

  private taken(id: Id, gone: TurnResult['gone']): TurnResult {
    return { id, out: [], exit: undefined, gone, stopped: 'exited', due: undefined, wantsInput: false, rest: [] };
  }

  /** The terminal was closed: so are the run's. What it began stays. */
  private hangUp(id: Id): Promise<void> {
    return this.session.transact((history) => {
      const sim = begin(history.world, this.software);
      if (sim.world.runs[id]?.client !== process.pid) return { world: history.world, result: undefined };
      hangUpRun(sim, id);
      const { label, changes } = this.command;
      history.end(id, { label, trace: this.steps as unknown as Json, changed: changes && this.changed });
      return { world: snapshot(sim), result: undefined };
    });
  }

  private start(sim: Simulation): Id {
    const tty = this.fds.length > 0 ? { tty: { fds: this.fds, ...terminalSize() } } : {};
    const run = startRun(machineOf(sim, this.seat.host), {
      exec: this.command.exec,
      cwd: this.seat.home,
      uid: this.seat.uid,
      gid: this.seat.gid,
      groups: this.seat.groups,
      budget: runBudget,
      client: process.pid,
      ...tty,
    });
    if (isErrno(run)) throw new Error(`${this.command.exec.path}: ${strerror(run)}`);
    return run;
  }

  private feed(sim: Simulation, run: Id): readonly RunInput[] {
    const m = machineOf(sim, this.seat.host);
    const waiting = this.input.splice(0);
    for (let i = 0; i < waiting.length; i++) {
      const input = waiting[i];
      if (!input) continue;
      const taken = feedRun(m, run, input);
      if ('bytes' in input && taken < input.bytes.length) {
        const rest = [{ bytes: input.bytes.slice(taken) }, ...waiting.slice(i + 1)];
        this.input.unshift(...rest);
        return rest;
      }
    }
    return [];
  }

  private advance(sim: Simulation, run: Id, wall: Us): Stopped {
    const now = sim.world.now;
    if (this.skip) {
      this.skip = false;
      const stopped = skipAhead(sim, run);
      if (stopped) return stopped;
    }
    // without a terminal, what only takes time is over at once, unless someone still has to send input
    const first = advance(sim, { until: Math.max(now, wall + sim.world.wallOffset), ops: turnOps, run });
    if (first !== 'until' || this.interactive) return first;
    return this.jump(sim, run);
  }

  /** Goes from alarm to alarm, until the run is over, wants input, or has had its share of time. */
  private jump(sim: Simulation, run: Id): Stopped {
    const budget = sim.world.runs[run]?.budget ?? 0;
    for (;;) {
      if (!this.inputEnded && wantsInput(machineOf(sim, this.seat.host), run)) return 'until';
      const due = nextDue(sim);
      if (due === undefined || this.jumped >= freeJump) return 'until';
      const from = sim.world.now;
      const until = Math.min(Math.max(from, due), from + freeJump - this.jumped);
      const stopped = advance(sim, { until, ops: turnOps, run });
      this.jumped += sim.world.now - from;
      if (this.jumped >= freeJump) this.notices.push('hour-passed');
      if (stopped !== 'until') return stopped;
      if (budget - (sim.world.runs[run]?.budget ?? 0) > turnOps) return 'ops';
    }
  }

  private collect(trace: readonly Step[], run: Id): void {
    for (const step of trace) {
      if (step.run !== run) continue;
      if (step.action === 'budget') this.notices.push('budget');
      if (this.steps.length < 5000) this.steps.push(step);
    }
  }

  private keyboard(): Keyboard {
    return new Keyboard(this.fds.includes(0), {
      bytes: (chunk: Buffer) => this.add({ bytes: fromUint8Array(chunk) }),
      eof: () => {
        this.inputEnded = true;
        this.add({ eof: true });
      },
      hangup: () => {
        this.hungUp = true;
        this.wake();
      },
      signal: (signal) => this.add({ signal }),
      resize: () => this.add({ resize: terminalSize() }),
    });
  }

  private add(input: RunInput): void {
    this.input.push(input);
    this.wake();
  }

  /** Waits, without the lock, for input, the next alarm, or a change by someone else. */
  private async pause(turn: TurnResult): Promise<void> {
    // promises alone would let neither keys nor signals through, nor weak references go
    await new Promise((resolve) => setImmediate(resolve));
    // what did not fit into a pipe fits once its reader waits again
    const room = turn.rest.length === 0 || (turn.wantsInput && !this.fds.includes(0));
    if (this.hungUp || (this.input.length > 0 && room)) return;
    if (turn.stopped === 'ops' || turn.stopped === 'output') return;
    this.tellOfWait(turn);
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (turn.due !== undefined) {
        const wait = Math.max(0, (turn.due - wallClock()) / 1000);
        timer = setTimeout(resolve, Math.min(wait, 2_000_000_000));
      }
      void this.session.changed(stop.signal).then(resolve, () => {});
    });
    this.wake = () => {};
    clearTimeout(timer);
    stop.abort();
    this.skipByKey(turn);
  }

  /** A wait of seconds on a terminal, with nothing to type to: said once, with the way to skip it. */
  private tellOfWait(turn: TurnResult): void {
    if (this.saidWait || !this.interactive || turn.wantsInput || turn.due === undefined) return;
    const seconds = Math.round((turn.due - wallClock()) / 1_000_000);
    if (seconds < 2) return;
    this.saidWait = true;
    this.watcher.waiting?.(seconds);
  }

  /** Any plain key skips a wait that nobody reads the keyboard in. */
  private skipByKey(turn: TurnResult): void {
    if (!this.interactive || turn.wantsInput) return;
    const keys = this.input.findIndex((input) => 'bytes' in input && !/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(input.bytes));
    if (keys < 0) return;
    this.input.splice(keys, 1);
    this.skip = true;
  }
}

/** To the next alarm, and on through those that follow soon after each other (a download's): undefined when there is none. */
function skipAhead(sim: Simulation, run: Id): Stopped | undefined {
  const end = sim.world.now + longestSkip;
  let stopped: Stopped | undefined;
  for (let due = nextDue(sim); due !== undefined; due = nextDue(sim)) {
    const now = sim.world.now;
    if (stopped && (due - now >= second || due > end)) break;
    stopped = advance(sim, { until: due, ops: turnOps, run });
    if (stopped !== 'until') break;
    if (wantsInput(machineOf(sim, sim.world.runs[run]?.host ?? firstHost), run)) break;
  }
  return stopped;
}
