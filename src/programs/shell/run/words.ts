import { isErrno } from '../../../kernel/errno.ts';
import type { Expansion, Op, Segment, WordOp } from '../compile/ops.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { ArithmeticError } from '../expand/arithmetic-syntax.ts';
import { joinSegments, patternOf, splitFields } from '../expand/fields.ts';
import { glob } from '../glob.ts';
import { hasWildcards, matches, replaceMatches, trimEnd, trimStart } from '../pattern.ts';
import { wording } from '../wording/words.ts';
import { element, putElement } from './arrays.ts';
import { assignVariable } from './attributes.ts';
import { globBash, replacement, runBashOp } from './bash-words.ts';
import { matching } from './matching.ts';
import type { Found } from './parameters.ts';
import { fatalExpansion, lookUp, refuseUnset } from './parameters.ts';
import type { Shell } from './shell.ts';
import { expansionError, hasOption, ShellError } from './shell.ts';
import { traceText } from './trace.ts';
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
      pushValue(sh, op, String(lengthOf(sh, op)));
      break;
    case 'choose':
      choose(sh, op);
      return true;
    case 'open':
      if (frame.words.length === 0) frame.words.push([]);
      frame.words.push([]);
      break;
    case 'assignDefault': {
      const sub = subscript(sh, op);
      const value = joinSegments(closeText(sh));
      assignable(sh, op.name);
      if (sub === undefined) setVariable(sh, op.name, value);
      else putElement(sh, op.name, sub, value, false);
      pushValue(sh, op, value);
      break;
    }
    case 'complain': {
      const message = joinSegments(closeText(sh));
      throw fatalExpansion(sh, message ? `${op.name}: ${message}` : wording(sh).unsetOrNull(op.name, op.colon));
    }
    case 'trim': {
      const pattern = patternOf(closeText(sh));
      const trim = op.m.startsWith('#') ? trimStart : trimEnd;
      const how = matching(sh);
      mapValue(sh, op, (value) => trim(pattern, value, op.m.length === 2, how));
      break;
    }
    case 'replace': {
      const by = replacement(sh, closeText(sh));
      const pattern = patternOf(closeText(sh));
      const how = matching(sh);
      mapValue(sh, op, (value) => replaceMatches(pattern, value, by, op.m, how));
      break;
    }
    case 'slice': {
      const count = op.counted ? Number(evaluate(sh, joinSegments(closeText(sh)) || '0')) : undefined;
      const from = Number(evaluate(sh, joinSegments(closeText(sh)) || '0'));
      sliceValue(sh, op, from, count);
      break;
    }
    case 'bad':
      throw expansionError(sh, sh.s.flavour === 'dash' ? 'Bad substitution' : `${op.text}: bad substitution`);
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
      assign(sh, op);
      break;
    case 'redirect':
      frame.redirects.push(
        op.raw === undefined || op.kind === '<<'
          ? { kind: op.kind, fd: op.fd, target: joinSegments(closeWord(sh)), ...named(op) }
          : { kind: op.kind, fd: op.fd, ...oneWord(sh, op.raw), ...named(op) },
      );
      break;
    case 'subject':
      frame.subject = joinSegments(closeWord(sh));
      traceText(sh, `case ${frame.subject} in`);
      break;
    case 'match':
      if (matches(patternOf(closeWord(sh)), frame.subject, matching(sh))) {
        frame.pc = op.to;
        return true;
      }
      break;
    default:
      if (sh.s.flavour !== 'bash' || !runBashOp(sh, op)) return false;
  }
  frame.pc++;
  return true;
}

function named({ variable: name }: WordOp & { o: 'redirect' }): { variable?: string } {
  return name === undefined ? {} : { variable: name };
}

/** bash: a redirection's name must be one word after all expansions. */
function oneWord(sh: Shell, raw: string): { target: string; ambiguous?: true } {
  const { frame } = sh;
  const from = frame.args.length;
  endArgument(sh, false);
  const words = frame.args.splice(from);
  const [only] = words;
  return words.length === 1 && only !== undefined ? { target: only } : { target: raw, ambiguous: true };
}

/** The text of the subscript of `${a[…]}`, which lies on top. */
export function subscript(sh: Shell, op: Expansion): string | undefined {
  return op.sub === 'one' ? joinSegments(closeText(sh)) : op.sub;
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
export function closeText(sh: Shell): Segment[] {
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
  if (op.assign && sh.s.flavour !== 'bash' && !isDeclaration(sh)) {
    push(sh, [0, written]);
    return;
  }
  if (sh.s.flavour === 'bash' && (op.user === '+' || op.user === '-')) {
    const directory = variableValue(sh, op.user === '+' ? 'PWD' : 'OLDPWD');
    push(sh, directory === undefined ? [0, written] : [1, directory]);
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
  if (op.name === '@' || op.name === '*' || op.sub !== undefined || op.indirect) {
    pushFound(sh, op, lookUp(sh, op, subscript(sh, op)));
    return;
  }
  const value = parameterValue(sh, op.name);
  if (value === undefined) {
    refuseUnset(sh, op.name);
    if (op.q) push(sh, [1, '']);
    return;
  }
  pushValue(sh, op, value);
}

/** Puts in what an expansion stands for, changed by `change`. */
export function pushFound(
  sh: Shell,
  op: Expansion,
  found: Found,
  change: (value: string) => string = (value) => value,
): void {
  const { values } = found;
  if (!found.many) {
    const [value] = values;
    if (value === undefined) refuseUnset(sh, found.name, found.sub);
    pushValue(sh, op, change(value ?? ''));
    return;
  }
  if (found.star && (op.q || op.one)) {
    push(sh, [1, values.map(change).join(starSeparator(sh))]);
    return;
  }
  values.forEach((value, index) => {
    if (index > 0) push(sh, [3, '']);
    pushValue(sh, op, change(value));
  });
}

/** Puts in a parameter's value after a change of it. */
export function mapValue(sh: Shell, op: Expansion, change: (value: string) => string): void {
  const found = lookUp(sh, op, subscript(sh, op));
  sh.sys.spend((found.values[0]?.length ?? 0) >> 6);
  pushFound(sh, op, found, change);
}

/** `${x:1:2}`; in bash of `$@` and arrays the elements themselves. */
function sliceValue(sh: Shell, op: Expansion, from: number, count: number | undefined): void {
  const found = lookUp(sh, op, subscript(sh, op));
  if (!found.many || sh.s.flavour !== 'bash') {
    if (sh.s.flavour === 'bash' && count !== undefined && count < 0) {
      const { length } = Array.from(found.values[0] ?? '');
      if (length + count < Math.max(0, from < 0 ? length + from : from))
        throw expansionError(sh, `${count}: substring expression < 0`);
    }
    pushFound(sh, op, found, (value) => slice(value, from, count));
    return;
  }
  if (count !== undefined && count < 0) throw expansionError(sh, `${count}: substring expression < 0`);
  const all = found.sub === undefined ? [sh.s.zero, ...found.values] : found.values;
  const start = from < 0 ? all.length + from : from;
  const end = count === undefined ? all.length : start + count;
  pushFound(sh, op, { ...found, values: start < 0 ? [] : all.slice(start, end) });
}

function lengthOf(sh: Shell, op: Expansion): number {
  const found = lookUp(sh, op, subscript(sh, op));
  if (found.many) return found.values.length;
  const [value] = found.values;
  if (value === undefined) refuseUnset(sh, found.name, found.sub);
  return value === undefined ? 0 : /^[\x00-\x7f]*$/.test(value) ? value.length : Array.from(value).length;
}

/** `${x-word}` and its kin: goes on with the operand, or puts in the value and jumps over it. */
function choose(sh: Shell, op: WordOp & { o: 'choose' }): void {
  const { frame } = sh;
  const found = lookUp(sh, op, subscript(sh, op));
  const value = found.values.length > 0 ? found.values.join(' ') : undefined;
  const usable = value !== undefined && !(op.colon && value === '');
  const operand = op.m === '+' ? usable : !usable;
  if (operand) {
    frame.pc++;
    return;
  }
  frame.pc = op.to;
  if (op.m === '+') {
    if (op.q && !found.many) push(sh, [1, '']);
  } else pushFound(sh, op, found);
}

function assignable(sh: Shell, name: string): void {
  if (/^[A-Za-z_]/.test(name)) return;
  throw expansionError(
    sh,
    sh.s.flavour === 'bash' ? `$${name}: cannot assign in this way` : `${name}: bad variable name`,
  );
}

function slice(value: string, from: number, count: number | undefined): string {
  const chars = Array.from(value);
  const start = from < 0 ? chars.length + from : from;
  if (start < 0) return '';
  const end = count === undefined ? chars.length : count < 0 ? chars.length + count : start + count;
  return chars.slice(start, Math.max(start, end)).join('');
}

/** What is said of a wrong expression. bash shows what is divided by zero to the end of the text. */
function arithmeticWords(sh: Shell, error: ArithmeticError, given: string): string {
  const text = error.text ?? given;
  const token =
    error.message === 'divide by zero'
      ? text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('%')) + 1).trimStart()
      : error.token;
  return wording(sh).arithmetic(error.message, text, token, error.operand);
}

/** Evaluates an arithmetic expression with the shell's variables. */
export function evaluate(sh: Shell, text: string): bigint {
  try {
    return evaluateArithmetic(text, {
      get: (name) => variableValue(sh, name),
      set: (name, value) => setVariable(sh, name, value),
      bash: sh.s.flavour === 'bash',
      getElement: (name, sub) => element(sh, name, sub),
      setElement: (name, sub, value) => putElement(sh, name, sub, value, false),
      byText: (name) => variable(sh, name)?.h !== undefined,
    });
  } catch (error) {
    if (error instanceof ArithmeticError) throw expansionError(sh, arithmeticWords(sh, error, text));
    throw error;
  }
}

const declarations: ReadonlySet<string> = new Set(['declare', 'export', 'local', 'readonly', 'typeset']);

/** Is the command at hand one whose arguments are assignments? */
function isDeclaration(sh: Shell): boolean {
  const { args } = sh.frame;
  const name = args.find((arg) => arg !== 'command' && arg !== 'builtin');
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
    const magic = pattern !== undefined && !hasOption(sh, 'f');
    if (magic && sh.s.flavour === 'bash') globBash(sh, pattern, text);
    else {
      const found = magic && hasWildcards(pattern) ? glob(sh.sys.fs, pattern) : [];
      if (found.length > 0) for (const name of found) frame.args.push(name);
      else frame.args.push(text);
    }
    size += text.length + 1;
  }
  if (size > 64) sh.sys.spend(size >> 6);
  if (size > longest || frame.args.length > longest / 4) throw new ShellError('out of memory');
}

/** An assignment in front of a command (`local`: put back after it), or on its own. */
function assign(sh: Shell, op: WordOp & { o: 'assign' }): void {
  const { frame } = sh;
  const { name, append = false } = op;
  const value = joinSegments(closeWord(sh));
  const sub = op.sub ? joinSegments(closeText(sh)) : undefined;
  if (op.local && frame.args.length > 0 && sub === undefined) {
    const before = variable(sh, name) ?? null;
    const last = frame.blocks.at(-1);
    const entry = [name, before] as const;
    if (last?.b === 'assigns' && frame.assigned.length > 0)
      frame.blocks[frame.blocks.length - 1] = { b: 'assigns', saved: [...last.saved, entry] };
    else frame.blocks.push({ b: 'assigns', saved: [entry] });
    if (append) assignVariable(sh, name, value, true, true);
    else setVariable(sh, name, value, true);
  } else if (sub !== undefined) putElement(sh, name, sub, value, append);
  else if (append) assignVariable(sh, name, value, true);
  else setVariable(sh, name, value);
  frame.assigned.push(`${name}${sub === undefined ? '' : `[${sub}]`}${append ? '+' : ''}=${value}`);
}

/** Puts back the variables that were assigned in front of a command. */
export function restoreAssigns(
  sh: Shell,
  saved: readonly (readonly [string, Parameters<typeof putVariable>[2]])[],
): void {
  for (const [name, before] of [...saved].reverse()) putVariable(sh, name, before);
}
