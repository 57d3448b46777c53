import type { Errno } from '../../../kernel/errno.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Replaced } from '../../../kernel/program.ts';
import type { Builtin } from '../builtins/builtin.ts';
import { isSpecial } from '../builtins/special.ts';
import { findBuiltin } from '../builtins/table.ts';
import type { CommandOp } from '../compile/ops.ts';
import { wording } from '../wording/words.ts';
import { controlsJobs, execCommand, forkShell, spawnCommand } from './children.ts';
import { makeJob } from './jobs.ts';
import { keepBlock, leave, pushCall, pushSource, textSource } from './levels.ts';
import { flush } from './output.ts';
import type { Shell } from './shell.ts';
import { appletError, complain, hasOption, print, ShellError } from './shell.ts';
import { traceLine } from './trace.ts';
import { putVariable, variable } from './variables.ts';

/** How a command is to be run. */
export interface HowToRun {
  readonly tested: boolean;
  /** The process may become the command. */
  readonly last: boolean;
  /** `command NAME`: no functions, and special built-ins are not special. */
  readonly plain?: boolean;
  readonly defaultPath?: boolean;
}

/** A command has ended: sets `$?`, and with -e ends the shell on a failure that nobody looks at. */
export function finish(sh: Shell, status: number, tested: boolean): void {
  sh.s.status = status;
  if (sh.s.flavour === 'bash') {
    sh.s.pipeStatus = undefined;
    if (status !== 0 && !tested && !sh.frame.tested && runErrorTrap(sh, status)) return;
  }
  if (status !== 0 && hasOption(sh, 'e') && !tested && !sh.frame.tested) leave(sh, status);
}

/** bash's ERR trap; with -e the shell ends behind it. */
function runErrorTrap(sh: Shell, status: number): boolean {
  const action = sh.s.traps.ERR;
  if (!action || sh.s.frames.some((frame) => frame.kind === 'trap')) return false;
  const leaving = hasOption(sh, 'e') ? { leave: true as const } : {};
  pushSource(sh, 'trap', textSource(action, sh.frame.line), true, { status, ...leaving });
  return true;
}

/** bash's DEBUG trap, before a simple command. Returns whether it runs now. */
export function runDebugTrap(sh: Shell): boolean {
  const { frame } = sh;
  const action = sh.s.traps.DEBUG;
  if (!action || sh.s.frames.some((level) => level.kind === 'trap')) return false;
  if (frame.debugged) {
    frame.debugged = false;
    return false;
  }
  frame.debugged = true;
  pushSource(sh, 'trap', textSource(action, frame.line), true, { status: sh.s.status });
  return true;
}

/** Runs the simple command whose words have been expanded. */
export function runSimple(sh: Shell, op: CommandOp & { o: 'run' }): Replaced | undefined {
  const { frame } = sh;
  if (sh.s.traps.DEBUG !== undefined && runDebugTrap(sh)) return undefined;
  const { args } = frame;
  if (sh.s.flavour === 'bash' && args.length > 0) sh.s.lastArgument = args.at(-1) ?? '';
  if (hasOption(sh, 'x') && (args.length > 0 || frame.assigned.length > 0))
    print(sh, 2, traceLine(sh, frame.assigned, args));
  if (args.length === 0) {
    frame.pc++;
    finish(sh, frame.substituted ?? 0, op.tested);
    return undefined;
  }
  frame.args = [];
  return runCommand(sh, args, op);
}

/** Runs a command: a function, a built-in, or a program. The level goes on behind the operation at hand. */
export function runCommand(sh: Shell, args: readonly string[], how: HowToRun): Replaced | undefined {
  const [name = ''] = args;
  sh.frame.pc++;
  const code = how.plain || !Object.hasOwn(sh.s.functions, name) ? undefined : sh.s.functions[name];
  if (code) {
    pushCall(sh, name, code, args.slice(1), how.tested || sh.frame.tested);
    return undefined;
  }
  const builtin = findBuiltin(sh.s.flavour, name);
  if (builtin) {
    runBuiltin(sh, name, builtin, args, how);
    return undefined;
  }
  return runExternal(sh, args, how);
}

function runBuiltin(sh: Shell, name: string, run: Builtin, args: readonly string[], how: HowToRun): void {
  const special = isSpecial(name, sh.s.flavour) && !how.plain;
  if (special) keepAssigns(sh);
  const { commandName } = sh.s;
  const level = sh.frame;
  sh.previousName = commandName;
  sh.s.commandName = name;
  let status: number | undefined;
  try {
    status = run(sh, args, how);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    if (special || sh.frame !== level) throw error;
    if (error.line && sh.s.flavour === 'bash' && error.status === 1) sh.s.commandName = commandName;
    if (error.line && sh.s.flavour === 'bash' && sh.frame.kind !== 'main') throw error;
    if (error.message !== '') complain(sh, error.message);
    status = error.status;
  }
  // a built-in that began a level of its own put the name there, to come back when that ends
  if (sh.frame === level) sh.s.commandName = commandName;
  if (status === undefined) return;
  const failed = flush(sh);
  if (isErrno(failed)) {
    if (sh.s.flavour === 'ash') appletError(sh, `write error: ${strerror(failed)}`);
    else {
      sh.s.commandName = name;
      complain(sh, sh.s.flavour === 'dash' ? `${name}: I/O error` : `write error: ${strerror(failed)}`);
      sh.s.commandName = commandName;
    }
    status ||= 1;
  }
  finish(sh, status, how.tested);
}

/** Assignments in front of a special built-in stay. */
function keepAssigns(sh: Shell): void {
  const block = sh.frame.blocks.at(-1);
  if (block?.b !== 'assigns') return;
  for (const [name, before] of block.saved) {
    const now = variable(sh, name);
    if (now?.v !== undefined && !before?.x && !hasOption(sh, 'a')) putVariable(sh, name, { v: now.v });
  }
  keepBlock(sh, 'assigns');
}

function runExternal(sh: Shell, args: readonly string[], how: HowToRun): Replaced | undefined {
  const mayReplace =
    how.last &&
    !inLastMember(sh) &&
    Object.keys(sh.s.traps).every((name) => sh.s.traps[name] === '') &&
    sh.s.out.length === 0;
  if (mayReplace) {
    const result = execCommand(sh, args);
    if (!isErrno(result)) return result;
    notStarted(sh, args, result, how);
    return undefined;
  }
  const control = controlsJobs(sh);
  const pid = spawnCommand(sh, args, control ? { pgid: 0 } : {});
  if (isErrno(pid)) {
    notStarted(sh, args, pid, how);
    return undefined;
  }
  waitFor(sh, [pid], args.join(' '), how.tested);
  return undefined;
}

/** bash's lastpipe: does this shell itself run a pipeline's last member now? */
function inLastMember(sh: Shell): boolean {
  return sh.s.frames.some((frame) => frame.blocks.some((block) => block.b === 'lastpipe'));
}

/** Why a command could not be started. bash tells directories from other files that cannot be executed. */
function failureOf(sh: Shell, name: string, error: Errno): Errno {
  const bash = sh.s.flavour === 'bash';
  if (name === '') return { errno: bash ? 'ENOENT' : 'EACCES' };
  const stat = bash && name.includes('/') ? sh.sys.fs.stat(name) : undefined;
  if (stat !== undefined && !isErrno(stat) && stat.type === 'dir') return { errno: 'EISDIR' };
  // a directory or other file in PATH that cannot be executed is none for bash
  return error;
}

function notStarted(sh: Shell, args: readonly string[], error: Errno, how: HowToRun): void {
  const [name = ''] = args;
  const reason = failureOf(sh, name, error);
  const { message, status } = wording(sh).notStarted(name, reason);
  const there =
    sh.s.flavour === 'bash' && error.errno === 'ENOENT' && name.includes('/') && !isErrno(sh.sys.fs.stat(name));
  complain(sh, there ? `${name}: cannot execute: required file not found` : message);
  finish(sh, name === '' ? 127 : status, how.tested);
}

/** Makes these processes the foreground job, and waits for it. */
export function waitFor(sh: Shell, pids: readonly number[], text: string, tested: boolean): void {
  const job = makeJob(sh, pids, text);
  const { terminal } = sh.s;
  if (controlsJobs(sh) && terminal !== null && terminal.fd !== null) sh.sys.foreground(terminal.fd, job.pgid);
  sh.s.pending = { p: 'job', job, tested };
}

/** A subshell in the foreground; the level goes on at `to`. */
export function runSubshell(sh: Shell, op: CommandOp & { o: 'subshell' }): void {
  const { frame } = sh;
  if (sh.s.flavour === 'bash') frame.line = op.line;
  const pid = forkShell(sh, frame.pc + 1, controlsJobs(sh) ? { pgid: 0 } : {});
  frame.pc = op.to;
  waitFor(sh, [pid], '', op.tested);
}
