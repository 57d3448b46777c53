import { readCpuset } from '../../../kernel/cpuset.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';

const unameLine = {
  usage: '[-amnrspvio]',
  short: 'amnrspvio',
  long: [
    'all=a',
    'kernel-name=s',
    'nodename=n',
    'kernel-release=r',
    'release=r',
    'kernel-version=v',
    'machine=m',
    'processor=p',
    'hardware-platform=i',
    'operating-system=o',
  ],
  operands: [0, 0] as const,
};

/** `uname`. alpine's busybox calls the operating system Linux, a GNU system calls it GNU/Linux. */
export const uname: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, unameLine);
    if (typeof options === 'number') return options;
    const { sysname, hostname, release, version, machine } = io.sys.uname();
    const os = sysname !== 'Linux' ? sysname : style.flavour === 'busybox' ? 'Linux' : 'GNU/Linux';
    const fields = { s: sysname, n: hostname, r: release, v: version, m: machine, p: 'unknown', i: 'unknown', o: os };
    if (style.flavour === 'coreutils') Object.assign(fields, { p: machine, i: machine });
    const all = sysname !== 'Linux' ? 'snrvm' : style.flavour === 'busybox' ? 'snrvmo' : 'snrvmpio';
    const wanted = (['s', 'n', 'r', 'v', 'm', 'p', 'i', 'o'] as const).filter((letter) =>
      options.has('a') ? all.includes(letter) : options.given.length === 0 ? letter === 's' : options.has(letter),
    );
    printLine(io, wanted.map((letter) => fields[letter]).join(' '));
    return 0;
  });

const hostnameLine = {
  usage: '[-sidf] [HOSTNAME | -F FILE]',
  short: 'sidfIF:',
  long: ['short=s', 'fqdn=f', 'long=f', 'domain=d', 'ip-address=i', 'all-ip-addresses=I'],
  operands: [0, 1] as const,
};

/** `hostname`: shows it, or sets it for whoever may. */
export const hostname: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, hostnameLine);
    if (typeof options === 'number') return options;
    const [name] = options.operands;
    const current = io.sys.uname().hostname;
    if (name !== undefined) {
      const failed = io.sys.sethostname(name);
      if (!failed) return 0;
      return complain(
        io,
        style.flavour === 'busybox'
          ? 'sethostname: Operation not permitted'
          : 'you must be root to change the host name',
      );
    }
    if (options.has('F')) return complain(io, 'option -F is not simulated');
    if (options.has('i')) printLine(io, io.sys.net.resolve(current).join(' '));
    else if (options.has('I')) {
      const addresses = io.sys.net
        .interfaces()
        .filter(({ kind }) => kind !== 'loopback')
        .flatMap((card) => card.addresses);
      printLine(io, `${addresses.map((address) => address.replace(/\/.*/, '')).join(' ')} `);
    } else if (options.has('d')) printLine(io, whole(io.sys, current).replace(/^[^.]*\.?/, ''));
    else if (options.has('f')) printLine(io, whole(io.sys, current));
    else printLine(io, options.has('s') ? current.replace(/\..*/, '') : current);
    return 0;
  });

/** The first name of the line of /etc/hosts that has this one: with its domain, where there is one. */
function whole(sys: Sys, name: string): string {
  const hosts = sys.fs.readFile('/etc/hosts');
  const lines = isErrno(hosts) ? [] : hosts.bytes.split('\n').map((line) => line.replace(/#.*/, '').split(/\s+/));
  return lines.find(([, ...names]) => names.includes(name))?.[1] ?? name;
}

/** `nproc`: how many processors there are. */
export const nproc: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[--all] [--ignore=N]', short: '', long: ['all', 'ignore:'] });
    if (typeof options === 'number') return options;
    const file = io.sys.fs.readFile(options.has('all') ? '/proc/cpuinfo' : '/proc/self/status');
    const text = isErrno(file) ? '' : file.bytes;
    const allowed = readCpuset(/^Cpus_allowed_list:\t(.*)$/m.exec(text)?.[1] ?? '')?.length || undefined;
    const count = allowed ?? text.match(/^processor\s*:/gm)?.length ?? 1;
    printLine(io, String(Math.max(1, count - Number(options.value('ignore') ?? 0))));
    return 0;
  });
