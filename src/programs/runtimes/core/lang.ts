import type { Op, Unit } from './code.ts';
import type { Frame, Running } from './state.ts';
import type { Value } from './values.ts';
import type { parked, Thrown, Vm } from './vm.ts';

export type Keywords = { readonly [name: string]: Value };
/** A built-in function. */
export type Native = (vm: Vm, args: readonly Value[], self: Value, keywords: Keywords) => Value | typeof parked;
export type Natives = { readonly [name: string]: Native | undefined };
/** Acts out one operation; `parked` when the task has to wait. */
export type Act = (vm: Vm, f: Frame, op: Op) => typeof parked | undefined;

/** What differs between the languages. */
export interface Lang {
  readonly natives: Natives;
  readonly ops: { readonly [op: string]: Act | undefined };
  compile(path: string, text: string): Unit;
  truthy(vm: Vm, v: Value): boolean;
  binary(vm: Vm, op: string, a: Value, b: Value): Value;
  unary(vm: Vm, op: string, a: Value): Value;
  /** The value of a name that no scope knows. Throws what the language throws. */
  global(vm: Vm, name: string): Value | undefined;
  unknownName(vm: Vm, name: string): never;
  tooDeep(vm: Vm): never;
  /** Calls within calls; 990 where it is not said. */
  readonly deepest?: number;
  /** What is printed when the program keeps more than there is room for, and the exit status. */
  outOfMemory?(vm: Vm): number | undefined;
  get(vm: Vm, o: Value, name: string): Value;
  set(vm: Vm, o: Value, name: string, v: Value): void;
  index(vm: Vm, o: Value, key: Value): Value;
  setIndex(vm: Vm, o: Value, key: Value, v: Value): void;
  iterate(vm: Vm, v: Value, how: string): Value;
  /** The next value of an iterator, or undefined at its end. */
  next(vm: Vm, iterator: Value, sent?: Value): Value | undefined;
  text(vm: Vm, v: Value): string;
  format(vm: Vm, v: Value, spec: string, conversion: string): string;
  /** Calls: a value at once, or a frame pushed on `vm.frames`. */
  call(vm: Vm, fn: Value, args: readonly Value[], keywords?: Keywords, self?: Value): Value | typeof parked;
  notAFunction(vm: Vm, fn: Value, described: string): never;
  throwing(vm: Vm, v: Value, from?: Value): Thrown;
  collect(vm: Vm, kind: string, v: Value): Value;
  put(vm: Vm, dict: Value, key: Value, v: Value): void;
  merge(vm: Vm, dict: Value, other: Value): void;
  unpack(vm: Vm, v: Value, count: number, star: number): readonly Value[];
  await(vm: Vm, v: Value): Value | typeof parked;
  importModule(vm: Vm, name: string, level: number): Value | typeof parked;
  /** A frame ends because something was thrown: true when it goes on all the same (deferred calls). */
  leaveFrame?(vm: Vm, f: Frame, thrown: Thrown): boolean;
  /** What is printed when nothing caught it, and the exit status. */
  uncaught(vm: Vm, thrown: Thrown): number;
  /** Before the program ends of itself. */
  atExit?(vm: Vm): boolean;
  begin(vm: Vm, running: Running): void;
  /** Nobody can go on and nothing will happen. */
  stuck?(vm: Vm): number;
}
