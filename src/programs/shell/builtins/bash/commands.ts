import { isErrno } from '../../../../kernel/errno.ts';
import { runCommand } from '../../run/command.ts';
import { functionText } from '../../run/function-text.ts';
import { commandPaths, findCommand } from '../../run/lookup.ts';
import type { Shell } from '../../run/shell.ts';
import { complain, print, ShellError } from '../../run/shell.ts';
import { reservedIn } from '../../syntax/characters.ts';
import type { Builtin } from '../builtin.ts';
import { takeOptions } from '../builtin.ts';
import { describeCommand } from '../describe.ts';
import { isBuiltin, namesOf } from '../names.ts';
import { findBuiltin } from '../table.ts';
import { usageOf } from './usage.ts';

/** `builtin name …`: runs a built-in even if a function has its name. */
export const builtin: Builtin = (sh, args, how) => {
  const operands = args[1] === '--' ? args.slice(2) : args.slice(1);
  const [name] = operands;
  if (name === undefined) return 0;
  if (!findBuiltin('bash', name)) {
    complain(sh, `${name}: not a shell builtin`);
    return 1;
  }
  sh.s.commandName = sh.previousName;
  sh.frame.pc--;
  const replaced = runCommand(sh, operands, { ...how, plain: true });
  if (replaced) sh.replaced = replaced;
  return undefined;
};

/** `caller [n]`: where the function that runs was called from. */
export const caller: Builtin = (sh, args) => {
  const calls = sh.s.frames.filter((frame) => frame.called !== undefined).reverse();
  const at = Number(args[1] ?? 0) || 0;
  const call = calls[at];
  if (!call) return 1;
  // with a number, a call from the text of -c is none
  const outermost = sh.s.frames.some((frame) => frame.file !== undefined && frame.called === undefined);
  if (args[1] !== undefined && !calls[at + 1] && !outermost) return 1;
  const outer = calls[at + 1];
  const file =
    outer?.file ?? sh.s.frames.find((frame) => frame.file !== undefined && frame.called === undefined)?.file ?? 'NULL';
  print(
    sh,
    1,
    args[1] === undefined ? `${call.from ?? 0} ${file}\n` : `${call.from ?? 0} ${outer?.called ?? 'main'} ${file}\n`,
  );
  return 0;
};

/** Every file in PATH that a name stands for. */
function files(sh: Shell, name: string): string[] {
  return commandPaths(sh, name).filter((path) => {
    const stat = sh.sys.fs.stat(path);
    return !isErrno(stat) && stat.type === 'file' && sh.sys.fs.access(path, 1) === undefined;
  });
}

function kinds(sh: Shell, name: string): string[] {
  const found: string[] = [];
  if (Object.hasOwn(sh.s.aliases, name)) found.push('alias');
  if (reservedIn('bash').has(name)) found.push('keyword');
  if (Object.hasOwn(sh.s.functions, name)) found.push('function');
  if (isBuiltin(name, 'bash')) found.push('builtin');
  return found;
}

/** `type [-afptP] name …`. */
export const type: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'afptP', sh);
  let status = 0;
  for (const name of operands) {
    const own = letters.has('P') ? [] : kinds(sh, name).filter((kind) => !(letters.has('f') && kind === 'function'));
    const paths = files(sh, name);
    if (own.length === 0 && paths.length === 0) {
      if (!letters.has('t') && !letters.has('p') && !letters.has('P')) complain(sh, `${name}: not found`);
      status = 1;
      continue;
    }
    const all = [...own.map((kind) => ({ kind, path: '' })), ...paths.map((path) => ({ kind: 'file', path }))];
    for (const { kind, path } of letters.has('a') ? all : all.slice(0, 1)) {
      if (letters.has('t')) print(sh, 1, `${kind}\n`);
      else if (letters.has('p') || letters.has('P')) print(sh, 1, path === '' ? '' : `${path}\n`);
      else if (kind === 'file') print(sh, 1, `${name} is ${path}\n`);
      else if (kind === 'builtin') print(sh, 1, `${name} is a shell builtin\n`);
      else if (kind === 'function') print(sh, 1, `${name} is a function\n${functionText(sh, name)}`);
      else describeCommand(sh, name, 'words');
    }
  }
  return status;
};

/** `compgen -abckvfd [-W words] [prefix]`. */
export const compgen: Builtin = (sh, args) => {
  const { letters, values, operands } = takeOptions(args, 'abcdefgjksuvW:A:', sh);
  const [prefix = ''] = operands;
  const names: string[] = [];
  const action = values.get('A');
  if (letters.has('a') || action === 'alias') names.push(...Object.keys(sh.s.aliases));
  if (letters.has('k') || letters.has('c') || action === 'keyword') names.push(...reservedIn('bash'));
  if (letters.has('c') || action === 'function') names.push(...Object.keys(sh.s.functions));
  if (letters.has('b') || letters.has('c') || action === 'builtin') names.push(...[...namesOf('bash')].sort());
  if (letters.has('v') || action === 'variable') names.push(...Object.keys(sh.s.variables).sort());
  if (letters.has('W') && values.has('W')) names.push(...(values.get('W') ?? '').split(/\s+/).filter(Boolean));
  if (letters.has('f') || letters.has('d')) {
    const slash = prefix.lastIndexOf('/') + 1;
    const listed = sh.sys.fs.list(prefix.slice(0, slash) || '.');
    for (const name of isErrno(listed) ? [] : listed) {
      const stat = sh.sys.fs.stat(prefix.slice(0, slash) + name);
      if (letters.has('f') || (!isErrno(stat) && stat.type === 'dir')) names.push(prefix.slice(0, slash) + name);
    }
  }
  if (letters.has('c')) {
    for (const directory of (sh.s.variables.PATH?.v ?? '').split(':')) {
      const listed = sh.sys.fs.list(directory || '.');
      if (!isErrno(listed)) names.push(...listed);
    }
  }
  const found = names.filter((name) => name.startsWith(prefix));
  print(sh, 1, found.map((name) => `${name}\n`).join(''));
  return found.length > 0 ? 0 : 1;
};

/** `disown [-ahr] [job …]`: jobs are forgotten. */
export const disown: Builtin = (sh, args) => {
  const { letters } = takeOptions(args, 'ahr', sh);
  if (!letters.has('h')) sh.s.jobs = letters.has('a') ? [] : sh.s.jobs.slice(0, -1);
  return 0;
};

/** `enable`: lists the built-ins; none can be switched off here. */
export const enable: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'anp', sh);
  if (letters.has('n') && operands.length > 0) {
    complain(sh, '-n: not simulated');
    return 1;
  }
  const unknown = operands.find((name) => !isBuiltin(name, 'bash'));
  if (unknown !== undefined) throw new ShellError(`${unknown}: not a shell builtin`, 1);
  if (operands.length === 0)
    print(
      sh,
      1,
      namesOf('bash')
        .map((name) => `enable ${name}\n`)
        .sort()
        .join(''),
    );
  return 0;
};

/** `hash [-r] [name …]`: nothing is remembered. */
export const hash: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'rldtp:', sh);
  if (operands.length === 0) {
    if (letters.size === 0) print(sh, 1, 'hash: hash table empty\n');
    return 0;
  }
  let status = 0;
  for (const name of operands) {
    const path = findCommand(sh, name);
    if (path !== undefined && letters.has('t')) print(sh, 1, `${path}\n`);
    if (path !== undefined || isBuiltin(name, 'bash') || Object.hasOwn(sh.s.functions, name)) continue;
    complain(sh, `${name}: not found`);
    status = 1;
  }
  return status;
};

/** `help [name]`. */
export const help: Builtin = (sh, args) => {
  const names = takeOptions(args, 'dms', sh).operands;
  if (names.length === 0) {
    print(
      sh,
      1,
      `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n${namesOf('bash')
        .map((name) => ` ${usageOf(name)}\n`)
        .join('')}`,
    );
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (isBuiltin(name, 'bash')) print(sh, 1, `${name}: ${usageOf(name)}\n`);
    else {
      complain(sh, `no help topics match \`${name}'.  Try \`help help' or \`man -k ${name}' or \`info ${name}'.`);
      status = 1;
    }
  }
  return status;
};

/** `history [-c] [n]`. */
export const history: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'cdanrwps', sh);
  if (letters.has('c')) {
    if (sh.s.terminal) sh.s.terminal = { ...sh.s.terminal, history: [] };
    return 0;
  }
  const [count] = operands;
  if (count !== undefined && !/^\d+$/.test(count)) throw new ShellError(`${count}: numeric argument required`, 1);
  const all = sh.s.terminal?.history ?? [];
  const lines = all.map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`);
  print(sh, 1, lines.slice(operands[0] === undefined ? 0 : -Number(operands[0])).join(''));
  return 0;
};
