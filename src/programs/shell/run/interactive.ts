import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import type { Signal } from '../../../kernel/signals.ts';
import type { LineEditor } from '../line-editor.ts';
import { newLine, typeByte } from '../line-editor.ts';
import type { ShellState } from '../state.ts';
import { interactiveIgnored, isInteractive } from './children.ts';
import { completions } from './completion.ts';
import { addText } from './input.ts';
import { isDone, jobLine, storeJob, updateJobs } from './jobs.ts';
import { popFrame, pushSource, textSource } from './levels.ts';
import { earlierLines, furtherCompletions, noteLine } from './line-service.ts';
import { expandPrompt } from './prompt.ts';
import { firstPrivate } from './redirects.ts';
import type { Shell } from './shell.ts';
import { hasOption, print } from './shell.ts';
import { setVariable, variableValue } from './variables.ts';

const longestHistory = 500;

/** Decides whether a person types to this shell, and if so takes the terminal and reads the profiles. */
export function startInteractive(sh: Shell, login: boolean, without: readonly string[]): void {
  const { sys, s } = sh;
  const terminal = s.options.includes('s') && !s.options.includes('c') && sys.isatty(0) && sys.isatty(1);
  if (terminal && !s.options.includes('i')) s.options += 'i';
  if (s.options.includes('i')) {
    for (const signal of interactiveIgnored) sys.onSignal(signal, 'ignore');
    sys.onSignal('SIGINT', 'catch');
    sys.onSignal('SIGCHLD', 'catch');
    if (s.flavour === 'bash') {
      s.shopt = [...(s.shopt ?? []), 'expand_aliases'];
      s.options += 'HO';
    }
    takeTerminal(sh);
  }
  const profiles = s.flavour === 'bash' ? bashProfiles(sh, login, without) : plainProfiles(sh, login);
  for (const path of profiles) {
    const file = path ? sys.fs.readFile(path) : undefined;
    if (!path || !file || isErrno(file)) continue;
    pushSource(sh, 'dot', textSource(decodeUtf8(file.bytes), 1), false, { commandName: null });
    if (s.flavour === 'bash') sh.frame.file = path;
    else s.commandName = path;
  }
}

/** The files that are read at the start, the last one first. */
function plainProfiles(sh: Shell, login: boolean): readonly (string | undefined)[] {
  return [
    sh.s.options.includes('i') ? variableValue(sh, 'ENV') : undefined,
    login ? `${variableValue(sh, 'HOME') ?? ''}/.profile` : undefined,
    login ? '/etc/profile' : undefined,
  ];
}

/** bash: a login shell reads the profiles, an interactive one its run commands, a script what BASH_ENV names. */
function bashProfiles(sh: Shell, login: boolean, without: readonly string[]): readonly (string | undefined)[] {
  const home = variableValue(sh, 'HOME') ?? '';
  if (login && !without.includes('noprofile')) {
    const own = ['.bash_profile', '.bash_login', '.profile'].map((name) => `${home}/${name}`);
    return [own.find((path) => !isErrno(sh.sys.fs.stat(path))), '/etc/profile'];
  }
  if (!sh.s.options.includes('i')) return [variableValue(sh, 'BASH_ENV')];
  return without.includes('norc') ? [] : [`${home}/.bashrc`, '/etc/bash.bashrc'];
}

/** Job control: a private descriptor of the terminal, a process group of its own, and that in the foreground. */
function takeTerminal(sh: Shell): void {
  const { sys, s } = sh;
  const tty = [0, 2, 1].find((fd) => sys.isatty(fd));
  if (tty === undefined) {
    print(sh, 2, `${s.zero}: can't access tty; job control turned off\n`);
    s.terminal = { fd: null, history: [] };
    return;
  }
  const fd = sys.dup(tty, undefined, firstPrivate);
  const own = isErrno(fd) ? null : fd;
  if (own !== null) s.privateFds = [...s.privateFds, own];
  s.terminal = { fd: own, history: earlierLines(sys) };
  s.options += 'm';
  sys.setpgid(0, 0);
  const group = sys.getpgid(0);
  if (own !== null && !isErrno(group)) sys.foreground(own, group);
}

/** Notes a signal to the interactive shell itself. Returns whether it was one that has no further meaning. */
export function terminalWake(sh: Shell, signal: Signal): boolean {
  if (!isInteractive(sh) || sh.s.traps[signal.slice(3)] !== undefined) return false;
  if (signal !== 'SIGINT') return true;
  const { pending } = sh.s;
  // Ctrl-C while the shell itself waits (read, wait, a loop of built-ins): the command line is given up
  if (pending?.p === 'edit' || pending?.p === 'job' || pending?.p === 'substitute') return true;
  giveUp(sh);
  return true;
}

function giveUp(sh: Shell): void {
  if (sh.s.pending?.p === 'read' && sh.s.pending.read.modes)
    sh.sys.termios(sh.s.pending.read.fd, sh.s.pending.read.modes);
  sh.s.pending = null;
  while (sh.s.frames.length > 1) popFrame(sh);
  Object.assign(sh.frame, { code: [], pc: 0, words: [], args: [], redirects: [] });
  sh.frame.blocks.length = 0;
  if (sh.frame.source) sh.frame.source.pos = sh.frame.source.text.length;
  sh.s.commandName = null;
  sh.s.status = 130;
  print(sh, 1, '\n');
}

/** Shows a prompt, and begins to read a line. */
export function beginLine(sh: Shell): void {
  const { source } = sh.frame;
  if (sh.s.flavour === 'bash') noteWindow(sh);
  const more = source !== null && source.pos < source.text.length;
  if (!more) tellJobs(sh);
  const prompt = expandPrompt(sh, variableValue(sh, more ? 'PS2' : 'PS1') ?? '');
  // Debian's dash is built without a line editor: the terminal's own editing is all there is
  if (sh.s.flavour === 'dash' || !sh.sys.isatty(0)) {
    print(sh, 2, prompt);
    sh.s.pending = { p: 'input' };
    return;
  }
  sh.sys.termios(0, { icanon: false, echo: false, isig: false });
  print(sh, 1, prompt);
  sh.s.pending = { p: 'edit', editor: newLine(prompt, sh.s.terminal?.history ?? []) };
}

/** bash's LINES and COLUMNS, at each prompt (checkwinsize). */
function noteWindow(sh: Shell): void {
  const size = sh.sys.winsize(0);
  if (isErrno(size) || size.cols === 0) return;
  for (const [name, value] of [
    ['LINES', size.rows],
    ['COLUMNS', size.cols],
  ] as const)
    if (variableValue(sh, name) !== String(value)) setVariable(sh, name, String(value));
}

/** Tells which jobs have changed their state since the last prompt. */
function tellJobs(sh: Shell): void {
  updateJobs(sh);
  for (const job of sh.s.jobs) {
    if (job.told || (!isDone(job) && !job.stopped)) continue;
    print(sh, 2, jobLine(sh, job, 'short'));
    storeJob(sh, { ...job, told: true });
  }
}

/** A person has ended the input (Ctrl-D). Stopped jobs keep the shell, once. */
export function endOfInput(sh: Shell): void {
  const { source } = sh.frame;
  if (!source) return;
  const { flavour } = sh.s;
  if (hasOption(sh, 'I')) {
    print(sh, 2, '\nUse "exit" to leave shell.\n');
    return;
  }
  if (flavour === 'bash') print(sh, 2, sh.s.login ? '\nlogout\n' : '\nexit\n');
  if (mayLeave(sh)) {
    source.eof = true;
    if (flavour !== 'bash') print(sh, 2, '\n');
  }
}

/** Whether an interactive shell may end now: when jobs are stopped, it says so and stays, unless it has just said so. */
export function mayLeave(sh: Shell): boolean {
  const { terminal, flavour } = sh.s;
  if (!terminal || !isInteractive(sh)) return true;
  updateJobs(sh);
  if ((terminal.warned ?? 0) > 0 || !sh.s.jobs.some((job) => job.stopped)) return true;
  print(sh, 2, flavour === 'bash' ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n');
  sh.s.terminal = { ...terminal, warned: 2 };
  return false;
}

/** A line has been typed: a warning holds for one. */
export function ageWarning(sh: Shell): void {
  const { terminal } = sh.s;
  if (terminal?.warned) sh.s.terminal = { ...terminal, warned: terminal.warned - 1 };
}

/** Takes keys until the line is over. */
export function runEditor(sh: Shell, start: LineEditor): Next<ShellState> | undefined {
  const { sys } = sh;
  let editor = start;
  const size = sys.winsize(0);
  const history = sh.s.terminal?.history ?? [];
  const host = {
    cols: isErrno(size) || size.cols < 2 ? 80 : size.cols,
    history,
    search: sh.s.flavour === 'bash' ? ('bash' as const) : ('ash' as const),
    complete: (line: string, cursor: number) =>
      furtherCompletions(sys, line, cursor, sh.s.cwd) ?? completions(sh, line, cursor),
  };
  for (;;) {
    const got = sys.read(0, 1);
    if (got === 'again') {
      sh.s.pending = { p: 'edit', editor };
      return { state: sh.s, wait: { readable: [0] } };
    }
    sys.spend(5);
    if (got === 'eof' || isErrno(got)) return endLine(sh, 'eof', '', history);
    const edited = typeByte(editor, got.bytes, host);
    print(sh, 1, edited.output);
    editor = edited.editor;
    if (edited.end) return endLine(sh, edited.end, editor.text, history);
    if (sh.s.out.length > 0) {
      // show it before the next key is taken
      sh.s.pending = { p: 'edit', editor };
      return undefined;
    }
  }
}

function endLine(sh: Shell, end: 'line' | 'eof' | 'interrupt', text: string, history: readonly string[]): undefined {
  const { source } = sh.frame;
  sh.sys.termios(0, { icanon: true, echo: true, isig: true });
  sh.s.pending = null;
  if (!source) return undefined;
  if (end === 'eof') endOfInput(sh);
  else if (end === 'interrupt') {
    source.pos = source.text.length;
    sh.s.status = 130;
  } else {
    noteLine(sh.sys, text);
    ageWarning(sh);
    if (sh.s.terminal && text.trim() !== '' && history.at(-1) !== text)
      sh.s.terminal = { ...sh.s.terminal, history: [...history, text].slice(-longestHistory) };
    addText(source, encodeUtf8(`${text}\n`));
  }
  return undefined;
}
