import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ByteString, encodeUtf8, fromUint8Array, toUint8Array } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { StartIo } from '../makers/io.ts';
import { wholeInput } from '../makers/whole-input.ts';
import { base64 } from '../network/base64.ts';
import { notSimulated } from './say.ts';

type Hash = (bytes: Uint8Array) => Uint8Array;

const digests: { readonly [name: string]: readonly [title: string, hash: Hash] | undefined } = {
  md5: ['MD5', md5],
  sha1: ['SHA1', sha1],
  sha224: ['SHA2-224', sha224],
  sha256: ['SHA2-256', sha256],
  sha384: ['SHA2-384', sha384],
  sha512: ['SHA2-512', sha512],
};

type Form = 'plain' | 'coreutils' | 'binary';
type State = { readonly name: string; readonly form: Form; readonly title: string; readonly status: number };

/** The program `openssl`: dgst and digests by their names, base64, rand. Keys and certificates are refused by name. */
export const openssl: Program = wholeInput<State>(
  { name: 'openssl', flavour: 'coreutils' },
  {
    begin(io) {
      const [command = '', ...rest] = io.args;
      if (command === 'rand') return random(io, rest);
      if (command === 'base64' && rest.every((one) => one === '-e' || one === '-A'))
        return {
          state: { name: 'base64', form: rest.includes('-A') ? 'binary' : 'plain', title: '', status: 0 },
          inputs: [],
        };
      const direct = Object.hasOwn(digests, command);
      if (!direct && command !== 'dgst') return unknown(io, command);
      return digest(io, direct ? command : undefined, rest);
    },
    file(state, bytes, input, io) {
      io.sys.spend(bytes.length >> 6);
      if (state.name === 'base64') {
        io.out(lines(base64(bytes), state.form === 'binary'));
        return state;
      }
      const [, hash] = digests[state.name] ?? ['', sha256];
      const sum = hash(toUint8Array(bytes));
      const name = input === '-' ? 'stdin' : input;
      if (state.form === 'binary') io.out(fromUint8Array(sum));
      else if (state.form === 'coreutils') io.out(encodeUtf8(`${bytesToHex(sum)} *${name}\n`));
      else io.out(encodeUtf8(`${state.title}(${name})= ${bytesToHex(sum)}\n`));
      return state;
    },
    failed(state, input, error, _when, io) {
      io.err(encodeUtf8(`${input}: ${strerror(error)}\n`));
      return { ...state, status: 1 };
    },
    end: (state) => state.status,
  },
);

function digest(io: StartIo, direct: string | undefined, args: readonly string[]) {
  let [name, form]: [string | undefined, Form] = [direct, 'plain'];
  const files: string[] = [];
  for (const one of args) {
    const option = one.replace(/^-/, '');
    if (!one.startsWith('-')) files.push(one);
    else if (Object.hasOwn(digests, option)) name = option;
    else if (option === 'r') form = 'coreutils';
    else if (option === 'binary') form = 'binary';
    else if (option !== 'hex') {
      io.err(encodeUtf8(`drydock: openssl ${direct ?? 'dgst'} ${one} is not simulated\n`));
      return notSimulated;
    }
  }
  // the default goes by another name than the same one when it is asked for
  const title = name === undefined ? 'SHA256' : (digests[name]?.[0] ?? '');
  return { state: { name: name ?? 'sha256', form, title, status: 0 }, inputs: files };
}

/** `openssl rand [-hex|-base64] BYTES`, from the machine's own source of chance. */
function random(io: StartIo, args: readonly string[]): number {
  const count = Number(args.find((one) => /^\d+$/.test(one)) ?? Number.NaN);
  const other = args.find((one) => !/^(?:\d+|-hex|-base64)$/.test(one));
  if (other !== undefined || Number.isNaN(count)) {
    io.err(encodeUtf8(`drydock: openssl rand ${other ?? ''} is not simulated\n`.replace('  ', ' ')));
    return notSimulated;
  }
  const fd = io.sys.fs.open('/dev/urandom', { read: true });
  let bytes: ByteString = '';
  while (!isErrno(fd) && bytes.length < count) {
    const got = io.sys.read(fd, count - bytes.length);
    if (typeof got === 'string' || isErrno(got)) break;
    bytes += got.bytes;
  }
  if (!isErrno(fd)) io.sys.close(fd);
  if (args.includes('-hex')) io.out(`${bytesToHex(toUint8Array(bytes))}\n`);
  else io.out(args.includes('-base64') ? lines(base64(bytes), false) : bytes);
  return 0;
}

const width = 64;

/** Base64 in lines of 64 characters, or in one. */
function lines(text: string, single: boolean): string {
  if (single) return `${text}\n`;
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join('');
}

const others =
  /^(?:asn1parse|ca|ciphers|cms|crl|dhparam|dsa|ec|ecparam|enc|genpkey|genrsa|list|passwd|pkcs12|pkcs7|pkcs8|pkey|pkeyutl|prime|req|rsa|s_client|s_server|smime|speed|verify|version|x509|base64|help)$/;

function unknown(io: StartIo, command: string): number {
  if (others.test(command)) {
    io.err(encodeUtf8(`drydock: openssl ${command} is not simulated\n`));
    return notSimulated;
  }
  io.err(encodeUtf8(`Invalid command '${command}'; type "help" for a list.\n`));
  return 1;
}
