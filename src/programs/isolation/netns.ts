import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { execCommand } from '../busybox/execute.ts';
import type { StartIo } from '../makers/io.ts';
import { fail, toolIo } from './io.ts';
import { namedNamespaces, netnsFile, netnsFolder } from './netns-files.ts';

/** `ip netns …` of iproute2; `words` is what stands behind `netns`. */
export function netns(exec: Exec, sys: Sys, words: readonly string[]): Next<null> {
  const io = toolIo('ip', exec, sys);
  const [verb = 'list', name, ...rest] = words;
  switch (verb) {
    case 'list':
    case 'ls':
    case 'show':
    case 'list-id':
      return verb === 'list-id' ? fail(io, 'ip: "netns list-id" is not simulated') : list(io);
    case 'add':
    case 'a':
      return name === undefined ? fail(io, 'No netns name specified') : add(io, name, '/proc/self/ns/net', true);
    case 'attach':
      if (name === undefined || rest[0] === undefined) return fail(io, 'No netns name specified');
      return add(io, name, `/proc/${rest[0]}/ns/net`, false);
    case 'del':
    case 'delete':
      return name === undefined ? fail(io, 'No netns name specified') : remove(io, name);
    case 'exec':
      return name === undefined ? fail(io, 'No netns name specified') : enter(io, name, rest);
    case 'identify':
      return identify(io, name ?? 'self');
    case 'pids':
      return name === undefined ? fail(io, 'No netns name specified') : pids(io, name);
    case 'set':
    case 'monitor':
      return fail(io, `ip: "netns ${verb}" is not simulated`);
    default:
      return fail(io, `Command "${verb}" is unknown, try "ip netns help".`, 255);
  }
}

function list(io: StartIo): Next<null> {
  // numbers are given in the order in which other namespaces came into sight
  const away = [...new Set(io.sys.net.interfaces().flatMap(({ peer }) => (peer?.elsewhere ? [peer.ns] : [])))];
  for (const { name, id } of namedNamespaces(io.sys)) {
    const number = away.indexOf(id);
    io.out(encodeUtf8(`${name}${number < 0 ? '' : ` (id: ${number})`}\n`));
  }
  return { exit: 0 };
}

/** A file in /run/netns, to which the namespace is bound: of another process, or (`fresh`) a new one. */
function add(io: StartIo, name: string, source: string, fresh: boolean): Next<null> {
  const { sys } = io;
  const made = sys.fs.mkdir(netnsFolder, 0o755);
  if (made && made.errno !== 'EEXIST') return fail(io, `mkdir ${netnsFolder} failed: ${strerror(made)}`);
  if (!sys.fs.mounts().some(({ target }) => target === netnsFolder)) {
    const failed = sys.isolation.mount({ source: netnsFolder, target: netnsFolder, bind: true, recursive: true });
    if (failed) return fail(io, `mount --make-shared ${netnsFolder} failed: ${strerror(failed)}`);
  }
  const path = `${netnsFolder}/${name}`;
  const fd = sys.fs.open(path, { read: true, create: true, exclusive: true }, 0);
  if (isErrno(fd)) return fail(io, `Cannot create namespace file "${path}": ${strerror(fd)}`);
  sys.close(fd);
  const split = fresh ? sys.isolation.unshare(['net']) : undefined;
  if (split) {
    sys.fs.unlink(path);
    return fail(io, `Failed to create a new network namespace "${name}": ${strerror(split)}`);
  }
  const bound = sys.isolation.mount({ source, target: path, bind: true });
  if (!bound) return { exit: 0 };
  sys.fs.unlink(path);
  return fail(io, `Bind ${source} -> ${path} failed: ${strerror(bound)}`);
}

function remove(io: StartIo, name: string): Next<null> {
  const path = `${netnsFolder}/${name}`;
  io.sys.isolation.umount(path, { detach: true });
  const failed = io.sys.fs.unlink(path);
  return failed ? fail(io, `Cannot remove namespace file "${path}": ${strerror(failed)}`) : { exit: 0 };
}

/** Joins a named namespace; what is wrong, or undefined. */
export function joinNetns(sys: Sys, name: string): string | undefined {
  const path = name.includes('/') ? name : `${netnsFolder}/${name}`;
  const there = sys.fs.stat(path);
  if (isErrno(there)) return `Cannot open network namespace "${name}": ${strerror(there)}`;
  const failed = sys.isolation.setns(path, 'net');
  return failed && `setting the network namespace "${name}" failed: ${strerror(failed)}`;
}

/** A command in a named namespace: with mounts of its own, so that /sys shows that namespace's devices. */
function enter(io: StartIo, name: string, words: readonly string[]): Next<null> {
  const { sys } = io;
  const [command] = words;
  if (command === undefined) return fail(io, 'No command specified');
  const wrong = joinNetns(sys, name);
  if (wrong !== undefined) return fail(io, wrong, 255);
  sys.isolation.unshare(['mnt']);
  sys.isolation.umount('/sys', { detach: true });
  sys.isolation.mount({ source: name, target: '/sys', type: 'sysfs' });
  const done = execCommand(sys, words, io.env);
  return isErrno(done) ? fail(io, `exec of "${command}" failed: ${strerror(done)}`) : done;
}

function identify(io: StartIo, pid: string): Next<null> {
  const link = io.sys.fs.readlink(`/proc/${pid}/ns/net`);
  if (isErrno(link)) return fail(io, `Stat of netns failed: ${strerror(link)}`);
  const id = /\[(\d+)\]/.exec(link)?.[1];
  io.out(encodeUtf8(`${namedNamespaces(io.sys).find((each) => each.id === id)?.name ?? ''}\n`));
  return { exit: 0 };
}

function pids(io: StartIo, name: string): Next<null> {
  const path = netnsFile(io.sys, name);
  const stat = path === undefined ? undefined : io.sys.fs.stat(path);
  if (stat === undefined || isErrno(stat)) return fail(io, `Cannot open network namespace: No such file or directory`);
  for (const { pid } of io.sys.processes())
    if (io.sys.fs.readlink(`/proc/${pid}/ns/net`) === `net:[${stat.ino}]`) io.out(`${pid}\n`);
  return { exit: 0 };
}
