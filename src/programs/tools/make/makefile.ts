import { textOf } from '../files.ts';
import { BeyondMake, expand, MakeError, type Scope, split, type Variable } from './expand.ts';

export interface RecipeLine {
  readonly text: string;
  /** Where it stands in its file, counted from 1. */
  readonly line: number;
}

interface Rule {
  readonly targets: readonly string[];
  readonly needs: readonly string[];
  /** Needed before, but being newer does not matter (behind `|`). */
  readonly orderOnly: readonly string[];
  readonly recipe: readonly RecipeLine[];
  readonly file: string;
}

/** What a makefile says: rules, and beside them its variables in the scope. */
export interface Makefile {
  readonly rules: readonly Rule[];
  readonly phony: ReadonlySet<string>;
  readonly exported: ReadonlySet<string> | 'all';
  readonly silent: ReadonlySet<string> | 'all';
  /** What a failing recipe leaves half done is deleted (`.DELETE_ON_ERROR`). */
  readonly deletes: boolean;
  /** Values that hold only while a target is made. */
  readonly own: ReadonlyMap<string, ReadonlyMap<string, Variable>>;
}

interface Reading {
  readonly rules: Rule[];
  readonly phony: Set<string>;
  exported: Set<string> | 'all';
  silent: Set<string> | 'all';
  deletes: boolean;
  readonly own: Map<string, Map<string, Variable>>;
}

const assignment = /^\s*((?:override|export)\s+)*([^\s:#=+?!][^\s:#=+?!]*)\s*(\?=|\+=|:{0,3}=|!=)\s*(.*)$/s;

/** Reads a makefile, and those that it includes. Throws MakeError, BeyondMake, NeedShell. */
export function readMakefile(scope: Scope, file: string): Makefile {
  const made: Reading = {
    rules: [],
    phony: new Set(),
    exported: new Set(),
    silent: new Set(),
    deletes: false,
    own: new Map(),
  };
  readInto(scope, file, made, 0);
  return made;
}

function readInto(scope: Scope, file: string, made: Reading, depth: number): void {
  const lines = (textOf(scope.sys, file) ?? '').replace(/\r\n/g, '\n').split('\n');
  const stop = (line: number, text: string): never => {
    throw new MakeError(`${file}:${line}: *** ${text}.  Stop.`);
  };
  /** For each open condition: does its present branch hold, has one held, does what is around it hold? */
  const conditions: { holds: boolean; held: boolean; around: boolean }[] = [];
  let recipe: RecipeLine[] | undefined;
  for (let i = 0; i < lines.length; i++) {
    const at = i + 1;
    let text = lines[i] ?? '';
    while (text.endsWith('\\') && i + 1 < lines.length) {
      i++;
      const more = lines[i] ?? '';
      text = text.startsWith('\t')
        ? `${text}\n${more.replace(/^\t/, '')}`
        : `${text.slice(0, -1).trimEnd()} ${more.trimStart()}`;
    }
    const active = conditions.every(({ holds }) => holds);
    if (text.startsWith('\t') && recipe !== undefined) {
      if (active && text.trim() !== '') recipe.push({ text: text.slice(1), line: at });
      continue;
    }
    const statement = text.replace(/(^|[^\\])#.*$/s, '$1');
    Object.assign(scope.place, { file, line: at });
    const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(statement) ?? [];
    if (/^(?:ifeq|ifneq|ifdef|ifndef)$/.test(word)) {
      const holds = active && condition(scope, word, rest);
      conditions.push({ holds, held: holds, around: active });
      continue;
    }
    const open = conditions.at(-1);
    if (word === 'else' || word === 'endif') {
      if (open === undefined) throw new MakeError(`${file}:${at}: *** extraneous '${word}'.  Stop.`);
      if (word === 'endif') {
        conditions.pop();
        continue;
      }
      const [, again, test = ''] = /^(ifeq|ifneq|ifdef|ifndef)\s*(.*)$/s.exec(rest) ?? [];
      open.holds = open.around && !open.held && (again === undefined || condition(scope, again, test));
      open.held ||= open.holds;
      continue;
    }
    if (!active || word === '') continue;
    if (word === 'define' || word === 'vpath' || word === 'unexport') throw new BeyondMake(`make: ${word}`);
    const [, optional, named = ''] = /^(-|s)?include\s+(.*)$/s.exec(`${word} ${rest}`) ?? [];
    if (named !== '') {
      if (depth > 20) stop(at, 'included too deep');
      for (const path of split(expand(scope, named))) {
        if (textOf(scope.sys, path) !== undefined) readInto(scope, path, made, depth + 1);
        else if (optional === undefined) throw new MakeError(`${file}:${at}: ${path}: No such file or directory`);
      }
      continue;
    }
    if (assignment.test(statement)) {
      recipe = undefined;
      assign(scope, made, statement, scope.variables);
      continue;
    }
    if (word === 'export') {
      if (rest === '') made.exported = 'all';
      else if (made.exported !== 'all') for (const one of split(expand(scope, rest))) made.exported.add(one);
      continue;
    }
    recipe = rule(scope, made, statement, at, file, stop);
  }
  if (conditions.length > 0) stop(lines.length, "missing 'endif'");
}

function rule(
  scope: Scope,
  made: Reading,
  statement: string,
  at: number,
  file: string,
  stop: (line: number, text: string) => never,
): RecipeLine[] {
  const [head = '', ...inline] = statement.split(';');
  const colon = colonOf(head);
  if (colon < 0) {
    // a call that leaves nothing behind ($(info …)) may stand alone
    if (expand(scope, statement).trim() === '') return [];
    return stop(at, 'missing separator');
  }
  if (head[colon + 1] === ':') throw new BeyondMake('make: a rule with two colons');
  const targets = split(expand(scope, head.slice(0, colon)));
  const after = head.slice(colon + 1);
  if (assignment.test(after)) {
    for (const target of targets) {
      const own = made.own.get(target) ?? new Map<string, Variable>();
      made.own.set(target, own);
      assign({ ...scope, variables: new Map([...scope.variables, ...own]) }, made, after, own);
    }
    return [];
  }
  const [needs = '', order = ''] = expand(scope, after).split('|');
  if (needs.includes(':')) throw new BeyondMake('make: a static pattern rule');
  const recipe: RecipeLine[] = inline.length > 0 ? [{ text: inline.join(';').trim(), line: at }] : [];
  const [first = ''] = targets;
  if (first === '.PHONY') for (const one of split(needs)) made.phony.add(one);
  else if (first === '.SILENT') {
    if (split(needs).length === 0) made.silent = 'all';
    else if (made.silent !== 'all') for (const one of split(needs)) made.silent.add(one);
  } else if (/^\.(?:ONESHELL|SECONDEXPANSION|NOTPARALLEL|EXPORT_ALL_VARIABLES|POSIX)$/.test(first)) {
    if (first === '.EXPORT_ALL_VARIABLES') made.exported = 'all';
    else if (first === '.ONESHELL' || first === '.SECONDEXPANSION') throw new BeyondMake(`make: ${first}`);
  } else if (first === '.DELETE_ON_ERROR') made.deletes = true;
  else if (first === '.DEFAULT' || first === '.IGNORE') throw new BeyondMake(`make: ${first}`);
  else if (!/^\.(?:SUFFIXES|PRECIOUS|INTERMEDIATE|SECONDARY)$/.test(first))
    made.rules.push({ targets, needs: split(needs), orderOnly: split(order), recipe, file });
  return recipe;
}

/** The colon of a rule: outside of references. */
function colonOf(text: string): number {
  for (let i = 0, depth = 0; i < text.length; i++) {
    if (text[i] === '(' || text[i] === '{') depth++;
    else if (text[i] === ')' || text[i] === '}') depth--;
    else if (text[i] === ':' && depth === 0) return i;
  }
  return -1;
}

function assign(scope: Scope, made: Reading, statement: string, into: Map<string, Variable>): void {
  const [, words = '', raw = '', how = '=', text = ''] = assignment.exec(statement) ?? [];
  const name = expand(scope, raw);
  if (/\bexport\b/.test(statement.slice(0, statement.indexOf(raw))) && made.exported !== 'all') made.exported.add(name);
  const old = scope.variables.get(name);
  if (old?.from === 'command line' && !words.includes('override')) return;
  if (how === '?=' && old !== undefined) return;
  if (how === '!=') throw new BeyondMake('make: !=');
  if (how.startsWith(':')) {
    into.set(name, { text: expand(scope, text), simple: true, from: 'makefile' });
  } else if (how === '+=' && old !== undefined) {
    const more = old.simple ? expand(scope, text) : text;
    into.set(name, { text: old.text === '' ? more : `${old.text} ${more}`, simple: old.simple, from: 'makefile' });
  } else into.set(name, { text, simple: false, from: 'makefile' });
}

function condition(scope: Scope, word: string, rest: string): boolean {
  if (word === 'ifdef' || word === 'ifndef') {
    const found = scope.variables.get(expand(scope, rest).trim());
    return (found !== undefined && found.text !== '') === (word === 'ifdef');
  }
  const [, a, b] = /^\((.*)\)$/s.test(rest)
    ? [rest, ...halves(rest.slice(1, -1))]
    : (/^["'](.*?)["']\s+["'](.*?)["']$/s.exec(rest) ?? []);
  const same = expand(scope, (a ?? '').trim()) === expand(scope, (b ?? '').trim());
  return same === (word === 'ifeq');
}

function halves(text: string): readonly [string, string] {
  for (let i = 0, depth = 0; i < text.length; i++) {
    if (text[i] === '(' || text[i] === '{') depth++;
    else if (text[i] === ')' || text[i] === '}') depth--;
    else if (text[i] === ',' && depth === 0) return [text.slice(0, i), text.slice(i + 1)];
  }
  return [text, ''];
}
