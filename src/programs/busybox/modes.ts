import type { FileType } from '../../kernel/fs/calls.ts';

const typeLetters: { readonly [type in FileType]: string } = {
  file: '-',
  dir: 'd',
  link: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** A mode as `ls -l` shows it: `drwxr-xr-x`. */
export function modeText(type: FileType, mode: number): string {
  const triple = (bits: number, special: boolean, letter: string) => {
    const x = (bits & 1) !== 0;
    const last = special ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  const user = triple((mode >> 6) & 7, (mode & 0o4000) !== 0, 's');
  const group = triple((mode >> 3) & 7, (mode & 0o2000) !== 0, 's');
  return typeLetters[type] + user + group + triple(mode & 7, (mode & 0o1000) !== 0, 't');
}

/** The S_IF… bits of a file type. */
export const typeBits: { readonly [type in FileType]: number } = {
  file: 0o100000,
  dir: 0o040000,
  link: 0o120000,
  char: 0o020000,
  block: 0o060000,
  fifo: 0o010000,
  socket: 0o140000,
};

const whoBits: { readonly [who: string]: number } = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };
const permBits: { readonly [perm: string]: number } = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 };

/**
 * What chmod(1)'s MODE makes of the mode `old`: octal, or a list of `[ugoa][+-=][rwxXstugo]`. Without a "who" the bits
 * of the umask stay untouched. Undefined: not a mode.
 */
export function changeMode(text: string, old: number, directory: boolean, umask: number): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) {
    const mode = Number.parseInt(text, 8);
    return mode <= 0o7777 ? mode : undefined;
  }
  let mode = old;
  for (const clause of text.split(',')) {
    const [, who, actions] = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)$/.exec(clause) ?? [];
    if (who === undefined || actions === undefined) return undefined;
    const mask = who === '' ? 0o7777 & ~umask : [...who].reduce((bits, letter) => bits | (whoBits[letter] ?? 0), 0);
    for (const [, operator, perms = ''] of actions.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)) {
      const cleared = who === '' ? 0o777 : mask & (directory ? 0o1777 : 0o7777);
      // With `=`, busybox looks for an execute bit (X) when the old ones are gone already.
      const seen = operator === '=' && !/^[ugo]$/.test(perms) ? mode & ~cleared : mode;
      const bits = permissionBits(perms, seen, directory) & mask;
      if (operator === '+') mode |= bits;
      else if (operator === '-') mode &= ~bits;
      else mode = (mode & ~cleared) | bits;
    }
  }
  return mode;
}

function permissionBits(perms: string, mode: number, directory: boolean): number {
  const copy = { u: (mode >> 6) & 7, g: (mode >> 3) & 7, o: mode & 7 }[perms];
  if (copy !== undefined) return copy * 0o111;
  let bits = 0;
  for (const perm of perms) {
    if (perm === 'X') bits |= directory || mode & 0o111 ? 0o111 : 0;
    else bits |= permBits[perm] ?? 0;
  }
  return bits;
}
