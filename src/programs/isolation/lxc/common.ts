import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { ProcessInfo, Sys } from '../../../kernel/program.ts';
import type { StartIo } from '../../makers/io.ts';
import { type CommandLine, type Options, parseOptions } from '../../options.ts';
import { fail } from '../io.ts';

/** Where LXC keeps containers: a folder for each, with `config` and `rootfs`. */
export const lxcPath = '/var/lib/lxc';

/** What the monitor of a container, its parent on the host, is called in the process list. */
export function monitorTitle(name: string): string {
  return `[lxc monitor] ${lxcPath} ${name}`;
}

/** The control group of a container's processes. */
export function payload(name: string): string {
  return `/lxc.payload.${name}`;
}

/** A line of LXC's log, as its tools write it to stderr. */
export function log(io: StartIo, name: string, place: string, text: string, status = 1): { readonly exit: number } {
  return fail(io, `${io.style.name}: ${name}: ../src/lxc/${place} ${text}`, status);
}

/** Is a container of this name defined? */
export function isDefined(sys: Sys, name: string): boolean {
  return !isErrno(sys.fs.stat(`${lxcPath}/${name}/config`));
}

/** The first process of a running container, as the host numbers it. */
export function initOf(sys: Sys, name: string): ProcessInfo | undefined {
  const all = sys.processes();
  const monitor = all.find(({ argv }) => argv[0] === monitorTitle(name));
  return monitor && all.find(({ ppid, state }) => ppid === monitor.pid && state !== 'Z');
}

export type State = 'STOPPED' | 'RUNNING' | 'FROZEN';

/** What of it runs. */
export function stateOf(sys: Sys, name: string): State {
  if (!initOf(sys, name)) return 'STOPPED';
  const frozen = sys.fs.readFile(`/sys/fs/cgroup${payload(name)}/cgroup.freeze`);
  return !isErrno(frozen) && frozen.bytes.startsWith('1') ? 'FROZEN' : 'RUNNING';
}

/** The defined containers. */
export function containers(sys: Sys): readonly string[] {
  const names = sys.fs.list(lxcPath);
  return isErrno(names) ? [] : names.filter((name) => isDefined(sys, name));
}

/** A setting of a container's configuration. */
export function setting(sys: Sys, name: string, key: string): string | undefined {
  const file = sys.fs.readFile(`${lxcPath}/${name}/config`);
  const lines = isErrno(file) ? [] : decodeUtf8(file.bytes).split('\n');
  const found = lines.findLast((line) => line.replace(/\s*=.*$/, '').trim() === key);
  return found?.replace(/^[^=]*=\s*/, '').replace(/^"(.*)"$/, '$1');
}

/** The options of a tool and the container that it is for (`-n NAME`, or the first operand); or a status. */
export function named(
  io: StartIo,
  line: CommandLine,
): { readonly options: Options; readonly name: string; readonly rest: readonly string[] } | { readonly exit: number } {
  const options = parseOptions(io, {
    ...line,
    short: `${line.short}n:P:o:l:q`,
    long: [...(line.long ?? []), 'name:=n', 'lxcpath:=P', 'logfile:=o', 'logpriority:=l', 'quiet=q'],
  });
  if (typeof options === 'number') return { exit: options };
  if (options.has('P')) return fail(io, `${io.style.name}: the option -P is not simulated`);
  const given = options.value('n');
  const [first, ...others] = options.operands;
  const name = given ?? first;
  if (name === undefined) return fail(io, `${io.style.name}: No container name specified`);
  if (io.sys.uid !== 0) return fail(io, `${io.style.name}: unprivileged containers are not simulated (use sudo)`);
  return { options, name, rest: given === undefined ? others : options.operands };
}
