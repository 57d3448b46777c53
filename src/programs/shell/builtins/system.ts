import type { strerror } from '../../../kernel/errno.ts';
import { cleanPath } from '../../../kernel/fs/tree.ts';
import { findCommand } from '../run/lookup.ts';
import { quoteReusable } from '../run/quoting.ts';
import type { Shell } from '../run/shell.ts';
import { complain, print, ShellError } from '../run/shell.ts';
import { setVariable, singleQuote, variable, variableValue } from '../run/variables.ts';
import { evaluate } from '../run/words.ts';
import { wording } from '../wording/words.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions } from './builtin.ts';
import { describeCommand } from './describe.ts';
import { builtinNames, isBuiltin } from './names.ts';

/** A path with `.`, `..` and doubled slashes taken out, by the text alone. */
function normalize(path: string): string {
  // two slashes at the beginning are kept, as POSIX allows
  return `${/^\/\/(?!\/)/.test(path) ? '/' : ''}${cleanPath(path)}`;
}

/** `cd [-LP] [directory]`. */
export const cd: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'LP', sh);
  const [given] = operands;
  let target = given ?? variableValue(sh, 'HOME');
  if (sh.s.flavour === 'bash' && operands.length > 1) throw new ShellError('too many arguments', 1);
  if (target === undefined) {
    if (sh.s.flavour === 'bash') throw new ShellError('HOME not set', 1);
    return 0;
  }
  let tell = false;
  if (target === '-') {
    const before = variableValue(sh, 'OLDPWD');
    if (before === undefined && sh.s.flavour === 'bash') throw new ShellError('OLDPWD not set', 1);
    target = before ?? '';
    tell = true;
  }
  if (target === '') target = '.';
  const physical = [...letters].at(-1) === 'P';
  const search = /^(?:\/|\.\.?(?:\/|$))/.test(target) ? [''] : (variableValue(sh, 'CDPATH') ?? '').split(':');
  let failure = 'ENOENT' as Parameters<typeof strerror>[0];
  for (const directory of [...search, '']) {
    const path = directory === '' ? target : `${directory}/${target}`;
    const logical = normalize(path.startsWith('/') ? path : `${sh.s.cwd === '/' ? '' : sh.s.cwd}/${path}`);
    const failed = sh.sys.chdir(physical ? path : logical);
    if (failed) {
      failure = failed;
      continue;
    }
    moved(sh, physical ? sh.sys.cwd() : logical);
    if (tell || directory !== '') print(sh, 1, `${sh.s.cwd}\n`);
    return 0;
  }
  const { flavour } = sh.s;
  throw new ShellError(
    wording(sh).cannotChange(target, typeof failure === 'string' ? { errno: failure } : failure),
    flavour === 'bash' ? 1 : 2,
  );
};

function moved(sh: Shell, to: string): void {
  setVariable(sh, 'OLDPWD', sh.s.cwd, variable(sh, 'OLDPWD')?.x ?? true);
  sh.s.cwd = to;
  setVariable(sh, 'PWD', to, variable(sh, 'PWD')?.x ?? true);
}

/** `pwd [-LP]`. */
export const pwd: Builtin = (sh, args) => {
  const { letters } = takeOptions(args, 'LP', sh);
  print(sh, 1, `${[...letters].at(-1) === 'P' ? sh.sys.cwd() : sh.s.cwd}\n`);
  return 0;
};

/** `umask [-S] [mode]`. */
export const umask: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'S', sh);
  const [mode] = operands;
  const now = sh.sys.umask();
  if (mode === undefined) {
    const words = [6, 3, 0].map((shift) => {
      const bits = ~(now >> shift) & 7;
      return `${'ugo'.charAt(2 - shift / 3)}=${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`;
    });
    print(sh, 1, letters.has('S') ? `${words.join(',')}\n` : `${now.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  const wanted = /^[0-7]{1,4}$/.test(mode) ? Number.parseInt(mode, 8) : symbolicMask(mode, now);
  if (wanted === undefined && sh.s.flavour === 'bash')
    throw new ShellError(
      /^\d/.test(mode) ? `${mode}: octal number out of range` : `\`${mode.charAt(0)}': invalid symbolic mode operator`,
      1,
    );
  if (wanted === undefined)
    throw new ShellError(
      sh.s.flavour === 'dash'
        ? /^\d/.test(mode)
          ? `Illegal number: ${mode}`
          : `Illegal mode: ${mode}`
        : `illegal mode: ${mode}`,
    );
  sh.sys.umask(wanted & 0o777);
  return 0;
};

/** A mask from `u=rwx,g+w,…`: what it permits is what the mask leaves. */
function symbolicMask(text: string, now: number): number | undefined {
  let permitted = ~now & 0o777;
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!found) return undefined;
    const [, who = '', op, what = ''] = found;
    const bits = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (what.includes('x') ? 1 : 0);
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes('a') && !who.includes(letter)) continue;
      const before = (permitted >> shift) & 7;
      const after = op === '=' ? bits : op === '+' ? before | bits : before & ~bits;
      permitted = (permitted & ~(7 << shift)) | (after << shift);
    }
  }
  return ~permitted & 0o777;
}

function aliasLine(sh: Shell, name: string, value: string): string {
  if (sh.s.flavour === 'bash') return `alias ${name}=${quoteReusable(value, 'always')}\n`;
  return `${name}=${singleQuote(value)}\n`;
}

/** `alias [name[=value] …]`. */
export const alias: Builtin = (sh, args) => {
  if (args.length === 1) {
    print(
      sh,
      1,
      Object.entries(sh.s.aliases)
        .sort(([a], [b]) => (sh.s.flavour === 'bash' && a > b ? 1 : sh.s.flavour === 'bash' ? -1 : 0))
        .map(([name, value]) => aliasLine(sh, name, value))
        .join(''),
    );
    return 0;
  }
  let status = 0;
  for (const arg of args.slice(1)) {
    const at = arg.indexOf('=', 1);
    const name = at < 0 ? arg : arg.slice(0, at);
    const value = Object.hasOwn(sh.s.aliases, name) ? sh.s.aliases[name] : undefined;
    if (at >= 0) sh.s.aliases = { ...sh.s.aliases, [name]: arg.slice(at + 1) };
    else if (value !== undefined) print(sh, 1, aliasLine(sh, name, value));
    else {
      if (sh.s.flavour === 'bash') complain(sh, `${name}: not found`);
      else print(sh, 2, `alias: ${name} not found\n`);
      status = 1;
    }
  }
  return status;
};

/** `unalias [-a] [name …]`. */
export const unalias: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'a', sh);
  if (letters.has('a')) sh.s.aliases = {};
  let status = 0;
  for (const name of operands) {
    if (Object.hasOwn(sh.s.aliases, name))
      sh.s.aliases = Object.fromEntries(Object.entries(sh.s.aliases).filter(([known]) => known !== name));
    else {
      if (sh.s.flavour === 'bash') complain(sh, `${name}: not found`);
      else print(sh, 2, `unalias: ${name} not found\n`);
      status = 1;
    }
  }
  return status;
};

/** `type name …`. */
export const type: Builtin = (sh, args) => {
  let status = 0;
  for (const name of args.slice(1)) if (describeCommand(sh, name, 'words') !== 0) status = 127;
  return status;
};

/** `hash [-r] [name …]`: nothing is remembered, but missing commands are told. */
export const hash: Builtin = (sh, args) => {
  let status = 0;
  for (const name of takeOptions(args, 'r', sh).operands) {
    if (isBuiltin(name, sh.s.flavour) || Object.hasOwn(sh.s.functions, name) || findCommand(sh, name) !== undefined)
      continue;
    complain(sh, `${name}: not found`);
    status = 1;
  }
  return status;
};

/** `let expression …`: succeeds when the last one is not zero. */
export const lets: Builtin = (sh, args) => {
  if (args.length < 2) throw new ShellError('expression expected', sh.s.flavour === 'bash' ? 1 : 2);
  let value = 0n;
  for (const expression of args.slice(1)) value = evaluate(sh, expression);
  return value === 0n ? 1 : 0;
};

/** `times`: the processor time that the shell and its children used. */
export const times: Builtin = (sh) => {
  const own = sh.sys.processes().find((process) => process.pid === sh.sys.pid)?.cpu ?? 0;
  const show = (us: number) => `${Math.floor(us / 60e6)}m${((us % 60e6) / 1e6).toFixed(3)}s`;
  print(sh, 1, `${show(own)} ${show(0)}\n${show(0)} ${show(0)}\n`);
  return 0;
};

/** `help`: the names of the built-ins. */
export const help: Builtin = (sh) => {
  let out = 'Built-in commands:\n------------------\n';
  let line = '\t';
  builtinNames.forEach((name, index) => {
    if (line.length + name.length > 68) {
      out += `${line.trimEnd()}\n`;
      line = '\t';
    }
    line += index < builtinNames.length - 1 ? `${name} ` : name;
  });
  print(sh, 1, `${out}${line}\n\n`);
  return 0;
};

/** `history`: the lines typed so far. */
export const history: Builtin = (sh) => {
  print(sh, 1, (sh.s.terminal?.history ?? []).map((line, index) => `${String(index).padStart(4)} ${line}\n`).join(''));
  return 0;
};
