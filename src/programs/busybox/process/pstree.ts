import type { ProcessInfo } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { findUser } from '../lookup.ts';

const line = {
  usage: '[-p] [PID|USER]',
  short: 'p',
  operands: [0, 1] as const,
};
const psmisc = {
  ...line,
  usage: '[-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]',
  short: 'apnlA',
  long: ['arguments=a', 'show-pids=p', 'numeric-sort=n', 'long=l', 'ascii=A'],
};

interface Branch {
  readonly process: ProcessInfo;
  readonly children: readonly Branch[];
}

interface Look {
  readonly pids: boolean;
  readonly args: boolean;
}

/** `pstree` of busybox and of psmisc: processes as a tree in ASCII; equal branches are counted where no PIDs are shown. */
export const pstree: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, style.flavour === 'busybox' ? line : psmisc);
    if (typeof options === 'number') return options;
    const processes = io.sys.processes();
    const look = { pids: options.has('p'), args: options.has('a') };
    const [wanted] = options.operands;
    const user = wanted === undefined || /^\d+$/.test(wanted) ? undefined : findUser(io.sys, wanted);
    if (wanted !== undefined && !/^\d+$/.test(wanted) && user === undefined)
      return complain(io, style.flavour === 'busybox' ? `unknown user ${wanted}` : `No such user name: ${wanted}`);
    const byNumber = options.has('n') || look.args;
    const tree = (process: ProcessInfo): Branch => ({
      process,
      children: processes
        .filter(({ ppid, pid }) => ppid === process.pid && pid !== process.pid)
        .sort((a, b) =>
          byNumber ? a.pid - b.pid : a.comm < b.comm ? -1 : a.comm > b.comm ? 1 : a.uid - b.uid || a.pid - b.pid,
        )
        .map(tree),
    });
    const roots =
      user === undefined
        ? processes.filter(({ pid }) => pid === Number(wanted ?? 1))
        : processes.filter(
            ({ uid, ppid }) => uid === user.uid && !processes.some((other) => other.pid === ppid && other.uid === uid),
          );
    roots.forEach((root, at) => {
      if (at > 0) io.out('\n');
      const lines = look.args ? listed(tree(root), look) : drawn(tree(root), look);
      for (const text of lines) printLine(io, text);
    });
    return roots.length > 0 ? 0 : 1;
  });

function label({ process }: Branch, look: Look): string {
  const [, ...args] = process.argv;
  const pid = look.pids ? `${look.args ? ',' : '('}${process.pid}${look.args ? '' : ')'}` : '';
  return `${process.comm}${pid}${look.args && args.length > 0 ? ` ${args.join(' ')}` : ''}`;
}

/** Children at the right of their parent: `a---b`, or `a-+-b`, `|-c` and `` `-d `` below each other. */
function drawn(branch: Branch, look: Look): string[] {
  const name = label(branch, look);
  const groups: { readonly lines: string[]; count: number }[] = [];
  for (const child of branch.children) {
    const lines = drawn(child, look);
    const same = groups.find((group) => group.lines.join('\n') === lines.join('\n'));
    if (same) same.count++;
    else groups.push({ lines, count: 1 });
  }
  if (groups.length === 0) return [name];
  const blank = ' '.repeat(name.length);
  return groups.flatMap(({ lines, count }, at) => {
    const last = at === groups.length - 1;
    const counted =
      count === 1
        ? lines
        : lines.map((text, row) =>
            row === 0 ? `${count}*[${text}` : `${' '.repeat(String(count).length + 2)}${text}`,
          );
    const closed = count === 1 ? counted : counted.map((text, row) => (row === counted.length - 1 ? `${text}]` : text));
    return closed.map((text, row) => {
      if (at === 0 && row === 0) return `${name}${groups.length === 1 ? '---' : '-+-'}${text}`;
      if (row === 0) return `${blank} ${last ? '`-' : '|-'}${text}`;
      return `${blank} ${last ? '  ' : '| '}${text}`;
    });
  });
}

/** With arguments each process has a line of its own. */
function listed(branch: Branch, look: Look): string[] {
  const lines = [label(branch, look)];
  branch.children.forEach((child, at) => {
    const last = at === branch.children.length - 1;
    const [first = '', ...rest] = listed(child, look);
    lines.push(`  ${last ? '`-' : '|-'}${first}`, ...rest.map((text) => `  ${last ? '  ' : '| '}${text}`));
  });
  return lines;
}
