import { instant } from '../../makers/instant.ts';
import { type Applet, complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { readUsers } from '../lookup.ts';

/** Nobody logs in to a container, nor is there a record of it: `who`, `users`, `last` and `w` have their head lines at most. */
export const who: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-aH]', short: style.name === 'who' ? 'aHbdlmpqrstTu' : 'afhisuwxnW:' });
    if (typeof options === 'number') return options;
    const busybox = style.flavour === 'busybox';
    if (busybox && style.name === 'w') printLine(io, 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST');
    if (busybox && style.name === 'who' && options.has('H')) printLine(io, 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST');
    if (busybox && style.name === 'last')
      printLine(io, 'USER       TTY            HOST               LOGIN        TIME');
    if (!busybox && style.name === 'who' && options.has('H'))
      printLine(io, 'NAME     LINE         TIME             COMMENT');
    return 0;
  });

/** `logname`: the name that was logged in with, which is nobody's without a login. */
export const logname: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '', short: '', operands: [0, 0] });
    if (typeof options === 'number') return options;
    return complain(io, style.flavour === 'busybox' ? 'getlogin: No such device or address' : 'no login name');
  });

/** `logger`: a message to the system's log, which runs in no container; -s shows it. */
export const logger: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, {
      usage: '[-s] [-t TAG] [-p PRIO] [MESSAGE]',
      short: 'st:p:i',
      long: ['stderr=s', 'tag:=t', 'priority:=p'],
    });
    if (typeof options === 'number') return options;
    const user = readUsers(io.sys).find(({ uid }) => uid === io.sys.uid)?.name ?? 'root';
    const tag = options.value('t') ?? user;
    const text = `${tag}: ${options.operands.join(' ')}\n`;
    if (options.has('s')) io.err(style.flavour === 'busybox' ? text : `<13>${text}`);
    return 0;
  });
