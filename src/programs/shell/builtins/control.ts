import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import { execCommand, isInteractive } from '../run/children.ts';
import { runCommand } from '../run/command.ts';
import { mayLeave } from '../run/interactive.ts';
import { keepBlock, leave, popBlock, popFrame, pushSource, textSource } from '../run/levels.ts';
import { commandPaths, defaultPath } from '../run/lookup.ts';
import { hasShopt } from '../run/matching.ts';
import type { Shell } from '../run/shell.ts';
import { complain, print, ShellError } from '../run/shell.ts';
import { wording } from '../wording/words.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions, wholeNumber } from './builtin.ts';
import { describeCommand } from './describe.ts';

/** `exit [n]`. */
export const exit: Builtin = (sh, args) => {
  if (args.length > 2 && sh.s.flavour === 'bash') {
    complain(sh, 'too many arguments');
    sh.s.commandName = sh.previousName;
    if (!isInteractive(sh)) leave(sh, 1);
    return isInteractive(sh) ? 1 : undefined;
  }
  if (isInteractive(sh) && sh.s.terminal) {
    if (sh.s.flavour === 'bash') print(sh, 2, sh.s.login ? 'logout\n' : 'exit\n');
    if (!mayLeave(sh)) return sh.s.flavour === 'bash' ? 1 : 0;
  }
  const status = args[1] === undefined ? statusBeforeTrap(sh) : exitNumber(sh, args[1]);
  sh.s.commandName = sh.previousName;
  leave(sh, status & 0xff);
  return undefined;
};

/** The status that was asked for; for bash a wrong one is told, and is 2. */
function exitNumber(sh: Shell, text: string): number {
  if (sh.s.flavour !== 'bash' || /^[-+]?\d+$/.test(text)) return wholeNumber(text, sh);
  complain(sh, wording(sh).badNumber(text));
  return 2;
}

/** In a trap's action `exit` and `return` give what `$?` was before it. */
function statusBeforeTrap(sh: Shell): number {
  const { frame } = sh;
  return (frame.kind === 'trap' || frame.kind === 'exit' ? frame.restore.status : undefined) ?? sh.s.status;
}

/** `return [n]`: ends the function call or the sourced file; outside of them, the shell. */
export const returns: Builtin = (sh, args) => {
  const given = args[1] === undefined ? sh.s.status : exitNumber(sh, args[1]);
  // dash keeps what it was given
  const status = sh.s.flavour === 'dash' ? given : given & 0xff;
  sh.s.commandName = sh.previousName;
  const index = sh.s.frames.findLastIndex((frame) => frame.kind === 'function' || frame.kind === 'dot');
  if (index < 0 && sh.s.flavour === 'bash' && sh.s.level === 0) {
    sh.s.commandName = 'return';
    throw new ShellError("can only `return' from a function or sourced script");
  }
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
  const count = args[1] === undefined ? 1 : wholeNumber(args[1], sh);
  if (count < 1) throw new ShellError(`Illegal number: ${args[1] ?? ''}`);
  sh.s.commandName = sh.previousName;
  leaveLoops(sh, count, args[0] === 'break');
  return undefined;
};

function leaveLoops(sh: Shell, count: number, out: boolean): void {
  const depth = loopDepth(sh);
  sh.s.status = 0;
  if (depth === 0) {
    if (sh.s.flavour === 'bash') {
      sh.s.commandName = out ? 'break' : 'continue';
      complain(sh, "only meaningful in a `for', `while', or `until' loop");
      sh.s.commandName = sh.previousName;
    }
    return;
  }
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
  if (sh.s.flavour === 'bash') sh.s.commandName = sh.previousName;
  pushSource(
    sh,
    'eval',
    textSource(args.slice(1).join(' '), sh.s.flavour === 'dash' ? 1 : sh.frame.line),
    how.tested || sh.frame.tested,
    {
      commandName: sh.previousName,
    },
  );
  return undefined;
};

/** `. file [arguments]`, also called `source`. */
export const dot: Builtin = (sh, args, how) => {
  const [, name, ...params] = args;
  if (name === undefined) {
    const usage = sh.s.flavour === 'bash' ? `\n${args[0] ?? ''}: usage: ${args[0] ?? ''} filename [arguments]` : '';
    if (sh.s.flavour === 'dash') return 0;
    throw new ShellError(`filename argument required${usage}`);
  }
  const path = name.includes('/')
    ? name
    : (commandPaths(sh, name).find((candidate) => {
        const stat = sh.sys.fs.stat(candidate);
        return !isErrno(stat) && stat.type === 'file';
      }) ?? (sh.s.flavour === 'bash' && !isErrno(sh.sys.fs.stat(name)) ? name : undefined));
  if (path === undefined && sh.s.flavour === 'bash') {
    sh.s.commandName = sh.previousName;
    throw new ShellError(`${name}: No such file or directory`, 1);
  }
  if (path === undefined) throw new ShellError(`${name}: not found`);
  const file = sh.sys.fs.readFile(path);
  if (isErrno(file)) {
    if (sh.s.flavour === 'bash') {
      sh.s.commandName = sh.previousName;
      throw new ShellError(`${path}: ${file.errno === 'EISDIR' ? 'is a directory' : strerror(file)}`, 1);
    }
    if (sh.s.flavour === 'dash')
      throw new ShellError(`cannot open ${path}: ${file.errno === 'ENOENT' ? 'No such file' : strerror(file)}`);
    throw new ShellError(`can't open '${path}': ${strerror(file)}`);
  }
  const restore = { commandName: sh.previousName, ...(params.length > 0 ? { params: sh.s.params } : {}) };
  pushSource(
    sh,
    'dot',
    { ...textSource(decodeUtf8(file.bytes), 1), shown: true },
    how.tested || sh.frame.tested,
    restore,
  );
  if (sh.s.flavour === 'bash') {
    sh.s.commandName = null;
    sh.frame.file = path;
    sh.frame.from = sh.s.frames.at(-2)?.line ?? 0;
  } else sh.s.commandName = path;
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
  const [name = ''] = operands;
  const { message, status } = wording(sh).notStarted(name, result);
  if (sh.s.flavour !== 'bash') throw new ShellError(message, status);
  const path = name.startsWith('./') ? `${sh.s.cwd}/${name.slice(2)}` : name;
  if (name.includes('/')) sh.s.commandName = sh.previousName;
  complain(sh, name.includes('/') ? message.replace(name, path) : message.replace('command not found', 'not found'));
  sh.s.commandName = sh.previousName;
  if (isInteractive(sh) || hasShopt(sh, 'execfail')) return status;
  leave(sh, status);
  return undefined;
};

/** `command [-pvV] name …`. */
export const command: Builtin = (sh, args, how) => {
  const { letters, operands } = takeOptions(args, 'pvV', sh);
  const path = letters.has('p') ? defaultPath : undefined;
  if (letters.has('v') || letters.has('V')) {
    const how = letters.has('V') ? 'words' : 'terse';
    if (sh.s.flavour === 'bash') {
      const found = operands.map((name) => describeCommand(sh, name, how, path) === 0);
      return found.includes(true) ? 0 : 1;
    }
    const [name] = operands;
    return name === undefined ? 0 : describeCommand(sh, name, how, path);
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
  const count = args[1] === undefined ? 1 : wholeNumber(args[1], sh);
  if (count < 0) throw new ShellError(`${count}: shift count out of range`, 1);
  if (count > sh.s.params.length) {
    if (sh.s.flavour === 'dash') throw new ShellError("can't shift that many");
    return 1;
  }
  sh.s.params = sh.s.params.slice(count);
  sh.s.getopts = { index: 1, offset: 0 };
  return 0;
};
