import { isErrno } from '../../../kernel/errno.ts';
import type { Expansion, Op, Segment } from '../compile/ops.ts';
import { joinSegments } from '../expand/fields.ts';
import { globPaths } from '../glob.ts';
import { hasWildcards, matches, quotePattern, unquotePattern } from '../pattern.ts';
import { readEscapes } from '../syntax/quoting.ts';
import type { Item } from './arrays.ts';
import { elements, putItems } from './arrays.ts';
import { forkShell } from './children.ts';
import { compareTexts } from './compare.ts';
import { hasShopt, matching } from './matching.ts';
import { attributesOf, lookUp } from './parameters.ts';
import { expandPrompt } from './prompt.ts';
import { assignmentText, quoteReusable } from './quoting.ts';
import type { Shell } from './shell.ts';
import { complain, expansionError, ShellError } from './shell.ts';
import { traceText } from './trace.ts';
import { variable } from './variables.ts';
import { closeText, evaluate, mapValue, push, pushFound, subscript } from './words.ts';

/** The mark behind `name=` of an argument that carries an array's items, which no typed word has there. */
export const itemsMark = '\u0001';

/** Operations that only bash has. Returns false when the operation is none of them. */
export function runBashOp(sh: Shell, op: Op): boolean {
  const { frame } = sh;
  switch (op.o) {
    case 'case': {
      const pattern = joinPattern(closeText(sh));
      mapValue(sh, op, (value) => changeCase(sh, value, op.m, pattern));
      return true;
    }
    case 'transform':
      transform(sh, op, op.how);
      return true;
    case 'keys':
      pushFound(sh, op, {
        many: true,
        star: op.sub === '*',
        values: elements(sh, op.name).map(([key]) => key),
        name: op.name,
        sub: '@',
      });
      return true;
    case 'names': {
      const values = Object.keys(sh.s.variables).filter((name) => name.startsWith(op.name));
      pushFound(sh, op, { many: true, star: op.sub === '*', values: values.sort(), name: op.name, sub: '@' });
      return true;
    }
    case 'process':
      substituteProcess(sh, op.kind);
      // the caller goes to the next operation
      frame.pc = op.to - 1;
      return true;
    case 'openList':
      frame.lists = [...(frame.lists ?? []), { from: frame.args.length, keys: [] }];
      return true;
    case 'keyed': {
      const value = joinSegments(closeText(sh));
      const key = joinSegments(closeText(sh));
      const lists = frame.lists ?? [];
      const list = lists.at(-1);
      if (list)
        frame.lists = [...lists.slice(0, -1), { ...list, keys: [...list.keys, [frame.args.length, key, op.append]] }];
      frame.args.push(value);
      return true;
    }
    case 'assignList': {
      const items = takeItems(sh);
      putItems(sh, op.name, items, op.append);
      const shown = items.map(
        ({ key, value }) => `${key === undefined ? '' : `[${key}]=`}${quoteReusable(value, 'words')}`,
      );
      frame.assigned.push(`${op.name}${op.append ? '+' : ''}=(${shown.join(' ')})`);
      return true;
    }
    case 'listArgument':
      frame.args.push(`${op.name}${op.append ? '+' : ''}=${itemsMark}${JSON.stringify(takeItems(sh))}`);
      return true;
    case 'compare': {
      const right = op.operands === 2 ? closeText(sh) : [];
      const left = joinSegments(closeText(sh));
      const shown = left === '' ? "''" : left;
      traceText(sh, `[[ ${op.operands === 2 ? `${shown} ${op.op} ${joinPattern(right)}` : `${op.op} ${shown}`} ]]`);
      sh.s.status = compareTexts(sh, op.op, left, right);
      return true;
    }
    case 'count': {
      const text = joinSegments(closeText(sh));
      traceText(sh, `(( ${text} ))`);
      const value = text.trim() === '' ? 0n : evaluateCommand(sh, text);
      if (value === undefined) sh.s.status = 1;
      else if (!op.quiet) sh.s.status = value === 0n ? 1 : 0;
      return true;
    }
    default:
      return false;
  }
}

/** `((…))`, whose errors are told with its name and have the status 1. */
function evaluateCommand(sh: Shell, text: string): bigint | undefined {
  try {
    return evaluate(sh, text);
  } catch (error) {
    if (!(error instanceof ShellError) || error.status === 127) throw error;
    complain(sh, `((: ${error.message}`);
    return undefined;
  }
}

/** The items between the last `openList` and here, taken off the arguments. */
function takeItems(sh: Shell): Item[] {
  const { frame } = sh;
  const lists = frame.lists ?? [];
  const list = lists.at(-1);
  frame.lists = lists.slice(0, -1);
  const from = list?.from ?? frame.args.length;
  const keys = new Map((list?.keys ?? []).map(([at, key, append]) => [at, { key, append }]));
  return frame.args.splice(from).map((value, index) => ({ ...keys.get(from + index), value }));
}

function joinPattern(segments: readonly Segment[]): string {
  return segments.map(([kind, text]) => (kind === 1 ? quotePattern(text) : text)).join('');
}

function changeCase(sh: Shell, value: string, mode: '^' | '^^' | ',' | ',,' | '~' | '~~', pattern: string): string {
  const how = matching(sh);
  const change = (c: string) => {
    if (pattern !== '' && !matches(pattern, c, how)) return c;
    if (mode.startsWith('~')) return c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase();
    return mode.startsWith('^') ? c.toUpperCase() : c.toLowerCase();
  };
  const chars = Array.from(value);
  return chars.map((c, index) => (mode.length === 2 || index === 0 ? change(c) : c)).join('');
}

/** `${x@Q}` and its kin. */
function transform(sh: Shell, op: Expansion, how: string): void {
  const found = lookUp(sh, op, subscript(sh, op));
  if (how === 'a') {
    pushFound(sh, op, {
      ...found,
      values: found.values.length > 0 ? found.values.map(() => attributesOf(sh, found.name)) : [''],
    });
    return;
  }
  if (how === 'A' || ((how === 'K' || how === 'k') && found.many && found.sub !== undefined)) {
    const known = variable(sh, found.name);
    if (!known) return;
    const flags = attributesOf(sh, found.name);
    const pairs = elements(sh, found.name).map(([key, value]) => `${key} ${quoteReusable(value, 'double')}`);
    const text =
      how !== 'A'
        ? pairs.join(' ')
        : flags === ''
          ? assignmentText(found.name, known, "'")
          : `declare -${flags} ${assignmentText(found.name, known, "'")}`;
    pushFound(sh, op, { ...found, many: false, values: [text] });
    return;
  }
  if (found.values.length === 0) {
    pushFound(sh, { ...op, q: op.q }, { ...found, values: found.many ? [] : [''] });
    return;
  }
  pushFound(sh, op, found, (value) => {
    switch (how) {
      case 'Q':
      case 'K':
      case 'k':
        return quoteReusable(value, 'always');
      case 'U':
        return value.toUpperCase();
      case 'L':
        return value.toLowerCase();
      case 'u':
        return changeCase(sh, value, '^', '');
      case 'E':
        return readEscapes(value);
      default:
        return expandPrompt(sh, value);
    }
  });
}

/** The replacement of `${x//a/b}`: an `&` outside quotes stands for what was matched. */
export function replacement(sh: Shell, segments: readonly Segment[]): string | ((matched: string) => string) {
  const text = joinSegments(segments);
  if (sh.s.flavour !== 'bash' || !hasShopt(sh, 'patsub_replacement')) return text;
  if (!segments.some(([kind, part]) => kind !== 1 && part.includes('&'))) return text;
  return (matched) =>
    segments
      .map(([kind, part]) => (kind === 1 ? part : part.replace(/\\&|&/g, (c) => (c === '&' ? matched : '&'))))
      .join('');
}

/** The names that a pattern stands for, by the options of `shopt`; none: the pattern itself, nothing, or an error. */
export function globBash(sh: Shell, pattern: string, text: string): void {
  const how = {
    extglob: hasShopt(sh, 'extglob'),
    nocase: hasShopt(sh, 'nocaseglob'),
    dots: hasShopt(sh, 'dotglob'),
    deep: hasShopt(sh, 'globstar'),
    skipDots: true,
  };
  if (!hasWildcards(pattern, how)) {
    sh.frame.args.push(text);
    return;
  }
  const found = globPaths(sh.sys.fs, pattern, how);
  if (found.length > 0) for (const name of found) sh.frame.args.push(name);
  else if (hasShopt(sh, 'failglob')) throw new ShellError(`no match: ${unquotePattern(pattern)}`, 1, true);
  else if (!hasShopt(sh, 'nullglob')) sh.frame.args.push(text);
}

const firstProcess = 63;

/** `<(…)` and `>(…)`: a child at the other end of a pipe, whose near end has a name in /dev/fd. */
function substituteProcess(sh: Shell, kind: '<' | '>'): void {
  const { sys, frame } = sh;
  const ends = sys.pipe();
  if (isErrno(ends)) throw expansionError(sh, 'cannot make pipe for process substitution');
  const [read, write] = ends;
  const [mine, its] = kind === '<' ? [read, write] : [write, read];
  forkShell(sh, frame.pc + 1, { fds: { [kind === '<' ? 1 : 0]: its }, without: [read, write] });
  sys.close(its);
  let number = firstProcess;
  while (number > 10 && sys.isOpen(number)) number--;
  sys.dup(mine, number);
  sys.close(mine);
  frame.processes = [...(frame.processes ?? []), number];
  push(sh, [1, `/dev/fd/${number}`]);
}
