import { isErrno } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { parseDate } from '../date-parse.ts';

const dateLine = {
  usage: '[OPTIONS] [+FMT] [[-s] TIME]',
  short: 'Rs:ud:r:I::D:',
  long: ['rfc-2822=R', 'rfc-email=R', 'set:=s', 'utc=u', 'universal=u', 'date:=d', 'reference:=r', 'iso-8601::=I'],
};

/** `date`: the simulated machine's time; its clock is UTC. */
export const date: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, dateLine);
    if (typeof options === 'number') return options;
    const busybox = style.flavour === 'busybox';
    const [first] = options.operands;
    const given = options.value('d');
    let time = io.sys.now;
    const reference = options.value('r');
    if (reference !== undefined) {
      const stat = io.sys.fs.stat(reference);
      if (isErrno(stat)) return complain(io, `${busybox ? reference : `${reference}`}: No such file or directory`);
      time = stat.mtime;
    }
    if (given !== undefined) {
      const parsed = parseDate(given, io.sys.now) ?? (busybox ? undefined : relativeDate(given, io.sys.now));
      if (parsed === undefined) return complain(io, busybox ? `invalid date '${given}'` : `invalid date ‘${given}’`);
      time = parsed;
    }
    if (options.has('s') || (first !== undefined && !first.startsWith('+'))) {
      if (first !== undefined && parseDate(first, io.sys.now) === undefined)
        return complain(io, busybox ? `invalid date '${first}'` : `invalid date ‘${first}’`);
      return complain(
        io,
        busybox ? "can't set date: Operation not permitted" : 'cannot set date: Operation not permitted',
      );
    }
    const iso: { readonly [precision: string]: string } = {
      date: '%Y-%m-%d',
      hours: '%Y-%m-%dT%H%z',
      minutes: '%Y-%m-%dT%H:%M%z',
      seconds: '%Y-%m-%dT%H:%M:%S%z',
    };
    const precision = options.value('I') ?? 'date';
    const isoFormat = Object.entries(iso).find(([name]) => name.startsWith(precision))?.[1] ?? '%Y-%m-%d';
    const format =
      first?.slice(1) ??
      (options.has('R') ? '%a, %d %b %Y %H:%M:%S %z' : options.has('I') ? isoFormat : '%a %b %e %H:%M:%S %Z %Y');
    const text = formatTime(time, format, !busybox);
    printLine(io, options.has('I') && first === undefined ? text.replace(/\+0000$/, '+00:00') : text);
    return 0;
  });

/** GNU date's words for a time relative to now: `yesterday`, `2 days ago`, `next hour`, `+1 week`. */
function relativeDate(text: string, now: number): number | undefined {
  const units: { readonly [unit: string]: number } = {
    sec: 1,
    second: 1,
    min: 60,
    minute: 60,
    hour: 3600,
    day: 86400,
    week: 604800,
  };
  const word = { now: 0, today: 0, yesterday: -86400, tomorrow: 86400 }[text];
  if (word !== undefined) return now + word * 1_000_000;
  const [, sign = '', amount = '', unit = '', ago] =
    /^([-+]?)\s*(\d+|next|last)\s*([a-z]+?)s?(\s+ago)?$/.exec(text) ?? [];
  const size = units[unit];
  if (size === undefined) return undefined;
  const count = amount === 'next' ? 1 : amount === 'last' ? -1 : Number(amount);
  return now + count * size * (sign === '-' ? -1 : 1) * (ago === undefined ? 1 : -1) * 1_000_000;
}
