import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Wait } from '../../../kernel/program.ts';
import { calculate, callFunction, leaveFunction } from './act.ts';
import { callBuiltin, format, splitInto, substitute } from './builtins.ts';
import type { Op } from './code.ts';
import { close, system } from './commands.ts';
import { formatText } from './format.ts';
import { blocked, getline, nextRecord } from './input.ts';
import { getField, getGlobal, setField, setGlobal, setRecord } from './record.ts';
import { matchBytes } from './regex.ts';
import type { Awk } from './state.ts';
import { count, newArray, text, variable } from './state.ts';
import { put, release, sinkNamed } from './streams.ts';
import { AwkError } from './tree.ts';
import type { Value } from './values.ts';
import { toBoolean, toNumber, toText } from './values.ts';

/** Why the machine stopped. */
export type Stop = 'yield' | 'ended' | { readonly wait: Wait };

/** Runs until something must be waited for, the time is up, or the program has ended. Throws AwkError. */
export function runCode(m: Awk): Stop {
  const { ops } = m.code;
  const { v } = m;
  for (let turns = 1; ; turns++) {
    if ((turns & 1023) === 0 && !m.io.sys.spend(256)) return 'yield';
    const op = ops[v.pc++];
    if (op === undefined) return 'ended';
    const stop = step(m, op);
    if (stop !== undefined) {
      m.io.sys.spend((turns & 1023) >> 2);
      return stop;
    }
  }
}

function step(m: Awk, op: Op): Stop | undefined {
  const { v } = m;
  const { stack } = v;
  const pop = (): Value => stack.pop() ?? null;
  // by index: taking an array apart costs more than most instructions
  const name = op[0];
  const a = op[1];
  const b = op[2];
  const c = op[3];
  switch (name) {
    case 'push':
      stack.push(a ?? null);
      return;
    case 'nil':
      stack.push(null);
      return;
    case 'pop':
      stack.pop();
      return;
    case 'get':
      stack.push(a === 'g' ? getGlobal(m, Number(b)) : (v.frames.at(-1)?.locals[Number(b)] ?? null));
      return;
    case 'array':
      stack.push(arrayAt(m, a === 'l', Number(b)));
      return;
    case 'elem': {
      const key = text(m, pop());
      stack.push(element(m, pop(), key));
      return;
    }
    case 'field':
      stack.push(getField(m, Math.trunc(toNumber(pop()))));
      return;
    case 'load':
      stack.push(load(m, String(a), Number(b)));
      return;
    case 'set': {
      const value = copied(pop());
      assign(m, String(a), Number(b), value);
      stack.push(value);
      return;
    }
    case 'incr': {
      const before = toNumber(load(m, String(a), Number(b)));
      const after = before + (String(c).endsWith('-1') ? -1 : 1);
      assign(m, String(a), Number(b), after);
      stack.push(String(c).startsWith('post') ? before : after);
      return;
    }
    case 'bin': {
      const right = pop();
      stack.push(calculate(m, String(a), pop(), right, Number(b ?? 1)));
      return;
    }
    case 'unary': {
      const value = pop();
      stack.push(a === '!' ? (toBoolean(value) ? 0 : 1) : a === '-' ? -toNumber(value) : toNumber(value));
      return;
    }
    case 'bool':
      stack.push(toBoolean(pop()) ? 1 : 0);
      return;
    case 'match': {
      const pattern = text(m, pop());
      const found = matchBytes(pattern, text(m, pop())) !== undefined;
      stack.push(found === (a === 0) ? 1 : 0);
      return;
    }
    case 'subsep': {
      const keys = stack.splice(stack.length - Number(a)).map((key) => text(m, key));
      stack.push(keys.join(variable(m, 'SUBSEP')));
      return;
    }
    case 'jmp':
      v.pc = Number(a);
      return;
    case 'jz':
      if (!toBoolean(pop())) v.pc = Number(a);
      return;
    case 'jnz':
      if (toBoolean(pop())) v.pc = Number(a);
      return;
    case 'jrange':
      if (v.ranges[Number(b)]) v.pc = Number(a);
      return;
    case 'range':
      while (v.ranges.length <= Number(a)) v.ranges.push(false);
      v.ranges[Number(a)] = b === true;
      return;
    case 'in': {
      const key = text(m, pop());
      stack.push(entries(m, pop()).has(key) ? 1 : 0);
      return;
    }
    case 'delete': {
      const key = text(m, pop());
      entries(m, pop()).delete(key);
      return;
    }
    case 'clear':
      entries(m, pop()).clear();
      return;
    case 'size':
      stack.push(entries(m, pop()).size);
      return;
    case 'keys': {
      const keys = [...entries(m, pop()).keys()];
      v.loops.push({ keys, at: 0 });
      return;
    }
    case 'key': {
      const loop = v.loops.at(-1);
      const key = loop?.keys[loop.at++];
      if (key !== undefined) stack.push({ i: key });
      else {
        v.loops.pop();
        v.pc = Number(a);
      }
      return;
    }
    case 'forget':
      v.loops.pop();
      return;
    case 'call':
      callFunction(m, Number(a), Number(b));
      return;
    case 'return':
      leaveFunction(m);
      return;
    default:
      return slowStep(m, op);
  }
}

function slowStep(m: Awk, [name, a, b, c]: Op): Stop | undefined {
  const { v } = m;
  const { stack } = v;
  const pop = (): Value => stack.pop() ?? null;
  switch (name) {
    case 'print':
    case 'printf': {
      const to = b === '' ? '' : text(m, pop());
      const args = stack.splice(stack.length - Number(a));
      const made = name === 'printf' ? format(m, args) : printed(m, args);
      if (b === '') put(m, 1, made);
      else return redirected(m, String(b), to, made);
      return v.pending.length > 0 && v.pending[0] !== undefined && v.pending[0][1].length >= 4096 ? 'yield' : undefined;
    }
    case 'builtin': {
      const args = stack.splice(stack.length - Number(b));
      if (a === 'fflush') {
        release(m);
        stack.push(0);
        return 'yield';
      }
      stack.push(callBuiltin(m, String(a), args));
      return;
    }
    case 'split': {
      const separator = Number(a) > 2 ? text(m, pop()) : null;
      const array = pop();
      const id = typeof array === 'object' && array !== null && 'a' in array ? array.a : newArray(m);
      stack.push(splitInto(m, id, text(m, pop()), separator, b === true));
      return;
    }
    case 'sub': {
      // on the stack: where the target is, the pattern, the replacement (and the target itself when it is no variable)
      const value = b === '' ? pop() : undefined;
      const replacement = text(m, pop());
      const pattern = text(m, pop());
      const before = text(m, value === undefined ? load(m, String(b), Number(c)) : value);
      const done = substitute(m, pattern, replacement, before, a === 'gsub');
      if (b !== '') {
        if (done.count > 0) assign(m, String(b), Number(c), done.made);
        else drop(m, String(b));
      }
      stack.push(done.count);
      return;
    }
    case 'record': {
      const got = nextRecord(m);
      if (blocked(got)) {
        v.pc--;
        return { wait: { readable: [got.fd] } };
      }
      v.phase = got === 'eof' ? 'end' : 'main';
      if (got === 'eof') {
        v.pc = m.code.end;
        return;
      }
      count(m, 'NR');
      count(m, 'FNR');
      setRecord(m, { i: got.record });
      return;
    }
    case 'getline':
      return getline(m, String(a), String(b), Number(c), assign);
    case 'next':
    case 'nextfile':
      unwind(m);
      if (name === 'nextfile' && v.input !== null) {
        if (v.input.fd !== 0) m.io.sys.close(v.input.fd);
        v.input = null;
      }
      v.pc = m.code.loop;
      return;
    case 'exit': {
      if (a === 1) v.status = Math.trunc(toNumber(pop())) & 255;
      unwind(m);
      if (v.phase === 'end') return 'ended';
      v.phase = 'end';
      v.pc = m.code.end;
      return;
    }
    case 'system':
      return system(m);
    case 'close':
      return close(m);
    case 'halt':
      return 'ended';
    default:
      throw new AwkError(`no such instruction: ${name}`);
  }
}

function unwind(m: Awk): void {
  while (m.v.frames.length > 0) {
    m.v.stack.push(null);
    leaveFunction(m);
  }
  m.v.stack.length = 0;
  m.v.loops.length = 0;
}

/** mawk prints whole numbers as such only while they fit in 32 bits. */
function shownNumber(m: Awk, value: number): ByteString {
  const large = m.mawk && Math.abs(value) >= 2 ** 31 - 1;
  return large
    ? formatText(variable(m, 'OFMT'), [value], { number: toNumber, text: String })
    : toText(value, variable(m, 'OFMT'));
}

function printed(m: Awk, args: readonly Value[]): ByteString {
  if (args.length === 0) return text(m, getField(m, 0)) + variable(m, 'ORS');
  const shown = args.map((value) => (typeof value === 'number' ? shownNumber(m, value) : text(m, value)));
  return shown.join(variable(m, 'OFS')) + variable(m, 'ORS');
}

function redirected(m: Awk, how: string, name: ByteString, bytes: ByteString): Stop | undefined {
  const sink = sinkNamed(m, how, name);
  if (isErrno(sink)) {
    const file = decodeUtf8(name);
    throw new AwkError(
      m.mawk ? `cannot open "${file}" for output (${strerror(sink)})` : `can't open '${file}': ${strerror(sink)}`,
    );
  }
  put(m, sink.fd, bytes);
  return m.v.pending.length > 8 || (m.v.pending.at(-1)?.[1].length ?? 0) > 8192 ? 'yield' : undefined;
}

function arrayAt(m: Awk, local: boolean, slot: number): Value {
  const place = local ? m.v.frames.at(-1)?.locals : m.v.globals;
  const known = place?.[slot] ?? null;
  if (typeof known === 'object' && known !== null && 'a' in known) return known;
  const made = { a: newArray(m) };
  if (place) place[slot] = made;
  if (local) m.v.frames.at(-1)?.made.push(made.a);
  return made;
}

function entries(m: Awk, array: Value): Map<ByteString, Value> {
  const found = typeof array === 'object' && array !== null && 'a' in array ? m.arrays.get(array.a) : undefined;
  return found ?? new Map();
}

/** An element; asking for one makes it. */
function element(m: Awk, array: Value, key: ByteString): Value {
  const all = entries(m, array);
  const value = all.get(key);
  if (value === undefined) all.set(key, null);
  return value ?? null;
}

/** The value of a target whose address is on the stack, and stays there. */
function load(m: Awk, kind: string, slot: number): Value {
  const { stack } = m.v;
  if (kind === 'g') return getGlobal(m, slot);
  if (kind === 'l') return m.v.frames.at(-1)?.locals[slot] ?? null;
  if (kind === 'f') return getField(m, Math.trunc(toNumber(stack.at(-1) ?? null)));
  return element(m, stack.at(-2) ?? null, text(m, stack.at(-1) ?? null));
}

function drop(m: Awk, kind: string): void {
  if (kind === 'f' || kind === 'e') m.v.stack.pop();
  if (kind === 'e') m.v.stack.pop();
}

/** Assigns to a target and takes its address from the stack. */
function assign(m: Awk, kind: string, slot: number, value: Value): void {
  const { stack } = m.v;
  if (kind === 'g') setGlobal(m, slot, value);
  else if (kind === 'l') {
    const locals = m.v.frames.at(-1)?.locals;
    if (locals) locals[slot] = value;
  } else if (kind === 'f') setField(m, Math.trunc(toNumber(stack.pop() ?? null)), value);
  else if (kind === 'e') {
    const key = text(m, stack.pop() ?? null);
    entries(m, stack.pop() ?? null).set(key, value);
  }
}

/** An array is no value that can be kept. */
function copied(value: Value): Value {
  return typeof value === 'object' && value !== null && 'a' in value ? null : value;
}
