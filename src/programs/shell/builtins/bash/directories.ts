import type { Shell } from '../../run/shell.ts';
import { complain, print, ShellError } from '../../run/shell.ts';
import { variableValue } from '../../run/variables.ts';
import type { Builtin } from '../builtin.ts';
import { takeOptions } from '../builtin.ts';
import { cd } from '../system.ts';

/** A directory as `dirs` shows it. */
function shown(sh: Shell, path: string, long: boolean): string {
  const home = variableValue(sh, 'HOME');
  if (long || !home || home === '/' || (path !== home && !path.startsWith(`${home}/`))) return path;
  return `~${path.slice(home.length)}`;
}

/** `+N` from the left, `-N` from the right; undefined when it is no such thing. */
function place(text: string | undefined, length: number): number | undefined {
  const found = /^([-+])(\d+)$/.exec(text ?? '');
  if (!found) return undefined;
  return found[1] === '+' ? Number(found[2]) : length - 1 - Number(found[2]);
}

/** `dirs [-clpv] [+N] [-N]`. */
export const dirs: Builtin = (sh, args) => {
  const operands = args.slice(1).filter((arg) => /^[-+]\d+$/.test(arg));
  const { letters } = takeOptions(['dirs', ...args.slice(1).filter((arg) => !/^[-+]\d+$/.test(arg))], 'clpv', sh);
  if (letters.has('c')) {
    sh.s.directories = [];
    return 0;
  }
  const all = [sh.s.cwd, ...(sh.s.directories ?? [])].map((path) => shown(sh, path, letters.has('l')));
  const at = place(operands[0], all.length);
  if (at !== undefined) {
    const one = all[at];
    if (one === undefined) {
      complain(
        sh,
        all.length === 1
          ? 'directory stack empty'
          : `${(operands[0] ?? '').slice(1)}: directory stack index out of range`,
      );
      return 1;
    }
    print(sh, 1, `${one}\n`);
  } else if (letters.has('v'))
    print(sh, 1, all.map((path, index) => `${String(index).padStart(2)}  ${path}\n`).join(''));
  else print(sh, 1, `${all.join(letters.has('p') ? '\n' : ' ')}\n`);
  return 0;
};

/** Goes to the first directory of a stack and keeps the others. */
function arrive(sh: Shell, stack: readonly string[], how: Parameters<Builtin>[2], move: boolean): number {
  const [first = '/', ...rest] = stack;
  if (move) cd(sh, ['cd', '--', first], how);
  sh.s.directories = rest;
  return dirs(sh, ['dirs'], how) ?? 0;
}

/** `pushd [-n] [+N | -N | dir]`. */
export const pushd: Builtin = (sh, args, how) => {
  const move = args[1] !== '-n';
  const [target] = args.slice(move ? 1 : 2);
  const stack = [sh.s.cwd, ...(sh.s.directories ?? [])];
  if (target === undefined) {
    const [first = '', second, ...rest] = stack;
    if (second === undefined) throw new ShellError('no other directory', 1);
    return arrive(sh, [second, first, ...rest], how, move);
  }
  const at = place(target, stack.length);
  if (at !== undefined) {
    if (at < 0 || at >= stack.length)
      throw new ShellError(
        stack.length === 1 ? 'directory stack empty' : `${target}: directory stack index out of range`,
        1,
      );
    return arrive(sh, [...stack.slice(at), ...stack.slice(0, at)], how, move);
  }
  if (!move) {
    sh.s.directories = [target, ...stack.slice(1)];
    return dirs(sh, ['dirs'], how);
  }
  cd(sh, ['cd', '--', target], how);
  sh.s.directories = stack;
  return dirs(sh, ['dirs'], how);
};

/** `popd [-n] [+N | -N]`. */
export const popd: Builtin = (sh, args, how) => {
  const move = args[1] !== '-n';
  const [target] = args.slice(move ? 1 : 2);
  const stack = [sh.s.cwd, ...(sh.s.directories ?? [])];
  if (stack.length < 2) throw new ShellError('directory stack empty', 1);
  const at = target === undefined ? (move ? 0 : 1) : place(target, stack.length);
  if (at === undefined || at < 0 || at >= stack.length) throw new ShellError(`${target ?? ''}: invalid argument`, 1);
  return arrive(
    sh,
    stack.filter((_, index) => index !== at),
    how,
    at === 0,
  );
};
