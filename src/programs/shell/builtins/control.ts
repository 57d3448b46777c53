import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import { execCommand, startFailure } from '../run/children.ts';
import { runCommand } from '../run/command.ts';
import { keepBlock, leave, popBlock, popFrame, pushSource, textSource } from '../run/levels.ts';
import { commandPaths, defaultPath } from '../run/lookup.ts';
import type { Shell } from '../run/shell.ts';
import { ShellError } from '../run/shell.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions, wholeNumber } from './builtin.ts';
import { describeCommand } from './describe.ts';

/** `exit [n]`. */
export const exit: Builtin = (sh, args) => {
  const status = args[1] === undefined ? statusBeforeTrap(sh) : wholeNumber(args[1]);
  sh.s.commandName = sh.previousName;
  leave(sh, status & 0xff);
  return undefined;
};

/** In a trap's action `exit` and `return` give what `$?` was before it. */
function statusBeforeTrap(sh: Shell): number {
  const { frame } = sh;
  return (frame.kind === 'trap' || frame.kind === 'exit' ? frame.restore.status : undefined) ?? sh.s.status;
}

/** `return [n]`: ends the function call or the sourced file; outside of them, the shell. */
export const returns: Builtin = (sh, args) => {
  const status = (args[1] === undefined ? sh.s.status : wholeNumber(args[1])) & 0xff;
  sh.s.commandName = sh.previousName;
  const index = sh.s.frames.findLastIndex((frame) => frame.kind === 'function' || frame.kind === 'dot');
  if (index < 0) {
    leave(sh, status);
    return undefined;
  }
  while (sh.s.frames.length > index + 1) popFrame(sh);
  endLevel(sh);
  sh.s.status = status;
  return undefined;
};

/** Lets the innermost level end as if its last operation had been run. */
function endLevel(sh: Shell): void {
  const { frame } = sh;
  while (frame.blocks.length > 0) popBlock(sh);
  frame.pc = frame.code.length;
  frame.source = null;
}

/** `break [n]` and `continue [n]`. */
export const breaks: Builtin = (sh, args) => {
  const count = args[1] === undefined ? 1 : wholeNumber(args[1]);
  if (count < 1) throw new ShellError(`Illegal number: ${args[1] ?? ''}`);
  sh.s.commandName = sh.previousName;
  leaveLoops(sh, count, args[0] === 'break');
  return undefined;
};

function leaveLoops(sh: Shell, count: number, out: boolean): void {
  const depth = loopDepth(sh);
  sh.s.status = 0;
  if (depth === 0) return;
  let left = Math.min(count, depth);
  for (;;) {
    const block = sh.frame.blocks.at(-1);
    if (!block) {
      // `eval break`, or `break` in a function: the loop is in the level around
      if (sh.s.frames.length > 1 && sh.frame.kind !== 'sub') {
        popFrame(sh);
        continue;
      }
      leave(sh, 0);
      return;
    }
    if (sh.frame.blocks.length <= (sh.frame.restore.outerLoops ?? 0)) {
      // the loop is around the subshell
      leave(sh, 0);
      return;
    }
    if (block.b === 'loop' && --left === 0) {
      if (out) sh.frame.blocks[sh.frame.blocks.length - 1] = { ...block, kept: 0 };
      sh.frame.pc = out ? block.brk : block.cont;
      return;
    }
    popBlock(sh);
  }
}

/** Loops around the place at hand, as far as `break` reaches. */
function loopDepth(sh: Shell): number {
  let depth = 0;
  for (let i = sh.s.frames.length - 1; i >= 0; i--) {
    const frame = sh.s.frames[i];
    if (!frame) break;
    depth += frame.blocks.filter((block) => block.b === 'loop').length;
    if (frame.kind !== 'eval' && frame.kind !== 'dot' && frame.kind !== 'function') break;
  }
  return depth;
}

/** `eval words`. */
export const evaluate: Builtin = (sh, args, how) => {
  if (args.length < 2) return 0;
  pushSource(sh, 'eval', textSource(args.slice(1).join(' '), sh.frame.line), how.tested || sh.frame.tested, {
    commandName: sh.previousName,
  });
  return undefined;
};

/** `. file [arguments]`, also called `source`. */
export const dot: Builtin = (sh, args, how) => {
  const [, name, ...params] = args;
  if (name === undefined) throw new ShellError('filename argument required');
  const path = name.includes('/')
    ? name
    : commandPaths(sh, name).find((candidate) => {
        const stat = sh.sys.fs.stat(candidate);
        return !isErrno(stat) && stat.type === 'file';
      });
  if (path === undefined) throw new ShellError(`${name}: not found`);
  const file = sh.sys.fs.readFile(path);
  if (isErrno(file)) throw new ShellError(`can't open '${path}': ${strerror(file)}`);
  const restore = { commandName: sh.previousName, ...(params.length > 0 ? { params: sh.s.params } : {}) };
  pushSource(
    sh,
    'dot',
    { ...textSource(decodeUtf8(file.bytes), 1), shown: true },
    how.tested || sh.frame.tested,
    restore,
  );
  sh.s.commandName = path;
  if (params.length > 0) sh.s.params = params;
  return undefined;
};

/** `exec [command]`: its redirections stay, and the command takes the shell's place. */
export const exec: Builtin = (sh, args) => {
  keepBlock(sh, 'redirects');
  const operands = args[1] === '--' ? args.slice(2) : args.slice(1);
  if (operands.length === 0) return 0;
  const result = execCommand(sh, operands);
  if (!isErrno(result)) {
    sh.replaced = result;
    return undefined;
  }
  const { message, status } = startFailure(result);
  throw new ShellError(`${operands[0] ?? ''}: ${message}`, status);
};

/** `command [-pvV] name …`. */
export const command: Builtin = (sh, args, how) => {
  const { letters, operands } = takeOptions(args, 'pvV');
  const path = letters.has('p') ? defaultPath : undefined;
  if (letters.has('v') || letters.has('V')) {
    const [name] = operands;
    return name === undefined ? 0 : describeCommand(sh, name, letters.has('V') ? 'words' : 'terse', path);
  }
  if (operands.length === 0) return 0;
  sh.s.commandName = sh.previousName;
  sh.frame.pc--;
  const replaced = runCommand(sh, operands, { ...how, plain: true });
  if (replaced) sh.replaced = replaced;
  return undefined;
};

/** `shift [n]`. */
export const shift: Builtin = (sh, args) => {
  const count = args[1] === undefined ? 1 : wholeNumber(args[1]);
  if (count > sh.s.params.length) return 1;
  sh.s.params = sh.s.params.slice(count);
  sh.s.getopts = { index: 1, offset: 0 };
  return 0;
};
