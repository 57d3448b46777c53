import { opcode } from './opcodes.ts';
import type { Pool, PoolItem } from './pool.ts';
import { descriptor, erase, isPrim, type JavaType, type Variable } from './types.ts';

/** A type as the verifier sees it: a class or array type, a primitive one, or what `new` made and no constructor has seen. */
export type VType = JavaType | { readonly t: 'new'; readonly pc: number } | { readonly t: 'this-new' };

/** What is on the stack and which locals have values at some point. */
export interface State {
  readonly stack: readonly VType[];
  readonly locals: readonly (VType | undefined)[];
}
/** A jump whose target is not known yet. */
export interface Jump {
  readonly pc: number;
  readonly state: State;
}
/** Jumps to one place, the last one first. */
export type Chain = readonly Jump[];

export interface StackMap {
  readonly pc: number;
  readonly locals: readonly (VType | undefined)[];
  readonly stack: readonly VType[];
}

const wide = (t: VType): boolean => t.t === 'prim' && (t.name === 'long' || t.name === 'double');
export const width = (t: VType): number => (wide(t) ? 2 : t.t === 'prim' && t.name === 'void' ? 0 : 1);

/**
 * The instructions of one method, laid out as javac does: jumps are patched when their target comes, a jump to the next
 * instruction is taken back, a stack map is noted wherever a jump arrives.
 */
export class Code {
  readonly pool: Pool;
  readonly bytes: number[] = [];
  stack: VType[] = [];
  locals: (VType | undefined)[] = [];
  alive = true;
  private pending: Chain = [];
  private fixed = false;
  private mapPending = false;
  private line = 0;
  maxStack = 0;
  maxLocals = 0;
  nextLocal = 0;
  readonly lines: (readonly [pc: number, line: number])[] = [];
  readonly maps: StackMap[] = [];
  readonly catches: { from: number; to: number; handler: number; type: number }[] = [];
  private readonly slots = new Map<Variable, number>();

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** A local variable's place; its value is not there yet. */
  declare(sym: Variable): number {
    const slot = this.reserve(sym.type);
    this.slots.set(sym, slot);
    return slot;
  }
  reserve(type: JavaType): number {
    const slot = this.nextLocal;
    this.nextLocal += width(erase(type));
    this.maxLocals = Math.max(this.maxLocals, this.nextLocal);
    return slot;
  }
  /** The variables that have places. */
  declared(): Iterable<Variable> {
    return this.slots.keys();
  }
  slot(sym: Variable): number | undefined {
    return this.slots.get(sym);
  }
  /** A local has a value from here on. */
  define(slot: number, type: VType): void {
    this.locals[slot] = type;
  }
  /** Forgets the locals from `limit` on. */
  endScope(limit: number): void {
    this.nextLocal = limit;
    this.locals.length = Math.min(this.locals.length, limit);
    this.pending = this.pending.map(({ pc, state }) => ({
      pc,
      state: { ...state, locals: state.locals.slice(0, limit) },
    }));
  }
  state(): State {
    return { stack: [...this.stack], locals: [...this.locals] };
  }

  /** The next instruction begins a statement of this line. */
  at(line: number): void {
    this.line = line;
  }
  private markLine(): void {
    if (!this.alive) return;
    const { line, bytes } = this;
    this.line = 0;
    if (this.lines.at(-1)?.[0] === bytes.length) this.lines.pop();
    if (this.lines.at(-1)?.[1] !== line) this.lines.push([bytes.length, line]);
  }

  /** An instruction with its operand bytes. */
  emit(name: string, ...operands: number[]): void {
    this.resolvePending();
    if (!this.alive) return;
    if (this.line > 0) this.markLine();
    if (this.mapPending) {
      this.mapPending = false;
      this.noteMap();
    }
    this.bytes.push(opcode(name), ...operands.map((n) => n & 0xff));
  }
  emit2(name: string, operand: number): void {
    this.emit(name, operand >> 8, operand);
  }
  push(type: VType): void {
    if (!this.alive) return;
    const t = type.t === 'new' || type.t === 'this-new' ? type : erase(type);
    if (t.t === 'prim' && t.name === 'void') return;
    this.stack.push(t);
    this.maxStack = Math.max(
      this.maxStack,
      this.stack.reduce((n, one) => n + width(one), 0),
    );
  }
  pop(count = 1): void {
    if (this.alive) this.stack.length = Math.max(0, this.stack.length - count);
  }
  top(): VType | undefined {
    return this.stack.at(-1);
  }
  /** The value on top counts as one of this type (JLS: the type of a conditional). */
  forceTop(type: JavaType): void {
    const t = erase(type);
    if (!this.alive || this.stack.length === 0 || isPrim(t)) return;
    this.stack[this.stack.length - 1] = t;
  }
  constant(item: PoolItem): number {
    return this.pool.put(item);
  }

  private noteMap(): void {
    if (this.maps.at(-1)?.pc === this.bytes.length) this.maps.pop();
    this.maps.push({ pc: this.bytes.length, locals: [...this.locals], stack: [...this.stack] });
  }

  /** A jump that leaves the straight path; its chain is resolved later. */
  branch(name: string, pops = 0): Chain {
    let before: Chain = [];
    if (name === 'goto') {
      before = this.pending;
      this.pending = [];
    }
    if (name === 'never' || !this.alive) return before;
    this.emit(name, 0, 0);
    this.pop(pops);
    const jump = { pc: this.bytes.length - 3, state: this.state() };
    this.fixed = false;
    if (name === 'goto') this.alive = false;
    return merge([jump], before);
  }
  /** Jumps arrive at the next instruction. */
  resolve(chain: Chain): void {
    this.pending = merge(chain, this.pending);
  }
  /** Jumps go back to a known place. */
  resolveTo(chain: Chain, target: number): void {
    this.arrive(chain, target);
  }
  private resolvePending(): void {
    const { pending } = this;
    if (pending.length === 0) return;
    this.pending = [];
    this.arrive(pending, this.bytes.length);
  }
  private arrive(chain: Chain, wanted: number): void {
    let target = wanted;
    let next: State | undefined;
    for (const [i, jump] of chain.entries()) {
      const { bytes } = this;
      if (target < bytes.length && bytes[target] === opcode('goto'))
        target += ((((bytes[target + 1] ?? 0) << 8) | (bytes[target + 2] ?? 0)) << 16) >> 16;
      if (bytes[jump.pc] === opcode('goto') && jump.pc + 3 === target && target === bytes.length && !this.fixed) {
        // a jump to what comes next is not needed
        bytes.length -= 3;
        target -= 3;
        while ((this.lines.at(-1)?.[0] ?? -1) > bytes.length) this.lines.pop();
        if (i === chain.length - 1 && !next) {
          this.alive = true;
          this.stack = [...jump.state.stack];
          this.locals = [...jump.state.locals];
          return;
        }
      } else {
        const offset = target - jump.pc;
        bytes[jump.pc + 1] = (offset >> 8) & 0xff;
        bytes[jump.pc + 2] = offset & 0xff;
      }
      this.fixed = true;
      if (target === bytes.length) {
        next = this.alive || next ? join(jump.state, next ?? this.state()) : jump.state;
        this.alive = true;
      }
    }
    if (!next) return;
    this.stack = [...next.stack];
    this.locals = [...next.locals].slice(0, this.nextLocal);
    this.mapPending = true;
  }
  /** The place of the next instruction; it may be jumped to or told of. */
  here(): number {
    this.resolvePending();
    if (this.line > 0) this.markLine();
    this.fixed = true;
    return this.bytes.length;
  }
  /** The place of the next instruction, to which jumps will go back. */
  entry(state?: State): number {
    if (state) {
      const pc = this.here();
      this.alive = true;
      this.stack = [...state.stack];
      this.locals = [...state.locals];
      this.mapPending = true;
      return pc;
    }
    const pc = this.here();
    this.alive = true;
    this.mapPending = true;
    return pc;
  }
  hasPending(): boolean {
    return this.pending.length > 0;
  }
  /** May anything be here? */
  get reached(): boolean {
    return this.alive || this.pending.length > 0;
  }
  patch(at: number, value: number): void {
    this.bytes[at] = (value >> 24) & 0xff;
    this.bytes[at + 1] = (value >> 16) & 0xff;
    this.bytes[at + 2] = (value >> 8) & 0xff;
    this.bytes[at + 3] = value & 0xff;
  }
}

/** Chains put together, the last jump first. */
export function merge(a: Chain, b: Chain): Chain {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...a, ...b].sort((x, y) => y.pc - x.pc);
}

function join(a: State, b: State): State {
  const locals = a.locals.map((type, i) => (type !== undefined && b.locals[i] !== undefined ? type : undefined));
  return { stack: a.stack.length > 0 ? a.stack : b.stack, locals };
}

/** Are two types one to the verifier? */
export function sameV(a: VType | undefined, b: VType | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.t === 'new' || b.t === 'new') return a.t === 'new' && b.t === 'new' && a.pc === b.pc;
  if (a.t === 'this-new' || b.t === 'this-new') return a.t === b.t;
  if (a.t === 'null' || b.t === 'null') return a.t === b.t;
  const plain = (t: JavaType) => (isPrim(t) && /^(?:boolean|byte|short|char)$/.test(t.name) ? 'I' : descriptor(t));
  return plain(a) === plain(b);
}
