import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { readTar } from '../../../oci/tar.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { type Options, parseOptions, showUsage } from '../../options.ts';
import { codecByMagic } from './codec.ts';
import { busyboxComplaint, complaint } from './compressor-words.ts';
import { cannotRun, codecAsked } from './tar-codec.ts';
import { pack } from './tar-pack.ts';
import { unpack } from './tar-unpack.ts';

/** What tar was asked to do; plain data. */
export type TarHow = {
  readonly mode: 'c' | 'x' | 't';
  readonly flags: string;
  readonly file: string;
  readonly strip: number;
  readonly exclude: readonly string[];
  /** Names, each with the directory that -C named before it. */
  readonly names: readonly string[];
  readonly dir: string | null;
};

type State = { readonly how: TarHow; readonly input: ByteString };

const line = {
  usage: 'c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...',
  short: 'cxtvzZjJahmokOpPf:C:T:X:',
  long: [
    'create=c',
    'extract=x',
    'get=x',
    'list=t',
    'verbose=v',
    'gzip=z',
    'gunzip=z',
    'bzip2=j',
    'xz=J',
    'file:=f',
    'directory:=C',
    'dereference=h',
    'to-stdout=O',
    'preserve-permissions=p',
    'same-permissions=p',
    'touch=m',
    'no-same-owner=o',
    'keep-old-files=k',
    'exclude:',
    'strip-components:',
    'numeric-owner',
    'no-recursion',
    'files-from:=T',
    'exclude-from:=X',
    'absolute-names=P',
    'overwrite',
  ],
};

/** `tar`: makes, lists and unpacks archives, plain or gzipped. */
export const tar: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const how = readHow(io);
      if (typeof how === 'number') return { exit: how };
      if (how.mode === 'c') return { exit: pack(io, how) };
      if (how.file === '-') return readOn(io, { how, input: '' });
      const got = io.sys.fs.readFile(how.file);
      if (isErrno(got)) return { exit: cannotOpen(io, how.file, strerror(got)) };
      return { exit: list(io, how, got.bytes) };
    },
    step: (state, _wake, io) => readOn(io, state),
  });

function readHow(given: StartIo): TarHow | number {
  const [first = '', ...others] = given.args;
  // the old way: letters without a dash, their values after them
  const old = /^[cxt][a-zA-Z]*$|^[a-zA-Z]*[cxt][a-zA-Z]*$/.test(first);
  const args = old ? oldStyle(first, others) : given.args;
  const io = { ...given, args };
  const busybox = io.style.flavour === 'busybox';
  const options = parseOptions(io, { ...line, status: busybox ? 1 : 2 });
  if (typeof options === 'number') return options;
  const mode = (['c', 'x', 't'] as const).find((letter) => options.has(letter));
  if (mode === undefined) {
    if (busybox) return showUsage(io, line);
    complain(io, "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
    io.err("Try 'tar --help' or 'tar --usage' for more information.\n");
    return 2;
  }
  if (options.has('Z')) return complain(io, 'option -Z is not simulated');
  const listed = linesOf(io, options, 'T');
  const unwanted = linesOf(io, options, 'X');
  if (typeof listed === 'number') return listed;
  if (typeof unwanted === 'number') return unwanted;
  const strip = Number(options.value('strip-components') ?? 0);
  return {
    mode,
    flags: options.given.map(([name]) => (name.length > 1 ? `<${name}>` : name)).join(''),
    file: options.value('f') ?? '-',
    strip: Number.isInteger(strip) ? strip : 0,
    exclude: [...options.given.flatMap(([name, value]) => (name === 'exclude' ? [value ?? ''] : [])), ...unwanted],
    names: [...options.operands, ...listed],
    dir: options.value('C') ?? null,
  };
}

/** The lines of the files that an option names, or an exit status. */
function linesOf(io: StartIo, options: Options, option: string): readonly string[] | number {
  const lines: string[] = [];
  for (const [name, file = ''] of options.given) {
    if (name !== option) continue;
    const got = io.sys.fs.readFile(file);
    if (isErrno(got)) return cannotOpen(io, file, strerror(got), 'stat');
    lines.push(
      ...decodeUtf8(got.bytes)
        .split('\n')
        .filter((one) => one !== ''),
    );
  }
  return lines;
}

function oldStyle(letters: string, others: readonly string[]): readonly string[] {
  const rest = [...others];
  const args: string[] = [];
  for (const letter of letters) {
    args.push(`-${letter}`);
    if (/[fCTX]/.test(letter)) args.push(rest.shift() ?? '');
  }
  return [...args, ...rest];
}

function cannotOpen(io: Io, file: string, reason: string, act: 'open' | 'stat' = 'open'): number {
  if (io.style.flavour === 'busybox') return complain(io, `can't open '${file}': ${reason}`);
  complain(io, `${file}: Cannot ${act}: ${reason}`);
  return complain(io, 'Error is not recoverable: exiting now', 2);
}

function readOn(io: Io, from: State): Next<State> {
  let state = from;
  for (;;) {
    const got = io.sys.read(0, 65_536);
    if (got === 'again') return { state, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) return { exit: list(io, state.how, state.input) };
    state = { ...state, input: state.input + got.bytes };
  }
}

function list(io: Io, how: TarHow, bytes: ByteString): number {
  io.sys.spend(bytes.length >> 6);
  const busybox = io.style.flavour === 'busybox';
  const codec = codecByMagic(bytes);
  const asked = codecAsked(how);
  if (asked !== undefined && asked !== codec) {
    if (busybox) {
      complain(io, busyboxComplaint('foreign', 'tar', '').text);
      return complain(io, 'short read');
    }
    const { program } = asked;
    const { text, status, lead } = complaint('foreign', asked, program === 'gzip' ? 'stdin' : '(stdin)');
    io.err(`${lead ?? ''}${program}: ${text}\n`);
    complain(io, `Child returned status ${status}`);
    return complain(io, 'Error is not recoverable: exiting now', 2);
  }
  const missing = codec && !busybox ? cannotRun(io, codec) : undefined;
  if (missing !== undefined) return missing;
  if (codec === undefined && !busybox && bytes.length < 512) return notArchive(io);
  if (bytes === '' && busybox) return complain(io, 'short read');
  try {
    const plain = codec ? codec.unpack(bytes) : bytes;
    return typeof plain === 'string' ? unpack(io, how, readTar(plain)) : endsEarly(io);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unexpected-eof';
    if (busybox) return complain(io, code === 'invalid-header' ? 'invalid tar magic' : 'short read');
    return code === 'invalid-header' ? notArchive(io) : endsEarly(io);
  }
}

function endsEarly(io: Io): number {
  if (io.style.flavour === 'busybox') return complain(io, 'short read');
  complain(io, 'Unexpected EOF in archive');
  return complain(io, 'Error is not recoverable: exiting now', 2);
}

function notArchive(io: Io): number {
  complain(io, 'This does not look like a tar archive');
  return complain(io, 'Exiting with failure status due to previous errors', 2);
}
