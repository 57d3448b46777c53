import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import { allSignals } from '../../kernel/signals.ts';
import type { Invocation } from './options.ts';
import { parseInvocation } from './options.ts';
import { startInteractive, terminalWake } from './run/interactive.ts';
import { textSource } from './run/levels.ts';
import { run } from './run/machine.ts';
import { flush } from './run/output.ts';
import type { Shell } from './run/shell.ts';
import { emptyFrame, print, thaw } from './run/shell.ts';
import { initialVariables } from './run/variables.ts';
import type { ShellState, Source } from './state.ts';

/** The shell, started as `sh`, `ash`, `dash` or `bash`. */
export const shellProgram: Program<ShellState> = {
  start,
  step: (state, wake, sys) => {
    const sh = thaw(state, sys);
    takeWake(sh, wake);
    return run(sh);
  },
};

function start(exec: Exec, sys: Sys): Next<ShellState> {
  const called = parseInvocation(exec.argv);
  const name = nameOf(exec);
  if (typeof called === 'string') {
    sys.write(2, encodeUtf8(`${name}: ${called}\n`));
    return { exit: 2 };
  }
  const sh = thaw(initialState(exec, called, name, sys), sys);
  const source = scriptOf(sh, called);
  if (typeof source === 'number') return { exit: source };
  const main = { ...emptyFrame('main'), source };
  sh.s.frames.push(main);
  sh.frame = main;
  startInteractive(sh, called.login);
  return run(sh);
}

function nameOf(exec: Exec): string {
  const name = (exec.argv[0] ?? 'sh').replace(/^-/, '');
  return name.slice(name.lastIndexOf('/') + 1);
}

function initialState(exec: Exec, called: Invocation, applet: string, sys: Sys): ShellState {
  const cwd = startDirectory(exec, sys);
  const own = {
    IFS: ' \t\n',
    PATH: '/sbin:/usr/sbin:/bin:/usr/bin',
    PS1: '\\w \\$ ',
    PS2: '> ',
    PS4: '+ ',
    OPTIND: '1',
    PPID: String(sys.ppid),
    LINENO: '',
    RANDOM: '',
  };
  const level = (Number.parseInt(exec.env.SHLVL ?? '0', 10) || 0) + 1;
  const env = Object.fromEntries(Object.entries(exec.env).filter(([name]) => name !== 'IFS' && name !== 'OPTIND'));
  return {
    self: exec.path,
    applet,
    zero: called.zero ?? exec.argv[0] ?? 'sh',
    commandName: called.script ?? null,
    pid: sys.pid,
    level: 0,
    params: called.params,
    variables: initialVariables({ ...env, PWD: cwd, SHLVL: String(level) }, own),
    functions: {},
    aliases: {},
    options: called.options,
    status: 0,
    lastBackground: null,
    frames: [],
    pending: null,
    out: [],
    jobs: [],
    traps: {},
    ignored: allSignals.filter((signal) => sys.disposition(signal) === 'ignore'),
    signals: [],
    reset: [],
    privateFds: [],
    cwd,
    started: sys.now,
    getopts: { index: 1, offset: 0 },
    terminal: null,
  };
}

/** The logical working directory: PWD when it is true. */
function startDirectory(exec: Exec, sys: Sys): string {
  const pwd = exec.env.PWD;
  const here = sys.cwd();
  if (pwd === undefined || pwd === here || !pwd.startsWith('/')) return here;
  const a = sys.fs.stat(pwd);
  const b = sys.fs.stat(here);
  return !isErrno(a) && !isErrno(b) && a.ino === b.ino && a.dev === b.dev ? pwd : here;
}

/** Where the script comes from; a number is the status to end with at once. */
function scriptOf(sh: Shell, called: Invocation): Source | number {
  if (called.command !== undefined) return textSource(called.command, 0);
  if (called.script !== undefined) {
    const file = sh.sys.fs.readFile(called.script);
    if (isErrno(file)) {
      print(sh, 2, `${sh.s.applet}: can't open '${called.script}': ${strerror(file)}\n`);
      flush(sh);
      return 2;
    }
    return { ...textSource(decodeUtf8(file.bytes), 1), shown: true };
  }
  if (!sh.s.options.includes('s')) sh.s.options += 's';
  return { text: '', pos: 0, line: 1, fd: 0, tail: '', eof: false, shown: true };
}

/** Notes why the process was woken; what it was waiting for is looked at again in any case. */
function takeWake(sh: Shell, wake: Wake): void {
  if (wake.on === 'forked') {
    for (const signal of sh.s.reset) sh.sys.onSignal(signal, 'default');
    sh.s.reset = [];
  } else if (wake.on === 'signal' && !terminalWake(sh, wake.signal)) {
    if (sh.s.traps[wake.signal.slice(3)] !== undefined) sh.s.signals = [...sh.s.signals, wake.signal];
  }
}
