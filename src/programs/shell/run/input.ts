import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import type { ShellState, Source } from '../state.ts';
import { isInteractive } from './children.ts';
import { ageWarning, beginLine, endOfInput } from './interactive.ts';
import type { Shell } from './shell.ts';

/** As ash does, a script on standard input is read in pieces of this size. */
const pieceSize = 1023;

/** The level's text is used up, or ends inside a command: begins to read more of it. */
export function needInput(sh: Shell): Next<ShellState> | undefined {
  if (isInteractive(sh) && sh.frame.kind === 'main') beginLine(sh);
  else sh.s.pending = { p: 'input' };
  return undefined;
}

/** Reads more of a script from its descriptor. */
export function readInput(sh: Shell): Next<ShellState> | undefined {
  const { source } = sh.frame;
  if (!source || source.fd === null) {
    sh.s.pending = null;
    if (source) source.eof = true;
    return undefined;
  }
  const got = sh.sys.read(source.fd, pieceSize);
  if (got === 'again') return { state: sh.s, wait: { readable: [source.fd] } };
  sh.s.pending = null;
  const typed = isInteractive(sh) && sh.frame.kind === 'main' && sh.sys.isatty(source.fd);
  if (got === 'eof' && typed) endOfInput(sh);
  else if (got === 'eof' || isErrno(got)) source.eof = true;
  else {
    if (typed) ageWarning(sh);
    addText(source, got.bytes);
  }
  return undefined;
}

/** Adds bytes to a script; the beginning of a character whose rest is still to come is kept back. */
export function addText(source: Source, bytes: string): void {
  const all = source.tail + bytes;
  const cut = /[\xc0-\xff][\x80-\xbf]{0,2}$/.exec(all);
  const incomplete = cut && cut[0].length < characterLength(cut[0].charCodeAt(0)) ? cut[0].length : 0;
  source.tail = incomplete > 0 ? all.slice(-incomplete) : '';
  source.text = source.text.slice(source.pos) + decodeUtf8(incomplete > 0 ? all.slice(0, -incomplete) : all);
  source.pos = 0;
}

/** How many bytes a UTF-8 character has that begins with this one. */
function characterLength(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}
