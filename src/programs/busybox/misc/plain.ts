import { isErrno } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { echo as echoBytes } from '../../shell/builtins/echo.ts';
import { printf as printfBytes } from '../../shell/builtins/printf.ts';
import { test as evaluate } from '../../shell/builtins/test.ts';

/** `echo`. */
export const echo: Applet = (style) =>
  instant(style, (io) => {
    io.out(echoBytes(io.args));
    return 0;
  });

const printfLine = { usage: 'FORMAT [ARG]...', short: '+', operands: [1] as const };

/** `printf`. */
export const printf: Applet = (style) =>
  instant(style, (io) => {
    if (io.args.length === 0 || io.args[0] === '--help') {
      if (style.flavour === 'coreutils' && io.args.length === 0) complain(io, 'missing operand');
      return showUsage(io, printfLine, io.args.length === 0 ? 1 : 0);
    }
    const printed = printfBytes(io.args);
    io.out(printed.out);
    for (const error of printed.errors) complain(io, error);
    return printed.status;
  });

/** `test` and `[`, by the name. */
export const test: Applet = (style) =>
  instant(style, (io) => {
    const { status, error } = evaluate([style.name, ...io.args], io.sys);
    if (error !== undefined) complain(io, error);
    return status;
  });

/** `true`. */
export const truth: Applet = (style) => instant(style, () => 0);

/** `false`. */
export const falsehood: Applet = (style) => instant(style, () => 1);

/** `clear`: cursor home, rest of the screen erased. */
export const clear: Applet = (style) =>
  instant(style, (io) => {
    io.out('\x1b[H\x1b[J');
    return 0;
  });

/** `tty`: the name of standard input's terminal. */
export const tty: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-s]', short: 's', long: ['silent=s', 'quiet=s'], status: 2 });
    if (typeof options === 'number') return options;
    const terminal = io.sys.isatty(0);
    const name = io.sys.processes().find((process) => process.pid === io.sys.pid)?.tty;
    if (!options.has('s')) printLine(io, terminal && name !== undefined ? `/dev/${name}` : 'not a tty');
    return terminal ? 0 : 1;
  });

const sttyLine = { usage: '[-a|g] [SETTING]...', short: '+' };

/** `stty`: the modes that the simulated terminal has, and `size`. */
export const stty: Applet = (style) =>
  instant(style, (io) => {
    const [first] = io.args;
    if (first === '--help') return showUsage(io, sttyLine, 0);
    const modes = io.sys.termios(0);
    const size = io.sys.winsize(0);
    if (isErrno(modes) || isErrno(size)) {
      return complain(
        io,
        style.flavour === 'busybox'
          ? 'standard input: Inappropriate ioctl for device'
          : "'standard input': Inappropriate ioctl for device",
      );
    }
    if (first === undefined || first === '-a') {
      const flag = (on: boolean, name: string) => `${on ? '' : '-'}${name}`;
      const window = first === undefined ? '' : ` rows ${size.rows}; columns ${size.cols};`;
      printLine(io, `speed 38400 baud;${window} line = 0;`);
      printLine(
        io,
        [
          flag(modes.isig, 'isig'),
          flag(modes.icanon, 'icanon'),
          flag(modes.echo, 'echo'),
          flag(modes.opost, 'opost'),
        ].join(' '),
      );
      return 0;
    }
    for (const setting of io.args) {
      const [, off = '', name = ''] = /^(-?)(.*)$/.exec(setting) ?? [];
      const on = off === '';
      if (setting === 'size') printLine(io, `${size.rows} ${size.cols}`);
      else if (setting === 'raw' || setting === '-cooked')
        io.sys.termios(0, { icanon: false, isig: false, opost: false });
      else if (setting === '-raw' || setting === 'cooked') io.sys.termios(0, { icanon: true, isig: true, opost: true });
      else if (setting === 'sane') io.sys.termios(0, { icanon: true, isig: true, opost: true, echo: true });
      else if (name === 'echo' || name === 'icanon' || name === 'isig' || name === 'opost')
        io.sys.termios(0, { [name]: on });
      else
        return complain(
          io,
          style.flavour === 'busybox' ? `invalid argument '${setting}'` : `invalid argument ‘${setting}’`,
        );
    }
    return 0;
  });
