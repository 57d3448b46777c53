import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { MountInfo } from '../../kernel/fs/calls.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { parseOptions } from '../options.ts';
import { fail, toolIo } from './io.ts';
import { tableLines, treeLines } from './layout.ts';

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
  const lines = flat ? chosen.map((node) => ({ node, prefix: '' })) : asTree(chosen);
  const rows = lines.map(({ node, prefix }) => columns.map((name) => cell(node, name.toUpperCase(), prefix)));
  const table = options.has('n') ? rows : [columns.map((name) => name.toUpperCase()), ...rows];
  for (const text of tableLines(table)) io.out(encodeUtf8(`${text}\n`));
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

/** Mounts below the mounts that they are on. */
function asTree(all: readonly MountInfo[]): readonly { readonly node: MountInfo; readonly prefix: string }[] {
  const parents = all.map(({ target }, at) =>
    all.findLast(
      (other, i) =>
        i < at && (other.target === '/' || target === other.target || target.startsWith(`${other.target}/`)),
    ),
  );
  const below = (parent: MountInfo | undefined) => all.filter((_, at) => parents[at] === parent);
  return treeLines(below(undefined), below);
}
