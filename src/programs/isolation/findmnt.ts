import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { MountInfo } from '../../kernel/fs/calls.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { parseOptions } from '../options.ts';
import { fail, failWith, toolIo } from './io.ts';

const titles = ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'] as const;

/** `findmnt [-l] [-n] [-o COLUMNS] [-t TYPE] [TARGET]`: what is mounted, as a tree. */
export function findmnt(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('findmnt', exec, sys);
  const options = parseOptions(io, {
    usage: '[options] [<device> | <mountpoint>]',
    short: 'lno:t:M:T:rJ',
    long: ['list=l', 'noheadings=n', 'output:=o', 'types:=t', 'mountpoint:=M', 'target:=T', 'raw=r'],
  });
  if (typeof options === 'number') return { exit: options };
  for (const name of ['r', 'J', 'T'])
    if (options.has(name)) return fail(io, `findmnt: the option -${name} is not simulated`);
  const columns = options.value('o')?.split(',') ?? [...titles];
  const wrong = columns.find((name) => !titles.some((title) => title === name.toUpperCase()));
  if (wrong !== undefined) return fail(io, `findmnt: unknown column: ${wrong}`);
  const wanted = options.value('M') ?? options.operands[0];
  const type = options.value('t');
  const all = sys.fs.mounts();
  const chosen = all.filter(
    (each) =>
      (wanted === undefined || each.target === wanted.replace(/(.)\/$/, '$1') || each.source === wanted) &&
      (type === undefined || each.type === type),
  );
  if (chosen.length === 0) return { exit: 1 };
  const flat = options.has('l') || wanted !== undefined || type !== undefined;
  const lines = flat ? chosen.map((each) => ({ each, prefix: '' })) : asTree(chosen);
  const rows = lines.map(({ each, prefix }) => columns.map((name) => cell(each, name.toUpperCase(), prefix)));
  const table = options.has('n') ? rows : [columns.map((name) => name.toUpperCase()), ...rows];
  const widths = columns.map((_, at) => Math.max(...table.map((row) => [...(row[at] ?? '')].length)));
  for (const row of table) {
    const text = row.map((each, at) => each + ' '.repeat((widths[at] ?? 0) - [...each].length)).join(' ');
    io.out(encodeUtf8(`${text.trimEnd()}\n`));
  }
  return { exit: 0 };
}

function cell(each: MountInfo, column: string, prefix: string): string {
  switch (column) {
    case 'TARGET':
      return prefix + each.target;
    case 'SOURCE':
      return each.source;
    case 'FSTYPE':
      return each.type;
    default:
      return each.options;
  }
}

function asTree(all: readonly MountInfo[]): readonly { readonly each: MountInfo; readonly prefix: string }[] {
  const lines: { each: MountInfo; prefix: string }[] = [];
  const parentOf = (each: MountInfo, at: number) =>
    all.findLastIndex(
      (other, i) =>
        i < at && (other.target === '/' || each.target === other.target || each.target.startsWith(`${other.target}/`)),
    );
  const walk = (parent: number, before: string, top: boolean): void => {
    const children = all.map((_, at) => at).filter((at) => parentOf(all[at] as MountInfo, at) === parent);
    children.forEach((at, i) => {
      const last = i === children.length - 1;
      lines.push({ each: all[at] as MountInfo, prefix: top ? '' : `${before}${last ? '└─' : '├─'}` });
      walk(at, top ? '' : `${before}${last ? '  ' : '│ '}`, false);
    });
  };
  walk(-1, '', true);
  return lines;
}

/** `mountpoint [-q] PATH`: is something mounted there? */
export function mountpoint(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('mountpoint', exec, sys);
  const options = parseOptions(io, { usage: '[-qd] <directory>', short: 'q', long: ['quiet=q'] });
  if (typeof options === 'number') return { exit: options };
  const [path] = options.operands;
  if (path === undefined) return fail(io, "mountpoint: bad usage\nTry 'mountpoint --help' for more information.");
  const real = sys.fs.realpath(path);
  if (isErrno(real)) return failWith(io, path, real);
  const mounted = sys.fs.mounts().some(({ target }) => target === real);
  if (!options.has('q')) io.out(encodeUtf8(`${path} is ${mounted ? '' : 'not '}a mountpoint\n`));
  return { exit: mounted ? 0 : 32 };
}
