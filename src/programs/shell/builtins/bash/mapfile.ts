import { decodeUtf8 } from '../../../../kernel/bytes.ts';
import { isErrno } from '../../../../kernel/errno.ts';
import type { Next } from '../../../../kernel/program.ts';
import { putElement, putItems } from '../../run/arrays.ts';
import { finish } from '../../run/command.ts';
import type { Shell } from '../../run/shell.ts';
import { complain, ShellError } from '../../run/shell.ts';
import type { MapfileProgress, ShellState } from '../../state.ts';
import { isName } from '../../syntax/characters.ts';
import { wording } from '../../wording/words.ts';
import type { Builtin } from '../builtin.ts';
import { takeOptions } from '../builtin.ts';

/** `mapfile [-t] [-d delimiter] [-n count] [-O origin] [-s skip] [-u fd] [array]`: lines become an array's elements. */
export const mapfile: Builtin = (sh, args, how) => {
  const { letters, values, operands } = takeOptions(args, 'td:n:O:s:u:C:c:', sh);
  if (values.has('C')) throw new ShellError('-C: callbacks are not simulated', 1);
  const [name = 'MAPFILE'] = operands;
  if (!isName(name)) {
    complain(sh, wording(sh).badName(name));
    return 1;
  }
  for (const [letter, what] of [
    ['n', 'line count'],
    ['s', 'line count'],
    ['O', 'array origin'],
  ] as const) {
    const value = values.get(letter);
    if (value !== undefined && !/^\d+$/.test(value)) throw new ShellError(`${value}: invalid ${what}`, 1);
  }
  const from = values.get('u');
  if (from !== undefined && (!sh.sys.isOpen(Number(from)) || sh.s.privateFds.includes(Number(from))))
    throw new ShellError(`${from}: invalid file descriptor: Bad file descriptor`, 1);
  const number = (letter: string) => Number(values.get(letter) ?? 0) || 0;
  const delimiter = values.has('d') ? (values.get('d') || '\0').charAt(0) : '\n';
  sh.s.pending = {
    p: 'mapfile',
    tested: how.tested,
    mapfile: {
      fd: number('u'),
      name,
      delimiter,
      strip: letters.has('t'),
      count: number('n'),
      skip: number('s'),
      origin: values.has('O') ? number('O') : null,
      bytes: '',
    },
  };
  return undefined;
};

const largest = 4_000_000;

/** Reads on, to the end of the input; then the array gets its elements. */
export function goOnMapping(sh: Shell, progress: MapfileProgress, tested: boolean): Next<ShellState> | undefined {
  let { bytes } = progress;
  const enough = progress.count + progress.skip;
  for (;;) {
    if (progress.count > 0 && bytes.split(progress.delimiter).length > enough) break;
    const got = sh.sys.read(progress.fd, progress.count > 0 ? 1 : 65536);
    if (got === 'again') {
      sh.s.pending = { p: 'mapfile', tested, mapfile: { ...progress, bytes } };
      return { state: sh.s, wait: { readable: [progress.fd] } };
    }
    if (got === 'eof' || isErrno(got)) break;
    bytes += got.bytes;
    sh.sys.spend(1 + (got.bytes.length >> 6));
    if (bytes.length > largest) break;
  }
  sh.s.pending = null;
  const lines = bytes.split(progress.delimiter).map((line) => line + (progress.strip ? '' : progress.delimiter));
  const last = lines.pop() ?? '';
  const rest = progress.strip ? last : last.slice(0, -1);
  if (rest !== '') lines.push(rest);
  const chosen = lines.slice(progress.skip, progress.count > 0 ? enough : undefined).map(decodeUtf8);
  if (progress.origin === null)
    putItems(
      sh,
      progress.name,
      chosen.map((value) => ({ value })),
      false,
    );
  else
    for (const [index, value] of chosen.entries())
      putElement(sh, progress.name, String((progress.origin ?? 0) + index), value, false);
  finish(sh, 0, tested);
  return undefined;
}
