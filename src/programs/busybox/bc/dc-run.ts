import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  folded,
  formatDecimal,
  multiply,
  parseDecimal,
  power,
  remainder,
  rescale,
  squareRoot,
  subtract,
} from './number.ts';

/** A value of dc: a string, or a number as plain data. */
type Value = string | readonly [digits: string, scale: number];

/** What dc remembers; plain data. */
export type DcState = {
  readonly stack: readonly Value[];
  readonly registers: { readonly [name: string]: readonly Value[] };
  readonly scale: number;
  readonly ibase: number;
  readonly obase: number;
};

class Complaint extends Error {}
class Quit extends Error {
  levels: number;

  constructor(levels: number) {
    super('quit');
    this.levels = levels;
  }
}

const most = 500_000;

/** Runs dc's commands; the state afterwards, or that it is to end. */
export function dcRun(io: Io, from: DcState, text: string): DcState | 'quit' {
  const calculator = new Calculator(io, from);
  try {
    calculator.run(text, 0);
  } catch (error) {
    if (error instanceof Quit) return 'quit';
    throw error;
  }
  io.sys.spend(calculator.steps);
  return calculator.state();
}

class Calculator {
  steps = 0;
  readonly #io: Io;
  readonly #stack: Value[];
  readonly #registers = new Map<string, Value[]>();
  #scale: number;
  #ibase: number;
  #obase: number;

  constructor(io: Io, from: DcState) {
    this.#io = io;
    this.#stack = [...from.stack];
    for (const [name, values] of Object.entries(from.registers)) this.#registers.set(name, [...values]);
    this.#scale = from.scale;
    this.#ibase = from.ibase;
    this.#obase = from.obase;
  }

  state(): DcState {
    const registers = Object.fromEntries(this.#registers);
    return { stack: this.#stack, registers, scale: this.#scale, ibase: this.#ibase, obase: this.#obase };
  }

  run(text: string, level: number): void {
    for (let at = 0; at < text.length; ) {
      if (++this.steps > most || level > 300) throw this.#end('a calculation this long is not simulated');
      const number = /^_?(?:[0-9A-F]+\.?[0-9A-F]*|\.[0-9A-F]+)/.exec(text.slice(at))?.[0];
      if (number !== undefined) {
        const value = parseDecimal(number.replace('_', ''), this.#ibase);
        if (value) this.#push(number.startsWith('_') ? { ...value, digits: -value.digits } : value);
        at += number.length;
        continue;
      }
      try {
        at = this.#command(text, at, level);
      } catch (error) {
        if (error instanceof Quit && error.levels > 0 && level > 0) {
          if (--error.levels > 0) throw error;
          return;
        }
        if (!(error instanceof Complaint)) throw error;
        complain(this.#io, error.message);
        at++;
      }
    }
  }

  #end(text: string): Quit {
    complain(this.#io, text);
    return new Quit(Number.POSITIVE_INFINITY);
  }

  #push(value: Decimal | string): void {
    this.#stack.push(typeof value === 'string' ? value : [String(value.digits), value.scale]);
  }

  #need(count: number): void {
    if (this.#stack.length >= count) return;
    throw new Complaint(this.#io.style.flavour === 'busybox' ? 'stack has too few elements' : 'stack empty');
  }

  #pop(): Value {
    this.#need(1);
    return this.#stack.pop() ?? '';
  }

  #number(): Decimal {
    const value = this.#pop();
    if (typeof value !== 'string') return { digits: BigInt(value[0]), scale: value[1] };
    this.#stack.push(value);
    throw new Complaint('non-numeric value');
  }

  #shown(value: Value): string {
    if (typeof value === 'string') return value;
    return folded(formatDecimal({ digits: BigInt(value[0]), scale: value[1] }, this.#obase));
  }

  #say(text: string): void {
    this.#io.out(encodeUtf8(text));
  }

  #whole(): number {
    return Number(rescale(this.#number(), 0).digits);
  }

  /** One command at a place; the place after it. */
  #command(text: string, at: number, level: number): number {
    const letter = text[at] ?? '';
    if (/\s/.test(letter)) return at + 1;
    if (letter === '#') return text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    if (letter === '[') return this.#string(text, at);
    if (/[-+*/%^~|]/.test(letter)) {
      this.#arithmetic(letter);
      return at + 1;
    }
    if (/[slSL]/.test(letter)) {
      this.#register(letter, text[at + 1] ?? '');
      return at + 2;
    }
    const comparison = /^!?[<>=]/.exec(text.slice(at))?.[0];
    if (comparison !== undefined) {
      const [first, second] = [this.#number(), this.#number()];
      const order = compare(first, second);
      const yes = comparison.endsWith('<') ? order < 0 : comparison.endsWith('>') ? order > 0 : order === 0;
      if (yes !== comparison.startsWith('!'))
        this.#execute(this.#registers.get(text[at + comparison.length] ?? '')?.at(-1) ?? '', level);
      return at + comparison.length + 1;
    }
    this.#plain(letter, level);
    return at + 1;
  }

  #string(text: string, at: number): number {
    let depth = 0;
    for (let end = at; end < text.length; end++) {
      if (text[end] === '[') depth++;
      else if (text[end] === ']' && --depth === 0) {
        this.#push(text.slice(at + 1, end));
        return end + 1;
      }
    }
    return text.length;
  }

  #arithmetic(letter: string): void {
    this.#need(letter === '|' ? 3 : 2);
    if (letter === '|') {
      const [modulus, exponent, base] = [this.#number(), this.#number(), this.#number()];
      let [result, factor, left] = [1n, base.digits, exponent.digits];
      for (; left > 0n; left >>= 1n) {
        if (left & 1n) result = (result * factor) % modulus.digits;
        factor = (factor * factor) % modulus.digits;
      }
      this.#push({ digits: result, scale: 0 });
      return;
    }
    const second = this.#number();
    const first = this.#number();
    if (/[/%~]/.test(letter) && second.digits === 0n) {
      this.#push(first);
      this.#push(second);
      throw new Complaint('divide by zero');
    }
    const scale = this.#scale;
    if (letter === '~') this.#push(divide(first, second, scale));
    const results: { readonly [letter: string]: () => Decimal } = {
      '+': () => add(first, second),
      '-': () => subtract(first, second),
      '*': () => multiply(first, second, scale),
      '/': () => divide(first, second, scale),
      '%': () => remainder(first, second, scale),
      '~': () => remainder(first, second, scale),
      '^': () => power(first, rescale(second, 0).digits, scale),
    };
    const made = results[letter]?.();
    if (made) this.#push(made);
  }

  #register(letter: string, name: string): void {
    const values = this.#registers.get(name) ?? [];
    if (letter === 's') this.#registers.set(name, [...values.slice(0, -1), this.#pop()]);
    else if (letter === 'S') this.#registers.set(name, [...values, this.#pop()]);
    else {
      const top = values.at(-1);
      if (top === undefined && letter === 'L')
        throw new Complaint(`stack register '${name}' (0${name.charCodeAt(0).toString(8)}) is empty`);
      this.#stack.push(top ?? ['0', 0]);
      if (letter === 'L') this.#registers.set(name, values.slice(0, -1));
    }
  }

  #execute(value: Value, level: number): void {
    if (typeof value === 'string') this.run(value, level + 1);
    else this.#stack.push(value);
  }

  #plain(letter: string, level: number): void {
    const stack = this.#stack;
    switch (letter) {
      case 'p':
        this.#need(1);
        this.#say(`${this.#shown(stack.at(-1) ?? '')}\n`);
        return;
      case 'n':
        this.#say(`${this.#shown(this.#pop())}${this.#io.style.flavour === 'busybox' ? '\n' : ''}`);
        return;
      case 'P': {
        const value = this.#pop();
        this.#say(typeof value === 'string' ? value : String.fromCharCode(Number(BigInt(value[0]) % 256n)));
        return;
      }
      case 'f':
        for (const value of [...stack].reverse()) this.#say(`${this.#shown(value)}\n`);
        return;
      case 'c':
        stack.length = 0;
        return;
      case 'd':
        this.#need(1);
        stack.push(stack.at(-1) ?? '');
        return;
      case 'r': {
        this.#need(2);
        const [top, below] = [this.#pop(), this.#pop()];
        stack.push(top, below);
        return;
      }
      case 'v': {
        const value = this.#number();
        if (value.digits < 0n) throw new Complaint('square root of negative number');
        this.#push(squareRoot(value, this.#scale));
        return;
      }
      case 'k':
        this.#scale = this.#whole();
        return;
      case 'i':
        this.#ibase = this.#whole();
        return;
      case 'o':
        this.#obase = this.#whole();
        return;
      case 'K':
      case 'I':
      case 'O': {
        const value = { K: this.#scale, I: this.#ibase, O: this.#obase }[letter];
        this.#push({ digits: BigInt(value), scale: 0 });
        return;
      }
      case 'z':
        this.#push({ digits: BigInt(stack.length), scale: 0 });
        return;
      case 'Z':
      case 'X': {
        const value = this.#pop();
        const text = typeof value === 'string' ? value : value[0].replace('-', '');
        const size = letter === 'Z' ? text.length : typeof value === 'string' ? 0 : value[1];
        this.#push({ digits: BigInt(size), scale: 0 });
        return;
      }
      case 'x':
        this.#execute(this.#pop(), level);
        return;
      case 'q':
        throw new Quit(2);
      case 'Q':
        throw new Quit(this.#whole());
      case '?':
      case '!':
      case ':':
      case ';':
      case 'a':
        throw new Complaint(`the command ${letter} is not simulated`);
      default: {
        const octal = letter.charCodeAt(0).toString(8).padStart(4, '0');
        throw new Complaint(
          this.#io.style.flavour === 'busybox' ? `bad character '${letter}'` : `'${letter}' (${octal}) unimplemented`,
        );
      }
    }
  }
}
