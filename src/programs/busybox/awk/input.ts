import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Wait } from '../../../kernel/program.ts';
import { slotOf } from './code.ts';
import { readEscapes } from './lexer.ts';
import { setGlobal, setRecord } from './record.ts';
import type { Awk } from './state.ts';
import { count, text } from './state.ts';
import { openSource, readRecord, release, sourceNamed } from './streams.ts';
import { AwkError } from './tree.ts';
import type { Value } from './values.ts';
import { toNumber } from './values.ts';

/** The input has nothing yet. */
interface Blocked {
  readonly fd: number;
}

export type NextRecord = { readonly record: ByteString } | 'eof' | Blocked;

/** Must it be waited for? */
export function blocked(got: NextRecord): got is Blocked {
  return got !== 'eof' && 'fd' in got;
}

/** The next record of the main input: the files that ARGV names one after the other, or standard input. */
export function nextRecord(m: Awk): NextRecord {
  const { v } = m;
  for (;;) {
    if (v.inputEnded) return 'eof';
    if (v.input === null && !openNext(m)) {
      v.inputEnded = true;
      return 'eof';
    }
    if (v.input === null) continue;
    const got = readRecord(m, v.input);
    if (got === 'again') {
      // a terminal shows what has been printed so far
      if (m.io.sys.isatty(1)) release(m);
      return { fd: v.input.fd };
    }
    if (typeof got === 'object' && 'record' in got) return got;
    if (isErrno(got) && !m.mawk) throw new AwkError(`${text(m, v.globals[slotOf.FILENAME] ?? null)}: ${strerror(got)}`);
    if (v.input.fd !== 0) m.io.sys.close(v.input.fd);
    v.input = null;
  }
}

/** Goes through ARGV to the next file, acting on `NAME=VALUE` on the way; false: there is none. */
function openNext(m: Awk): boolean {
  const { v } = m;
  for (;;) {
    const last = Math.trunc(toNumber(v.globals[slotOf.ARGC] ?? null));
    if (v.argument >= last) {
      if (v.usedInput) return false;
      return open(m, '-');
    }
    const name = argument(m, v.argument++);
    if (name === '') continue;
    const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(name);
    if (assignment) assignVariable(m, assignment[1] ?? '', assignment[2] ?? '');
    else return open(m, name);
  }
}

function argument(m: Awk, index: number): ByteString {
  const list = v(m, slotOf.ARGV);
  const array = typeof list === 'object' && list !== null && 'a' in list ? m.arrays.get(list.a) : undefined;
  return text(m, array?.get(String(index)) ?? null);
}

function v(m: Awk, slot: number): Value {
  return m.v.globals[slot] ?? null;
}

function open(m: Awk, name: ByteString): boolean {
  m.v.usedInput = true;
  const source = openSource(m, name);
  const shown = decodeUtf8(name);
  if (isErrno(source)) {
    throw new AwkError(m.mawk ? `cannot open ${shown} (${strerror(source)})` : `${shown}: ${strerror(source)}`);
  }
  m.v.input = source;
  m.v.globals[slotOf.FILENAME] = name;
  m.v.globals[slotOf.FNR] = 0;
  return true;
}

/** `-v NAME=VALUE` and such operands; a name that the program does not use is forgotten. */
export function assignVariable(m: Awk, name: string, value: ByteString): void {
  const slot = m.code.slots.get(name);
  if (slot !== undefined) setGlobal(m, slot, { i: readEscapes(value) });
}

/**
 * `getline` in its forms. On the stack: the target's address, the name of the file or the command. 1: a record came; 0: the
 * end; -1: it cannot be read.
 */
export function getline(
  m: Awk,
  from: string,
  kind: string,
  slot: number,
  assign: (m: Awk, kind: string, slot: number, value: Value) => void,
): { readonly wait: Wait } | undefined {
  const { stack } = m.v;
  let got: NextRecord | 'failed';
  if (from === 'main') got = nextRecord(m);
  else {
    const source = sourceNamed(m, from === 'file' ? 'file' : 'command', text(m, stack.at(-1) ?? null));
    const read = isErrno(source) ? source : readRecord(m, source);
    if (read === 'again' && !isErrno(source)) got = { fd: source.fd };
    else got = isErrno(read) || read === 'again' ? 'failed' : read;
  }
  if (got !== 'failed' && blocked(got)) {
    m.v.pc--;
    return { wait: { readable: [got.fd] } };
  }
  if (from !== 'main') stack.pop();
  if (got === 'failed' || got === 'eof') {
    if (kind === 'f' || kind === 'e') stack.pop();
    if (kind === 'e') stack.pop();
    stack.push(got === 'eof' ? 0 : -1);
    return undefined;
  }
  if (from === 'main') {
    count(m, 'NR');
    count(m, 'FNR');
  }
  if (kind === '') setRecord(m, { i: got.record });
  else assign(m, kind, slot, { i: got.record });
  stack.push(1);
  return undefined;
}
