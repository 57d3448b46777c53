import type { ByteString } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { countOption, parseOptions } from '../../options.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in the letters of RFC 4648. */
export function encodeBase64(bytes: ByteString): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    const word =
      (bytes.charCodeAt(i) << 16) |
      ((left > 1 ? bytes.charCodeAt(i + 1) : 0) << 8) |
      (left > 2 ? bytes.charCodeAt(i + 2) : 0);
    out += (alphabet[word >> 18] ?? '') + (alphabet[(word >> 12) & 63] ?? '');
    out += (left > 1 ? (alphabet[(word >> 6) & 63] ?? '') : '=') + (left > 2 ? (alphabet[word & 63] ?? '') : '=');
  }
  return out;
}

/** The bytes that the letters stand for, up to the first that is none; `whole` tells whether all was read. */
export function decodeBase64(text: string): { readonly bytes: ByteString; readonly whole: boolean } {
  const letters = text.replace(/\s+/g, '');
  let out = '';
  let at = 0;
  for (; at + 4 <= letters.length; at += 4) {
    const group = letters.slice(at, at + 4);
    const padding = /^[A-Za-z0-9+/]{2}==$/.test(group) ? 2 : /^[A-Za-z0-9+/]{3}=$/.test(group) ? 1 : 0;
    if (padding === 0 && !/^[A-Za-z0-9+/]{4}$/.test(group)) return { bytes: out, whole: false };
    const word = [...group].reduce((sum, letter) => sum * 64 + Math.max(0, alphabet.indexOf(letter)), 0);
    out += String.fromCharCode(word >> 16, (word >> 8) & 255, word & 255).slice(0, 3 - padding);
  }
  return { bytes: out, whole: at === letters.length };
}

type State = { readonly decode: boolean; readonly columns: number; readonly ignore: boolean };

/** `base64`. */
export const base64: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-d] [-w COL] [FILE]',
        short: 'dw:i',
        long: ['decode=d', 'wrap:=w', 'ignore-garbage=i'],
        operands: [0, 1],
      });
      if (typeof options === 'number') return options;
      const columns = countOption(io, options, 'w', 76);
      if (typeof columns === 'object') return columns.wrong;
      return { state: { decode: options.has('d'), columns, ignore: options.has('i') }, inputs: options.operands };
    },
    file(state, bytes, _input, io) {
      if (state.decode) {
        const decoded = decodeBase64(state.ignore ? bytes.replace(/[^A-Za-z0-9+/=]/g, '') : bytes);
        io.out(decoded.bytes);
        if (!decoded.whole) io.fail(complain(io, style.flavour === 'busybox' ? 'truncated input' : 'invalid input'));
        return state;
      }
      const text = encodeBase64(bytes);
      const lines =
        state.columns === 0
          ? text
          : (text.match(new RegExp(`.{1,${state.columns}}`, 'g')) ?? []).map((piece) => `${piece}\n`).join('');
      io.out(lines);
      return state;
    },
    failed(state, input, error, when, io) {
      io.fail(complain(io, `${when === 'read' ? 'read error' : input}: ${strerror(error)}`));
      return state;
    },
  });
