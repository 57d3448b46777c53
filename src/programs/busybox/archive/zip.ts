import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { matches } from '../../shell/pattern.ts';
import { basename, joinPath } from '../paths.ts';
import { readZip, unzipEntry, writeZip, type ZipEntry, zipEntry } from './zip-format.ts';

type How = {
  readonly archive: string;
  readonly names: readonly string[];
  readonly not: readonly string[];
  readonly only: readonly string[];
  /** Letters of the options that were given. */
  readonly flags: string;
};
/** Names from the standard input (-@), or a member's contents from there (`-`). */
type State = { readonly how: How; readonly input: ByteString };

const known = 'rqj0123456789dumTxiy@D';

/** `zip` 3.0 of Info-ZIP: packs files and folders, and changes archives that are there. */
export const zip: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const how = readHow(io);
      if (typeof how === 'number') return { exit: how };
      return goOn({ how, input: '' }, io);
    },
    step: (state, _wake, io) => goOn(state, io),
  });

function zipError(io: Io, text: string, status: number): number {
  io.out(encodeUtf8(`\nzip error: ${text}\n`));
  return status;
}

function readHow(io: StartIo): How | number {
  const names: string[] = [];
  const lists: { x: string[]; i: string[] } = { x: [], i: [] };
  const longs: { readonly [name: string]: string } = {
    'recurse-paths': 'r',
    quiet: 'q',
    'junk-paths': 'j',
    move: 'm',
    exclude: 'x',
    include: 'i',
    delete: 'd',
    update: 'u',
    test: 'T',
    symlinks: 'y',
  };
  let flags = '';
  let within: 'x' | 'i' | undefined;
  for (const arg of io.args) {
    if (!arg.startsWith('-') || arg === '-') {
      if (within) lists[within].push(arg);
      else names.push(arg);
      continue;
    }
    within = undefined;
    const long = arg.startsWith('--') ? longs[arg.slice(2)] : undefined;
    if (arg.startsWith('--') && long === undefined)
      return zipError(io, `Invalid command arguments (long option '${arg.slice(2)}' not supported)`, 16);
    for (const letter of long ?? arg.slice(1)) {
      if ('veFfcozAgnbtXlpRS'.includes(letter)) return complain(io, `option -${letter} is not simulated`, 16);
      if (!known.includes(letter))
        return zipError(io, `Invalid command arguments (short option '${letter}' not supported)`, 16);
      if (letter === 'x' || letter === 'i') within = letter;
      flags += letter;
    }
  }
  const [archive, ...rest] = names;
  if (archive === undefined) {
    io.out(usage);
    return 0;
  }
  return { archive: archiveName(archive), names: rest, not: lists.x, only: lists.i, flags };
}

const usage = `Copyright (c) 1990-2008 Info-ZIP - Type 'zip "-L"' for software license.
Zip 3.0 (July 5th 2008). Usage:
zip [-options] [-b path] [-t mmddyyyy] [-n suffixes] [zipfile list] [-xi list]
`;

function archiveName(name: string): string {
  return name === '-' || basename(name).includes('.') ? name : `${name}.zip`;
}

function goOn(from: State, io: Io): Next<State> {
  let state = from;
  const { how } = state;
  if (how.flags.includes('@') || how.names.includes('-')) {
    for (;;) {
      const got = io.sys.read(0, 65_536);
      if (got === 'again') return { state, wait: { readable: [0] } };
      if (got === 'eof' || isErrno(got)) break;
      state = { ...state, input: state.input + got.bytes };
    }
  }
  return { exit: run(io, how, state.input) };
}

function run(io: Io, how: How, input: ByteString): number {
  const old = io.sys.fs.readFile(how.archive);
  const before = isErrno(old) ? [] : readZip(old.bytes);
  if (before === undefined) return zipError(io, `Zip file structure invalid (${how.archive})`, 3);
  if (how.flags.includes('T') && how.names.length === 0) return test(io, how, before);
  if (how.flags.includes('d')) return remove(io, how, before);
  const names = how.flags.includes('@')
    ? [
        ...how.names,
        ...decodeUtf8(input)
          .split('\n')
          .filter((one) => one !== ''),
      ]
    : how.names;
  const paths: string[] = [];
  for (const name of names) {
    const path = name.replace(/(?<=.)\/+$/, '');
    if (name !== '-' && isErrno(io.sys.fs.stat(path))) io.out(encodeUtf8(`\tzip warning: name not matched: ${name}\n`));
    else collect(io, path, how.flags.includes('r'), paths);
  }
  const chosen = paths.filter(
    (path) =>
      !how.not.some((pattern) => matches(pattern, path)) &&
      (how.only.length === 0 || how.only.some((pattern) => matches(pattern, path))) &&
      path.replace(/\/$/, '') !== how.archive,
  );
  if (chosen.length === 0) return zipError(io, `Nothing to do! (${how.archive})`, 12);
  return write(io, how, before, chosen, input);
}

/** A path, and with `deep` all that is below; directories end with a slash. */
function collect(io: Io, path: string, deep: boolean, into: string[]): void {
  const stat = path === '-' ? undefined : io.sys.fs.stat(path);
  const dir = stat !== undefined && !isErrno(stat) && stat.type === 'dir';
  if (path !== '.') into.push(dir ? `${path}/` : path);
  if (!dir || !deep) return;
  const names = io.sys.fs.list(path);
  for (const name of isErrno(names) ? [] : names) collect(io, path === '.' ? name : joinPath(path, name), deep, into);
}

function write(io: Io, how: How, before: readonly ZipEntry[], paths: readonly string[], input: ByteString): number {
  const { fs } = io.sys;
  const entries = [...before];
  let status = 0;
  let changed = false;
  for (const path of paths) {
    const flat = how.flags.includes('j');
    if ((flat || how.flags.includes('D')) && path.endsWith('/')) continue;
    const name = (flat ? basename(path) : path).replace(/^\/+/, '').replace(/^(?:\.\/)+/, '');
    const made = member(io, how, path, name, input);
    if ('errno' in made) {
      io.out(encodeUtf8(`\tzip warning: could not open for reading: ${path}\n`));
      status = 18;
      continue;
    }
    const place = entries.findIndex((entry) => entry.name === name);
    const present = entries[place];
    if (present && how.flags.includes('u') && made.mtime <= present.mtime) continue;
    const percent = made.size === 0 ? 0 : Math.round(((made.size - made.packed.length) * 100) / made.size);
    const words = `${made.method === 0 ? 'stored' : 'deflated'} ${percent}%`;
    const verb = present ? 'updating' : '  adding';
    if (!how.flags.includes('q') && how.archive !== '-') io.out(encodeUtf8(`${verb}: ${name} (${words})\n`));
    changed = true;
    if (present) entries[place] = made;
    else entries.push(made);
  }
  if (!changed) return 12;
  const bytes = writeZip(entries);
  if (how.archive === '-') {
    io.out(bytes);
    return status;
  }
  const failed = fs.writeFile(how.archive, bytes, { mode: 0o666 & ~io.sys.umask() });
  if (failed) return zipError(io, `Could not create output file (${how.archive}): ${strerror(failed)}`, 15);
  if (how.flags.includes('T')) {
    const wrong = test(io, how, entries);
    if (wrong > 0) return wrong;
  }
  if (how.flags.includes('m'))
    for (const path of [...paths].reverse()) if (fs.unlink(path) !== undefined) fs.rmdir(path.replace(/\/$/, ''));
  return status;
}

function member(
  io: Io,
  how: How,
  path: string,
  name: string,
  input: ByteString,
): ZipEntry | { readonly errno: string } {
  const { fs } = io.sys;
  if (path === '-') {
    const file = { name, mtime: io.sys.now, mode: 0o10600, owner: [io.sys.uid, io.sys.gid] as const };
    return zipEntry(file, input, how.flags.includes('0'));
  }
  const follow = !how.flags.includes('y');
  const stat = fs.stat(path, { follow });
  if (isErrno(stat)) return stat;
  const kind = stat.type === 'dir' ? 0o40000 : stat.type === 'link' ? 0o120000 : 0o100000;
  const file = { name, mtime: stat.mtime, mode: kind | stat.mode, owner: [stat.uid, stat.gid] as const };
  if (stat.type === 'dir') return zipEntry(file, '', true);
  if (stat.type === 'link') {
    const target = fs.readlink(path);
    return typeof target === 'string' ? zipEntry(file, encodeUtf8(target), true) : target;
  }
  const got = fs.readFile(path);
  if (isErrno(got)) return got;
  io.sys.spend(got.bytes.length >> 4);
  return zipEntry(file, got.bytes, how.flags.includes('0'));
}

function test(io: Io, how: How, entries: readonly ZipEntry[]): number {
  const good = entries.every((entry) => !['damaged', 'method'].includes(unzipEntry(entry)));
  if (good) io.out(encodeUtf8(`test of ${how.archive} OK\n`));
  return good ? 0 : zipError(io, `Zip file invalid (${how.archive})`, 8);
}

function remove(io: Io, how: How, entries: readonly ZipEntry[]): number {
  const gone = entries.filter(({ name }) => how.names.some((pattern) => matches(pattern, name)));
  for (const pattern of how.names)
    if (!entries.some(({ name }) => matches(pattern, name)))
      io.out(encodeUtf8(`\tzip warning: name not matched: ${pattern}\n`));
  if (gone.length === 0) return zipError(io, `Nothing to do! (${how.archive})`, 12);
  if (!how.flags.includes('q')) for (const { name } of gone) io.out(encodeUtf8(`deleting: ${name}\n`));
  const failed = io.sys.fs.writeFile(how.archive, writeZip(entries.filter((entry) => !gone.includes(entry))));
  return failed ? zipError(io, `Could not create output file (${how.archive}): ${strerror(failed)}`, 15) : 0;
}
