import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { matches } from '../../shell/pattern.ts';
import { basename, joinPath } from '../paths.ts';
import { listZip, testZip } from './unzip-list.ts';
import { readZip, unzipEntry, type ZipEntry } from './zip-format.ts';

type How = {
  readonly archive: string;
  readonly only: readonly string[];
  readonly not: readonly string[];
  readonly dir: string;
  readonly flat: boolean;
  readonly pipe: boolean;
  readonly quiet: boolean;
};
type State = {
  readonly how: How;
  readonly at: number;
  /** What to do with files that are there already. */
  readonly over: 'ask' | 'all' | 'none';
  /** What was typed after a question. */
  readonly typed: string | null;
  readonly status: number;
};

const line = { usage: '[-lnojpq] FILE[.zip] [FILE]... [-x FILE]... [-d DIR]', short: 'lnojpqtvxd:Z1' };

/** `unzip` of Info-ZIP and of busybox: lists, tests and unpacks archives; asks before it writes over a file. */
export const unzip: Applet = (style) =>
  buffered<State>(style, {
    start: begin,
    step: (state, _wake, io) => goOn(state, io),
  });

function begin(io: StartIo): Next<State> {
  const busybox = io.style.flavour === 'busybox';
  const { args, not } = excluded(io.args);
  const options = parseOptions({ ...io, args }, busybox ? { ...line, short: 'lnojpqtvd:' } : { ...line, status: 10 });
  if (typeof options === 'number') return { exit: options };
  const [wanted, ...only] = options.operands;
  if (wanted === undefined) return { exit: busybox ? showUsage(io, line) : refuseEmpty(io) };
  if (options.has('Z') && !options.has('1')) return { exit: complain(io, 'option -Z without -1 is not simulated') };
  const found = ['', '.zip', '.ZIP'].map((end) => wanted + end).find((path) => isFile(io, path));
  if (found === undefined) {
    if (busybox) return { exit: complain(io, `can't open ${wanted}[.zip]`) };
    io.err(encodeUtf8(`unzip:  cannot find or open ${wanted}, ${wanted}.zip or ${wanted}.ZIP.\n`));
    return { exit: 9 };
  }
  const how: How = {
    archive: found,
    only,
    not,
    dir: options.value('d') ?? '',
    flat: options.has('j'),
    pipe: options.has('p'),
    quiet: options.has('q') || options.has('p'),
  };
  const silent = how.quiet || options.has('Z') || (busybox && options.has('t'));
  if (!silent) io.out(encodeUtf8(`Archive:  ${found}\n`));
  const entries = read(io, how, wanted);
  if (typeof entries === 'number') return { exit: entries };
  if (options.has('Z')) {
    for (const { name } of entries) io.out(encodeUtf8(`${name}\n`));
    return { exit: 0 };
  }
  const chosen = entries.filter((entry) => isChosen(entry, how));
  const listing = options.has('v') ? 'long' : options.has('l') ? 'short' : undefined;
  if (listing !== undefined) return { exit: listZip(io, chosen, listing, how.quiet) };
  if (options.has('t')) return { exit: testZip(io, chosen, how.archive, how.quiet) };
  if (how.dir !== '') makeDirectories(io.sys, how.dir.startsWith('/') ? how.dir : joinPath(io.sys.cwd(), how.dir));
  const over = options.has('o') ? 'all' : options.has('n') ? 'none' : 'ask';
  return goOn({ how, at: 0, over, typed: null, status: 0 }, io);
}

/** What follows -x, up to the next option, is left out. */
function excluded(args: readonly string[]): { readonly args: string[]; readonly not: string[] } {
  const rest: string[] = [];
  const not: string[] = [];
  let within = false;
  for (const arg of args) {
    if (arg.startsWith('-')) within = arg === '-x';
    if (!within) rest.push(arg);
    else if (arg !== '-x') not.push(arg);
  }
  return { args: rest, not };
}

function refuseEmpty(io: Io): number {
  io.out(
    'UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.\n\nUsage: unzip [-Z] [-opts[modifiers]] file[.zip] [list] [-x xlist] [-d exdir]\n',
  );
  return 0;
}

function isFile(io: Io, path: string): boolean {
  const stat = io.sys.fs.stat(path);
  return !isErrno(stat) && stat.type !== 'dir';
}

function isChosen({ name }: ZipEntry, { only, not }: How): boolean {
  if (not.some((pattern) => matches(pattern, name))) return false;
  return only.length === 0 || only.some((pattern) => matches(pattern, name));
}

function read(io: Io, how: How, wanted: string): ZipEntry[] | number {
  const got = io.sys.fs.readFile(how.archive);
  if (isErrno(got)) return complain(io, `${how.archive}: ${strerror(got)}`, 9);
  const entries = readZip(got.bytes);
  if (entries !== undefined) return entries;
  if (io.style.flavour === 'busybox') return complain(io, 'short read');
  io.err(
    encodeUtf8(`  End-of-central-directory signature not found.  Either this file is not
  a zipfile, or it constitutes one disk of a multi-part archive.  In the
  latter case the central directory and zipfile comment will be found on
  the last disk(s) of this archive.
unzip:  cannot find zipfile directory in one of ${wanted} or
        ${wanted}.zip, and cannot find ${wanted}.ZIP, period.
`),
  );
  return 9;
}

function goOn(from: State, io: Io): Next<State> {
  const { how } = from;
  const entries = read(io, how, how.archive);
  if (typeof entries === 'number') return { exit: entries };
  let state = from;
  for (let entry = entries[state.at]; entry !== undefined; entry = entries[state.at]) {
    if (isChosen(entry, how)) {
      const target = targetOf(entry, how);
      if (how.pipe) state = { ...state, status: pipe(io, entry, state.status) };
      else if (isFile(io, target) && !entry.name.endsWith('/') && state.over === 'ask') {
        const answered = ask(state, io, target);
        if (!('next' in answered)) return answered;
        state = answered.next;
        if (answered.take) state = { ...state, status: extract(io, entry, target, how, state.status) };
      } else if (!isFile(io, target) || state.over === 'all')
        state = { ...state, status: extract(io, entry, target, how, state.status) };
    }
    state = { ...state, at: state.at + 1, typed: null };
  }
  if (io.style.flavour === 'busybox') return { exit: state.status };
  const unmatched = how.only.filter((pattern) => !entries.some(({ name }) => matches(pattern, name)));
  for (const pattern of unmatched) io.err(encodeUtf8(`caution: filename not matched:  ${pattern}\n`));
  return { exit: unmatched.length > 0 ? 11 : state.status };
}

type Answered = { readonly next: State; readonly take: boolean };

/** Asks about a file that is there, and reads the answer's line. */
function ask(from: State, io: Io, target: string): Answered | Next<State> {
  const busybox = io.style.flavour === 'busybox';
  const question = encodeUtf8(`replace ${target}? [y]es, [n]o, [A]ll, [N]one, [r]ename: `);
  if (from.typed === null) (busybox ? io.out : io.err)(question);
  let typed = from.typed ?? '';
  while (!typed.includes('\n')) {
    const got = io.sys.read(0, 1);
    if (got === 'again') return { state: { ...from, typed }, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) {
      if (busybox) return { exit: complain(io, "can't read standard input") };
      io.err(' NULL\n(EOF or read error, treating as "[N]one" ...)\n');
      return { next: { ...from, over: 'none' }, take: false };
    }
    typed += got.bytes;
  }
  const [letter] = typed;
  if (letter === 'A') return { next: { ...from, over: 'all' }, take: true };
  if (letter === 'N') return { next: { ...from, over: 'none' }, take: false };
  if (letter === 'y' || letter === 'Y') return { next: from, take: true };
  if (letter === 'n') return { next: from, take: false };
  if (letter === 'r') return { exit: complain(io, 'the answer [r]ename is not simulated') };
  io.err(encodeUtf8(`error:  invalid response [${typed.trim()}]\n`));
  return ask({ ...from, typed: null }, io, target);
}

function targetOf({ name }: ZipEntry, { dir, flat }: How): string {
  const short = flat ? basename(name) : name;
  // never out of the folder: as the real ones leave out `../` and the root
  const safe = short.replace(/^\/+/, '').replace(/(^|\/)(?:\.\.\/)+/g, '$1');
  return dir === '' ? safe : joinPath(dir, safe);
}

function pipe(io: Io, entry: ZipEntry, status: number): number {
  const data = unzipEntry(entry);
  if (data === 'damaged' || data === 'method') return broken(io, entry, data, status);
  io.out(data);
  return status;
}

function broken(io: Io, { name, method }: ZipEntry, what: 'damaged' | 'method', status: number): number {
  if (io.style.flavour === 'busybox')
    return complain(io, what === 'damaged' ? 'crc error' : `unsupported method ${method}`);
  io.err(
    encodeUtf8(
      what === 'damaged'
        ? `${name}:  bad CRC\n`
        : `   skipping: ${name.padEnd(22)}  unsupported compression method ${method}\n`,
    ),
  );
  return Math.max(status, what === 'damaged' ? 2 : 81);
}

function extract(io: Io, entry: ZipEntry, target: string, how: How, status: number): number {
  const { fs } = io.sys;
  const busybox = io.style.flavour === 'busybox';
  const say = (verb: string, padded: boolean) => {
    if (!how.quiet)
      io.out(encodeUtf8(`${verb.padStart(11)}: ${padded && !busybox ? `${target.padEnd(22)}  ` : target}\n`));
  };
  const full = target.startsWith('/') ? target : joinPath(io.sys.cwd(), target);
  if (entry.name.endsWith('/')) {
    if (how.flat || !isErrno(fs.stat(target))) return status;
    say('creating', false);
    makeDirectories(io.sys, full.replace(/\/$/, ''));
    fs.chmod(target, entry.mode & 0o777);
    return status;
  }
  if (entry.encrypted) {
    io.err(encodeUtf8(`   skipping: ${target.padEnd(22)}  unable to get password\n`));
    return Math.max(status, 82);
  }
  const data = unzipEntry(entry);
  if (data === 'damaged' || data === 'method') return broken(io, entry, data, status);
  say(entry.method === 0 && !busybox ? 'extracting' : 'inflating', true);
  makeDirectories(io.sys, full.slice(0, full.lastIndexOf('/')));
  const link = (entry.mode & 0o170000) === 0o120000;
  if (link || !isErrno(fs.stat(target, { follow: false }))) fs.unlink(target);
  const failed = link ? fs.symlink(data, target) : fs.writeFile(target, data, { mode: entry.mode & 0o777 });
  if (failed) return complain(io, `can't open '${target}': ${strerror(failed)}`, 50);
  if (!link) {
    fs.chmod(target, entry.mode & 0o777);
    fs.utimes(target, entry.mtime);
  }
  return status;
}
