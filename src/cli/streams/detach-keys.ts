import type { ByteString } from '../../kernel/bytes.ts';

/** Ctrl-P, Ctrl-Q: detaches from a container with a terminal and leaves it running. */
const defaultKeys: ByteString = '\x10\x11';

/** Keys as `--detach-keys` names them (`ctrl-p,ctrl-q`, `a`, `ctrl-@`), or undefined when they name none. */
export function detachKeys(text: string | undefined): ByteString | undefined {
  if (!text) return defaultKeys;
  let keys = '';
  for (const name of text.split(',')) {
    const key = keyByte(name);
    if (key === undefined) return undefined;
    keys += key;
  }
  return keys;
}

function keyByte(name: string): ByteString | undefined {
  if (name.length === 1 && name.charCodeAt(0) < 128) return name;
  const control = /^ctrl-([a-z@[\\\]^_])$/.exec(name.toLowerCase())?.[1];
  return control && String.fromCharCode(control.toUpperCase().charCodeAt(0) & 31);
}

/** Typed bytes without what may be the beginning of the detach keys; `matched` counts the keys that are held back. */
export interface Scan {
  readonly pass: ByteString;
  readonly matched: number;
  readonly detached: boolean;
}

/** Looks for the detach keys in what was typed; `matched` of them had come before. */
export function scanForDetach(keys: ByteString, matched: number, typed: ByteString): Scan {
  let pass = '';
  let count = matched;
  for (const byte of typed) {
    if (byte === keys[count]) {
      count++;
      if (count === keys.length) return { pass, matched: 0, detached: true };
      continue;
    }
    pass += keys.slice(0, count);
    count = 0;
    if (byte === keys[0]) count = 1;
    else pass += byte;
  }
  return { pass, matched: count, detached: false };
}
