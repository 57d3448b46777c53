import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { InterfaceInfo } from '../../../kernel/net/calls.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { parseOptions } from '../../options.ts';
import { fail, toolIo } from '../io.ts';
import { containers, initOf, isDefined, named, payload, type State, setting, stateOf } from './common.ts';

/** `lxc-ls [-f] [-1] [--running|--stopped|--frozen|--active]`. */
export function lxcLs(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('lxc-ls', exec, sys);
  const options = parseOptions(io, {
    usage: '[-1] [-f] [--active] [--running] [--frozen] [--stopped]',
    short: 'f1',
    long: ['line=1', 'fancy=f', 'active', 'running', 'frozen', 'stopped', 'defined'],
  });
  if (typeof options === 'number') return { exit: options };
  if (sys.uid !== 0) return { exit: 0 }; // an ordinary user's own containers: there are none
  const wanted: State[] = [];
  if (options.has('running') || options.has('active')) wanted.push('RUNNING');
  if (options.has('frozen') || options.has('active')) wanted.push('FROZEN');
  if (options.has('stopped')) wanted.push('STOPPED');
  const all = containers(sys)
    .map((name) => ({ name, state: stateOf(sys, name) }))
    .filter(({ state }) => wanted.length === 0 || wanted.includes(state));
  if (!options.has('f')) {
    const line = options.has('1')
      ? all.map(({ name }) => `${name}\n`).join('')
      : `${all.map(({ name }) => `${name}  `).join('')}\n`;
    if (all.length > 0) io.out(encodeUtf8(line));
    return { exit: 0 };
  }
  if (all.length === 0) return { exit: 0 };
  const rows = [
    ['NAME', 'STATE', 'AUTOSTART', 'GROUPS', 'IPV4', 'IPV6', 'UNPRIVILEGED'],
    ...all.map(({ name, state }) => {
      const addresses = insideAddresses(sys, name);
      return [name, state, setting(sys, name, 'lxc.start.auto') ?? '0', '-', addresses.join(', ') || '-', '-', 'false'];
    }),
  ];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length))) ?? [];
  for (const row of rows) io.out(encodeUtf8(`${row.map((text, at) => `${text.padEnd(widths[at] ?? 0)} `).join('')}\n`));
  return { exit: 0 };
}

/** The addresses in a container's network namespace, which the tool joins for a moment. */
function insideAddresses(sys: Sys, name: string): readonly string[] {
  const init = initOf(sys, name);
  if (!init || sys.isolation.setns(`/proc/${init.pid}/ns/net`, 'net')) return [];
  const links = sys.net.interfaces().filter(({ kind }) => kind !== 'loopback');
  sys.isolation.setns('/proc/1/ns/net', 'net');
  return links.flatMap(({ addresses }) => addresses.map((cidr) => cidr.replace(/\/.*$/, '')));
}

/** `lxc-info -n NAME`. */
export function lxcInfo(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('lxc-info', exec, sys);
  const call = named(io, {
    usage: '--name=NAME',
    short: 'spiSHc:',
    long: ['state=s', 'pid=p', 'ips=i', 'stats=S', 'no-humanize=H', 'config:=c'],
  });
  if ('exit' in call) return call;
  const { options, name } = call;
  if (!isDefined(sys, name)) return fail(io, `${name} doesn't exist`);
  const key = options.value('c');
  const bare = options.has('H');
  const line = (label: string, value: string) =>
    io.out(encodeUtf8(bare ? `${value}\n` : `${`${label}:`.padEnd(16)}${value}\n`));
  if (key !== undefined) {
    io.out(encodeUtf8(`${key} = ${setting(sys, name, key) ?? ''}\n`));
    return { exit: 0 };
  }
  const everything = !['s', 'p', 'i', 'S'].some((letter) => options.has(letter));
  const init = initOf(sys, name);
  if (everything) line('Name', name);
  if (everything || options.has('s')) line('State', stateOf(sys, name));
  if (!init) return { exit: 0 };
  if (everything || options.has('p')) line('PID', String(init.pid));
  if (everything || options.has('i')) for (const ip of insideAddresses(sys, name)) line('IP', ip);
  if (everything || options.has('S')) statistics(sys, name, line);
  const link = everything ? cableOf(sys, init.pid) : undefined;
  if (link) {
    line('Link', link.name);
    for (const [label, bytes] of [
      [' TX bytes', link.txBytes],
      [' RX bytes', link.rxBytes],
      [' Total bytes', link.txBytes + link.rxBytes],
    ] as const)
      line(label, size(bytes));
  }
  return { exit: 0 };
}

function statistics(sys: Sys, name: string, line: (label: string, value: string) => void): void {
  const group = `/sys/fs/cgroup${payload(name)}`;
  const cpu = sys.fs.readFile(`${group}/cpu.stat`);
  const memory = sys.fs.readFile(`${group}/memory.current`);
  const used = isErrno(cpu) ? 0 : Number(/usage_usec (\d+)/.exec(cpu.bytes)?.[1] ?? 0);
  line('CPU use', `${(used / 1e6).toFixed(2)} seconds`);
  if (!isErrno(memory)) line('Memory use', size(Number(memory.bytes)));
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const unit = bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3;
  return `${(bytes / 1024 ** unit).toFixed(2)} ${['', 'KiB', 'MiB', 'GiB'][unit]}`;
}

/** The host's end of the container's cable: the one that leads to its network namespace. */
function cableOf(sys: Sys, pid: number): InterfaceInfo | undefined {
  const link = sys.fs.readlink(`/proc/${pid}/ns/net`);
  return isErrno(link)
    ? undefined
    : sys.net.interfaces().find(({ peer }) => peer?.elsewhere && `net:[${peer.ns}]` === link);
}
