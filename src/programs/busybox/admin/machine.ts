import { isErrno, strerror } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import { type Applet, complain, printLine, type StartIo } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';

/** What init does when it gets them: busybox's init, and System V's. */
const signals = { reboot: 'SIGTERM', poweroff: 'SIGUSR2', halt: 'SIGUSR1' } as const;

/** `reboot`, `poweroff`, `halt` of busybox: a signal to process 1, which in a container is a program that ignores it. */
export const power: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-d DELAY] [-nf]', short: 'd:nfw' });
    if (typeof options === 'number') return options;
    if (options.has('f')) {
      if (!io.sys.isolation.capable('CAP_SYS_BOOT')) return complain(io, 'Operation not permitted');
      return complain(io, 'the option -f is not simulated');
    }
    const failed = io.sys.kill(1, signals[style.name as keyof typeof signals] ?? 'SIGTERM');
    return failed ? complain(io, strerror(failed)) : 0;
  });

/** `insmod`: a module into the kernel. There is one kernel for all, so a container may not. */
export const insmod: Applet = (style) =>
  instant(style, (io) => {
    const [file] = io.args;
    if (file === undefined || file === '--help') return showUsage(io, { usage: 'FILE [SYMBOL=VALUE]...', short: '' });
    const stat = io.sys.fs.stat(file);
    // it ends with the negative number of the error
    if (isErrno(stat)) return complain(io, `can't insert '${file}': ${strerror(stat)}`, 254);
    if (!io.sys.isolation.capable('CAP_SYS_MODULE'))
      return complain(io, `can't insert '${file}': Operation not permitted`, 255);
    return complain(io, `can't insert '${file}': invalid module format`, 248);
  });

/** `rmmod`: the kernel here has nothing that could go. */
export const rmmod: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-wfa] [MODULE]...', short: 'wfa' });
    if (typeof options === 'number') return options;
    let status = 0;
    for (const name of options.operands) {
      const why = io.sys.isolation.capable('CAP_SYS_MODULE') ? 'No such file or directory' : 'Operation not permitted';
      status = complain(io, `can't unload module '${name}': ${why}`);
    }
    return status;
  });

/** `modprobe`: looks for the module below /lib/modules. */
export const modprobe: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-alrqvsD] MODULE [SYMBOL=VALUE]...', short: 'alrqvsDb' });
    if (typeof options === 'number') return options;
    const { release } = io.sys.uname();
    for (const dir of ['/lib/modules', release]) {
      const failed = io.sys.chdir(dir);
      if (failed) return complain(io, `can't change directory to '${dir}': ${strerror(failed)}`);
    }
    const [name] = options.operands;
    return name === undefined ? 0 : complain(io, `module ${name} not found in modules.dep`);
  });

/** `swapon`, `swapoff`: space to swap to, which is the machine's and not a container's. */
export const swap: Applet = (style) =>
  instant(style, (io) => {
    const busybox = style.flavour === 'busybox';
    const off = style.name === 'swapoff';
    const options = parseOptions(io, {
      usage: off ? '[-a] [DEVICE]' : '[-a] [-e] [-d[POL]] [-p PRI] [DEVICE]',
      short: 'ad::ep:sv',
      long: ['all=a', 'summary=s', 'show', 'priority:=p', 'verbose=v'],
    });
    if (typeof options === 'number') return options;
    if (options.has('s') || options.has('show')) {
      if (options.has('s')) printLine(io, 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority');
      return 0;
    }
    if (options.has('a')) return all(io, busybox);
    const [device] = options.operands;
    if (device === undefined) return busybox ? showUsage(io, { usage: '[-a] [DEVICE]', short: '' }) : 0;
    const stat = io.sys.fs.stat(device);
    const why = isErrno(stat)
      ? strerror(stat)
      : io.sys.isolation.capable('CAP_SYS_ADMIN')
        ? 'Invalid argument'
        : 'Operation not permitted';
    if (busybox) return complain(io, `${device}: ${why}`);
    if (off) return complain(io, `${device}: swapoff failed: ${why}`, 4);
    return isErrno(stat)
      ? complain(io, `cannot open ${device}: ${why}`, 255)
      : complain(io, `${device}: swapon failed: ${why}`, 255);
  });

function all(io: StartIo, busybox: boolean): number {
  const table = io.sys.fs.readFile('/etc/fstab');
  if (isErrno(table)) return busybox ? complain(io, `can't open '/etc/fstab': ${strerror(table)}`) : 0;
  return 0;
}
