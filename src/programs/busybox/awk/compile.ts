import { arrayGlobals, arrayParameters } from './arrays.ts';
import type { Code, CodeFunction, Op } from './code.ts';
import { special } from './code.ts';
import type { Expr, FunctionTree, ProgramTree, Stmt, Target } from './tree.ts';
import { AwkError } from './tree.ts';

/** Makes the code of a program. Throws AwkError for calls of functions that are not there. */
export function compileAwk(program: ProgramTree): Code {
  return new Compiler(program).compile();
}

interface Loop {
  readonly breaks: number[];
  readonly continues: number[];
  /** A `for (k in a)`: leaving it early forgets its keys. */
  readonly keys: boolean;
}

class Compiler {
  private readonly ops: Op[] = [];
  private readonly lines: number[] = [];
  private line = 1;
  private readonly slots = new Map<string, number>(special.map((name, slot) => [name, slot]));
  private readonly functions: { name: string; params: number; entry: number }[] = [];
  private readonly arrays: ReadonlyMap<string, ReadonlySet<number>>;
  private readonly program: ProgramTree;
  private readonly globalArrays: ReadonlySet<string>;
  private fn: FunctionTree | undefined;
  private loops: Loop[] = [];

  constructor(program: ProgramTree) {
    this.program = program;
    this.arrays = arrayParameters(program);
    this.globalArrays = arrayGlobals(program, this.arrays);
    for (const { name, params } of program.functions) this.functions.push({ name, params: params.length, entry: 0 });
  }

  compile(): Code {
    const { rules, functions } = this.program;
    for (const { pattern, body } of rules) if (pattern.t === 'begin' && body) this.statement(body);
    const main = rules.filter(({ pattern }) => pattern.t !== 'begin' && pattern.t !== 'end');
    const ends = rules.filter(({ pattern }) => pattern.t === 'end');
    const reads = main.length + ends.length > 0;
    if (!reads) this.emit('halt');
    const loop = this.ops.length;
    this.emit('record');
    main.forEach(({ pattern, line, body }, number) => {
      this.line = line;
      const skips: number[] = [];
      if (pattern.t === 'when') {
        this.expression(pattern.e);
        skips.push(this.emit('jz', 0));
      } else if (pattern.t === 'range') this.range(pattern.from, pattern.to, number, skips);
      if (body) this.statement(body);
      else this.emit('print', 0, '');
      this.land(skips);
    });
    this.emit('jmp', loop);
    const end = this.ops.length;
    for (const { body } of ends) if (body) this.statement(body);
    this.emit('halt');
    functions.forEach((fn, index) => {
      const own = this.functions[index];
      if (own) own.entry = this.ops.length;
      this.fn = fn;
      this.statement(fn.body);
      this.emit('nil');
      this.emit('return');
    });
    const made: readonly CodeFunction[] = this.functions;
    return {
      ops: this.ops,
      lines: this.lines,
      globals: [...this.slots.keys()],
      slots: this.slots,
      functions: made,
      loop,
      end,
      reads,
    };
  }

  private emit(op: string, a?: number | string, b?: number | string | boolean, c?: number | string): number {
    const operands = [a, b, c].filter((operand) => operand !== undefined);
    this.lines.push(this.line);
    this.ops.push([op, ...operands] as unknown as Op);
    return this.ops.length - 1;
  }

  /** Lets jumps go to what comes next. */
  private land(jumps: readonly number[], to = this.ops.length): void {
    for (const at of jumps) {
      const op = this.ops[at];
      if (op) this.ops[at] = [op[0], to, ...op.slice(2)] as unknown as Op;
    }
  }

  private range(from: Expr, to: Expr, number: number, skips: number[]): void {
    const inside = this.emit('jrange', 0, number);
    this.expression(from);
    skips.push(this.emit('jz', 0));
    this.emit('range', number, true);
    this.land([inside]);
    this.expression(to);
    const goesOn = this.emit('jz', 0);
    this.emit('range', number, false);
    this.land([goesOn]);
  }

  private slot(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    const slot = this.slots.size;
    this.slots.set(name, slot);
    return slot;
  }

  /** Where a variable is: `l` a local one, `g` a global one. */
  private place(name: string): readonly [where: 'l' | 'g', slot: number] {
    const local = this.fn?.params.indexOf(name) ?? -1;
    return local >= 0 ? ['l', local] : ['g', this.slot(name)];
  }

  private array(name: string): void {
    const [where, slot] = this.place(name);
    this.emit('array', where, slot);
  }

  private keys(keys: readonly Expr[]): void {
    for (const key of keys) this.expression(key);
    if (keys.length > 1) this.emit('subsep', keys.length);
  }

  /** Puts what a target needs to be found on the stack: nothing, an index, or an array and a key. */
  private address(to: Target): void {
    if (to.t === 'field') this.expression(to.e);
    else if (to.t === 'elem') {
      this.array(to.name);
      this.keys(to.keys);
    }
  }

  /** How instructions name a kind of target. */
  private kind(to: Target): readonly [kind: string, slot: number] {
    if (to.t === 'field') return ['f', 0];
    if (to.t === 'elem') return ['e', 0];
    return this.place(to.name);
  }

  private statement(s: Stmt): void {
    this.line = s.line ?? this.line;
    switch (s.t) {
      case 'expr':
        this.expression(s.e);
        this.emit('pop');
        break;
      case 'print':
      case 'printf':
        for (const arg of s.args) this.expression(arg.t === 'group' ? arg.e : arg);
        if (s.redirect) this.expression(s.redirect.e);
        this.emit(s.t, s.args.length, s.redirect?.to ?? '');
        break;
      case 'block':
        for (const one of s.body) this.statement(one);
        break;
      case 'if': {
        this.expression(s.c);
        const otherwise = this.emit('jz', 0);
        this.statement(s.then);
        if (s.otherwise) {
          const end = this.emit('jmp', 0);
          this.land([otherwise]);
          this.statement(s.otherwise);
          this.land([end]);
        } else this.land([otherwise]);
        break;
      }
      case 'delete':
        this.array(s.name);
        if (s.keys) this.keys(s.keys);
        this.emit(s.keys ? 'delete' : 'clear');
        break;
      case 'next':
      case 'nextfile':
        this.emit(s.t);
        break;
      case 'exit':
        if (s.e) this.expression(s.e);
        this.emit('exit', s.e ? 1 : 0);
        break;
      case 'return':
        if (s.e) this.expression(s.e);
        else this.emit('nil');
        this.emit('return');
        break;
      case 'break':
      case 'continue': {
        const loop = this.loops.at(-1);
        if (s.t === 'break' && loop?.keys) this.emit('forget');
        (s.t === 'break' ? loop?.breaks : loop?.continues)?.push(this.emit('jmp', 0));
        break;
      }
      default:
        this.loop(s);
    }
  }

  private loop(s: Stmt & { readonly t: 'while' | 'do' | 'for' | 'forin' }): void {
    const loop: Loop = { breaks: [], continues: [], keys: s.t === 'forin' };
    this.loops.push(loop);
    if (s.t === 'forin') {
      this.array(s.name);
      this.emit('keys');
      const top = this.emit('key', 0);
      this.emit('set', ...this.kind(s.to));
      this.emit('pop');
      this.statement(s.body);
      this.land(loop.continues, top);
      this.emit('jmp', top);
      this.land([top]);
    } else if (s.t === 'do') {
      const top = this.ops.length;
      this.statement(s.body);
      this.land(loop.continues);
      this.expression(s.c);
      this.emit('jnz', top);
    } else {
      if (s.t === 'for' && s.init) this.statement(s.init);
      const top = this.ops.length;
      if (s.c) this.expression(s.c);
      const out = s.c ? [this.emit('jz', 0)] : [];
      this.statement(s.body);
      this.land(loop.continues);
      if (s.t === 'for' && s.step) this.statement(s.step);
      this.emit('jmp', top);
      this.land(out);
    }
    this.land(loop.breaks);
    this.loops.pop();
  }

  private expression(e: Expr): void {
    switch (e.t) {
      case 'num':
      case 'str':
        this.emit('push', e.v);
        break;
      case 'regex':
        this.emit('push', 0);
        this.emit('field');
        this.emit('push', e.v);
        this.emit('match', 0);
        break;
      case 'group':
        this.expression(e.e);
        break;
      case 'list':
        throw new AwkError('Unexpected token', 1, ')');
      case 'var':
        this.emit('get', ...this.place(e.name));
        break;
      case 'elem':
        this.address(e);
        this.emit('elem');
        break;
      case 'field':
        this.expression(e.e);
        this.emit('field');
        break;
      case 'assign':
        this.address(e.to);
        if (e.op !== '') {
          this.emit('load', ...this.kind(e.to));
          this.expression(e.e);
          this.emit('bin', e.op);
        } else this.expression(e.e);
        this.emit('set', ...this.kind(e.to));
        break;
      case 'incr':
        this.address(e.to);
        this.emit('incr', ...this.kind(e.to), `${e.post ? 'post' : 'pre'}${e.by}`);
        break;
      case 'cond': {
        this.expression(e.c);
        const otherwise = this.emit('jz', 0);
        this.expression(e.a);
        const end = this.emit('jmp', 0);
        this.land([otherwise]);
        this.expression(e.b);
        this.land([end]);
        break;
      }
      case 'and':
      case 'or': {
        this.expression(e.a);
        const short = this.emit(e.t === 'and' ? 'jz' : 'jnz', 0);
        this.expression(e.b);
        this.emit('bool');
        const end = this.emit('jmp', 0);
        this.land([short]);
        this.emit('push', e.t === 'and' ? 0 : 1);
        this.land([end]);
        break;
      }
      case 'unary':
        this.expression(e.e);
        this.emit('unary', e.op);
        break;
      case 'bin':
        this.expression(e.a);
        this.expression(e.b);
        this.emit('bin', e.op, e.line);
        break;
      case 'match':
        this.expression(e.a);
        this.pattern(e.b);
        this.emit('match', e.not ? 1 : 0);
        break;
      case 'in':
        this.array(e.name);
        this.keys(e.keys);
        this.emit('in');
        break;
      case 'getline':
        if (e.to) this.address(e.to);
        if (e.source) this.expression(e.source);
        this.emit('getline', e.from, ...(e.to ? this.kind(e.to) : ['', 0]));
        break;
      case 'call':
        this.call(e.name, e.args, e.line);
        break;
      case 'builtin':
        this.builtin(e.name, e.args);
        break;
    }
  }

  /** A regular expression as an argument: a literal stands for itself, not for a match. */
  private pattern(e: Expr): void {
    const inner = e.t === 'group' ? e.e : e;
    if (inner.t === 'regex') this.emit('push', inner.v);
    else this.expression(e);
  }

  private call(name: string, args: readonly Expr[], line: number): void {
    const index = this.functions.findIndex((fn) => fn.name === name);
    const fn = this.functions[index];
    if (fn === undefined) throw new AwkError('Call to undefined function', line, name);
    if (args.length > fn.params) throw new AwkError('Too many arguments', line, name);
    const arrays = this.arrays.get(name);
    args.forEach((arg, at) => {
      if (arg.t === 'var' && arrays?.has(at)) this.array(arg.name);
      else this.expression(arg);
    });
    this.emit('call', index, args.length);
  }

  private builtin(name: string, args: readonly Expr[]): void {
    const [first, second, third] = args;
    if (name === 'length' && first?.t === 'var' && this.isArray(first.name)) {
      this.array(first.name);
      this.emit('size');
    } else if (name === 'split' && first && second?.t === 'var') {
      this.expression(first);
      this.array(second.name);
      if (third) this.pattern(third);
      this.emit('split', args.length, third?.t === 'regex');
    } else if ((name === 'sub' || name === 'gsub') && first && second) {
      const to: Target | undefined =
        third === undefined
          ? { t: 'field', e: { t: 'num', v: 0 } }
          : third.t === 'var' || third.t === 'elem' || third.t === 'field'
            ? third
            : undefined;
      if (to) this.address(to);
      this.pattern(first);
      this.expression(second);
      if (third && !to) this.expression(third);
      this.emit('sub', name, ...(to ? this.kind(to) : ['', 0]));
    } else {
      args.forEach((arg, at) => {
        if (name === 'match' && at === 1) this.pattern(arg);
        else this.expression(arg);
      });
      this.emit(name === 'system' || name === 'close' ? name : 'builtin', name, args.length);
    }
  }

  /** Is this name used as an array? Known for parameters; for global names asked when it runs. */
  private isArray(name: string): boolean {
    const [where, slot] = this.place(name);
    if (where === 'l') return this.arrays.get(this.fn?.name ?? '')?.has(slot) ?? false;
    return this.globalArrays.has(name);
  }
}
