import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { gunzip as expand } from '../../../oci/gunzip.ts';
import { InflateError } from '../../../oci/inflate.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { compress } from './deflate.ts';

const long = [
  'decompress=d',
  'stdout=c',
  'to-stdout=c',
  'force=f',
  'keep=k',
  'test=t',
  'quiet=q',
  'verbose=v',
  'fast=1',
  'best=9',
];
const usages: { readonly [name: string]: string } = {
  gzip: '[-cfkdt] [FILE]...',
  gunzip: '[-cfkt] [FILE]...',
  zcat: '[FILE]...',
};

type How = {
  readonly unpack: boolean;
  readonly stdout: boolean;
  readonly force: boolean;
  readonly keep: boolean;
  readonly test: boolean;
};
type State = {
  readonly how: How;
  readonly files: readonly string[];
  readonly input: ByteString;
  readonly status: number;
};

/** `gzip`, `gunzip` and `zcat`. The compressed bytes are gzip's format, though not the very ones that zlib would make. */
export const gzip: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const options = parseOptions(io, {
        usage: usages[style.name] ?? '',
        short: 'cdfkt123456789nqv',
        ...(!busybox && { long }),
      });
      if (typeof options === 'number') return { exit: options };
      if (options.has('v')) return { exit: complain(io, 'option -v is not simulated') };
      const how: How = {
        unpack: style.name !== 'gzip' || options.has('d') || options.has('t'),
        stdout: style.name === 'zcat' || options.has('c'),
        force: options.has('f'),
        keep: options.has('k'),
        test: options.has('t'),
      };
      const files = options.operands.length > 0 ? options.operands : ['-'];
      return work(io, { how, files, input: '', status: 0 });
    },
    step: (state, _wake, io) => work(io, state),
  });

function work(io: Io, from: State): Next<State> {
  let state = from;
  for (let file = state.files[0]; file !== undefined; file = state.files[0]) {
    if (file === '-') {
      const got = io.sys.read(0, 65_536);
      if (got === 'again') return { state, wait: { readable: [0] } };
      if (got !== 'eof' && !isErrno(got)) {
        state = { ...state, input: state.input + got.bytes };
        continue;
      }
      const made = convert(io, state.how, state.input, 'stdin');
      if (typeof made === 'string') io.out(state.how.test ? '' : made);
      else state = { ...state, status: made.failed };
    } else state = { ...state, status: Math.max(state.status, one(io, state.how, file)) };
    state = { ...state, files: state.files.slice(1), input: '' };
  }
  return { exit: state.status };
}

/** One file, into another with the other name. */
function one(io: Io, how: How, file: string): number {
  const { fs } = io.sys;
  const busybox = io.style.flavour === 'busybox';
  const stat = fs.stat(file);
  if (isErrno(stat)) return say(io, `${file}: ${strerror(stat)}`);
  if (stat.type === 'dir')
    return busybox ? say(io, `${file}: Is a directory`) : say(io, `${file} is a directory -- ignored`, 2);
  const target = how.unpack
    ? /\.tgz$/.test(file)
      ? file.replace(/tgz$/, 'tar')
      : file.replace(/\.(?:gz|Z)$/, '')
    : `${file}.gz`;
  if (!how.stdout && !how.test) {
    if (target === file) return say(io, `${file}: unknown suffix ${busybox ? '-' : '--'} ignored`, busybox ? 1 : 2);
    if (!how.unpack && /\.gz$/.test(file) && !busybox) return say(io, `${file} already has .gz suffix -- unchanged`, 2);
    if (!how.force && !isErrno(fs.stat(target)))
      return busybox
        ? say(io, `can't open '${target}': File exists`)
        : say(io, `${target} already exists;\tnot overwritten`, 2);
  }
  const got = fs.readFile(file);
  if (isErrno(got)) return complainPath(io, file, got, { busybox: "can't open" });
  const made = convert(io, how, got.bytes, file);
  if (typeof made !== 'string') return made.failed;
  if (how.test) return 0;
  if (how.stdout) {
    io.out(made);
    return 0;
  }
  const failed = fs.writeFile(target, made, { mode: stat.mode & 0o777 });
  if (failed) return complainPath(io, target, failed, { busybox: "can't open" });
  fs.chmod(target, stat.mode);
  fs.utimes(target, stat.mtime);
  if (!how.keep) fs.unlink(file);
  return 0;
}

function convert(io: Io, how: How, bytes: ByteString, name: string): ByteString | { readonly failed: number } {
  io.sys.spend(bytes.length >> 5);
  if (!how.unpack) return compress(bytes);
  const busybox = io.style.flavour === 'busybox';
  try {
    const made = expand(bytes);
    if (made !== undefined) return made;
    return {
      failed: say(
        io,
        busybox
          ? io.style.name === 'zcat'
            ? 'no gzip/bzip2/xz magic'
            : 'invalid magic'
          : `${name}: not in gzip format`,
        1,
        true,
      ),
    };
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    return { failed: say(io, busybox ? 'unexpected end of file' : `${name}: unexpected end of file`, 1, true) };
  }
}

/** GNU's three are one program, which calls itself gzip; damaged input is told on a line of its own. */
function say(io: Io, text: string, status = 1, damaged = false): number {
  if (io.style.flavour === 'busybox') return complain(io, text, status);
  io.err(encodeUtf8(`${damaged ? '\n' : ''}gzip: ${text}\n`));
  return status;
}
