import type { Sys } from '../../../kernel/program.ts';
import type { Connection } from '../web/connections.ts';
import type { Code, Op, Unit } from './code.ts';
import type { Lang, Native } from './lang.ts';
import { ops } from './ops.ts';
import { reachable, weight } from './reachable.ts';
import type { Frame, Listener, Micro, Running, Task, TaskWait, Timer } from './state.ts';
import { type At, Beyond } from './tree.ts';
import { type Obj, ref, type Value } from './values.ts';

/** Something that the program itself threw and may catch. */
export class Thrown {
  readonly value: Value;
  /** Where it was thrown, once that is known. */
  at?: { readonly path: string; readonly line: number; readonly column: number };
  constructor(value: Value) {
    this.value = value;
  }
}
/** The program has ended itself. */
export class Ended {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

export type Outcome = 'done' | 'parked' | 'yield';
/** What frames that run may do: a task anything, the start of an async call wait, a callback neither wait nor pause. */
export type Mode = 'task' | 'start' | 'call';
/** What a native returns when its caller has to wait. */
export const parked = Symbol('parked');

/** Operations inside one built-in function and its callbacks, which cannot be interrupted. */
const longestCallback = 1_000_000;
/** Characters and values that a program may keep: what a world can be saved with. */
const mostKept = 24_000_000;
/** What a program may print in one go before its reader gets a turn. */
const mostPrinted = 1_000_000;

/** A program's state, changeable, and what it acts with. Made from a Running for one step, turned into one after it. */
export class Vm {
  readonly lang: Lang;
  readonly sys: Sys;
  readonly start: Running;
  readonly heap: { [id: number]: Obj };
  private readonly owned = new Set<number>();
  next: number;
  tasks: Task[];
  micro: Micro[];
  timers: Timer[];
  listeners: Listener[];
  connections: Connection[];
  sources: { [path: string]: string };
  modules: { [name: string]: number };
  globals: { [name: string]: Value };
  signals: { [name: string]: Value };
  out: (readonly [fd: number, bytes: string])[];
  buffer: string;
  input: string;
  inputEnded: boolean;
  /** The frames that run now, and those of runs that wait for these. */
  frames: Frame[] = [];
  readonly outer: Frame[][] = [];
  task: Task | undefined;
  result: Value = null;
  /** The file in which something was met that is not read. */
  place: string | undefined;
  private left = 0;
  private nested = 0;
  private tired = false;
  private readonly units: { [path: string]: Unit } = {};
  private allocated: number;
  private busy = 0;
  private printed = 0;
  /** What was kept when it was last weighed, and what may have come to it since. */
  private kept: number;
  private grown: number;

  constructor(lang: Lang, sys: Sys, from: Running) {
    this.lang = lang;
    this.sys = sys;
    this.start = from;
    this.heap = { ...from.heap };
    this.next = from.next;
    this.tasks = from.tasks.map((task) => ({ ...task, frames: task.frames.map(copyFrame) }));
    this.micro = [...from.micro];
    this.timers = [...from.timers];
    this.listeners = [...from.listeners];
    this.connections = [...from.connections];
    this.sources = { ...from.sources };
    this.modules = { ...from.modules };
    this.globals = { ...from.globals };
    this.signals = { ...from.signals };
    this.out = [...from.out];
    this.buffer = from.buffer;
    this.input = from.input;
    this.inputEnded = from.inputEnded;
    this.allocated = from.live;
    this.kept = from.kept ?? 0;
    this.grown = from.grown ?? 0;
  }

  /** The state as plain data. */
  freeze(): Running {
    if (this.grown > this.kept + 2_000_000 || Object.keys(this.heap).length > 2 * this.allocated + 2000) this.collect();
    const { next, tasks, micro, timers, listeners, connections, sources, modules, globals, out, buffer, input } = this;
    const { heap, inputEnded, signals, allocated } = this;
    const changed = {
      heap,
      next,
      tasks,
      micro,
      timers,
      listeners,
      connections,
      sources,
      modules,
      globals,
      out,
      buffer,
    };
    return {
      ...this.start,
      ...changed,
      input,
      inputEnded,
      signals,
      live: allocated,
      kept: this.kept,
      grown: this.grown,
    };
  }

  /** Makes something with an identity. */
  make(o: Obj): Value {
    const id = this.next++;
    this.grow(8 + 2 * (o.a?.length ?? 0));
    this.heap[id] = o;
    this.owned.add(id);
    return ref(id);
  }
  /** What a value refers to, to read; undefined for plain values. */
  obj(v: Value): Obj | undefined {
    return typeof v === 'object' && v !== null && v.t === 'ref' ? this.heap[v.r] : undefined;
  }
  at(id: number): Obj {
    const o = this.heap[id];
    if (!o) throw new Error(`no object ${id}`);
    return o;
  }
  /** What a value refers to, to change. */
  own(v: Value): Obj {
    if (typeof v !== 'object' || v === null || v.t !== 'ref') throw new Error('not an object');
    return this.ownAt(v.r);
  }
  ownAt(id: number): Obj {
    const o = this.at(id);
    if (this.owned.has(id)) return o;
    const copy: Obj = { ...o };
    if (o.a) copy.a = [...o.a];
    if (o.e) copy.e = { ...o.e };
    if (o.p) copy.p = { ...o.p };
    this.heap[id] = copy;
    this.owned.add(id);
    return copy;
  }

  unit(path: string): Unit {
    const known = this.units[path];
    if (known) return known;
    const unit = this.lang.compile(path, this.sources[path] ?? '');
    this.units[path] = unit;
    return unit;
  }
  /** Takes what was compiled elsewhere (a line at a prompt). */
  adopt(path: string, unit: Unit): void {
    this.units[path] = unit;
  }
  code(f: Frame): Code {
    const code = this.unit(f.m).codes[f.c];
    if (!code) throw new Error(`no code ${f.m} ${f.c}`);
    return code;
  }
  /** Where a frame is. */
  where(f: Frame): At {
    const { at } = this.code(f);
    return at[Math.max(0, f.pc - 1)] ?? [1, 0, 1, 0];
  }
  /** All frames that run, the outermost first. */
  stack(): readonly Frame[] {
    return [...this.outer.flat(), ...this.frames];
  }

  native(name: string): Native {
    const native = this.lang.natives[name];
    if (!native) throw new Beyond(name);
    return native;
  }

  /** Does a program keep more than may be kept? Known once the state was frozen. */
  get overfull(): boolean {
    return this.kept > mostKept;
  }
  /** Is the time for this turn up? */
  get exhausted(): boolean {
    return this.tired;
  }
  /** A new operation of a task begins: what built-in functions did before it is done. */
  rest(): void {
    this.busy = 0;
  }
  /** Charges so many operations that a built-in function does. Throws Beyond where it never comes to an end. */
  tick(ops = 1): void {
    this.busy += ops;
    this.left -= ops;
    if (this.left <= 0) this.charge();
    if (this.busy > longestCallback) throw new Beyond('a computation this long');
  }
  /** Takes note of what is kept from now on: characters or values. */
  grow(size: number): void {
    this.grown += size;
    if (this.grown <= this.kept + 2 * mostKept) return;
    if (this.nested > 0 || this.tired) throw new Beyond('this much memory');
    this.tired = true;
  }
  private charge(): void {
    const ops = 100 - this.left;
    this.left = 100;
    this.grown += ops;
    if (!this.sys.spend(ops)) this.tired = true;
  }

  /** Runs frames until the one at `base` has returned. */
  run(frames: Frame[], base: number, mode: Mode): Outcome {
    const inner = this.frames === frames;
    const before = this.frames;
    if (!inner) this.outer.push(before);
    this.frames = frames;
    if (mode !== 'task') this.nested++;
    try {
      return this.loop(frames, base, mode);
    } finally {
      if (mode !== 'task') this.nested--;
      this.frames = before;
      if (!inner) this.outer.pop();
    }
  }

  private loop(frames: Frame[], base: number, mode: Mode): Outcome {
    const { ops: own } = this.lang;
    for (;;) {
      const f = frames[frames.length - 1];
      if (!f || frames.length <= base) return 'done';
      if (mode === 'task' && this.nested === 0) this.busy = 0;
      this.tick();
      if (this.tired && mode === 'task' && this.nested === 0) return 'yield';
      const op = this.code(f).ops[f.pc++] as Op;
      const act = own[op[0]] ?? ops[op[0]];
      try {
        if (!act) throw new Beyond(op[0]);
        if (act(this, f, op) === parked) {
          if (mode === 'call') throw new Beyond('waiting inside this call', this.where(f));
          return 'parked';
        }
      } catch (error) {
        if (error instanceof Beyond) this.place ??= f.m;
        if (error instanceof Beyond && error.at === undefined) throw new Beyond(error.what, this.where(f));
        if (!(error instanceof Thrown)) throw error;
        if (!error.at) {
          const [line, column] = this.where(f);
          error.at = { path: f.m, line, column };
        }
        if (!this.unwind(frames, base, error)) throw error;
      }
    }
  }

  /** Goes to the handler of what was thrown; false when there is none above `base`. */
  private unwind(frames: Frame[], base: number, thrown: Thrown): boolean {
    while (frames.length > base) {
      const f = frames[frames.length - 1];
      if (!f) break;
      const handler = f.h.pop();
      if (handler) {
        f.st.length = handler.depth;
        f.st.push(thrown.value);
        f.env = handler.env;
        if (handler.exc !== undefined) f.exc.length = Math.min(f.exc.length, handler.exc);
        f.pc = handler.pc;
        return true;
      }
      if (this.lang.leaveFrame?.(this, f, thrown)) return true;
      frames.pop();
    }
    return false;
  }

  /** Throws into frames that wait; false when nothing there catches it. */
  raiseIn(frames: Frame[], thrown: Thrown): boolean {
    return this.unwind(frames, 0, thrown);
  }

  /** Calls a function from a built-in one and waits for its result. */
  call(fn: Value, args: readonly Value[], keywords?: { readonly [name: string]: Value }, self?: Value): Value {
    const frames = this.frames;
    const base = frames.length;
    if (base > 400 || this.outer.length > 60) this.lang.tooDeep(this);
    const value = this.lang.call(this, fn, args, keywords, self);
    if (value === parked) throw new Beyond('waiting inside a callback');
    if (frames.length === base) return value as Value;
    this.run(frames, base, 'call');
    frames[base - 1]?.st.pop(); // the caller is a built-in function, not the frame below
    return this.result;
  }

  /** Begins a task with these frames; it runs when its turn comes. */
  spawn(frames: Frame[], more: Partial<Task> = {}): Task {
    const task: Task = { id: this.next++, frames, ...more };
    this.tasks.push(task);
    return task;
  }
  /** Lets the present task wait. Natives return the answer. */
  park(wait: TaskWait): typeof parked {
    if (!this.task) throw new Beyond('waiting here');
    this.task.wait = wait;
    return parked;
  }
  wake(task: Task, value: Value, thrown = false): void {
    delete task.wait;
    task.resume = thrown ? { value, thrown } : { value };
  }

  write(fd: number, text: string): void {
    if (text === '') return;
    this.tick(text.length >> 3);
    this.printed += text.length;
    if (this.printed > mostPrinted) this.tired = true;
    this.out.push([fd, text]);
  }

  /** Forgets what cannot be reached any more, and weighs the rest. */
  private collect(): void {
    const live = reachable(this);
    for (const key of Object.keys(this.heap)) if (!live.has(Number(key))) delete this.heap[Number(key)];
    this.allocated = live.size;
    this.kept = weight(this.heap);
    this.grown = 0;
  }
}

function copyFrame(f: Frame): Frame {
  return { ...f, st: [...f.st], h: [...f.h], exc: [...f.exc], ...(f.defers ? { defers: [...f.defers] } : {}) };
}
