import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import {
  begin,
  proceed,
  type RuntimeProgram,
  type RuntimeState,
  readText,
  running,
  tellRead,
} from '../core/process.ts';
import { readSource } from '../core/source.ts';
import { SyntaxProblem } from '../core/tree.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { makeVenv } from '../packages/venv.ts';
import { packagedVersion } from '../versions.ts';
import { serveFolder } from '../web/python-http.ts';
import { enterPy } from './import.ts';
import { py, pyLoop } from './lang.ts';
import { replStart, replStep } from './repl.ts';

/** The version of Python: what the image's environment says, else the distribution's package; Debian 12's own otherwise. */
export function pythonVersion(env: { readonly [name: string]: string }, sys: Sys): string {
  const told = env.PYTHON_VERSION ?? packagedVersion(sys, /^python3$/) ?? '';
  return /^\d+(?:\.\d+)+/.exec(told)?.[0] ?? '3.11.2';
}

/** The program `python3`: reads Python and acts out what it says. */
export const python: RuntimeProgram = {
  start: (exec, sys) => start(exec, sys),
  step: (state, wake, sys) => {
    if (state.source) return start(state.source.exec, sys, state.source.text);
    return state.running?.console ? replStep(sys, state, wake) : proceed(py, pyLoop, sys, state, wake);
  },
};

function start(exec: Exec, sys: Sys, before = ''): Next<RuntimeState> {
  const version = pythonVersion(exec.env, sys);
  const args = [...exec.argv.slice(1)];
  let unbuffered = (exec.env.PYTHONUNBUFFERED ?? '') !== '';
  const say = (fd: number, text: string, code: number): Next<RuntimeState> => {
    sys.write(fd, text);
    return { exit: code };
  };
  while (args[0]?.startsWith('-') && args[0] !== '-') {
    const one = args.shift() ?? '';
    if (one === '-V' || one === '--version') return say(1, `Python ${version}\n`, 0);
    if (one === '-u') unbuffered = true;
    else if (one === '-c') {
      const [source, ...rest] = args;
      if (source === undefined) return say(2, 'Argument expected for the -c option\n', 2);
      return program(sys, exec, version, unbuffered, '<string>', source, ['-c', ...rest]);
    } else if (one === '-m') return module(sys, exec, version, unbuffered, args);
    else if (!/^-(?:B|O|OO|E|s|S|I|q|X|W)/.test(one))
      return say(
        2,
        `unknown option ${one}\nusage: ${exec.argv[0] ?? 'python3'} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry \`python -h' for more information.\n`,
        2,
      );
  }
  const [file, ...rest] = args;
  if (file === undefined || file === '-') {
    if (sys.isatty(0))
      return replStart(sys, { ...running('py', 'python', version, [''], exec.env, sys), unbuffered: true });
    return readSource(sys, exec, before, (source) =>
      program(sys, exec, version, unbuffered, '<stdin>', decodeUtf8(source), [file ?? '', ...rest]),
    );
  }
  const stat = sys.fs.stat(file);
  const source = isErrno(stat) || stat.type === 'dir' ? undefined : readText(sys, file);
  const name = exec.argv[0]?.includes('/') ? exec.argv[0] : exec.path;
  if (source === undefined) {
    if (!isErrno(stat) && stat.type === 'dir')
      return say(2, `${name}: can't find '__main__' module in '${sys.cwd()}/${file}'\n`, 1);
    const errno = isErrno(stat) && stat.errno === 'EACCES' ? '13] Permission denied' : '2] No such file or directory';
    return say(
      2,
      `${name}: can't open file '${file.startsWith('/') ? file : `${sys.cwd().replace(/\/$/, '')}/${file}`}': [Errno ${errno}\n`,
      2,
    );
  }
  const full = file.startsWith('/') ? file : `${sys.cwd().replace(/\/$/, '')}/${file.replace(/^\.\//, '')}`;
  return program(sys, exec, version, unbuffered, full, source, [file, ...rest]);
}

function program(
  sys: Sys,
  exec: Exec,
  version: string,
  unbuffered: boolean,
  path: string,
  source: string,
  argv: readonly string[],
): Next<RuntimeState> {
  const state = { ...running('py', 'python', version, argv, exec.env, sys), unbuffered };
  return begin(py, pyLoop, sys, state, (vm) => {
    enterMain(vm, path, source);
    tellRead(sys, 'py', path, source);
  });
}

function enterMain(vm: Vm, path: string, source: string): void {
  try {
    enterPy(vm, path, source, '__main__');
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const [line, column, endLine, endColumn] = error.at;
    const shown = (source.split('\n')[line - 1] ?? '').trimEnd();
    const indent = shown.length - shown.trimStart().length;
    const width =
      error.message.startsWith('IndentationError') || endLine !== line ? 1 : Math.max(1, endColumn - column);
    const message = /^\w+Error: /.test(error.message) ? error.message : `SyntaxError: ${error.message}`;
    const marks = message.startsWith('IndentationError: unexpected')
      ? ''
      : `    ${' '.repeat(Math.max(0, column - indent))}${'^'.repeat(width)}\n`;
    vm.write(2, `  File "${path}", line ${line}\n    ${shown.trimStart()}\n${marks}${message}\n`);
    throw new Ended(1);
  }
  vm.tasks.push({ id: 0, frames: vm.frames.splice(0) });
}

function module(
  sys: Sys,
  exec: Exec,
  version: string,
  unbuffered: boolean,
  args: readonly string[],
): Next<RuntimeState> {
  const [name = '', ...rest] = args;
  if (name === 'http.server') {
    const state = { ...running('py', 'python', version, args, exec.env, sys), unbuffered };
    return begin(py, pyLoop, sys, state, (vm) => serveFolder(vm, rest));
  }
  if (name === 'venv') return { exit: makeVenv(sys, version, rest) };
  if (name === 'pip') {
    const done = sys.exec({ path: '/usr/local/bin/pip', argv: ['pip', ...rest], env: exec.env });
    if ('replaced' in done) return done;
  }
  const known = ['json.tool', 'unittest', 'timeit', 'flask', 'uvicorn', 'gunicorn'].includes(name);
  sys.write(2, known ? `drydock: python -m ${name} is not simulated\n` : `${exec.path}: No module named ${name}\n`);
  return { exit: known ? 70 : 1 };
}
