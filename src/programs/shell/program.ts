import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import { allSignals } from '../../kernel/signals.ts';
import { bashRecords, bashVariables, startingShopt } from './bash-start.ts';
import type { Flavour } from './flavour.ts';
import type { Invocation } from './options.ts';
import { parseInvocation } from './options.ts';
import { startInteractive, terminalWake } from './run/interactive.ts';
import { pushSource, textSource } from './run/levels.ts';
import { findCommand } from './run/lookup.ts';
import { run } from './run/machine.ts';
import { flush } from './run/output.ts';
import type { Shell } from './run/shell.ts';
import { emptyFrame, print, thaw } from './run/shell.ts';
import { initialVariables } from './run/variables.ts';
import type { ShellState, Source, Variables } from './state.ts';
import { wording } from './wording/words.ts';

const dashPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const bashVersion = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

/** A shell of a flavour. */
export function shellOf(flavour: Flavour): Program<ShellState> {
  return { ...shellProgram, start: (exec, sys) => start(exec, sys, flavour) };
}

/** busybox's shell, started as `sh` or `ash`. */
export const shellProgram: Program<ShellState> = {
  start: (exec, sys) => start(exec, sys, 'ash'),
  step: (state, wake, sys) => {
    const sh = thaw(state, sys);
    takeWake(sh, wake);
    return run(sh);
  },
};

function start(exec: Exec, sys: Sys, flavour: Flavour): Next<ShellState> {
  const called = parseInvocation(exec.argv, flavour);
  const name = nameOf(exec);
  if (flavour === 'bash' && exec.argv[1] === '--version') {
    sys.write(1, bashVersion);
    return { exit: 0 };
  }
  if (typeof called === 'string') {
    sys.write(2, encodeUtf8(`${flavour === 'bash' ? (exec.argv[0] ?? '') : name}: ${called}\n`));
    return { exit: 2 };
  }
  const sh = thaw(initialState(exec, called, name, sys, flavour), sys);
  const source = scriptOf(sh, called);
  if (typeof source === 'number') return { exit: source };
  const file = flavour === 'bash' && called.script !== undefined ? { file: called.script } : {};
  const main = { ...emptyFrame('main'), source, ...file };
  sh.s.frames.push(main);
  sh.frame = main;
  startInteractive(sh, called.login, called.without ?? []);
  if (flavour === 'bash') takeFunctions(sh, exec.env);
  return run(sh);
}

function nameOf(exec: Exec): string {
  const name = (exec.argv[0] ?? 'sh').replace(/^-/, '');
  return name.slice(name.lastIndexOf('/') + 1);
}

function initialState(exec: Exec, called: Invocation, applet: string, sys: Sys, flavour: Flavour): ShellState {
  const cwd = startDirectory(exec, sys);
  const ignored = sys.ignoredSignals();
  const own = {
    IFS: ' \t\n',
    PATH: '/sbin:/usr/sbin:/bin:/usr/bin',
    PS1: '\\w \\$ ',
    PS2: '> ',
    PS4: '+ ',
    OPTIND: '1',
    PPID: String(sys.ppid),
    ...(flavour === 'ash' ? { LINENO: '', RANDOM: '' } : {}),
    ...(flavour === 'dash' ? { LINENO: '', PS1: sys.uid === 0 ? '# ' : '$ ', PATH: dashPath } : {}),
    ...(flavour === 'bash' ? bashVariables(exec, sys) : {}),
  };
  const level = (Number.parseInt(exec.env.SHLVL ?? '0', 10) || 0) + 1;
  const env = Object.fromEntries(Object.entries(exec.env).filter(([name]) => name !== 'IFS' && name !== 'OPTIND'));
  const login = called.login ? { login: true as const } : {};
  const bash =
    flavour === 'bash' ? { ...login, shopt: startingShopt(called.shopt ?? []), lastArgument: exec.argv[0] ?? '' } : {};
  const variables = initialVariables(
    { ...env, PWD: cwd, ...(flavour === 'dash' ? {} : { SHLVL: String(level) }) },
    own,
  );
  return {
    flavour,
    ...bash,
    self: exec.path,
    applet,
    zero: called.zero ?? exec.argv[0] ?? 'sh',
    commandName: called.script ?? null,
    pid: sys.pid,
    level: 0,
    params: called.params,
    variables: flavour === 'bash' ? { ...variables, ...bashRecords(sys, env), ...commandRecord(called) } : variables,
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
    ignored: ignored.length === 0 ? [] : allSignals.filter((signal) => ignored.includes(signal)),
    signals: [],
    reset: [],
    privateFds: [],
    cwd,
    started: sys.now,
    getopts: { index: 1, offset: 0 },
    terminal: null,
  };
}

/** bash: functions that the environment hands over. */
function takeFunctions(sh: Shell, env: Exec['env']): void {
  const given = Object.entries(env).flatMap(([name, value]) => {
    const found = /^BASH_FUNC_([A-Za-z_]\w*)%%$/.exec(name);
    return found && value.startsWith('() {') ? [[found[1] ?? '', value] as const] : [];
  });
  if (given.length === 0) return;
  sh.s.exported = given.map(([name]) => name);
  pushSource(sh, 'dot', textSource(given.map(([name, value]) => `${name} ${value}\n`).join(''), 1), false, {});
  sh.frame.file = 'environment';
}

/** bash: the text of `-c`. */
function commandRecord({ command }: Invocation): Variables {
  return command === undefined ? {} : { BASH_EXECUTION_STRING: { v: command } };
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
  if (called.command !== undefined) return textSource(called.command, sh.s.flavour === 'ash' ? 0 : 1);
  if (called.script !== undefined) {
    const file = sh.sys.fs.readFile(scriptPath(sh, called.script));
    if (isErrno(file)) {
      const { message, status } = wording(sh).noScript(sh.s.zero, called.script, file);
      const { flavour } = sh.s;
      print(sh, 2, `${flavour === 'bash' ? exec0(sh) : sh.s.applet}: ${message}\n`);
      flush(sh);
      return status;
    }
    if (sh.s.flavour === 'bash' && /^[^\n]*\0/.test(file.bytes.slice(0, 256))) {
      print(sh, 2, `${called.script}: ${called.script}: cannot execute binary file\n`);
      flush(sh);
      return 126;
    }
    return { ...textSource(decodeUtf8(file.bytes), 1), shown: true };
  }
  if (!sh.s.options.includes('s')) sh.s.options += 's';
  return { text: '', pos: 0, line: 1, fd: 0, tail: '', eof: false, shown: true };
}

/** What the shell itself was called, before a script gave it another name. */
function exec0(sh: Shell): string {
  return sh.s.lastArgument ?? sh.s.zero;
}

/** bash looks for a script in the working directory, then in PATH. */
function scriptPath(sh: Shell, script: string): string {
  if (sh.s.flavour !== 'bash' || script.includes('/') || !isErrno(sh.sys.fs.stat(script))) return script;
  return findCommand(sh, script) ?? script;
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
