import { isErrno } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { isSpecial } from '../builtins/special.ts';
import type { CommandOp, Op } from '../compile/ops.ts';
import type { Block, ShellState } from '../state.ts';
import { wording } from '../wording/words.ts';
import { beginLastMember, endLastMember, executeBash, noteCommand, noteOrigin, runReturnTrap } from './bash-machine.ts';
import { controlsJobs, forkShell, isInteractive } from './children.ts';
import { finish, runDebugTrap, runSimple, runSubshell, waitFor } from './command.ts';
import { needInput } from './input.ts';
import { makeJob, storeJob } from './jobs.ts';
import { abort, leave, loadLine, popBlock, popFrame } from './levels.ts';
import { hasShopt } from './matching.ts';
import { flush } from './output.ts';
import { resume } from './pending.ts';
import { quoteReusable } from './quoting.ts';
import { redirect } from './redirects.ts';
import type { Shell } from './shell.ts';
import { hasOption, print, ShellError } from './shell.ts';
import { traceText } from './trace.ts';
import { runTrap } from './traps.ts';
import { setVariable } from './variables.ts';
import { restoreAssigns, runWordOp } from './words.ts';

/** Runs the shell until it must wait, ends, or its time is used up. */
export function run(sh: Shell): Next<ShellState> {
  for (;;) {
    try {
      const next = go(sh);
      if (next) return next;
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      abort(sh, error);
    }
  }
}

function go(sh: Shell): Next<ShellState> | undefined {
  for (;;) {
    if (!sh.sys.spend(1)) return { state: sh.s, yield: true };
    if (sh.s.out.length > 0) {
      const wait = flush(sh);
      if (wait && !isErrno(wait)) return { state: sh.s, wait };
    }
    if (sh.s.pending) {
      const next = resume(sh);
      if (next) return next;
      continue;
    }
    if (sh.s.signals.length > 0 && runTrap(sh)) continue;
    const op = sh.frame.code[sh.frame.pc];
    const next = op ? execute(sh, op) : endOfCode(sh);
    if (sh.replaced) return sh.replaced;
    if (next) return next;
  }
}

/** The operations of the level have all been run. */
function endOfCode(sh: Shell): Next<ShellState> | undefined {
  const { frame } = sh;
  const loaded = frame.source ? loadLine(sh) : 'end';
  if (loaded === 'code') return undefined;
  if (loaded === 'more') return needInput(sh);
  switch (frame.kind) {
    case 'main':
    case 'sub':
      leave(sh, sh.s.status);
      return undefined;
    case 'exit':
      return { exit: (frame.restore.status ?? 0) & 0xff };
    case 'trap':
      popFrame(sh);
      sh.s.status = frame.restore.status ?? 0;
      if (frame.restore.leave) leave(sh, sh.s.status);
      return undefined;
    default: {
      // the text that `eval` or `.` ran may have been empty
      if (frame.source && frame.code.length === 0) sh.s.status = 0;
      const { tested } = frame;
      popFrame(sh);
      if (frame.kind !== 'eval' && runReturnTrap(sh, frame)) return undefined;
      finish(
        sh,
        sh.s.status,
        tested ||
          (sh.s.flavour === 'bash' && frame.kind === 'function' && sh.s.traps.ERR === undefined && !hasOption(sh, 'e')),
      );
      return undefined;
    }
  }
}

function execute(sh: Shell, op: Op): Next<ShellState> | undefined {
  if (runWordOp(sh, op)) return undefined;
  const { frame } = sh;
  switch (op.o) {
    case 'begin':
      frame.line = op.line;
      if (op.text !== undefined) noteCommand(sh, op.text);
      frame.args = [];
      frame.words = [];
      frame.redirects = [];
      frame.substituted = null;
      frame.assigned = [];
      break;
    case 'run':
      return runSimple(sh, op);
    case 'endAssigns': {
      const block = frame.blocks.at(-1);
      if (block?.b === 'assigns') {
        frame.blocks.pop();
        restoreAssigns(sh, block.saved);
      }
      break;
    }
    case 'redirectAll':
      redirectAll(sh, op);
      return undefined;
    case 'endRedirects':
      popBlock(sh);
      break;
    case 'jump':
      frame.pc = op.to;
      return undefined;
    case 'jumpIf':
      frame.pc = (sh.s.status === 0) === op.success ? op.to : frame.pc + 1;
      return undefined;
    case 'not':
      sh.s.status = sh.s.status === 0 ? 1 : 0;
      break;
    case 'status':
      sh.s.status = op.status;
      break;
    case 'loop':
      frame.blocks.push({ b: 'loop', brk: op.brk, cont: op.cont, kept: 0 });
      break;
    case 'for':
      frame.blocks.push({
        b: 'loop',
        brk: op.brk,
        cont: op.cont,
        kept: 0,
        name: op.name,
        items: frame.args,
        next: 0,
        ...(sh.s.command === undefined ? {} : { text: sh.s.command }),
      });
      frame.args = [];
      break;
    case 'next':
      nextItem(sh);
      return undefined;
    case 'keep': {
      const block = loopBlock(sh);
      frame.blocks[frame.blocks.length - 1] = { ...block, kept: sh.s.status };
      break;
    }
    case 'endLoop':
      sh.s.status = loopBlock(sh).kept;
      frame.blocks.pop();
      break;
    case 'define':
      if (sh.s.flavour === 'bash') noteOrigin(sh, op);
      sh.s.functions = { ...sh.s.functions, [op.name]: op.code };
      sh.s.status = 0;
      break;
    case 'substitute':
      substitute(sh, op.to, op.q);
      return undefined;
    case 'subshell':
      runSubshell(sh, op);
      return undefined;
    case 'background':
      background(sh, op);
      return undefined;
    case 'pipeline':
      pipeline(sh, op);
      return undefined;
    case 'exit':
      if (!endLastMember(sh)) leave(sh, sh.s.status);
      return undefined;
    default:
      return executeBash(sh, op);
  }
  frame.pc++;
  return undefined;
}

export function loopBlock(sh: Shell): Block & { b: 'loop' } {
  const block = sh.frame.blocks.at(-1);
  return block?.b === 'loop' ? block : { b: 'loop', brk: 0, cont: 0, kept: 0 };
}

/** The next turn of a `for`. */
function nextItem(sh: Shell): void {
  const { frame } = sh;
  const block = loopBlock(sh);
  const item = block.items?.[block.next ?? 0];
  if (item === undefined) {
    frame.pc = block.brk;
    return;
  }
  if (sh.s.traps.DEBUG !== undefined) {
    if (block.text !== undefined) noteCommand(sh, block.text);
    if (runDebugTrap(sh)) return;
  }
  frame.blocks[frame.blocks.length - 1] = { ...block, next: (block.next ?? 0) + 1 };
  traceText(
    sh,
    `for ${block.name ?? ''} in ${(block.items ?? []).map((word) => quoteReusable(word, 'words')).join(' ')}`,
  );
  setVariable(sh, block.name ?? '', item);
  frame.pc++;
}

function redirectAll(sh: Shell, op: CommandOp & { o: 'redirectAll' }): void {
  const { frame } = sh;
  const result = redirect(sh, frame.redirects);
  frame.redirects = [];
  if (result) {
    frame.blocks.push(result);
    frame.pc++;
    return;
  }
  const special = op.simple && isSpecialCommand(sh);
  const status = sh.s.flavour === 'ash' ? op.status : wording(sh).redirectFailed;
  frame.pc = op.to;
  if (special) throw new ShellError('', status);
  if (op.simple || sh.s.flavour === 'bash') finish(sh, status, op.tested);
  else sh.s.status = status;
}

/** Is the command at hand a special built-in, whose failing redirection ends the shell? */
function isSpecialCommand(sh: Shell): boolean {
  const [name] = sh.frame.args;
  return name !== undefined && isSpecial(name, sh.s.flavour) && !Object.hasOwn(sh.s.functions, name);
}

/** `$(…)`: a child writes into a pipe that this process reads to its end. */
function substitute(sh: Shell, to: number, q: boolean): void {
  const ends = sh.sys.pipe();
  if (isErrno(ends)) throw new ShellError("can't create pipe");
  const [read, write] = ends;
  // -e does not reach into substitutions, but in dash
  const { options, flavour } = sh.s;
  if (flavour === 'ash' || (flavour === 'bash' && !hasShopt(sh, 'inherit_errexit')))
    sh.s.options = options.replace('e', '');
  const depth = sh.s.substitutions;
  if (flavour === 'bash') sh.s.substitutions = (depth ?? 0) + 1;
  const pid = forkShell(sh, sh.frame.pc + 1, { fds: { 1: write }, without: [read, write] });
  if (flavour === 'bash') sh.s.substitutions = depth ?? 0;
  sh.s.options = options;
  sh.sys.close(write);
  const fd = sh.sys.dup(read, undefined, 10);
  sh.sys.close(read);
  const own = isErrno(fd) ? null : fd;
  if (own !== null) sh.s.privateFds = [...sh.s.privateFds, own];
  sh.s.pending = { p: 'substitute', pid, fd: own, parts: [], size: 0, q, to };
}

function background(sh: Shell, op: CommandOp & { o: 'background' }): void {
  const { frame, sys } = sh;
  const control = controlsJobs(sh);
  const start = frame.pc + 1;
  frame.pc = op.to;
  const nothing = control ? -1 : sys.fs.open('/dev/null', { read: true });
  const input = isErrno(nothing) || nothing < 0 ? {} : { fds: { 0: nothing }, without: [nothing] };
  const pid = forkShell(sh, start, control ? { pgid: 0 } : { ...input, ignore: ['SIGINT', 'SIGQUIT'] });
  if (!isErrno(nothing) && nothing >= 0) sys.close(nothing);
  const job = makeJob(sh, [pid], control ? op.text : '');
  storeJob(sh, job);
  if (sh.s.flavour === 'bash' && isInteractive(sh)) print(sh, 2, `[${job.id}] ${pid}\n`);
  sh.s.lastBackground = pid;
  sh.s.status = 0;
}

function pipeline(sh: Shell, op: CommandOp & { o: 'pipeline' }): void {
  const { sys, frame } = sh;
  const control = controlsJobs(sh);
  const pids: number[] = [];
  const own = !control && sh.s.flavour === 'bash' && hasShopt(sh, 'lastpipe');
  let input: number | undefined;
  op.members.forEach((pc, index) => {
    const ends = index < op.members.length - 1 ? sys.pipe() : undefined;
    if (isErrno(ends)) throw new ShellError("can't create pipe");
    if (own && index === op.members.length - 1) {
      beginLastMember(sh, op, pc, pids, input ?? 0);
      return;
    }
    const fds = { ...(input === undefined ? {} : { 0: input }), ...(ends ? { 1: ends[1] } : {}) };
    const without = [...(input === undefined ? [] : [input]), ...(ends ?? [])].filter((fd) => fd > 2);
    const group = control ? { pgid: pids[0] ?? 0 } : {};
    pids.push(forkShell(sh, pc, { fds, without, ...group }));
    if (input !== undefined) sys.close(input);
    if (ends) sys.close(ends[1]);
    input = ends?.[0];
  });
  if (own) return;
  frame.pc = op.to;
  waitFor(sh, pids, op.text, op.tested);
}
