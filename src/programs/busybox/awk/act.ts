import type { Awk } from './state.ts';
import { text, variable } from './state.ts';
import { AwkError } from './tree.ts';
import type { Value } from './values.ts';
import { compareValues, toNumber } from './values.ts';

/** Calls inside calls, at most. */
const deepest = 20_000;

/** A binary operator. Throws AwkError for a division by zero. */
export function calculate(m: Awk, op: string, a: Value, b: Value, line: number): Value {
  switch (op) {
    case '+':
      return toNumber(a) + toNumber(b);
    case '-':
      return toNumber(a) - toNumber(b);
    case '*':
      return toNumber(a) * toNumber(b);
    case '/':
    case '%': {
      const divisor = toNumber(b);
      if (divisor === 0 && !m.mawk) throw new AwkError('Division by zero', line);
      return op === '/' ? toNumber(a) / divisor : toNumber(a) % divisor;
    }
    case '^':
      return toNumber(a) ** toNumber(b);
    case ' ':
      return text(m, a) + text(m, b);
    default: {
      const order = compareValues(a, b, variable(m, 'CONVFMT'));
      return compared(op, order) ? 1 : 0;
    }
  }
}

function compared(op: string, order: number): boolean {
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
}

/** Goes into a function; its arguments are on the stack. */
export function callFunction(m: Awk, index: number, count: number): void {
  const { v } = m;
  const fn = m.code.functions[index];
  if (fn === undefined) throw new AwkError('Call to undefined function');
  if (v.frames.length >= deepest) throw new AwkError('function call nesting too deep');
  const locals: Value[] = v.stack.splice(v.stack.length - count);
  while (locals.length < fn.params) locals.push(null);
  v.frames.push({ back: v.pc, locals, loops: v.loops.length, made: [] });
  v.pc = fn.entry;
}

/** Comes back from a function with the value on the stack; arrays of its own are forgotten. */
export function leaveFunction(m: Awk): void {
  const { v } = m;
  const frame = v.frames.pop();
  if (frame === undefined) return;
  for (const id of frame.made) m.arrays.delete(id);
  v.loops.length = frame.loops;
  v.pc = frame.back;
}
