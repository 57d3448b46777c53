import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Json, Rec } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { packagedVersion } from '../../runtimes/versions.ts';
import { exists } from '../files.ts';
import { notSimulated, write } from '../say.ts';
import { type MakeLine, readMakeLine, wordsOfFlags } from './command-line.ts';
import { environmentOf, level, shellOf, variablesOf, withOwnFlags } from './environment.ts';
import { BeyondMake, expand, MakeError, NeedShell, type Scope } from './expand.ts';
import { type Makefile, type RecipeLine, readMakefile } from './makefile.ts';
import { nextRecipe, type Settled } from './plan.ts';

/** A recipe that is being run, or a command of $(shell …) whose output is read. */
type Work =
  | {
      readonly do: 'recipe';
      readonly target: string;
      readonly file: string;
      readonly left: readonly RecipeLine[];
      readonly silent: boolean;
      readonly child: number;
      readonly line: number;
      readonly ignored: boolean;
      /** When the target was changed last, for one that is deleted when its recipe fails after changing it. */
      readonly before: number | null;
    }
  | {
      readonly do: 'shell';
      readonly command: string;
      readonly fd: number;
      readonly child: number;
      readonly text: string;
    };

type State = {
  readonly exec: Exec;
  readonly line: MakeLine;
  readonly shell: Rec<string>;
  /** Targets that were dealt with, and whether they were made anew. */
  readonly settled: readonly (readonly [target: string, made: boolean])[];
  readonly goals: readonly string[] | null;
  /** Recipes run for the present goal. */
  readonly ran: number;
  /** How many texts of $(info …) were printed. */
  readonly said: number;
  readonly work: Work | null;
  /** What recipes are run by. */
  readonly runner: readonly string[];
};

const readSize = 65_536;
const json = (state: State): Json => state as unknown as Json;

/** The program `make`: makefiles as GNU make reads them; define, static patterns and double colons are refused by name. */
export function make(exec: Exec, sys: Sys): Next<Json> {
  const line = readMakeLine([...wordsOfFlags(exec.env.MAKEFLAGS ?? ''), ...exec.argv.slice(1)]);
  if (typeof line === 'string') return { exit: stop(sys, exec, line, line.startsWith('drydock') ? notSimulated : 2) };
  if (line.version) {
    write(sys, 1, `GNU Make ${packagedVersion(sys, /^make$/)?.replace(/-.*/, '') ?? '4.4.1'}\n`);
    return { exit: 0 };
  }
  if (line.folder !== null) {
    const failed = sys.chdir(line.folder);
    if (failed) return { exit: stop(sys, exec, `*** ${line.folder}: ${strerror(failed.errno)}.  Stop.`, 2) };
  }
  if (tellsFolder(exec, line)) write(sys, 1, `${nameOf(exec)}: Entering directory '${sys.cwd()}'\n`);
  return goOn(sys, { exec, line, shell: {}, settled: [], goals: null, ran: 0, said: 0, work: null, runner: [] });
}

/** Goes on when what it waited for may have happened. */
export function stepMake(state: Json, sys: Sys): Next<Json> {
  const at = state as unknown as State;
  if (at.work?.do === 'shell') return readShell(sys, at, at.work);
  if (at.work?.do === 'recipe') return afterLine(sys, at, at.work);
  return goOn(sys, at);
}

const nameOf = (exec: Exec): string => (level(exec) === 0 ? 'make' : `make[${level(exec)}]`);
const tellsFolder = (exec: Exec, { folder, quietFolder }: MakeLine): boolean =>
  !quietFolder && (folder !== null || level(exec) > 0);

function stop(sys: Sys, exec: Exec, text: string, status: number): number {
  write(sys, 2, text.startsWith('drydock') ? `${text}\n` : `${nameOf(exec)}: ${text}\n`);
  return status;
}

function over(sys: Sys, { exec, line }: State, status: number): Next<Json> {
  if (tellsFolder(exec, line)) write(sys, 1, `${nameOf(exec)}: Leaving directory '${sys.cwd()}'\n`);
  return { exit: status };
}

/** Reads the makefile, and runs what is next. What it says may need a command's output first. */
function goOn(sys: Sys, from: State): Next<Json> {
  let state = from;
  try {
    const file = state.line.file ?? ['GNUmakefile', 'makefile', 'Makefile'].find((one) => exists(sys, one));
    if (file === undefined) {
      const what =
        state.line.goals.length > 0
          ? `No rule to make target '${state.line.goals[0]}'`
          : 'No targets specified and no makefile found';
      throw new MakeError(`*** ${what}.  Stop.`);
    }
    if (!exists(sys, file))
      throw new MakeError(
        `${file}: No such file or directory\n${nameOf(state.exec)}: *** No rule to make target '${file}'.  Stop.`,
      );
    let said = 0;
    const say = (text: string, fd: 1 | 2): void => {
      if (said++ >= state.said) write(sys, fd, text);
    };
    const scope: Scope = {
      sys,
      variables: variablesOf(sys, state.exec, state.line, file),
      shell: state.shell,
      say,
      place: { file, line: 0 },
    };
    const makefile = readMakefile(scope, file);
    state = { ...state, said: Math.max(said, state.said) };
    state = { ...state, line: withOwnFlags(scope, state.line) };
    const settled: Settled = new Map(state.settled);
    let goals = state.goals ?? firstGoals(scope, makefile, state.line);
    for (let [goal] = goals; goal !== undefined; [goal] = goals) {
      const pending = nextRecipe(scope, makefile, goal, settled, state.line.always);
      if (pending) {
        const { target, file: where, lines, silent } = pending;
        const env = environmentOf(state.exec, state.line, scope, makefile);
        const work: Work = {
          do: 'recipe',
          target,
          file: where,
          left: lines,
          silent,
          child: 0,
          line: 0,
          ignored: false,
          before: makefile.deletes && !makefile.phony.has(target) ? changedAt(sys, target) : null,
        };
        return nextLine(
          sys,
          {
            ...state,
            goals,
            settled: [...settled],
            ran: state.ran + 1,
            exec: { ...state.exec, env },
            runner: shellOf(scope),
          },
          work,
        );
      }
      if (state.ran === 0) {
        const file =
          makefile.rules.some(({ targets, recipe }) => targets.includes(goal ?? '') && recipe.length > 0) &&
          !makefile.phony.has(goal);
        if (!state.line.silent)
          write(
            sys,
            1,
            `${nameOf(state.exec)}: ${file ? `'${goal}' is up to date` : `Nothing to be done for '${goal}'`}.\n`,
          );
      }
      goals = goals.slice(1);
      state = { ...state, ran: 0 };
    }
    return over(sys, state, 0);
  } catch (error) {
    if (error instanceof NeedShell) return askShell(sys, state, error.command);
    if (error instanceof MakeError) {
      // a mistake in a file is told with its place, and without the program's name
      if (/^\S+:\d+: /.test(error.message)) write(sys, 2, `${error.message}\n`);
      else stop(sys, state.exec, error.message, 2);
      return over(sys, state, 2);
    }
    if (error instanceof BeyondMake)
      return { exit: stop(sys, state.exec, `drydock: ${error.message} is not simulated`, notSimulated) };
    throw error;
  }
}

function firstGoals(scope: Scope, makefile: Makefile, line: MakeLine): readonly string[] {
  if (line.goals.length > 0) return line.goals;
  const named = scope.variables.get('.DEFAULT_GOAL');
  const first = makefile.rules
    .flatMap(({ targets }) => targets)
    .find((one) => !one.includes('%') && (!one.startsWith('.') || one.includes('/')));
  const goal = named === undefined ? first : expand(scope, named.text);
  if (goal === undefined || goal === '') throw new MakeError('*** No targets.  Stop.');
  return [goal];
}

function nextLine(sys: Sys, state: State, work: Work & { readonly do: 'recipe' }): Next<Json> {
  const [shell = '/bin/sh', ...flags] = state.runner;
  const [first, ...left] = work.left;
  if (first === undefined) return goOn(sys, { ...state, work: null, settled: [...state.settled, [work.target, true]] });
  const [, marks = '', text = ''] = /^([@+\-\s]*)([\s\S]*)$/.exec(first.text) ?? [];
  if (text.trim() === '') return nextLine(sys, state, { ...work, left });
  const { line, exec } = state;
  if (line.dry || !(marks.includes('@') || work.silent || line.silent)) write(sys, 1, `${text}\n`);
  if (line.dry && !marks.includes('+')) return nextLine(sys, state, { ...work, left });
  const env = { ...exec.env, MAKELEVEL: String(level(exec) + 1) };
  const child = sys.spawn({ path: shell, argv: [shell, ...flags, text], env });
  if (isErrno(child)) {
    write(sys, 2, `${nameOf(exec)}: ${shell}: ${strerror(child)}\n`);
    return failed(sys, state, { ...work, line: first.line }, 127);
  }
  const ignored = marks.includes('-') || line.ignore;
  const now: Work = { ...work, left, child, line: first.line, ignored };
  return { state: json({ ...state, work: now }), wait: { child } };
}

function afterLine(sys: Sys, state: State, work: Work & { readonly do: 'recipe' }): Next<Json> {
  const done = sys.reap(work.child);
  if (done === 'again') return { state: json(state), wait: { child: work.child } };
  const code = isErrno(done) ? 1 : done.exit.code;
  if (code !== 0 && !work.ignored) return failed(sys, state, work, code);
  if (code !== 0)
    write(sys, 2, `${nameOf(state.exec)}: [${work.file}:${work.line}: ${work.target}] Error ${code} (ignored)\n`);
  return nextLine(sys, state, work);
}

/** When a file was changed last; -1: it is not there. */
function changedAt(sys: Sys, path: string): number {
  const stat = sys.fs.stat(path);
  return isErrno(stat) ? -1 : stat.mtime;
}

function failed(sys: Sys, state: State, work: Work & { readonly do: 'recipe' }, code: number): Next<Json> {
  const { target, file, line, before } = work;
  write(sys, 2, `${nameOf(state.exec)}: *** [${file}:${line}: ${target}] Error ${code}\n`);
  if (before !== null && changedAt(sys, target) > before) {
    write(sys, 2, `${nameOf(state.exec)}: *** Deleting file '${target}'\n`);
    sys.fs.unlink(target);
  }
  return over(sys, state, 2);
}

function askShell(sys: Sys, state: State, command: string): Next<Json> {
  const ends = sys.pipe();
  if (isErrno(ends)) return { exit: 2 };
  const [read, end] = ends;
  const child = sys.spawn(
    { path: '/bin/sh', argv: ['/bin/sh', '-c', command], env: state.exec.env },
    { fds: { 1: end } },
  );
  sys.close(end);
  if (isErrno(child)) {
    sys.close(read);
    return goOn(sys, { ...state, shell: { ...state.shell, [command]: '' } });
  }
  return readShell(sys, state, { do: 'shell', command, fd: read, child, text: '' });
}

function readShell(sys: Sys, state: State, work: Work & { readonly do: 'shell' }): Next<Json> {
  let { text } = work;
  for (;;) {
    const got = sys.read(work.fd, readSize);
    if (got === 'again') return { state: json({ ...state, work: { ...work, text } }), wait: { readable: [work.fd] } };
    if (got === 'eof' || isErrno(got)) break;
    text += got.bytes;
  }
  const done = sys.reap(work.child);
  if (done === 'again') return { state: json({ ...state, work: { ...work, text } }), wait: { child: work.child } };
  sys.close(work.fd);
  const value = decodeUtf8(text).replace(/\n+$/, '').replaceAll('\n', ' ');
  return goOn(sys, { ...state, work: null, shell: { ...state.shell, [work.command]: value } });
}
