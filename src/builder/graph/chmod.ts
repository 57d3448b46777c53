import { DockerfileError } from '../dockerfile/errors.ts';

/** What a change of mode is applied to. */
export interface Changed {
  readonly mode: number;
  readonly isFolder: boolean;
}

/** The mode that something gets. */
export type ModeChange = (old: Changed) => number;

const permissions: { readonly [letter: string]: number } = { r: 4, w: 2, x: 1 };
const shifts: { readonly [letter: string]: number } = { u: 6, g: 3, o: 0 };

/**
 * What `--chmod` of COPY and ADD means: octal digits, or symbolic modes as those of chmod(1) (`u+x,go-w`, `a=rX`), without
 * a umask. Throws DockerfileError in BuildKit's words.
 */
export function readChmod(text: string): ModeChange {
  if (/^\d+$/.test(text)) {
    const mode = /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.POSITIVE_INFINITY;
    if (mode <= 0o7777) return () => mode;
    const words = `invalid chmod parameter: '${text}'. it should be octal string and between 0 and 07777`;
    throw new DockerfileError('arguments', words);
  }
  const clauses = text.split(',').map(readClause);
  return ({ isFolder, mode }) => clauses.reduce((now, change) => change({ mode: now, isFolder }), mode);
}

function readClause(text: string): ModeChange {
  const [, who = '', rest = ''] = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)$/.exec(text) ?? [];
  if (rest === '') throw new DockerfileError('arguments', 'invalid syntax');
  const everybody = who === '' || who.includes('a');
  const classes = ['u', 'g', 'o'].filter((each) => everybody || who.includes(each));
  const actions = [...rest.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)];
  return ({ isFolder, mode }) => {
    let now = mode;
    for (const [, sign = '', what = ''] of actions) {
      const { mask, bits } = meant(classes, what, now, isFolder);
      now = sign === '+' ? now | bits : sign === '-' ? now & ~bits : (now & ~mask) | bits;
    }
    return now;
  };
}

/** The bits that letters stand for, and all those that `=` sets anew. */
function meant(classes: readonly string[], what: string, mode: number, isFolder: boolean) {
  let [mask, bits] = [0, 0];
  for (const each of classes) {
    const shift = shifts[each] ?? 0;
    mask |= 7 << shift;
    const copied = /^[ugo]$/.test(what) ? (mode >> (shifts[what] ?? 0)) & 7 : 0;
    bits |= copied << shift;
    for (const letter of what) bits |= (permissions[letter] ?? 0) << shift;
    if (what.includes('X') && (isFolder || (mode & 0o111) !== 0)) bits |= 1 << shift;
    if (what.includes('s') && each !== 'o') bits |= each === 'u' ? 0o4000 : 0o2000;
    if (what.includes('t') && each === 'o') bits |= 0o1000;
  }
  return { mask, bits };
}
