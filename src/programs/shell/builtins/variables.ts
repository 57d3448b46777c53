import { listOptions, setLetter, setName } from '../options.ts';
import type { Shell } from '../run/shell.ts';
import { complain, print, ShellError } from '../run/shell.ts';
import { putVariable, setVariable, singleQuote, unsetVariable, variable, variableValue } from '../run/variables.ts';
import { isName } from '../syntax/characters.ts';
import { wording } from '../wording/words.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions, usageError } from './builtin.ts';

/** Splits `name=value`. @throws ShellError for a bad name */
function assignment(sh: Shell, text: string): { name: string; value: string | undefined } {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (!isName(name)) throw new ShellError(wording(sh).badName(name));
  return { name, value: at < 0 ? undefined : text.slice(at + 1) };
}

/** `export` and `readonly`. */
export const declare: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'np', sh);
  const flag = args[0] === 'export' ? 'x' : 'r';
  if (operands.length === 0 || letters.has('p')) {
    print(sh, 1, listVariables(sh, `${args[0] ?? ''} `, flag));
    return 0;
  }
  for (const operand of operands) {
    const { name, value } = assignment(sh, operand);
    if (value !== undefined) setVariable(sh, name, value);
    const now = variable(sh, name) ?? {};
    if (letters.has('n') && flag === 'x') {
      const { x: _, ...rest } = now;
      putVariable(sh, name, rest);
    } else putVariable(sh, name, { ...now, [flag]: true });
  }
  return 0;
};

/** Variables as commands that set them, in the order of their names. */
function listVariables(sh: Shell, prefix: string, flag: 'x' | 'r' | undefined): string {
  let out = '';
  for (const name of Object.keys(sh.s.variables).sort()) {
    const known = variable(sh, name);
    if (!known || (flag && !known[flag])) continue;
    const value = variableValue(sh, name);
    if (value !== undefined) out += `${prefix}${name}=${singleQuote(value)}\n`;
    else if (flag) out += `${prefix}${name}\n`;
  }
  return out;
}

/** `local name[=value] …`, in a function. */
export const local: Builtin = (sh, args) => {
  for (const operand of args.slice(1)) {
    const { name, value } = assignment(sh, operand);
    const before = variable(sh, name);
    // dash's local keeps the value that there was
    if (makeLocal(sh, name) && value === undefined && !before?.r && sh.s.flavour !== 'dash')
      putVariable(sh, name, before?.x ? { x: true } : {});
    if (value !== undefined) setVariable(sh, name, value);
  }
  return 0;
};

/** Makes a variable local to the function that runs. Returns whether it was not so before. @throws ShellError outside of functions */
export function makeLocal(sh: Shell, name: string): boolean {
  const index = sh.s.frames.findLastIndex((frame) => frame.kind === 'function' || frame.kind === 'sub');
  const frame = sh.s.frames[index];
  if (!frame || (frame.kind === 'sub' && !frame.restore.inFunction)) {
    const bash = sh.s.flavour === 'bash';
    throw new ShellError(bash ? 'can only be used in a function' : 'not in a function', bash ? 1 : 2);
  }
  const { locals = {} } = frame.restore;
  if (Object.hasOwn(locals, name)) return false;
  const owner = index === sh.s.frames.length - 1 ? sh.frame : { ...frame };
  owner.restore = { ...frame.restore, locals: { ...locals, [name]: variable(sh, name) ?? null } };
  sh.s.frames[index] = owner;
  return true;
}

/** `unset [-fv] name …`. */
export const unset: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'fv', sh);
  for (const name of operands) {
    if (letters.has('f')) {
      if (Object.hasOwn(sh.s.functions, name))
        sh.s.functions = Object.fromEntries(Object.entries(sh.s.functions).filter(([known]) => known !== name));
      continue;
    }
    if (!isName(name)) throw new ShellError(wording(sh).badName(name));
    unsetVariable(sh, name);
  }
  return 0;
};

/** `set [options] [--] [parameters]`. */
export const set: Builtin = (sh, args) => {
  if (args.length === 1) {
    print(sh, 1, listVariables(sh, '', undefined));
    return 0;
  }
  let i = 1;
  let given = false;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--' || arg === '-') {
      given = arg === '--' || i + 1 < args.length;
      if (arg === '-') sh.s.options = sh.s.options.replace(/[xv]/g, '');
      i++;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = args[i + 1];
        if (name === undefined) {
          print(sh, 1, listOptions(sh.s.options, !on, sh.s.flavour));
          continue;
        }
        i++;
        const changed = setName(sh.s.options, name, on, sh.s.flavour);
        if (changed === undefined) {
          if (sh.s.flavour === 'dash') throw new ShellError(`Illegal option ${on ? '-' : '+'}o ${name}`);
          complain(sh, wording(sh).illegalOption(`${on ? '-' : '+'}o ${name}`));
          return sh.s.flavour === 'bash' ? 2 : 1;
        }
        sh.s.options = changed;
        continue;
      }
      const changed = setLetter(sh.s.options, letter, on, sh.s.flavour);
      if (changed === undefined) throw usageError(sh, 'set', `${on ? '-' : '+'}${letter}`);
      sh.s.options = changed;
    }
  }
  if (given || i < args.length) {
    sh.s.params = args.slice(i);
    sh.s.getopts = { index: 1, offset: 0 };
  }
  return 0;
};

/** `getopts optstring name [arguments]`. */
export const getopts: Builtin = (sh, args) => {
  const [, optstring, name, ...given] = args;
  if (optstring === undefined || name === undefined) {
    if (sh.s.flavour === 'dash') throw new ShellError('Usage: getopts optstring var [arg...]');
    if (sh.s.flavour === 'ash') throw new ShellError('usage: getopts optstring var [arg]');
    print(sh, 2, 'getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const words = given.length > 0 ? given : sh.s.params;
  const silent = optstring.startsWith(':');
  let { index, offset } = sh.s.getopts;
  const plainValue = sh.s.flavour === 'bash' ? undefined : '';
  const arg = words[index - 1];
  const done = (letter: string, value: string | undefined, status: number) => {
    sh.s.getopts = { index, offset };
    putVariable(sh, 'OPTIND', { ...variable(sh, 'OPTIND'), v: String(index) });
    if (value === undefined) unsetVariable(sh, 'OPTARG');
    else setVariable(sh, 'OPTARG', value);
    setVariable(sh, name, letter);
    return status;
  };
  if (offset === 0) {
    if (arg === undefined || !arg.startsWith('-') || arg === '-') return done('?', undefined, 1);
    if (arg === '--') {
      index++;
      return done('?', undefined, 1);
    }
    offset = 1;
  }
  const word = arg ?? '';
  const letter = word.charAt(offset++);
  const at = letter === ':' ? -1 : optstring.indexOf(letter, silent ? 1 : 0);
  const last = offset >= word.length;
  if (at < 0) {
    if (last) {
      index++;
      offset = 0;
    }
    if (!silent)
      print(
        sh,
        2,
        sh.s.flavour === 'bash' ? `${sh.s.zero}: illegal option -- ${letter}\n` : `Illegal option -${letter}\n`,
      );
    return done('?', silent ? letter : undefined, 0);
  }
  if (optstring[at + 1] !== ':') {
    if (last) {
      index++;
      offset = 0;
    }
    return done(letter, plainValue, 0);
  }
  const value = last ? words[index] : word.slice(offset);
  index += last ? 2 : 1;
  offset = 0;
  if (value !== undefined) return done(letter, value, 0);
  index--;
  if (!silent)
    print(
      sh,
      2,
      sh.s.flavour === 'bash'
        ? `${sh.s.zero}: option requires an argument -- ${letter}\n`
        : `No arg for -${letter} option\n`,
    );
  return done(silent ? ':' : '?', silent ? letter : undefined, 0);
};
