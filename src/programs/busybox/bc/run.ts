import { libraryFunction } from './library.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  folded,
  formatDecimal,
  multiply,
  negate,
  one,
  parseDecimal,
  power,
  remainder,
  rescale,
  squareRoot,
  subtract,
  zero,
} from './number.ts';
import { codeSize } from './size.ts';
import type { Definition, Expression, Statement } from './syntax.ts';

/** What bc remembers between lines; plain data. */
export type Memory = {
  readonly numbers: { [name: string]: readonly [digits: string, scale: number] };
  readonly arrays: { [name: string]: { [index: string]: readonly [digits: string, scale: number] } };
  readonly functions: { [name: string]: Definition };
  readonly library: boolean;
  /** busybox's bc is another one. */
  readonly busybox: boolean;
};

/** A calculation that cannot go on: what GNU's bc says, where in the code of the line, and what busybox's says. */
export class Trouble extends Error {
  readonly at: number;
  readonly brief: string;

  constructor(text: string, at: number, brief: string) {
    super(text);
    this.at = at;
    this.brief = brief;
  }
}

/** `quit` and `halt`. */
export class Halt extends Error {}

class Jump extends Error {
  readonly to: 'break' | 'continue' | 'return';
  readonly value: Decimal;

  constructor(to: 'break' | 'continue' | 'return', value = zero) {
    super(to);
    this.to = to;
    this.value = value;
  }
}

const most = 2_000_000;
const deepest = 400;

/** Runs statements on a memory, which it changes. */
export class Calculator {
  steps = 0;
  /** Where in the code of the present line the running statement begins. */
  base = 0;
  depth = 0;
  readonly memory: Memory;
  readonly put: (text: string) => void;
  readonly warn: (text: string, at: number) => void;

  constructor(memory: Memory, put: (text: string) => void, warn: (text: string, at: number) => void) {
    this.memory = memory;
    this.put = put;
    this.warn = warn;
  }

  get(name: string): Decimal {
    const found = this.memory.numbers[name];
    if (found) return { digits: BigInt(found[0]), scale: found[1] };
    return name === 'ibase' || name === 'obase' ? { digits: 10n, scale: 0 } : zero;
  }

  set(name: string, value: Decimal): void {
    let kept = value;
    const [low, high] =
      name === 'ibase' ? [2, 16] : name === 'obase' ? [2, 999] : name === 'scale' ? [0, 2 ** 31 - 1] : [];
    if (low !== undefined && high !== undefined) {
      const whole = Number(rescale(value, 0).digits);
      if (whole < low)
        this.warn(name === 'scale' ? 'negative scale, set to 0' : `${name} too small, set to ${low}`, this.base);
      if (whole > high) this.warn(`${name} too large, set to ${high}`, this.base);
      kept = { digits: BigInt(Math.min(Math.max(whole, low), high)), scale: 0 };
    }
    this.memory.numbers[name] = [String(kept.digits), kept.scale];
  }

  scale(): number {
    return Number(this.get('scale').digits);
  }

  count(): void {
    if (++this.steps > most)
      throw new Trouble('a calculation this long is not simulated', 0, 'a calculation this long is not simulated');
  }

  shown(value: Decimal): string {
    return folded(formatDecimal(value, Number(this.get('obase').digits)));
  }

  run(statement: Statement): void {
    this.count();
    switch (statement.k) {
      case 'expression': {
        const value = this.value(statement.of);
        if (statement.of.k === 'assign') return;
        this.put(`${this.shown(value)}\n`);
        this.set('last', value);
        return;
      }
      case 'string':
        this.put(statement.text);
        return;
      case 'print':
        for (const item of statement.items) {
          if (item.k === 'text') this.put(unescaped(item.text));
          else {
            const value = this.value(item);
            this.put(this.shown(value));
            this.set('last', value);
          }
        }
        return;
      case 'block':
        for (const each of statement.body) this.run(each);
        return;
      case 'if':
        if (this.value(statement.test).digits !== 0n) this.run(statement.then);
        else if (statement.otherwise) this.run(statement.otherwise);
        return;
      case 'while':
        this.loop(statement.test, null, statement.body);
        return;
      case 'for':
        if (statement.first) this.value(statement.first);
        this.loop(statement.test, statement.next, statement.body);
        return;
      case 'break':
      case 'continue':
        throw new Jump(statement.k);
      case 'return':
        throw new Jump('return', statement.value ? this.value(statement.value) : zero);
      case 'limits':
        this.put(
          'BC_BASE_MAX     = 2147483647\nBC_DIM_MAX      = 16777215\nBC_SCALE_MAX    = 2147483647\nBC_STRING_MAX   = 2147483647\nMAX Exponent    = 2147483647\nNumber of vars  = 32767\n',
        );
        return;
      case 'warranty':
        throw new Trouble('', 0, 'warranty is not simulated');
      default:
        throw new Halt();
    }
  }

  loop(test: Expression | null, next: Expression | null, body: Statement): void {
    while (test === null || this.value(test).digits !== 0n) {
      this.count();
      try {
        this.run(body);
      } catch (error) {
        if (!(error instanceof Jump) || error.to === 'return') throw error;
        if (error.to === 'break') return;
      }
      if (next) this.value(next);
    }
  }

  value(of: Expression): Decimal {
    this.count();
    switch (of.k) {
      case 'number':
        return parseDecimal(of.text, Number(this.get('ibase').digits)) ?? zero;
      case 'name':
        return this.get(of.name);
      case 'element': {
        const found = this.memory.arrays[of.name]?.[String(rescale(this.value(of.index), 0).digits)];
        return found ? { digits: BigInt(found[0]), scale: found[1] } : zero;
      }
      case 'group':
        return this.value(of.of);
      case 'unary': {
        const value = this.value(of.of);
        return of.op === '-' ? negate(value) : value.digits === 0n ? one : zero;
      }
      case 'step': {
        const old = this.value(of.of);
        const next = add(old, { digits: BigInt(of.by), scale: 0 });
        this.assign(of.of, next);
        return of.before ? next : old;
      }
      case 'assign': {
        const right = this.value(of.value);
        const value = of.op === '' ? right : this.operate(of.op, this.value(of.to), right, of);
        this.assign(of.to, value);
        return value;
      }
      case 'binary':
        return this.operate(of.op, this.value(of.left), this.value(of.right), of);
      case 'call':
        return this.call(of.name, of.args, of);
    }
  }

  assign(to: Expression, value: Decimal): void {
    if (to.k === 'name') this.set(to.name, value);
    else if (to.k === 'element') {
      const array = this.memory.arrays[to.name] ?? {};
      array[String(rescale(this.value(to.index), 0).digits)] = [String(value.digits), value.scale];
      this.memory.arrays[to.name] = array;
    }
  }

  operate(op: string, a: Decimal, b: Decimal, of: Expression): Decimal {
    const scale = this.scale();
    const truth = (yes: boolean) => (yes ? one : zero);
    switch (op) {
      case '+':
        return add(a, b);
      case '-':
        return subtract(a, b);
      case '*':
        return multiply(a, b, scale);
      case '/':
      case '%':
        if (b.digits === 0n)
          throw new Trouble(
            op === '/' ? 'Divide by zero' : 'Modulo by zero',
            this.base + codeSize(of),
            'divide by zero',
          );
        return op === '/' ? divide(a, b, scale) : remainder(a, b, scale);
      case '^': {
        if (rescale(b, 0).digits * 10n ** BigInt(b.scale) !== b.digits) {
          if (this.memory.busybox) throw new Trouble('', 0, 'not an integer');
          this.warn('non-zero scale in exponent', this.base + codeSize(of));
        }
        const exponent = rescale(b, 0).digits;
        if (exponent < 0n && a.digits === 0n)
          throw new Trouble('divide by zero', this.base + codeSize(of), 'divide by zero');
        if (exponent > 200_000n || exponent < -200_000n)
          throw new Trouble('exponent too large in raise', this.base + codeSize(of), 'number too large');
        return power(a, exponent, scale);
      }
      case '&&':
        return truth(a.digits !== 0n && b.digits !== 0n);
      case '||':
        return truth(a.digits !== 0n || b.digits !== 0n);
      default: {
        const order = compare(a, b);
        const yes = {
          '==': order === 0,
          '!=': order !== 0,
          '<': order < 0,
          '<=': order <= 0,
          '>': order > 0,
          '>=': order >= 0,
        };
        return truth(yes[op as keyof typeof yes]);
      }
    }
  }

  call(name: string, args: readonly Expression[], of: Expression): Decimal {
    const own = this.memory.functions[name];
    const [first] = args;
    if (own === undefined && first !== undefined) {
      if (name === 'scale') return { digits: BigInt(this.value(first).scale), scale: 0 };
      if (name === 'length') {
        const { digits, scale } = this.value(first);
        const shown = String(digits < 0n ? -digits : digits).length;
        return { digits: BigInt(this.memory.busybox ? shown : Math.max(shown, scale)), scale: 0 };
      }
      if (name === 'sqrt') {
        const value = this.value(first);
        if (value.digits < 0n)
          throw new Trouble('Square root of a negative number', this.base + codeSize(of), 'negative number');
        return squareRoot(value, this.scale());
      }
      const known = this.memory.library
        ? libraryFunction(
            name,
            args.map((arg) => this.value(arg)),
            this.scale(),
          )
        : undefined;
      if (known) return known;
    }
    if (own === undefined)
      throw new Trouble(`Function ${name} not defined.`, this.base + codeSize(of), 'undefined function');
    if (own.params.length !== args.length)
      throw new Trouble('Parameter number mismatch', this.base + codeSize(of), 'mismatched parameters');
    return this.enter(own, args);
  }

  /** Runs a function with its parameters and own variables in the place of what had these names. */
  enter({ params, autos, body }: Definition, args: readonly Expression[]): Decimal {
    const given = args.map((arg) =>
      arg.k === 'name' && arg.name.endsWith('[]') ? (this.memory.arrays[arg.name.slice(0, -2)] ?? {}) : this.value(arg),
    );
    const { numbers, arrays } = this.memory;
    const before = [...params, ...autos].map(
      (name) => [name, name.endsWith('[]') ? arrays[name.slice(0, -2)] : numbers[name]] as const,
    );
    for (const name of autos) {
      if (name.endsWith('[]')) delete arrays[name.slice(0, -2)];
      else delete numbers[name];
    }
    params.forEach((name, at) => {
      const value = given[at];
      if (name.endsWith('[]')) arrays[name.slice(0, -2)] = { ...(value as Memory['arrays'][string]) };
      else if (value) this.set(name, value as Decimal);
    });
    if (++this.depth > deepest)
      throw new Trouble(
        'functions this deep in each other are not simulated',
        0,
        'functions this deep in each other are not simulated',
      );
    let result = zero;
    try {
      for (const statement of body) this.run(statement);
    } catch (error) {
      if (!(error instanceof Jump) || error.to !== 'return') throw error;
      result = error.value;
    } finally {
      this.depth--;
      for (const [name, old] of before) {
        const table: { [name: string]: unknown } = name.endsWith('[]') ? arrays : numbers;
        const key = name.endsWith('[]') ? name.slice(0, -2) : name;
        if (old === undefined) delete table[key];
        else table[key] = old;
      }
    }
    return result;
  }
}

const escapes: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  q: '"',
  r: '\r',
  t: '\t',
  '\\': '\\',
  e: '\\',
};

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (all, letter: string) => escapes[letter] ?? all);
}
