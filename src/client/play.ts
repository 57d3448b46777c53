import type { Buffer } from 'node:buffer';
import { learner } from '../host/linux.ts';
import { type ByteString, fromUint8Array } from '../kernel/bytes.ts';
import { endRun, type RunInput, startRun, wantsInput } from '../kernel/client-run.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import type { Id, Json, Us } from '../kernel/json.ts';
import type { Software } from '../kernel/machine.ts';
import type { Exit } from '../kernel/program.ts';
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
import { busyOps, busyPause, freeJump, outputAtOnce, runBudget, turnOps } from './limits.ts';
import { print } from './output.ts';
import type { Command, Notice, Played, Seat, TurnResult, Watcher } from './playing.ts';
import { dropDeadRuns, hangUpRun } from './runs.ts';
import { execAt, seatIn } from './seat.ts';
import { skipAhead } from './skip.ts';
import { Keyboard, terminalFds, terminalSize } from './terminal.ts';
import { TypedInput } from './typed-input.ts';

export type { Command, Notice, Played, Watcher } from './playing.ts';

const ownSeat: Seat = { host: firstHost, ...learner };

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
  private readonly notices: Notice[];
  private readonly fds = terminalFds();
  private readonly interactive: boolean;
  private readonly input: TypedInput;
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
  private seat: Seat;

  constructor(session: Session, software: Software, command: Command, watcher: Watcher) {
    this.session = session;
    this.software = software;
    this.command = command;
    this.watcher = watcher;
    this.notices = watcher.lines?.notices ?? [];
    this.seat = command.where ?? ownSeat;
    this.interactive = this.fds.includes(0) && this.fds.includes(1);
    this.input = new TypedInput(watcher.lines !== undefined);
  }

  async play(): Promise<Played> {
    let turn = await this.turn(undefined);
    if (turn.exit === undefined) await this.watcher.goesOn?.(this.played({ code: 0 }));
    let keyboard = turn.exit ? undefined : this.keyboard(); // signals are heard from here on
    if (this.watcher.lines) keyboard?.read(); // before the prompt is there to be answered
    this.show(turn.out);
    if (turn.exit) return this.played(turn.exit);
    try {
      while (turn.exit === undefined && !turn.gone && !this.hungUp) {
        if (turn.wantsInput || this.interactive) keyboard?.read();
        await this.pause(turn);
        turn = await this.turn(turn.id);
        if (turn.exit === undefined && !turn.gone) await this.watcher.goesOn?.(this.played({ code: 0 }));
        this.show(turn.out);
        if (turn.gone && this.watcher.lines?.gone(turn.gone)) turn = { ...turn, id: undefined, gone: undefined };
        const other = this.watcher.lines?.between();
        if (!other) continue;
        keyboard?.close();
        await other;
        keyboard = this.keyboard();
      }
    } finally {
      keyboard?.close();
    }
    if (turn.exit) return this.played(turn.exit);
    if (turn.gone) this.notices.push(turn.gone);
    else {
      if (turn.id !== undefined) await this.hangUp(turn.id);
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
      if (!print(fd, bytes)) this.input.note({ closed: fd });
    }
  }

  /** One turn: lock, load, catch up, feed, advance, drain, save, unlock. */
  private turn(id: Id | undefined): Promise<TurnResult> {
    return this.session.transact((history) => {
      const sim = begin(history.world, this.software);
      const first = id === undefined;
      const wall = wallClock();
      if (first && !this.command.where) this.seat = seatIn(sim);
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
      const { lines } = this.watcher;
      lines?.begins(history, m, run);
      const rest = first ? [] : this.input.feed(m, run);
      const stopped = this.advance(sim, run, wall);
      // what was skipped is over, and the clock goes on from there: else it would stand still until the wall clock is as late
      sim.world.wallOffset = Math.max(sim.world.wallOffset, sim.world.now - wall);
      const drained = drainRun(m, run);
      const flood = this.isFlood(drained, stopped);
      if (flood && !lines) stopRun(m, run);
      const over = lines?.over({ history, sim, run, out: drained, flood });
      const out = over?.print ?? this.watcher.shown?.(m, run, drained, sim.trace) ?? drained;
      if (over?.input !== undefined) this.input.first({ bytes: over.input });
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
      if (over?.world) {
        return { world: over.world, result: { ...result, id: over.run } };
      }
      // saving a clock that went on would wake every other client, and theirs us
      const idle = !first && exit === undefined && out.length === 0 && sim.world.seq === history.world.seq;
      if (idle) return { world: history.world, result };
      this.collect(sim.trace, run);
      if (exit) endRun(m, run);
      const world = snapshot(sim);
      if (before === undefined || differs(before, world)) this.changed = true;
      if (exit && !lines)
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
      if (this.watcher.lines) this.watcher.lines.hungUp(history, id);
      else history.end(id, { label, trace: this.steps as unknown as Json, changed: changes && this.changed });
      return { world: snapshot(sim), result: undefined };
    });
  }

  private start(sim: Simulation): Id {
    const tty = this.fds.length > 0 ? { tty: { fds: this.fds, ...terminalSize() } } : {};
    const m = machineOf(sim, this.seat.host);
    const run = startRun(m, {
      exec: execAt(m, this.seat, this.command.exec),
      ...(this.seat.parent === undefined ? {} : { parent: this.seat.parent }),
      cwd: this.seat.home,
      uid: this.seat.uid,
      gid: this.seat.gid,
      groups: this.seat.groups,
      budget: this.watcher.lines ? Number.MAX_SAFE_INTEGER : runBudget,
      client: process.pid,
      ...tty,
    });
    if (isErrno(run)) throw new Error(`${this.command.exec.path}: ${strerror(run)}`);
    return run;
  }

  private advance(sim: Simulation, run: Id, wall: Us): Stopped {
    const now = sim.world.now;
    if (this.skip) {
      this.skip = false;
      const stopped = skipAhead(sim, run);
      if (stopped) return stopped;
    }
    // without a terminal, what only takes time is over at once, unless someone still has to send input
    // beside something that never rests, a shell still has to answer keys
    const ops = this.watcher.lines && sim.world.suspended ? busyOps : turnOps;
    const first = advance(sim, { until: Math.max(now, wall + sim.world.wallOffset), ops, run });
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
      if (this.steps.length < 5000 && !this.watcher.lines) this.steps.push(step);
    }
  }

  private keyboard(): Keyboard {
    return new Keyboard(this.fds.includes(0), {
      bytes: (chunk: Buffer) => this.type(fromUint8Array(chunk)),
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

  private type(bytes: ByteString): void {
    const { lines } = this.watcher;
    const { pass, print: shown } = lines?.keys(bytes) ?? { pass: bytes, print: '' };
    if (shown !== '') print(1, shown);
    if (pass === '') return;
    this.input.type(pass);
    this.wake();
  }

  private add(input: RunInput): void {
    this.input.add(input);
    this.wake();
  }

  /** Waits, without the lock, for input, the next alarm, or a change by someone else. */
  private async pause(turn: TurnResult): Promise<void> {
    // promises alone would let neither keys nor signals through, nor weak references go
    await new Promise((resolve) => setImmediate(resolve));
    // what did not fit into a pipe fits once its reader waits again
    const room = turn.rest.length === 0 || (turn.wantsInput && (this.input.isKept || !this.fds.includes(0)));
    if (this.hungUp || turn.id === undefined || (!this.input.isEmpty && room)) return;
    const busy = turn.stopped === 'ops' && turn.wantsInput && this.watcher.lines !== undefined;
    if ((turn.stopped === 'ops' && !busy) || turn.stopped === 'output') return;
    this.tellOfWait(turn);
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (turn.due !== undefined || busy) {
        const wait = busy ? busyPause : Math.max(0, ((turn.due ?? 0) - wallClock()) / 1000);
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
    if (turn.wantsInput) this.saidWait = false;
    if (this.saidWait || !this.interactive || turn.wantsInput || turn.due === undefined) return;
    const seconds = Math.round((turn.due - wallClock()) / 1_000_000);
    if (seconds < 2) return;
    this.saidWait = true;
    this.watcher.waiting?.(seconds);
  }

  /** Any plain key skips a wait that nobody reads the keyboard in. */
  private skipByKey(turn: TurnResult): void {
    if (!this.interactive || turn.wantsInput) return;
    if (this.input.takeSkip()) this.skip = true;
  }
}
