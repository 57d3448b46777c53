import { isErrno } from '../../../kernel/errno.ts';
import type { FileCalls, Stat } from '../../../kernel/fs/calls.ts';
import { matches } from '../pattern.ts';

/** What test(1) asks the system. */
export interface TestSystem {
  readonly fs: FileCalls;
  readonly uid: number;
  readonly gid: number;
  isatty(fd: number): boolean;
}

/** The exit status (0 true, 1 false, 2 error), and the message for an error, without the program's name. */
export interface TestResult {
  readonly status: number;
  readonly error?: string;
}

class TestError extends Error {}

const unary = 'bcdefghknprstuwxzGLNOS';
const binary: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '=~',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);

function isUnary(word: string): boolean {
  return word.length === 2 && word.startsWith('-') && unary.includes(word.charAt(1));
}

/** `test`, `[` and `[[` (by `args[0]`) as busybox has them. */
export function test(args: readonly string[], sys: TestSystem): TestResult {
  const [name = 'test'] = args;
  let operands = args.slice(1);
  if (name === '[' || name === '[[') {
    const close = name === '[' ? ']' : ']]';
    if (operands.at(-1) !== close) return { status: 2, error: `missing ${close}` };
    operands = operands.slice(0, -1);
  }
  const [a, op, b] = operands;
  // the two commonest forms, quickly
  if (
    operands.length === 3 &&
    a !== undefined &&
    op !== undefined &&
    b !== undefined &&
    op.startsWith('-') &&
    binary.has(op)
  )
    return guarded(() => compare(op, a, b, sys, false));
  return guarded(() => new Evaluation(operands, sys, name === '[[').whole());
}

function guarded(decide: () => boolean): TestResult {
  try {
    return { status: decide() ? 0 : 1 };
  } catch (error) {
    if (error instanceof TestError) return { status: 2, error: error.message };
    throw error;
  }
}

const deepest = 1000;

class Evaluation {
  private at = 0;
  private depth = 0;
  private readonly args: readonly string[];
  private readonly sys: TestSystem;
  private readonly extended: boolean;

  constructor(args: readonly string[], sys: TestSystem, extended: boolean) {
    this.args = args;
    this.sys = sys;
    this.extended = extended;
  }

  whole(): boolean {
    const { args } = this;
    if (args.length === 0) return false;
    let negated = false;
    let rest = args;
    // POSIX decides by the number of arguments, as long as there are few
    while (rest.length > 1 && rest.length < 5 && rest[0] === '!' && !(rest.length === 3 && binary.has(rest[1] ?? ''))) {
      negated = !negated;
      rest = rest.slice(1);
    }
    const [a = '', b = '', c = ''] = rest;
    if (rest.length === 1) return (a !== '') !== negated;
    if (rest.length === 2 && isUnary(a)) return inspect(a, b, this.sys) !== negated;
    if (rest.length === 3 && binary.has(b)) return this.compare(b, a, c) !== negated;
    const inner = rest === args ? this : new Evaluation(rest, this.sys, this.extended);
    const result = inner.or();
    const left = inner.args[inner.at];
    if (left !== undefined) throw new TestError(`${left}: unknown operand`);
    return result !== negated;
  }

  private peek(): string | undefined {
    return this.args[this.at];
  }

  private or(): boolean {
    if (++this.depth > deepest) throw new TestError('out of memory');
    let result = this.and();
    while (this.peek() === '-o') {
      this.at++;
      const right = this.and();
      result = result || right;
    }
    this.depth--;
    return result;
  }

  private and(): boolean {
    let result = this.not();
    while (this.peek() === '-a') {
      this.at++;
      const right = this.not();
      result = result && right;
    }
    return result;
  }

  private not(): boolean {
    let negated = false;
    while (this.peek() === '!' && this.args[this.at + 1] !== undefined) {
      this.at++;
      negated = !negated;
    }
    return this.primary() !== negated;
  }

  private primary(): boolean {
    const word = this.peek();
    if (word === undefined) throw new TestError('argument expected');
    const next = this.args[this.at + 1];
    const after = this.args[this.at + 2];
    if (next !== undefined && binary.has(next)) {
      if (after === undefined) throw new TestError(`${next}: argument expected`);
      this.at += 3;
      return this.compare(next, word, after);
    }
    if (word === '(' && next !== undefined) {
      this.at++;
      const inner = this.or();
      if (this.peek() !== ')') throw new TestError('closing paren expected');
      this.at++;
      return inner;
    }
    if (isUnary(word) && next !== undefined) {
      this.at += 2;
      return inspect(word, next, this.sys);
    }
    this.at++;
    return word !== '';
  }

  private compare(op: string, a: string, b: string): boolean {
    return compare(op, a, b, this.sys, this.extended);
  }
}

function integer(text: string): number | bigint {
  if (/^\s*[-+]?\d{1,15}\s*$/.test(text)) return Number(text);
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(text === '' ? 'bad number' : `${text}: bad number`);
  return BigInt(text.trim());
}

/** Large numbers are bigints, and may meet small ones. */
function equal(x: number | bigint, y: number | bigint): boolean {
  return !(x < y) && !(x > y);
}

function compare(op: string, a: string, b: string, sys: TestSystem, extended: boolean): boolean {
  switch (op) {
    case '=':
      return a === b;
    case '==':
      return extended ? matches(b, a) : a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '=~':
      return matchesExpression(a, b);
    case '-nt':
      return age(sys, a) > age(sys, b);
    case '-ot':
      return age(sys, a) < age(sys, b);
    case '-ef':
      return sameFile(sys, a, b);
  }
  const x = integer(a);
  const y = integer(b);
  switch (op) {
    case '-eq':
      return equal(x, y);
    case '-ne':
      return !equal(x, y);
    case '-lt':
      return x < y;
    case '-le':
      return x <= y;
    case '-gt':
      return x > y;
    default:
      return x >= y;
  }
}

function matchesExpression(text: string, expression: string): boolean {
  try {
    return new RegExp(expression, 'u').test(text);
  } catch {
    throw new TestError(`${expression}: bad regex`);
  }
}

function stat(sys: TestSystem, path: string, follow = true): Stat | undefined {
  const found = sys.fs.stat(path, { follow });
  return isErrno(found) ? undefined : found;
}

function age(sys: TestSystem, path: string): number {
  return stat(sys, path)?.mtime ?? Number.NEGATIVE_INFINITY;
}

function sameFile(sys: TestSystem, a: string, b: string): boolean {
  const x = stat(sys, a);
  const y = stat(sys, b);
  return x !== undefined && y !== undefined && x.ino === y.ino && x.dev === y.dev;
}

/** The file and string tests with one operand. */
function inspect(op: string, operand: string, sys: TestSystem): boolean {
  switch (op) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-t':
      return sys.isatty(Number(integer(operand)));
    case '-r':
      return operand !== '' && sys.fs.access(operand, 4) === undefined;
    case '-w':
      return operand !== '' && sys.fs.access(operand, 2) === undefined;
    case '-x':
      return operand !== '' && sys.fs.access(operand, 1) === undefined;
    case '-L':
    case '-h':
      return stat(sys, operand, false)?.type === 'link';
  }
  const found = operand === '' ? undefined : stat(sys, operand);
  if (!found) return false;
  switch (op) {
    case '-f':
      return found.type === 'file';
    case '-d':
      return found.type === 'dir';
    case '-s':
      return found.size > 0;
    case '-b':
      return found.type === 'block';
    case '-c':
      return found.type === 'char';
    case '-p':
      return found.type === 'fifo';
    case '-S':
      return found.type === 'socket';
    case '-u':
      return (found.mode & 0o4000) !== 0;
    case '-g':
      return (found.mode & 0o2000) !== 0;
    case '-k':
      return (found.mode & 0o1000) !== 0;
    case '-O':
      return found.uid === sys.uid;
    case '-G':
      return found.gid === sys.gid;
    default:
      return true;
  }
}
