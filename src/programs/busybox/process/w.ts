import { instant } from '../../makers/instant.ts';
import { type Applet, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { readUptime, uptimeText } from './memory.ts';

/** `w` of procps: the uptime's line, and a table in which nobody stands: nobody logs in to a container. */
export const w: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[options] [user]', short: 'hsuf', long: ['no-header=h', 'short=s'] });
    if (typeof options === 'number') return options;
    if (options.has('h')) return 0;
    const { seconds, load } = readUptime(io.sys);
    const clock = formatTime(io.sys.now, '%H:%M:%S');
    printLine(io, ` ${clock} ${uptimeText(seconds)},  0 user,  load average: ${load.join(', ')}`);
    const from = options.has('f') ? '' : 'FROM             ';
    printLine(
      io,
      options.has('s')
        ? `USER     TTY      ${from} IDLE WHAT`
        : `USER     TTY      ${from}LOGIN@   IDLE   JCPU   PCPU WHAT`,
    );
    return 0;
  });
