import type { Frame, Machine } from './machine.ts';
import type { JValue } from './objects.ts';

/** Does what an instruction says. */
export type Act = (m: Machine, f: Frame, code: Uint8Array, at: number) => void;

export const u2 = (code: Uint8Array, at: number): number => ((code[at] ?? 0) << 8) | (code[at + 1] ?? 0);
export const s2 = (code: Uint8Array, at: number): number => (u2(code, at) << 16) >> 16;
export const s4 = (code: Uint8Array, at: number): number => (u2(code, at) << 16) | u2(code, at + 2);
export const pop = (f: Frame): JValue => f.stack.pop() ?? null;
export const num = (f: Frame): number => f.stack.pop() as number;
export const pop2 = (f: Frame): JValue => {
  f.stack.pop();
  return f.stack.pop() ?? null;
};
export const push2 = (f: Frame, v: JValue): void => void f.stack.push(v, null);
