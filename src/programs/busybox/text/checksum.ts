import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8, toUint8Array } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { FilterIo } from '../../makers/filter.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

const hashes = { md5sum: md5, sha1sum: sha1, sha256sum: sha256, sha512sum: sha512 } as const;
const titles: { readonly [name: string]: string } = {
  md5sum: 'MD5',
  sha1sum: 'SHA1',
  sha256sum: 'SHA256',
  sha512sum: 'SHA512',
};

function hashOf(name: string, bytes: ByteString): string {
  const hash = hashes[name as keyof typeof hashes] ?? sha256;
  return bytesToHex(hash(toUint8Array(bytes)));
}

type State = {
  readonly check: boolean;
  readonly silent: boolean;
  readonly tag: boolean;
  /** What stands before a file's name: `*` for one that was read as binary. */
  readonly mark: ' ' | '*';
  /** Letters and names of further options of GNU's. */
  readonly also: readonly string[];
  readonly status: number;
};

/** `md5sum`, `sha1sum`, `sha256sum`, `sha512sum`, by the name. */
export const checksum: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-c[sw]] [FILE]...',
        short: 'cswbt',
        long: ['check=c', 'status=s', 'warn=w', 'binary=b', 'text=t', 'quiet', 'tag', 'ignore-missing', 'strict'],
      });
      if (typeof options === 'number') return options;
      return {
        state: {
          check: options.has('c'),
          silent: options.has('s'),
          tag: options.has('tag'),
          mark: options.has('b') && style.flavour === 'coreutils' ? '*' : ' ',
          also: ['w', 'quiet', 'ignore-missing', 'strict'].filter((name) => options.has(name)),
          status: 0,
        },
        inputs: options.operands,
      };
    },
    file(state, bytes, input, io) {
      io.sys.spend(bytes.length >> 6);
      if (state.check) return check(state, bytes, input, io);
      const hash = hashOf(style.name, bytes);
      io.out(
        encodeUtf8(state.tag ? `${titles[style.name]} (${input}) = ${hash}\n` : `${hash} ${state.mark}${input}\n`),
      );
      return state;
    },
    failed(state, input, error, when, io) {
      const busybox = style.flavour === 'busybox';
      io.fail(complain(io, busybox ? `can't ${when} '${input}': ${strerror(error)}` : `${input}: ${strerror(error)}`));
      return state;
    },
    end: (state) => state.status,
  });

function check(state: State, list: ByteString, input: string, io: FilterIo): State {
  let [total, wrong, missing, verified] = [0, 0, 0, 0];
  let malformed = 0;
  for (const [at, text] of decodeUtf8(list).replace(/\n$/, '').split('\n').entries()) {
    const match = /^([0-9a-fA-F]{32,128}) [ *](.+)$/.exec(text);
    if (!match) {
      malformed++;
      if (state.also.includes('w') && io.style.flavour === 'coreutils')
        complain(io, `${input}: ${at + 1}: improperly formatted ${titles[io.style.name]} checksum line`);
      continue;
    }
    const [, hash = '', name = ''] = match;
    total++;
    const file = io.sys.fs.readFile(name);
    if (isErrno(file) && file.errno === 'ENOENT' && state.also.includes('ignore-missing')) continue;
    verified++;
    const good = !isErrno(file) && hashOf(io.style.name, file.bytes) === hash.toLowerCase();
    if (isErrno(file)) {
      missing++;
      complain(
        io,
        io.style.flavour === 'busybox' ? `can't open '${name}': ${strerror(file)}` : `${name}: ${strerror(file)}`,
      );
    } else if (!good) wrong++;
    if (state.also.includes('quiet') && good) continue;
    if (!state.silent && !(isErrno(file) && io.style.flavour === 'busybox'))
      printLine(io, `${name}: ${good ? 'OK' : isErrno(file) ? 'FAILED open or read' : 'FAILED'}`);
    else if (!state.silent) printLine(io, `${name}: FAILED`);
  }
  const busybox = io.style.flavour === 'busybox';
  if (total === 0)
    complain(
      io,
      busybox
        ? 'no checksum lines found'
        : `${input}: no properly formatted ${titles[io.style.name]} checksum lines found`,
    );
  const failures = busybox ? wrong + missing : wrong;
  if (!busybox && missing > 0)
    complain(io, `WARNING: ${missing} listed file${missing === 1 ? '' : 's'} could not be read`);
  if (failures > 0 && !state.silent) {
    complain(
      io,
      busybox
        ? `WARNING: ${failures} of ${total} computed checksums did NOT match`
        : `WARNING: ${failures} computed checksum${failures === 1 ? '' : 's'} did NOT match`,
    );
  }
  if (!busybox && !state.silent && malformed > 0 && total > 0)
    complain(io, `WARNING: ${malformed} line${malformed === 1 ? ' is' : 's are'} improperly formatted`);
  if (!busybox && total > 0 && verified === 0) complain(io, `${input}: no file was verified`);
  const strict = state.also.includes('strict') && malformed > 0;
  return wrong + missing > 0 || total === 0 || verified === 0 || strict ? { ...state, status: 1 } : state;
}
