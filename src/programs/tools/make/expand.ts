import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import { glob } from '../../shell/glob.ts';
import { absolute } from '../files.ts';

/** A variable of a makefile: `simple` ones (`:=`) were expanded when they were set. */
export interface Variable {
  readonly text: string;
  readonly simple: boolean;
  /** Where it was set: the command line has the last word, the environment the first. */
  readonly from: 'environment' | 'makefile' | 'command line' | 'automatic';
}

/** What words of a makefile are expanded with. */
export interface Scope {
  readonly sys: Sys;
  readonly variables: Map<string, Variable>;
  /** What commands of $(shell …) printed so far. */
  readonly shell: Rec<string>;
  /** Prints what $(info …) and $(warning …) say; once, though a makefile may be read again. */
  readonly say: (text: string, fd: 1 | 2) => void;
  /** What is read just now. */
  readonly place: { file: string; line: number };
}

/** The output of this command is needed before the reading can go on. */
export class NeedShell extends Error {
  readonly command: string;
  constructor(command: string) {
    super(command);
    this.command = command;
  }
}

/** Make stops with this message (after `make: `). */
export class MakeError extends Error {}

/** Something of make that is not simulated. */
export class BeyondMake extends Error {}

const deepest = 200;

/** Expands the references in a text. */
export function expand(scope: Scope, text: string, depth = 0): string {
  if (depth > deepest) throw new MakeError('*** Recursive variable references itself (eventually).  Stop.');
  let out = '';
  for (let i = 0; i < text.length; ) {
    const one = text[i];
    if (one !== '$') {
      out += one;
      i++;
      continue;
    }
    const next = text[i + 1] ?? '';
    if (next === '(' || next === '{') {
      const end = closing(text, i + 1);
      out += reference(scope, text.slice(i + 2, end), depth);
      i = end + 1;
    } else {
      out += next === '$' ? '$' : value(scope, next, depth);
      i += 2;
    }
  }
  return out;
}

function closing(text: string, open: number): number {
  const [first, last] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  for (let i = open, depth = 0; i < text.length; i++) {
    if (text[i] === first) depth++;
    else if (text[i] === last && --depth === 0) return i;
  }
  throw new MakeError('*** unterminated variable reference.  Stop.');
}

function value(scope: Scope, name: string, depth: number): string {
  const found = scope.variables.get(name);
  if (found === undefined) return '';
  return found.simple ? found.text : expand(scope, found.text, depth + 1);
}

function reference(scope: Scope, text: string, depth: number): string {
  const [, name = '', rest] = /^([a-z-]+)[ \t]+([\s\S]*)$/.exec(text) ?? [];
  if (rest !== undefined && unsimulated.test(name)) throw new BeyondMake(`make: $(${name} …)`);
  if (rest !== undefined && Object.hasOwn(functions, name)) return functions[name]?.(scope, rest, depth) ?? '';
  const [, changed = '', from = '', to = ''] = /^([^:=\s]+):([^=]*)=(.*)$/.exec(text) ?? [];
  if (changed !== '') {
    const words = split(value(scope, expand(scope, changed, depth), depth));
    const pattern = from.includes('%') ? [from, to] : [`%${from}`, `%${to}`];
    const [before = '', after = ''] = pattern.map((one) => expand(scope, one, depth));
    return words.map((word) => substituted(word, before, after)).join(' ');
  }
  return value(scope, expand(scope, text, depth).trim(), depth);
}

export const split = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** The stem that `%` stands for, or undefined. */
export function stemOf(pattern: string, word: string): string | undefined {
  const at = pattern.indexOf('%');
  if (at < 0) return pattern === word ? '' : undefined;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const fits = word.startsWith(before) && word.endsWith(after) && word.length >= before.length + after.length;
  return fits ? word.slice(before.length, word.length - after.length) : undefined;
}

function substituted(word: string, from: string, to: string): string {
  const stem = stemOf(from, word);
  return stem === undefined ? word : to.replace('%', () => stem);
}

type Apply = (scope: Scope, text: string, depth: number) => string;

/** The arguments of a call: split at commas outside of parentheses. */
function parts(text: string, most: number): readonly string[] {
  const found: string[] = [];
  let [start, depth] = [0, 0];
  for (let i = 0; i < text.length && found.length < most - 1; i++) {
    if (text[i] === '(' || text[i] === '{') depth++;
    else if (text[i] === ')' || text[i] === '}') depth--;
    else if (text[i] === ',' && depth === 0) {
      found.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...found, text.slice(start)];
}

const plain =
  (most: number, apply: (...args: string[]) => string): Apply =>
  (scope, text, depth) =>
    apply(...parts(text, most).map((one) => expand(scope, one, depth + 1)));
const each = (apply: (word: string) => string): Apply => plain(1, (text = '') => split(text).map(apply).join(' '));
const chosen = (keep: boolean): Apply =>
  plain(2, (patterns = '', text = '') =>
    split(text)
      .filter((word) => split(patterns).some((one) => stemOf(one, word) !== undefined) === keep)
      .join(' '),
  );

const unsimulated = /^(?:eval|file|flavor|guile|let|load|origin|realpath|value)$/;

const functions: { readonly [name: string]: Apply | undefined } = {
  subst: plain(3, (from = '', to = '', text = '') => (from === '' ? text : text.replaceAll(from, () => to))),
  patsubst: plain(3, (from = '', to = '', text = '') =>
    split(text)
      .map((word) => substituted(word, from, to))
      .join(' '),
  ),
  strip: each((word) => word),
  findstring: plain(2, (what = '', text = '') => (text.includes(what) ? what : '')),
  filter: chosen(true),
  'filter-out': chosen(false),
  sort: plain(1, (text = '') => [...new Set(split(text))].sort().join(' ')),
  word: plain(2, (n = '1', text = '') => split(text)[Number(n) - 1] ?? ''),
  words: plain(1, (text = '') => String(split(text).length)),
  firstword: plain(1, (text = '') => split(text)[0] ?? ''),
  lastword: plain(1, (text = '') => split(text).at(-1) ?? ''),
  dir: each((word) => (word.includes('/') ? word.slice(0, word.lastIndexOf('/') + 1) : './')),
  notdir: each((word) => word.slice(word.lastIndexOf('/') + 1)),
  basename: each((word) => word.replace(/\.[^./]*$/, '')),
  suffix: plain(1, (text = '') =>
    split(text)
      .flatMap((word) => /\.[^./]*$/.exec(word)?.[0] ?? [])
      .join(' '),
  ),
  addprefix: plain(2, (before = '', text = '') =>
    split(text)
      .map((word) => before + word)
      .join(' '),
  ),
  addsuffix: plain(2, (after = '', text = '') =>
    split(text)
      .map((word) => word + after)
      .join(' '),
  ),
  if: (scope, text, depth) => {
    const [test = '', then = '', otherwise = ''] = parts(text, 3);
    return expand(scope, expand(scope, test.trim(), depth + 1) === '' ? otherwise : then, depth + 1);
  },
  or: (scope, text, depth) => {
    for (const one of parts(text, 99)) {
      const got = expand(scope, one.trim(), depth + 1);
      if (got !== '') return got;
    }
    return '';
  },
  and: (scope, text, depth) => {
    let got = '';
    for (const one of parts(text, 99)) {
      got = expand(scope, one.trim(), depth + 1);
      if (got === '') return '';
    }
    return got;
  },
  foreach: (scope, text, depth) => {
    const [name = '', list = '', body = ''] = parts(text, 3);
    const variable = expand(scope, name, depth + 1).trim();
    const results = split(expand(scope, list, depth + 1)).map((word) => {
      const variables = new Map(scope.variables).set(variable, { text: word, simple: true, from: 'automatic' });
      return expand({ ...scope, variables }, body, depth + 1);
    });
    return results.join(' ');
  },
  call: (scope, text, depth) => {
    const [name = '', ...given] = parts(text, 99).map((one) => expand(scope, one, depth + 1));
    const variables = new Map(scope.variables);
    for (const [i, one] of [name, ...given].entries())
      variables.set(String(i), { text: one, simple: true, from: 'automatic' });
    return value({ ...scope, variables }, name.trim(), depth + 1);
  },
  wordlist: plain(3, (from = '1', to = '0', text = '') =>
    split(text)
      .slice(Number(from) - 1, Number(to))
      .join(' '),
  ),
  join: plain(2, (a = '', b = '') => {
    const [left, right] = [split(a), split(b)];
    return Array.from(
      { length: Math.max(left.length, right.length) },
      (_, i) => `${left[i] ?? ''}${right[i] ?? ''}`,
    ).join(' ');
  }),
  abspath: (scope, text, depth) =>
    split(expand(scope, text, depth + 1))
      .map((one) => absolute(scope.sys, one))
      .join(' '),
  wildcard: (scope, text, depth) =>
    split(expand(scope, text, depth + 1))
      .flatMap((one) => glob(scope.sys.fs, one))
      .join(' '),
  shell: (scope, text, depth) => {
    const command = expand(scope, text, depth + 1);
    const known = Object.hasOwn(scope.shell, command) ? scope.shell[command] : undefined;
    if (known === undefined) throw new NeedShell(command);
    return known;
  },
  info: (scope, text, depth) => {
    scope.say(`${expand(scope, text, depth + 1)}\n`, 1);
    return '';
  },
  warning: (scope, text, depth) => {
    const { file, line } = scope.place;
    scope.say(`${file}:${line}: ${expand(scope, text, depth + 1)}\n`, 2);
    return '';
  },
  error: (scope, text, depth) => {
    const { file, line } = scope.place;
    throw new MakeError(`${file}:${line}: *** ${expand(scope, text, depth + 1)}.  Stop.`);
  },
};
