import { type Act, num, pop, s2, s4 } from './act.ts';
import { hot } from './compiler.ts';
import type { Frame, Machine } from './machine.ts';

/** The instructions that jump. */
export function jumps(table: { [name: string]: Act }): void {
  const go = (m: Machine, f: Frame, c: Uint8Array, at: number) => {
    const offset = s2(c, at + 1);
    f.pc = at + offset;
    if (offset < 0) {
      const key = `${f.cls}.${f.method.name}${f.method.type}`;
      m.loops[key] = (m.loops[key] ?? 0) + 1;
      if (m.options.tiers > 0 && (m.loops[key] ?? 0) % 1024 === 0) hot(m, key, f.cls, f.method, f.pc);
    }
  };
  table.goto = go;
  const tests: { readonly [name: string]: (n: number) => boolean } = {
    eq: (n) => n === 0,
    ne: (n) => n !== 0,
    lt: (n) => n < 0,
    ge: (n) => n >= 0,
    gt: (n) => n > 0,
    le: (n) => n <= 0,
  };
  for (const [name, test] of Object.entries(tests)) {
    table[`if${name}`] = (m, f, c, at) => {
      if (test(num(f))) go(m, f, c, at);
    };
    table[`if_icmp${name}`] = (m, f, c, at) => {
      const b = num(f);
      const a = num(f);
      if (test(a < b ? -1 : a > b ? 1 : 0)) go(m, f, c, at);
    };
  }
  table.if_acmpeq = (m, f, c, at) => {
    const b = pop(f);
    if (pop(f) === b) go(m, f, c, at);
  };
  table.if_acmpne = (m, f, c, at) => {
    const b = pop(f);
    if (pop(f) !== b) go(m, f, c, at);
  };
  table.ifnull = (m, f, c, at) => {
    if (pop(f) === null) go(m, f, c, at);
  };
  table.ifnonnull = (m, f, c, at) => {
    if (pop(f) !== null) go(m, f, c, at);
  };
  table.tableswitch = (_m, f, c, at) => {
    const base = (at + 4) & ~3;
    const [low, high] = [s4(c, base + 4), s4(c, base + 8)];
    const n = num(f);
    f.pc = at + (n < low || n > high ? s4(c, base) : s4(c, base + 12 + 4 * (n - low)));
  };
  table.lookupswitch = (_m, f, c, at) => {
    const base = (at + 4) & ~3;
    const n = num(f);
    f.pc = at + s4(c, base);
    for (let i = 0; i < s4(c, base + 4); i++) if (s4(c, base + 8 + 8 * i) === n) f.pc = at + s4(c, base + 12 + 8 * i);
  };
}
