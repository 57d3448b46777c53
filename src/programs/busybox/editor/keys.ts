import { decodeUtf8 } from '../../../kernel/bytes.ts';

/** Keys without a character of their own stand as characters of Unicode's private area. */
export const key = {
  up: '\ue000',
  down: '\ue001',
  right: '\ue002',
  left: '\ue003',
  home: '\ue004',
  end: '\ue005',
  delete: '\ue006',
  pageUp: '\ue007',
  pageDown: '\ue008',
  other: '\ue009',
} as const;

const sequences: { readonly [sequence: string]: string } = {
  A: key.up,
  B: key.down,
  C: key.right,
  D: key.left,
  H: key.home,
  F: key.end,
  '1~': key.home,
  '7~': key.home,
  '4~': key.end,
  '8~': key.end,
  '3~': key.delete,
  '5~': key.pageUp,
  '6~': key.pageDown,
};

/**
 * Cuts what came from a terminal into keys. What may be the beginning of a longer key is left over; `last` takes an escape
 * as itself.
 */
export function readKeys(bytes: string, last: boolean): { readonly keys: readonly string[]; readonly rest: string } {
  const keys: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.slice(at);
    if (rest.startsWith('\x1b')) {
      const sequence = /^\x1b(?:\[([0-9;]*[A-Za-z~])|O([A-Za-z]))/.exec(rest);
      if (sequence) {
        keys.push(sequences[sequence[1] ?? sequence[2] ?? ''] ?? key.other);
        at += sequence[0].length;
        continue;
      }
      if (/^\x1b(?:\[[0-9;]*|O)?$/.test(rest) && !last) return { keys, rest };
      keys.push('\x1b');
      at++;
      continue;
    }
    const first = rest.charCodeAt(0);
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (rest.length < length && !last) return { keys, rest };
    const text = decodeUtf8(rest.slice(0, length));
    keys.push(text === '\r' ? '\n' : text === '\b' ? '\x7f' : text);
    at += length;
  }
  return { keys, rest: '' };
}
