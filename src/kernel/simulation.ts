import type { Mutable } from './draft.ts';
import { Draft } from './draft.ts';
import { emit } from './emit.ts';
import { notSimulated } from './exec.ts';
import type { Id, Json, Us } from './json.ts';
import type { Machine, Software } from './machine.ts';
import { chargeMemory } from './memory.ts';
import { endProcess, ownProcess } from './process.ts';
import type { Next } from './program.ts';
import { ownRun } from './runs.ts';
import type { Host, Kernel, Process, Timer, World } from './state.ts';
import { ProcessGone, SystemCalls } from './sys.ts';
import type { Step } from './trace.ts';
import { indexOf, makeReady, nextAlarm, runWritable, setStatus, sleep } from './wait.ts';

/** A world under change: one turn of a client, or a whole test. */
export interface Simulation {
  readonly draft: Draft;
  readonly world: Mutable<World>;
  readonly software: Software;
  readonly trace: Step[];
  readonly machines: Map<Id, Machine>;
}

/** Processor time that a process may use before others get their turn, µs. */
const slice = 2000;
/** A process's processor time in one step is at least this, µs: so a program that only yields cannot stop the clock. */
const leastStep = 10;

/** Begins to change a world. The world itself stays as it is. */
export function begin(world: World, software: Software): Simulation {
  const draft = new Draft();
  return { draft, world: draft.copy(world), software, trace: [], machines: new Map() };
}

/** The new world. The simulation may go on afterwards; this value stays as it is. */
export function snapshot(sim: Simulation): World {
  sim.draft.seal();
  const world = sim.world as World;
  const copy = { ...world };
  sim.machines.clear();
  Object.assign(sim, { world: sim.draft.copy(copy) });
  return copy;
}

/** A host of the world, to be changed. */
export function machineOf(sim: Simulation, hostId: Id): Machine {
  const known = sim.machines.get(hostId);
  if (known && known.host === sim.world.hosts[hostId]) return known; // else a guest that was switched off, and on again
  const host = sim.draft.own(sim.draft.own(sim.world, 'hosts'), hostId) as Mutable<Host>;
  const kernel = sim.draft.own(host, 'kernel') as Mutable<Kernel>;
  const { draft, world, software, trace } = sim;
  const machine: Machine = {
    draft,
    world,
    hostId,
    host,
    kernel,
    software,
    trace,
    peer: (id) => machineOf(sim, id),
    run: undefined,
    index: indexOf(kernel),
  };
  sim.machines.set(hostId, machine);
  return machine;
}

export interface AdvanceOptions {
  /** How far the clock may go, µs since 1970. */
  readonly until: Us;
  /** Processor time that may be used in all, µs. */
  readonly ops: number;
  /** Stop as soon as this run is over. */
  readonly run?: Id;
}

/**
 * Why `advance` came back: nothing can happen any more, the time was reached, the processor time is used up, the run is
 * over, or the run's client has to print before it can go on.
 */
export type Stopped = 'idle' | 'until' | 'ops' | 'exited' | 'output';

/**
 * Lets the world go on: whoever is ready runs, in order; when nobody is, the clock goes to the next alarm. With no
 * alarm before `until`, the clock ends there.
 */
export function advance(sim: Simulation, options: AdvanceOptions): Stopped {
  let ops = options.ops;
  let machines: readonly Machine[] = [];
  for (;;) {
    if (!areAll(sim, machines)) machines = Object.keys(sim.world.hosts).map((id) => machineOf(sim, id));
    if (options.run !== undefined && (sim.world.runs[options.run]?.exit !== undefined || !sim.world.runs[options.run]))
      return 'exited';
    if (ops <= 0) return 'ops';
    if (options.run !== undefined && machines[0] && !runWritable(machines[0], options.run)) return 'output';
    const due = firstDue(machines);
    const overdue = due !== undefined && due.at <= sim.world.now; // whoever computes does not keep sleepers asleep
    const timeUp = sim.world.now >= options.until && options.run === undefined;
    if (timeUp && machines.some((m) => m.index.ready.length > 0)) return 'until';
    const next = overdue ? undefined : firstReady(machines);
    if (next) {
      ops -= runStep(next.m, next.pid);
      continue;
    }
    if (!due || (!overdue && due.at > options.until)) {
      if (Number.isFinite(options.until) && options.until > sim.world.now) sim.world.now = options.until;
      return due ? 'until' : 'idle';
    }
    if (due.at > sim.world.now) sim.world.now = due.at;
    due.fire();
  }
}

/** Are these all hosts that there are? A guest may have come or gone. */
function areAll(sim: Simulation, machines: readonly Machine[]): boolean {
  const { hosts } = sim.world;
  let count = 0;
  for (const _ in hosts) count += 1;
  return count === machines.length && machines.every(({ hostId, host }) => hosts[hostId] === host);
}

/** When the next thing is due on any host; undefined when nothing is. */
export function nextDue(sim: Simulation): Us | undefined {
  return firstDue(Object.keys(sim.world.hosts).map((id) => machineOf(sim, id)))?.at;
}

/** Can anything run without the clock moving? */
export function busy(sim: Simulation): boolean {
  return Object.keys(sim.world.hosts).some((id) => machineOf(sim, id).index.ready.length > 0);
}

function firstReady(machines: readonly Machine[]): { m: Machine; pid: number } | undefined {
  let best: { m: Machine; pid: number; seq: number } | undefined;
  for (const m of machines) {
    for (const pid of m.index.ready) {
      const process = m.kernel.processes[pid];
      if (!process || !('ready' in process.status)) continue;
      if (m.kernel.cgroups[process.cgroup]?.frozen) continue;
      const { seq } = process.status;
      if (!best || seq < best.seq) best = { m, pid, seq };
      break;
    }
  }
  if (!best) {
    for (const m of machines) m.index.ready.length = 0;
    return undefined;
  }
  const { m, pid } = best;
  m.index.ready.splice(m.index.ready.indexOf(pid), 1);
  return best;
}

type Alarm = Timer | NonNullable<ReturnType<typeof nextAlarm>>;

function firstDue(machines: readonly Machine[]): { at: Us; fire: () => void } | undefined {
  let best: { m: Machine; alarm: Alarm } | undefined;
  for (const m of machines) {
    const alarm = nextAlarm(m);
    if (alarm && isBefore(alarm, best?.alarm)) best = { m, alarm };
    for (const timer of m.kernel.timers) if (isBefore(timer, best?.alarm)) best = { m, alarm: timer };
  }
  if (!best) return undefined;
  const { m, alarm } = best;
  return { at: alarm.at, fire: () => fire(m, alarm) };
}

function isBefore(one: Alarm, other: Alarm | undefined): boolean {
  return !other || one.at < other.at || (one.at === other.at && one.seq < other.seq);
}

function fire(m: Machine, alarm: Alarm): void {
  if ('pid' in alarm) {
    makeReady(m, alarm.pid, { on: 'time' });
    return;
  }
  m.kernel.timers = m.kernel.timers.filter((t) => t.seq !== alarm.seq);
  m.software.services.get(alarm.service)?.timer?.(m, alarm.key);
}

/** Runs one step of a ready process; returns the processor time used, µs. */
function runStep(m: Machine, pid: number): number {
  const process = m.kernel.processes[pid];
  if (!process || !('ready' in process.status)) return 0;
  const wake = process.status.ready;
  m.run = process.run;
  setStatus(m, pid, { wait: {}, seq: 0 });
  const program = m.software.programs.get(process.program) ?? notSimulated;
  const sys = new SystemCalls(m, pid, slice);
  let next: Next<Json> = { exit: 0 };
  try {
    next = wake.on === 'start' ? program.start(process, sys) : program.step(process.state, wake, sys);
  } catch (error) {
    if (!(error instanceof ProcessGone)) throw error;
  }
  const used = Math.max(leastStep, slice - sys.left);
  m.world.now += used;
  settle(m, pid, process, next, used);
  m.run = undefined;
  return used;
}

function settle(m: Machine, pid: number, before: Process, next: Next<Json>, used: number): void {
  charge(m, pid, before, used);
  const process = m.kernel.processes[pid];
  if (!process || 'zombie' in process.status || 'replaced' in next) return;
  if ('exit' in next) {
    endProcess(m, pid, { code: next.exit & 0xff });
    return;
  }
  const owned = ownProcess(m, pid);
  owned.state = next.state;
  chargeMemory(m, pid);
  if (!m.kernel.processes[pid] || 'zombie' in (m.kernel.processes[pid]?.status ?? {})) return;
  if ('ready' in process.status) return; // it sent itself a signal that it catches
  if ('stopped' in process.status) {
    const after = 'wait' in next ? { wait: next.wait, seq: 0 } : { ready: { on: 'yielded' } as const, seq: 0 };
    setStatus(m, pid, { ...process.status, stopped: after });
    return;
  }
  const [signal] = process.pending;
  if (signal) {
    owned.pending = process.pending.slice(1);
    makeReady(m, pid, { on: 'signal', signal });
  } else if ('wait' in next) sleep(m, pid, next.wait);
  else makeReady(m, pid, { on: 'yielded' });
}

function charge(m: Machine, pid: number, before: Process, used: number): void {
  if (m.kernel.processes[pid]) ownProcess(m, pid).cpu += used;
  if (m.kernel.cgroups[before.cgroup]) m.draft.own(m.draft.own(m.kernel, 'cgroups'), before.cgroup).cpuUsed += used;
  const run = before.run === undefined ? undefined : m.world.runs[before.run];
  if (!run || run.exit !== undefined) return;
  const owned = ownRun(m, run.id);
  if (!owned) return;
  const left = owned.budget;
  owned.budget = left - used;
  if (owned.budget > 0 || left <= 0) return;
  emit(m, 'kernel', 'budget', { ops: used });
  stopRun(m, run.id);
}

/** Ends everything that was started on behalf of a run, as SIGKILL would. */
export function stopRun(m: Machine, run: Id): void {
  for (const process of Object.values(m.kernel.processes)) {
    if (process.run === run && !('zombie' in process.status))
      endProcess(m, process.pid, { code: 137, signal: 'SIGKILL' });
  }
}
