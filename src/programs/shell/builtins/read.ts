import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { putItems } from '../run/arrays.ts';
import { finish } from '../run/command.ts';
import type { Shell } from '../run/shell.ts';
import { complain, print, ShellError } from '../run/shell.ts';
import { signalStatus } from '../run/traps.ts';
import { fieldSeparators, setVariable } from '../run/variables.ts';
import type { ReadProgress, ShellState } from '../state.ts';
import { isName } from '../syntax/characters.ts';
import { wording } from '../wording/words.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions } from './builtin.ts';

/** `read [-rs] [-p prompt] [-n count] [-t seconds] [-d delimiter] [-u fd] [name …]`. */
export const read: Builtin = (sh, args, how) => {
  const { flavour } = sh.s;
  const known = { ash: 'rsp:n:t:d:u:', dash: 'rp:', bash: 'ersa:d:i:n:N:p:t:u:' }[flavour];
  const { letters, values, operands } = takeOptions(args, known, sh);
  const bad = operands.find((name) => !isName(flavour === 'bash' ? name.replace(/\[.*\]$/s, '') : name));
  if (bad !== undefined) {
    if (flavour === 'ash') print(sh, 2, `${sh.s.applet}: read: '${bad}': bad variable name\n`);
    else complain(sh, wording(sh).badName(bad));
    return flavour === 'dash' ? 2 : 1;
  }
  const prompt = values.get('p');
  const fd = Number(values.get('u') ?? 0);
  if (flavour === 'bash' && values.has('u') && (!sh.sys.isOpen(fd) || sh.s.privateFds.includes(fd)))
    throw new ShellError(`${values.get('u') ?? ''}: invalid file descriptor: Bad file descriptor`, 1);
  if (prompt !== undefined && sh.sys.isatty(fd)) print(sh, 2, prompt);
  const seconds = values.get('t');
  if (seconds !== undefined && !/^\d*\.?\d*$/.test(seconds))
    throw new ShellError(
      flavour === 'bash' ? `${seconds}: invalid timeout specification` : 'invalid timeout',
      flavour === 'bash' ? 1 : 2,
    );
  const limit = values.get('n') ?? values.get('N');
  if (limit !== undefined && !/^\d+$/.test(limit))
    throw new ShellError(flavour === 'bash' ? `${limit}: invalid number` : 'invalid count', flavour === 'bash' ? 1 : 2);
  if (flavour === 'dash' && operands.length === 0) throw new ShellError('arg count');
  const array = values.get('a');
  if (array !== undefined && !isName(array)) {
    complain(sh, wording(sh).badName(array));
    return 1;
  }
  sh.s.pending = {
    p: 'read',
    tested: how.tested,
    read: {
      fd,
      names: operands,
      ...(array === undefined ? {} : { array }),
      ...(values.has('N') ? { exactly: true as const } : {}),
      raw: letters.has('r'),
      delimiter: values.has('d') ? (values.get('d') || '\0').charAt(0) : '\n',
      limit: limit === undefined ? null : Number(limit),
      until: seconds === undefined ? null : sh.sys.now + Math.round(Number(seconds) * 1e6),
      bytes: '',
      quoted: [],
      escaped: false,
      modes: setModes(sh, fd, letters.has('s'), limit !== undefined),
    },
  };
  return undefined;
};

/** Turns off echo (-s) and line input (-n) on a terminal; what is to be turned on again. */
function setModes(sh: Shell, fd: number, silent: boolean, single: boolean): ReadProgress['modes'] {
  if ((!silent && !single) || !sh.sys.isatty(fd)) return null;
  const now = sh.sys.termios(fd);
  if (isErrno(now)) return null;
  sh.sys.termios(fd, { ...(silent ? { echo: false } : {}), ...(single ? { icanon: false } : {}) });
  return { echo: now.echo, icanon: now.icanon };
}

const longestLine = 4_000_000;

/** Reads on: a byte at a time, because what follows the line belongs to whoever reads next. */
export function goOnReading(sh: Shell, progress: ReadProgress, tested: boolean): Next<ShellState> | undefined {
  const state = { ...progress, quoted: progress.quoted.slice() };
  const over = (status: number) => {
    if (state.modes) sh.sys.termios(state.fd, state.modes);
    sh.s.pending = null;
    finish(sh, status, tested);
    return undefined;
  };
  const [signal] = sh.s.signals;
  if (signal !== undefined) return over(signalStatus(signal));
  for (;;) {
    if (state.limit !== null && state.bytes.length >= state.limit) return over(store(sh, state) ?? 0);
    const got = sh.sys.read(state.fd, 1);
    if (got === 'again') {
      if (state.until !== null && sh.sys.now >= state.until) return over(store(sh, state) ?? 1);
      sh.s.pending = { p: 'read', tested, read: state };
      return { state: sh.s, wait: { readable: [state.fd], ...(state.until === null ? {} : { until: state.until }) } };
    }
    if (got === 'eof' || isErrno(got)) return over(store(sh, state) ?? 1);
    sh.sys.spend(1);
    const c = got.bytes;
    if (state.escaped) {
      state.escaped = false;
      if (c === '\n') continue;
      state.quoted.push(state.bytes.length);
    } else if (c === '\\' && !state.raw) {
      state.escaped = true;
      continue;
    } else if (c === state.delimiter && !state.exactly) return over(store(sh, state) ?? 0);
    if (c === '\0') continue;
    state.bytes += c;
    if (state.bytes.length > longestLine) throw new ShellError('out of memory');
  }
}

/** Gives the variables their parts of the line. The status of a failed assignment, if one fails. */
function store(sh: Shell, state: ReadProgress): number | undefined {
  try {
    const { names, bytes, array } = state;
    if (array !== undefined) {
      const parts = splitLine(bytes, new Set(state.quoted), fieldSeparators(sh), Number.POSITIVE_INFINITY);
      if (parts.at(-1) === '') parts.pop();
      putItems(
        sh,
        array,
        parts.map((part) => ({ value: decodeUtf8(part) })),
        false,
      );
    } else if (state.exactly) {
      setVariable(sh, names[0] ?? 'REPLY', decodeUtf8(bytes));
      for (const name of names.slice(1)) setVariable(sh, name, '');
    } else if (names.length === 0) setVariable(sh, 'REPLY', decodeUtf8(bytes));
    else {
      const parts = splitLine(bytes, new Set(state.quoted), fieldSeparators(sh), names.length);
      for (const [index, name] of names.entries()) setVariable(sh, name, decodeUtf8(parts[index] ?? ''));
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    const { commandName } = sh.s;
    sh.s.commandName = 'read';
    complain(sh, error.message);
    sh.s.commandName = commandName;
    return error.status;
  }
}

/** A line in at most `count` fields; the last gets all the rest, without separators at its end. */
function splitLine(line: string, quoted: ReadonlySet<number>, ifs: string, count: number): string[] {
  const blank = (i: number) =>
    i < line.length && !quoted.has(i) && ' \t\n'.includes(line.charAt(i)) && ifs.includes(line.charAt(i));
  const separator = (i: number) => i < line.length && !quoted.has(i) && ifs.includes(line.charAt(i));
  const fields: string[] = [];
  let i = 0;
  while (blank(i)) i++;
  while (fields.length < count - 1 && i < line.length) {
    const start = i;
    while (i < line.length && !separator(i)) i++;
    fields.push(line.slice(start, i));
    while (blank(i)) i++;
    if (separator(i) && !blank(i) && (i === start + (fields.at(-1)?.length ?? 0) || blank(i - 1))) i++;
    while (blank(i)) i++;
  }
  if (fields.length < count) {
    let end = line.length;
    while (end > i && blank(end - 1)) end--;
    // one separator at the end belongs to no field, if it is the only one
    let only = end - 1;
    if (only >= i && separator(only) && !blank(only)) {
      let at = i;
      while (at < only && !separator(at)) at++;
      if (at === only) {
        while (only > i && blank(only - 1)) only--;
        end = only;
      }
    }
    fields.push(line.slice(i, end));
  }
  return fields;
}
