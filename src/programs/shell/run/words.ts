import { isErrno } from '../../../kernel/errno.ts';
import type { Expansion, Op, Segment, WordOp } from '../compile/ops.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { ArithmeticError } from '../expand/arithmetic-syntax.ts';
import { joinSegments, patternOf, splitFields } from '../expand/fields.ts';
import { glob } from '../glob.ts';
import { hasWildcards, matches, replaceMatches, trimEnd, trimStart } from '../pattern.ts';
import type { Shell } from './shell.ts';
import { hasOption, ShellError } from './shell.ts';
import {
  fieldSeparators,
  parameterValue,
  putVariable,
  setVariable,
  starSeparator,
  variable,
  variableValue,
} from './variables.ts';

/** A word or a command line may become this many characters long. */
const longest = 4_000_000;

/** Operations on words that need no other process. Returns false when the operation is none of them. */
export function runWordOp(sh: Shell, op: Op): boolean {
  const { frame } = sh;
  switch (op.o) {
    case 'word':
      frame.args.push(op.s);
      break;
    case 'text':
      push(sh, [op.k, op.s]);
      break;
    case 'tilde':
      pushTilde(sh, op);
      break;
    case 'parameter':
      pushParameter(sh, op);
      break;
    case 'length':
      pushValue(sh, op, String(lengthOf(sh, op.name)));
      break;
    case 'choose':
      choose(sh, op);
      return true;
    case 'open':
      if (frame.words.length === 0) frame.words.push([]);
      frame.words.push([]);
      break;
    case 'assignDefault': {
      const value = joinSegments(closeText(sh));
      assignable(op.name);
      setVariable(sh, op.name, value);
      pushValue(sh, op, value);
      break;
    }
    case 'complain': {
      const message = joinSegments(closeText(sh));
      throw new ShellError(`${op.name}: ${message || (op.colon ? 'parameter not set or null' : 'parameter not set')}`);
    }
    case 'trim': {
      const pattern = patternOf(closeText(sh));
      const trim = op.m.startsWith('#') ? trimStart : trimEnd;
      mapValue(sh, op, (value) => trim(pattern, value, op.m.length === 2));
      break;
    }
    case 'replace': {
      const by = joinSegments(closeText(sh));
      const pattern = patternOf(closeText(sh));
      mapValue(sh, op, (value) => replaceMatches(pattern, value, by, op.all));
      break;
    }
    case 'slice': {
      const count = op.counted ? Number(evaluate(sh, joinSegments(closeText(sh)))) : undefined;
      const from = Number(evaluate(sh, joinSegments(closeText(sh))));
      mapValue(sh, op, (value) => slice(value, from, count));
      break;
    }
    case 'arithmetic':
      push(sh, [op.q ? 1 : 2, String(evaluate(sh, joinSegments(closeText(sh))))]);
      break;
    case 'constantArithmetic':
      push(sh, [op.q ? 1 : 2, String(evaluate(sh, op.s))]);
      break;
    case 'argument':
      endArgument(sh, op.assigns);
      break;
    case 'assign':
      assign(sh, op.name, joinSegments(closeWord(sh)), op.local);
      break;
    case 'redirect':
      frame.redirects.push({ kind: op.kind, fd: op.fd, target: joinSegments(closeWord(sh)) });
      break;
    case 'subject':
      frame.subject = joinSegments(closeWord(sh));
      break;
    case 'match':
      if (matches(patternOf(closeWord(sh)), frame.subject)) {
        frame.pc = op.to;
        return true;
      }
      break;
    default:
      return false;
  }
  frame.pc++;
  return true;
}

/** Adds a segment to the word at hand. */
export function push(sh: Shell, segment: Segment): void {
  const { words } = sh.frame;
  const top = words.at(-1);
  if (top) top.push(segment);
  else words.push([segment]);
  if (segment[1].length > longest) throw new ShellError('out of memory');
}

/** The operand that has been read; the word around it goes on. */
function closeText(sh: Shell): Segment[] {
  return sh.frame.words.pop() ?? [];
}

/** The word that has been read. */
function closeWord(sh: Shell): Segment[] {
  return sh.frame.words.pop() ?? [];
}

/** Puts a value into the word: quoted, or to be split. */
export function pushValue(sh: Shell, how: { readonly q: boolean }, value: string): void {
  if (value !== '' || how.q) push(sh, [how.q ? 1 : 2, value]);
}

function pushTilde(sh: Shell, op: WordOp & { o: 'tilde' }): void {
  const written = `~${op.user}`;
  if (op.assign && !isDeclaration(sh)) {
    push(sh, [0, written]);
    return;
  }
  const home = op.user === '' ? variableValue(sh, 'HOME') : homeOf(sh, op.user);
  if (home !== '') push(sh, home === undefined ? [0, written] : [1, home]);
}

/** A user's home directory by /etc/passwd. */
function homeOf(sh: Shell, user: string): string | undefined {
  const file = sh.sys.fs.readFile('/etc/passwd');
  if (isErrno(file)) return undefined;
  for (const line of file.bytes.split('\n')) {
    const fields = line.split(':');
    if (fields[0] === user) return fields[5];
  }
  return undefined;
}

function pushParameter(sh: Shell, op: WordOp & { o: 'parameter' }): void {
  if (op.name === '@' || op.name === '*') {
    pushAll(sh, op);
    return;
  }
  const value = parameterValue(sh, op.name);
  if (value === undefined) {
    unset(sh, op.name);
    if (op.q) push(sh, [1, '']);
    return;
  }
  pushValue(sh, op, value);
}

/** With -u an unset parameter is an error. */
function unset(sh: Shell, name: string): void {
  if (hasOption(sh, 'u') && name !== '@' && name !== '*') throw new ShellError(`${name}: parameter not set`);
}

/** `$@` and `$*`, changed by `change`. */
function pushAll(sh: Shell, op: Expansion, change: (value: string) => string = (value) => value): void {
  const { params } = sh.s;
  if (op.name === '*' && (op.q || op.one)) {
    push(sh, [1, params.map(change).join(starSeparator(sh))]);
    return;
  }
  params.forEach((value, index) => {
    if (index > 0) push(sh, [3, '']);
    pushValue(sh, op, change(value));
  });
}

/** Puts in a parameter's value after a change of it. */
function mapValue(sh: Shell, op: Expansion, change: (value: string) => string): void {
  if (op.name === '@' || op.name === '*') {
    pushAll(sh, op, change);
    return;
  }
  const value = parameterValue(sh, op.name);
  if (value === undefined) unset(sh, op.name);
  sh.sys.spend(value === undefined ? 0 : value.length >> 6);
  pushValue(sh, op, change(value ?? ''));
}

function lengthOf(sh: Shell, name: string): number {
  if (name === '@' || name === '*') return sh.s.params.length;
  const value = parameterValue(sh, name);
  if (value === undefined) unset(sh, name);
  return value === undefined ? 0 : /^[\x00-\x7f]*$/.test(value) ? value.length : Array.from(value).length;
}

/** `${x-word}` and its kin: goes on with the operand, or puts in the value and jumps over it. */
function choose(sh: Shell, op: WordOp & { o: 'choose' }): void {
  const { frame } = sh;
  const all = op.name === '@' || op.name === '*';
  const value = all ? (sh.s.params.length > 0 ? sh.s.params.join(' ') : undefined) : parameterValue(sh, op.name);
  const usable = value !== undefined && !(op.colon && value === '');
  const operand = op.m === '+' ? usable : !usable;
  if (operand) {
    frame.pc++;
    return;
  }
  frame.pc = op.to;
  if (op.m === '+') {
    if (op.q && !all) push(sh, [1, '']);
  } else if (all) pushAll(sh, op);
  else pushValue(sh, op, value ?? '');
}

function assignable(name: string): void {
  if (!/^[A-Za-z_]/.test(name)) throw new ShellError(`${name}: bad variable name`);
}

function slice(value: string, from: number, count: number | undefined): string {
  const chars = Array.from(value);
  const start = from < 0 ? chars.length + from : from;
  if (start < 0) return '';
  const end = count === undefined ? chars.length : count < 0 ? chars.length + count : start + count;
  return chars.slice(start, Math.max(start, end)).join('');
}

/** Evaluates an arithmetic expression with the shell's variables. */
export function evaluate(sh: Shell, text: string): bigint {
  try {
    return evaluateArithmetic(text, {
      get: (name) => variableValue(sh, name),
      set: (name, value) => setVariable(sh, name, value),
    });
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ShellError(error.message);
    throw error;
  }
}

const declarations: ReadonlySet<string> = new Set(['export', 'readonly', 'local']);

/** Is the command at hand one whose arguments are assignments? */
function isDeclaration(sh: Shell): boolean {
  const { args } = sh.frame;
  const name = args.find((arg) => arg !== 'command');
  return name !== undefined && declarations.has(name) && !Object.hasOwn(sh.s.functions, name);
}

function endArgument(sh: Shell, assigns: boolean): void {
  const { frame } = sh;
  const segments = closeWord(sh);
  if (assigns && isDeclaration(sh)) {
    frame.args.push(joinSegments(segments));
    return;
  }
  let size = 0;
  for (const { text, pattern } of splitFields(segments, fieldSeparators(sh))) {
    const found = pattern !== undefined && hasWildcards(pattern) && !hasOption(sh, 'f') ? glob(sh.sys.fs, pattern) : [];
    if (found.length > 0) for (const name of found) frame.args.push(name);
    else frame.args.push(text);
    size += text.length + 1;
  }
  if (size > 64) sh.sys.spend(size >> 6);
  if (size > longest || frame.args.length > longest / 4) throw new ShellError('out of memory');
}

/** An assignment in front of a command (`local`: put back after it), or on its own. */
function assign(sh: Shell, name: string, value: string, local: boolean): void {
  const { frame } = sh;
  if (local && frame.args.length > 0) {
    const before = variable(sh, name) ?? null;
    const last = frame.blocks.at(-1);
    const entry = [name, before] as const;
    if (last?.b === 'assigns' && frame.assigned.length > 0)
      frame.blocks[frame.blocks.length - 1] = { b: 'assigns', saved: [...last.saved, entry] };
    else frame.blocks.push({ b: 'assigns', saved: [entry] });
    setVariable(sh, name, value, true);
  } else setVariable(sh, name, value);
  frame.assigned.push(`${name}=${value}`);
}

/** Puts back the variables that were assigned in front of a command. */
export function restoreAssigns(
  sh: Shell,
  saved: readonly (readonly [string, Parameters<typeof putVariable>[2]])[],
): void {
  for (const [name, before] of [...saved].reverse()) putVariable(sh, name, before);
}
