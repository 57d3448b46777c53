import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { codecByMagic, codecOf, unpackedName } from './codec.ts';
import { busyboxComplaint, complaint, type Trouble } from './compressor-words.ts';

const long = [
  'compress=z',
  'decompress=d',
  'uncompress=d',
  'stdout=c',
  'to-stdout=c',
  'force=f',
  'keep=k',
  'test=t',
  'quiet=q',
  'verbose=v',
  'list=l',
  'fast=1',
  'best=9',
];
const usages: { readonly [name: string]: string } = {
  gzip: '[-cfk123456789dt] [FILE]...',
  gunzip: '[-cfkt] [FILE]...',
  zcat: '[FILE]...',
  bzip2: '[-cfk123456789dt] [FILE]...',
  bunzip2: '[-cfkt] [FILE]...',
  bzcat: '[FILE]...',
  xz: '-d [-cfk] [FILE]...',
  unxz: '[-cfkt] [FILE]...',
  xzcat: '[FILE]...',
};

type How = {
  readonly unpack: boolean;
  readonly stdout: boolean;
  readonly force: boolean;
  readonly keep: boolean;
  readonly test: boolean;
  /** Warnings are kept. */
  readonly quiet: boolean;
};
type State = {
  readonly how: How;
  readonly files: readonly string[];
  readonly input: ByteString;
  readonly status: number;
};

/**
 * `gzip`, `bzip2`, `xz` and what undoes them (`gunzip`, `zcat`, `bunzip2`, `bzcat`, `unxz`, `xzcat`), by the name. The levels choose nothing: the compressed
 * bytes are of the format, though not the very ones that the real programs would make.
 */
export const compressor: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const line = {
        usage: usages[style.name] ?? '',
        short: `cdfkt123456789qv${busybox ? '' : 'zln'}${codecOf(style.name).program === 'xz' ? 'T:0e' : ''}`,
        ...(!busybox && { long: codecOf(style.name).program === 'xz' ? [...long, 'threads:=T', 'extreme=e'] : long }),
      };
      const options = parseOptions(io, line);
      if (typeof options === 'number') return { exit: options };
      const refused = ['v', 'l'].find((letter) => options.has(letter));
      if (refused !== undefined) return { exit: complain(io, `option -${refused} is not simulated`) };
      const packs = /^(?:gzip|bzip2|xz)$/.test(style.name) && !options.has('d') && !options.has('t');
      // busybox has no packer for this one
      if (packs && busybox && style.name === 'xz') return { exit: showUsage(io, line) };
      const how: How = {
        unpack: !packs && !(options.has('z') && !style.name.endsWith('cat')),
        stdout: style.name.endsWith('cat') || options.has('c'),
        force: options.has('f'),
        keep: options.has('k'),
        test: options.has('t'),
        quiet: options.has('q'),
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
      const stdin = codecOf(io.style.name).program === 'gzip' ? 'stdin' : '(stdin)';
      const made = convert(io, state.how, state.input, stdin, '(stdout)');
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
  const codec = codecOf(io.style.name);
  const busybox = io.style.flavour === 'busybox';
  const stat = fs.stat(file);
  if (isErrno(stat)) return say(io, how, 'missing', file, '', strerror(stat));
  if (stat.type === 'dir') return say(io, how, 'directory', file);
  const known = how.unpack ? unpackedName(codec, file) : `${file}${codec.suffix}`;
  const target = known ?? `${file}.out`;
  if (!how.stdout && !how.test) {
    if (known === undefined) {
      // xz looks into the file before it looks at the name
      const begun = codec.program === 'xz' && !busybox ? fs.readFile(file) : undefined;
      if (begun && !isErrno(begun) && codecByMagic(begun.bytes) !== codec) return say(io, how, 'foreign', file);
      const status = say(io, how, 'suffix', file, target);
      if (status > 0) return status;
    }
    if (!how.unpack && file.endsWith(codec.suffix) && !busybox) return say(io, how, 'packed', file);
    if (!how.force && !isErrno(fs.stat(target))) return say(io, how, 'exists', file, target);
  }
  const got = fs.readFile(file);
  if (isErrno(got)) return complainPath(io, file, got, { busybox: "can't open" });
  const made = convert(io, how, got.bytes, file, how.stdout ? '(stdout)' : target);
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

function convert(
  io: Io,
  how: How,
  bytes: ByteString,
  name: string,
  target: string,
): ByteString | { readonly failed: number } {
  const codec = codecOf(io.style.name);
  io.sys.spend(bytes.length >> 5);
  if (!how.unpack) return codec.pack(bytes);
  const made = codec.unpack(bytes);
  if (typeof made === 'string') return made;
  return { failed: say(io, how, made === undefined ? 'foreign' : 'damaged', name, target) };
}

/** GNU's three are one program, which calls itself gzip; the others go by the name that they were called by. */
function say(io: Io, how: How, trouble: Trouble, file: string, target = '', reason = ''): number {
  const { name, flavour } = io.style;
  const codec = codecOf(name);
  const { text, status, lead } =
    flavour === 'busybox'
      ? busyboxComplaint(trouble, name, file, target, reason)
      : complaint(trouble, codec, file, target, reason);
  const sayer = flavour === 'busybox' || codec.program !== 'gzip' ? name : 'gzip';
  const warning = flavour !== 'busybox' && status === 2 && trouble !== 'foreign' && trouble !== 'damaged';
  if (!(how.quiet && warning)) io.err(encodeUtf8(`${lead ?? ''}${sayer}: ${text}\n`));
  return status;
}
