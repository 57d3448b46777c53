import { strerror } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import { type Applet, complain, type StartIo } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { changeMode } from '../modes.ts';

const line = { usage: '[-m MODE] NAME TYPE [MAJOR MINOR]', short: 'm:Z', long: ['mode:=m'] };

/** `mknod`: devices, which need CAP_MKNOD, and named pipes, which do not. */
export const mknod: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, style.flavour === 'busybox' ? { ...line, short: 'm:' } : line);
    if (typeof options === 'number') return options;
    const [name = '', type = '', major, minor] = options.operands;
    const wrong = mistake(io, options.operands);
    if (wrong !== undefined) return wrong;
    const mode = changeMode(options.value('m') ?? '666', 0o666, false, 0);
    if (mode === undefined)
      return complain(io, style.flavour === 'busybox' ? `invalid mode '${options.value('m')}'` : 'invalid mode');
    const { fs } = io.sys;
    // with -m the umask does not count
    const umask = options.has('m') ? io.sys.umask(0) : undefined;
    const failed =
      type === 'p'
        ? fs.mkfifo(name, mode)
        : fs.mknod(name, type === 'b' ? 'block' : 'char', Number(major), Number(minor), mode);
    if (umask !== undefined) io.sys.umask(umask);
    return failed ? complain(io, `${name}: ${strerror(failed)}`) : 0;
  });

function mistake(io: StartIo, operands: readonly string[]): number | undefined {
  const busybox = io.style.flavour === 'busybox';
  const say = (text: string, more = ''): number => {
    if (busybox) return showUsage(io, line);
    complain(io, text);
    if (more !== '') io.err(`${more}\n`);
    return showUsage(io, line);
  };
  const [name, type, major, minor] = operands;
  if (name === undefined || type === undefined)
    return say(name === undefined ? 'missing operand' : `missing operand after ‘${name}’`);
  if (type === 'p')
    return major === undefined
      ? undefined
      : say(`extra operand ‘${major}’`, 'Fifos do not have major and minor device numbers.');
  if (!['b', 'c', 'u'].includes(type)) return say(`invalid device type ‘${type}’`);
  if (minor === undefined)
    return say(
      `missing operand after ‘${major ?? type}’`,
      major === undefined ? 'Special files require major and minor device numbers.' : '',
    );
  if (operands.length > 4) return say(`extra operand ‘${operands[4]}’`);
  for (const [what, text] of [
    ['major', major],
    ['minor', minor],
  ])
    if (!/^\d+$/.test(text ?? ''))
      return complain(io, busybox ? `invalid number '${text}'` : `invalid ${what} device number ‘${text}’`);
  return undefined;
}
