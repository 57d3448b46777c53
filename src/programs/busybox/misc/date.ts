import { isErrno } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { parseDate } from '../date-parse.ts';
import { parseGnuDate } from '../date-relative.ts';

const dateLine = {
  usage: '[OPTIONS] [+FMT] [[-s] TIME]',
  short: 'Rs:ud:r:I::D:',
  long: [
    'rfc-2822=R',
    'rfc-email=R',
    'set:=s',
    'utc=u',
    'universal=u',
    'date:=d',
    'reference:=r',
    'iso-8601::=I',
    'rfc-3339::',
  ],
};

/** `date`: the simulated machine's time; its clock is UTC. */
export const date: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, dateLine);
    if (typeof options === 'number') return options;
    const busybox = style.flavour === 'busybox';
    const [first] = options.operands;
    if (options.has('D')) return complain(io, 'option -D is not simulated');
    const given = options.value('d');
    let time = io.sys.now;
    const reference = options.value('r');
    if (reference !== undefined) {
      const stat = io.sys.fs.stat(reference);
      if (isErrno(stat)) return complain(io, `${busybox ? reference : `${reference}`}: No such file or directory`);
      time = stat.mtime;
    }
    if (given !== undefined) {
      const parsed = (busybox ? parseDate : parseGnuDate)(given, io.sys.now);
      if (parsed === undefined) return complain(io, busybox ? `invalid date '${given}'` : `invalid date ‘${given}’`);
      time = parsed;
    }
    if (options.has('s') || (first !== undefined && !first.startsWith('+'))) {
      if (first !== undefined && parseDate(first, io.sys.now) === undefined)
        return complain(io, busybox ? `invalid date '${first}'` : `invalid date ‘${first}’`);
      // nobody but the machine's own root may, and there it is the clock of the people outside; the time is shown all the same
      const asked = parseDate(first ?? options.value('s') ?? '', io.sys.now);
      if (asked === undefined)
        return complain(io, busybox ? `invalid date '${options.value('s')}'` : `invalid date ‘${options.value('s')}’`);
      if (io.sys.isolation.capable('CAP_SYS_TIME')) return complain(io, 'setting the clock is not simulated');
      complain(io, busybox ? "can't set date: Operation not permitted" : 'cannot set date: Operation not permitted');
      printLine(io, formatTime(asked, '%a %b %e %H:%M:%S %Z %Y', !busybox));
      return busybox ? 0 : 1;
    }
    const iso: { readonly [precision: string]: string } = {
      date: '%Y-%m-%d',
      hours: '%Y-%m-%dT%H%z',
      minutes: '%Y-%m-%dT%H:%M%z',
      seconds: '%Y-%m-%dT%H:%M:%S%z',
    };
    const rfc = options.has('rfc-3339') ? (options.value('rfc-3339') ?? 'date') : undefined;
    const precision = options.value('I') ?? 'date';
    const isoFormat = Object.entries(iso).find(([name]) => name.startsWith(precision))?.[1] ?? '%Y-%m-%d';
    const format =
      first?.slice(1) ??
      (rfc !== undefined
        ? rfc === 'date'
          ? '%Y-%m-%d'
          : '%Y-%m-%d %H:%M:%S+00:00'
        : options.has('R')
          ? '%a, %d %b %Y %H:%M:%S %z'
          : options.has('I')
            ? isoFormat
            : '%a %b %e %H:%M:%S %Z %Y');
    const text = formatTime(time, format, !busybox);
    printLine(io, options.has('I') && first === undefined ? text.replace(/\+0000$/, '+00:00') : text);
    return 0;
  });
