import { arrayCodes, mnemonics, operandBytes } from '../opcodes.ts';
import { BeyondJava } from '../problem.ts';
import { type Act, num, pop, pop2, push2, s2, u2 } from './act.ts';
import { jumps } from './act-jumps.ts';
import { arithmetic, conversions } from './act-numbers.ts';
import { callAny, concatenate, type Linked, link, ofRecord } from './calls.ts';
import { Again, type Frame, type Machine, paramsOf, type Thread, zero } from './machine.ts';
import { nullMessage } from './null-message.ts';
import { type JValue, Obj, Raised } from './objects.ts';

const long = (n: bigint): bigint => BigInt.asIntN(64, n);

const table: { [name: string]: Act } = {};
const constants: readonly (readonly [string, JValue, boolean])[] = [
  ['aconst_null', null, false],
  ...[-1, 0, 1, 2, 3, 4, 5].map((n) => [`iconst_${n < 0 ? 'm1' : n}`, n, false] as const),
  ['lconst_0', 0n, true],
  ['lconst_1', 1n, true],
  ...[0, 1, 2].map((n) => [`fconst_${n}`, n, false] as const),
  ['dconst_0', 0, true],
  ['dconst_1', 1, true],
];

function build(): readonly (Act | undefined)[] {
  table.nop = () => undefined;
  for (const [name, v, wide] of constants)
    table[name] = wide ? (_m, f) => push2(f, v) : (_m, f) => void f.stack.push(v);
  table.bipush = (_m, f, c, at) => void f.stack.push(((c[at + 1] ?? 0) << 24) >> 24);
  table.sipush = (_m, f, c, at) => void f.stack.push(s2(c, at + 1));
  const ldc = (m: Machine, f: Frame, i: number, wide: boolean) => {
    const item = m.file(f.cls)?.pool[i];
    const v = item ? m.constant(item) : null;
    if (wide) push2(f, v);
    else f.stack.push(v);
  };
  table.ldc = (m, f, c, at) => ldc(m, f, c[at + 1] ?? 0, false);
  table.ldc_w = (m, f, c, at) => ldc(m, f, u2(c, at + 1), false);
  table.ldc2_w = (m, f, c, at) => ldc(m, f, u2(c, at + 1), true);
  for (const t of 'ilfda') {
    const wide = t === 'l' || t === 'd';
    const load = (f: Frame, i: number) =>
      wide ? push2(f, f.locals[i] ?? null) : void f.stack.push(f.locals[i] ?? null);
    const store = (f: Frame, i: number) => {
      f.locals[i] = wide ? pop2(f) : pop(f);
    };
    table[`${t}load`] = (_m, f, c, at) => load(f, c[at + 1] ?? 0);
    table[`${t}store`] = (_m, f, c, at) => store(f, c[at + 1] ?? 0);
    for (let i = 0; i < 4; i++) {
      table[`${t}load_${i}`] = (_m, f) => load(f, i);
      table[`${t}store_${i}`] = (_m, f) => store(f, i);
    }
  }
  const element = (m: Machine, f: Frame, at: number): readonly [Obj, number] => {
    const i = num(f);
    const o = pop(f);
    if (!(o instanceof Obj) || !o.a) throw nothing(m, f, at);
    if (i < 0 || i >= o.a.length)
      throw m.error('java/lang/ArrayIndexOutOfBoundsException', `Index ${i} out of bounds for length ${o.a.length}`);
    return [o, i];
  };
  for (const t of 'ilfdabcs') {
    const wide = t === 'l' || t === 'd';
    table[`${t}aload`] = (m, f, _c, at) => {
      const [o, i] = element(m, f, at);
      if (wide) push2(f, o.a?.[i] ?? null);
      else f.stack.push(o.a?.[i] ?? null);
    };
    table[`${t}astore`] = (m, f, _c, at) => {
      const v = wide ? pop2(f) : pop(f);
      const [o, i] = element(m, f, at);
      if (!o.a) return;
      if (t === 'a' && v instanceof Obj && o.c !== '[Ljava/lang/Object;') {
        const of = o.c.slice(1).replace(/^L(.*);$/, '$1');
        if (!m.instance(v, of)) throw m.error('java/lang/ArrayStoreException', v.c.replaceAll('/', '.'));
      }
      o.a[i] =
        t === 'b' && typeof v === 'number'
          ? o.c === '[Z'
            ? v & 1
            : (v << 24) >> 24
          : t === 'c' && typeof v === 'number'
            ? v & 0xffff
            : t === 's' && typeof v === 'number'
              ? (v << 16) >> 16
              : v;
    };
  }
  table.pop = (_m, f) => void f.stack.pop();
  table.pop2 = (_m, f) => void pop2(f);
  const under =
    (count: number, below: number): Act =>
    (_m, f) => {
      const top = f.stack.slice(-count);
      f.stack.splice(f.stack.length - count - below, 0, ...top);
    };
  table.dup = under(1, 0);
  table.dup_x1 = under(1, 1);
  table.dup_x2 = under(1, 2);
  table.dup2 = under(2, 0);
  table.dup2_x1 = under(2, 1);
  table.dup2_x2 = under(2, 2);
  table.swap = (_m, f) => {
    const [a, b] = [pop(f), pop(f)];
    f.stack.push(a, b);
  };
  arithmetic(table);
  conversions(table);
  jumps(table);
  const byZero = (m: Machine) => m.error('java/lang/ArithmeticException', '/ by zero');
  table.idiv = (m, f) => {
    const [b, a] = [num(f), num(f)];
    if (b === 0) throw byZero(m);
    f.stack.push((a / b) | 0);
  };
  table.irem = (m, f) => {
    const [b, a] = [num(f), num(f)];
    if (b === 0) throw byZero(m);
    f.stack.push((a % b) | 0);
  };
  for (const [name, op] of [
    ['ldiv', (a: bigint, b: bigint) => long(a / b)],
    ['lrem', (a: bigint, b: bigint) => a % b],
  ] as const)
    table[name] = (m, f) => {
      const [b, a] = [pop2(f) as bigint, pop2(f) as bigint];
      if (b === 0n) throw byZero(m);
      push2(f, op(a, b));
    };
  table.iinc = (_m, f, c, at) => {
    const i = c[at + 1] ?? 0;
    f.locals[i] = ((f.locals[i] as number) + (((c[at + 2] ?? 0) << 24) >> 24)) | 0;
  };
  table.wide = (_m, f, c, at) => {
    const name = mnemonics[c[at + 1] ?? 0] ?? '';
    const i = u2(c, at + 2);
    if (name === 'iinc') f.locals[i] = ((f.locals[i] as number) + s2(c, at + 4)) | 0;
    else throw new BeyondJava(`wide ${name}`);
    f.pc = at + 6;
  };
  fields();
  table.new = (m, f, c, at) => {
    const name = textAt(m, f, c, at);
    if (m.initialize(name)) f.pc = at;
    else f.stack.push(m.make(name));
  };
  const sized = (m: Machine, n: number) => {
    if (n < 0) throw m.error('java/lang/NegativeArraySizeException', String(n));
    if (n * 4 > m.options.heap || n > 20_000_000) throw m.error('java/lang/OutOfMemoryError', 'Java heap space');
    return n;
  };
  const letters: { readonly [name: string]: string } = {
    boolean: 'Z',
    char: 'C',
    float: 'F',
    double: 'D',
    byte: 'B',
    short: 'S',
    int: 'I',
    long: 'J',
  };
  table.newarray = (m, f, c, at) => {
    const letter = letters[arrayCodes[c[at + 1] ?? 0] ?? 'int'] ?? 'I';
    f.stack.push(m.array(`[${letter}`, new Array<JValue>(sized(m, num(f))).fill(zero(letter))));
  };
  table.anewarray = (m, f, c, at) => {
    const name = textAt(m, f, c, at);
    f.stack.push(
      m.array(name.startsWith('[') ? `[${name}` : `[L${name};`, new Array<JValue>(sized(m, num(f))).fill(null)),
    );
  };
  table.multianewarray = (m, f, c, at) => {
    const name = textAt(m, f, c, at);
    const sizes = Array.from({ length: c[at + 3] ?? 1 }, () => sized(m, num(f))).toReversed();
    const make = (type: string, depth: number): Obj => {
      const inner = type.slice(1);
      const more = depth + 1 < sizes.length;
      return m.array(
        type,
        Array.from({ length: sizes[depth] ?? 0 }, () => (more ? make(inner, depth + 1) : zero(inner))),
      );
    };
    f.stack.push(make(name, 0));
  };
  table.arraylength = (m, f, _c, at) => {
    const o = pop(f);
    if (!(o instanceof Obj) || !o.a) throw nothing(m, f, at);
    f.stack.push(o.a.length);
  };
  table.athrow = (m, f, _c, at) => {
    const o = pop(f);
    if (!(o instanceof Obj)) throw nothing(m, f, at);
    throw new Raised(o);
  };
  table.checkcast = (m, f, c, at) => {
    const o = f.stack.at(-1);
    const name = textAt(m, f, c, at);
    if (!(o instanceof Obj) || m.instance(o, name)) return;
    const told = (n: string) => n.replaceAll('/', '.');
    const place = (n: string) =>
      m.file(n)
        ? `${told(n)} is in unnamed module of loader 'app'`
        : `${told(n)} is in module java.base of loader 'bootstrap'`;
    const [from, to] = [o.c, name];
    const both = (m.file(from) === undefined) === (m.file(to) === undefined);
    const where = both
      ? `${told(from)} and ${told(to)} are in ${m.file(from) ? "unnamed module of loader 'app'" : "module java.base of loader 'bootstrap'"}`
      : `${place(from)}; ${place(to)}`;
    throw m.error('java/lang/ClassCastException', `class ${told(from)} cannot be cast to class ${told(to)} (${where})`);
  };
  table.instanceof = (m, f, c, at) => {
    const o = pop(f);
    f.stack.push(m.instance(o, textAt(m, f, c, at)) ? 1 : 0);
  };
  table.monitorenter = (_m, f) => void pop(f);
  table.monitorexit = (_m, f) => void pop(f);
  for (const how of ['virtual', 'special', 'static', 'interface'] as const)
    table[`invoke${how}`] = (m, f, c, at) => invoke(m, f, c, at, how);
  table.invokedynamic = (m, f, c, at) => {
    const linked = link(m, f.cls, u2(c, at + 1));
    const args = popArgs(f, linked.type);
    if (linked.record) f.stack.push(ofRecord(m, linked.record, args));
    else f.stack.push(linked.recipe === undefined ? lambda(linked, args) : concatenate(m, linked, args));
  };
  for (const t of ['i', 'l', 'f', 'd', 'a', ''] as const)
    table[`${t}return`] = (m, f) => {
      const v = t === '' ? undefined : t === 'l' || t === 'd' ? pop2(f) : pop(f);
      const thread = m.current;
      if (!thread) return;
      thread.frames.pop();
      if (f.method.name === '<clinit>') m.ready.set(f.cls, 'done');
      if (f.native) {
        const holder = m.results.at(-1);
        if (holder) holder.value = v ?? null;
        return;
      }
      const caller = thread.frames.at(-1);
      if (!caller || v === undefined) return;
      if (t === 'l' || t === 'd') push2(caller, v);
      else caller.stack.push(v);
    };
  return mnemonics.map((name) => table[name]);
}

function lambda(linked: Linked, given: JValue[]): Obj {
  const o = new Obj('$lambda');
  o.x = { ...linked.lambda, given };
  return o;
}

function textAt(m: Machine, f: Frame, c: Uint8Array, at: number): string {
  const item = m.file(f.cls)?.pool[u2(c, at + 1)];
  return item && 'text' in item ? item.text : '';
}
/** Something was to be done with null. */
function nothing(m: Machine, f: Frame, at: number): Raised {
  return m.error('java/lang/NullPointerException', nullMessage(m, f, at));
}

/** Takes a call's arguments off the stack. */
function popArgs(f: Frame, type: string): JValue[] {
  const params = paramsOf(type);
  const args: JValue[] = [];
  for (let i = params.length - 1; i >= 0; i--) args.push(params[i] === 'J' || params[i] === 'D' ? pop2(f) : pop(f));
  return args.reverse();
}

function invoke(
  m: Machine,
  f: Frame,
  c: Uint8Array,
  at: number,
  how: 'virtual' | 'special' | 'static' | 'interface',
): void {
  const item = m.file(f.cls)?.pool[u2(c, at + 1)];
  if (!item || !('owner' in item)) throw new BeyondJava('this call');
  if (how === 'static' && m.initialize(item.owner)) {
    f.pc = at;
    return;
  }
  const before = [...f.stack.slice(-(paramsOf(item.type).length * 2 + 1))];
  const depth = f.stack.length;
  const args = popArgs(f, item.type);
  if (how !== 'static') {
    const self = pop(f);
    if (!(self instanceof Obj)) throw nothing(m, f, at);
    args.unshift(self);
  }
  try {
    callAny(m, f, item, args, how);
  } catch (error) {
    if (!(error instanceof Again)) throw error;
    f.stack.length = depth - before.length;
    f.stack.push(...before);
    f.pc = at;
    throw error;
  }
}

function fields(): void {
  const item = (m: Machine, f: Frame, c: Uint8Array, at: number) => {
    const got = m.file(f.cls)?.pool[u2(c, at + 1)];
    if (!got || !('owner' in got)) throw new BeyondJava('this field');
    return got;
  };
  const wide = (type: string) => type === 'J' || type === 'D';
  table.getstatic = (m, f, c, at) => {
    const { owner, name, type } = item(m, f, c, at);
    if (m.initialize(owner)) {
      f.pc = at;
      return;
    }
    const holder = m.holder(owner, name);
    const native = holder ? undefined : m.natives(`${owner}.${name} static`);
    const v = holder ? (holder[name] ?? null) : native ? (native(m, [], type) ?? null) : undefined;
    if (v === undefined) throw new BeyondJava(`${owner.replaceAll('/', '.')}.${name}`);
    if (wide(type)) push2(f, v);
    else f.stack.push(v);
  };
  table.putstatic = (m, f, c, at) => {
    const { owner, name, type } = item(m, f, c, at);
    if (m.initialize(owner)) {
      f.pc = at;
      return;
    }
    const holder = m.holder(owner, name);
    const v = wide(type) ? pop2(f) : pop(f);
    if (holder) holder[name] = v;
  };
  table.getfield = (m, f, c, at) => {
    const { name, type } = item(m, f, c, at);
    const o = pop(f);
    if (!(o instanceof Obj)) throw nothing(m, f, at);
    const v = o.f?.[name] ?? zero(type);
    if (wide(type)) push2(f, v);
    else f.stack.push(v);
  };
  table.putfield = (m, f, c, at) => {
    const { name, type } = item(m, f, c, at);
    const v = wide(type) ? pop2(f) : pop(f);
    const o = pop(f);
    if (!(o instanceof Obj)) throw nothing(m, f, at);
    o.f ??= {};
    o.f[name] = v;
  };
}

let acts: readonly (Act | undefined)[] | undefined;
const lengths = mnemonics.map((name, i) => (name === '' ? 1 : 1 + operandBytes(i)));
/** Runs a thread until it is back at `base` frames; false when the budget is used up first. */
export function interpret(m: Machine, thread: Thread, base: number, budget: () => boolean): boolean {
  acts ??= build();
  while (thread.frames.length > base) {
    if (!budget()) return false;
    const f = thread.frames[thread.frames.length - 1];
    const code = f?.method.code?.bytes;
    if (!f || !code) return true;
    const at = f.pc;
    const op = code[at] ?? 0;
    f.pc = at + (lengths[op] ?? 1);
    try {
      const act = acts[op];
      if (!act) throw new BeyondJava(`the instruction ${mnemonics[op]}`);
      act(m, f, code, at);
    } catch (error) {
      if (error instanceof BeyondJava) m.beyondAt ??= m.where(f);
      if (!(error instanceof Raised)) throw error;
      if (!handle(m, thread, base, error.o)) throw error;
    }
  }
  return true;
}

/** Goes to the handler of an exception; false when there is none above `base`. */
function handle(m: Machine, thread: Thread, base: number, o: Obj): boolean {
  while (thread.frames.length > base) {
    const f = thread.frames[thread.frames.length - 1];
    if (!f) return false;
    const at = f.pc - 1;
    const found = f.method.code?.catches.find(
      (c) => at >= c.from && at < c.to && (c.type === undefined || m.below(o.c, c.type)),
    );
    if (found) {
      f.stack.length = 0;
      f.stack.push(o);
      f.pc = found.handler;
      return true;
    }
    if (f.native) m.results.pop();
    thread.frames.pop();
  }
  return false;
}
