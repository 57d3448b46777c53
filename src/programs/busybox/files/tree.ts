import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Errno, isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { type Options, parseOptions } from '../../options.ts';
import { matches } from '../../shell/pattern.ts';
import { joinPath } from '../paths.ts';

type Counts = { dirs: number; files: number };

/** `tree`: directories with what is in them. busybox's has no options; tree 2 counts the directory itself, too. */
export const tree: Applet = (style) =>
  instant(style, (io) => {
    const busybox = style.flavour === 'busybox';
    const options = parseOptions(io, {
      usage: '[DIR]...',
      short: busybox ? '' : 'adfiFL:I:P:npsugCQ',
      ...(busybox ? {} : { long: ['noreport', 'dirsfirst', 'version', 'du', 'gitignore', 'prune'] }),
    });
    if (typeof options === 'number') return options;
    const unknown = [...'PpsugCQ', 'version', 'du', 'gitignore', 'prune'].find((name) => options.has(name));
    if (unknown !== undefined) {
      io.err(`drydock: tree ${unknown.length > 1 ? '--' : '-'}${unknown} is not simulated\n`);
      return 1;
    }
    if (options.has('L') && !/^[1-9]\d*$/.test(options.value('L') ?? '')) {
      io.err('tree: Invalid level, must be greater than 0.\n');
      return 1;
    }
    const counts: Counts = { dirs: 0, files: 0 };
    let status = 0;
    for (const root of options.operands.length > 0 ? options.operands : ['.']) {
      const names = io.sys.fs.list(root);
      if (isErrno(names)) {
        io.out(encodeUtf8(`${root}  [error opening dir]\n`));
        status = busybox ? 0 : 2;
        continue;
      }
      io.out(encodeUtf8(`${root}\n`));
      if (!busybox) counts.dirs++;
      show(io, options, root, '', 1, counts);
    }
    const plural = (n: number, one: string, many: string) => `${n} ${n === 1 && !busybox ? one : many}`;
    const files = options.has('d') ? '' : `, ${plural(counts.files, 'file', 'files')}`;
    if (!options.has('noreport')) io.out(`\n${plural(counts.dirs, 'directory', 'directories')}${files}\n`);
    return status;
  });

function show(io: Io, options: Options, dir: string, before: string, level: number, counts: Counts): void {
  const { fs } = io.sys;
  if (level > Number(options.value('L') ?? 64)) return;
  const listed = fs.list(dir);
  if (isErrno(listed)) return;
  const skipped = (options.value('I') ?? '').split('|').filter(Boolean);
  const kind = (name: string) => {
    const stat = fs.stat(joinPath(dir, name), { follow: false });
    return isErrno(stat) ? 'file' : stat.type;
  };
  let names = listed.filter(
    (name) => (options.has('a') || !name.startsWith('.')) && !skipped.some((pattern) => matches(pattern, name)),
  );
  if (options.has('d')) names = names.filter((name) => kind(name) === 'dir');
  if (options.has('dirsfirst'))
    names = [...names.filter((name) => kind(name) === 'dir'), ...names.filter((name) => kind(name) !== 'dir')];
  for (const [at, name] of names.entries()) {
    const path = joinPath(dir, name);
    const last = at === names.length - 1;
    const type = kind(name);
    const target = type === 'link' ? fs.readlink(path) : undefined;
    const mark = options.has('F') ? markOf(fs.stat(path, { follow: false })) : '';
    const label = options.has('f') ? path : name;
    const lead = options.has('i') ? '' : `${before}${last ? '└── ' : '├── '}`;
    const link = target === undefined || isErrno(target) ? '' : ` -> ${target}`;
    io.out(encodeUtf8(`${lead}${label}${mark}${link}\n`));
    io.sys.spend(2);
    if (type === 'dir') counts.dirs++;
    else counts.files++;
    // the bars of tree are followed by no-break spaces
    const bar = io.style.flavour === 'busybox' ? '│   ' : '│\u00a0\u00a0 ';
    if (type === 'dir') show(io, options, path, `${before}${last ? '    ' : bar}`, level + 1, counts);
  }
}

/** What -F puts behind a name. */
function markOf(stat: Stat | Errno): string {
  if (isErrno(stat)) return '';
  const marks: { readonly [type: string]: string } = { dir: '/', fifo: '|', socket: '=' };
  return stat.type === 'file' ? (stat.mode & 0o111 ? '*' : '') : (marks[stat.type] ?? '');
}
