import { isErrno, strerror } from '../../../kernel/errno.ts';
import { buffered } from '../../makers/buffered.ts';
import { instant } from '../../makers/instant.ts';
import { type Applet, complain, printLine, type StartIo } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { execCommand } from '../execute.ts';
import { readUsers } from '../lookup.ts';

const niceLine = { usage: '[-n ADJUST] [PROG ARGS]', short: '+n:', long: ['adjustment:=n'] };

/** `nice`: a program with another nice value, or what the present one is. */
export const nice: Applet = (style) =>
  buffered<null>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const given = io.args.map((word, at) => (at === 0 && /^-\d+$/.test(word) ? `-n${word.slice(1)}` : word));
      const options = parseOptions({ ...io, args: given }, { ...niceLine, status: busybox ? 1 : 125 });
      if (typeof options === 'number') return { exit: options };
      const now = io.sys.nice(0);
      const text = options.value('n') ?? '10';
      if (!/^[-+]?\d+$/.test(text)) {
        return {
          exit: busybox ? complain(io, `invalid number '${text}'`) : complain(io, `invalid adjustment ‘${text}’`, 125),
        };
      }
      const [command] = options.operands;
      if (command === undefined) {
        if (options.has('n')) {
          if (busybox) return { exit: showUsage(io, niceLine) };
          complain(io, 'a command must be given with an adjustment');
          return { exit: showUsage(io, niceLine, 125) };
        }
        printLine(io, String(now));
        return { exit: 0 };
      }
      const wanted = (isErrno(now) ? 0 : now) + Number(text);
      const failed = io.sys.nice(0, wanted);
      if (isErrno(failed)) {
        if (busybox) return { exit: complain(io, `setpriority(${wanted}): ${strerror(failed)}`) };
        complain(io, `cannot set niceness: ${strerror(failed)}`);
      }
      const done = execCommand(io.sys, options.operands, io.env);
      if (!isErrno(done)) return done;
      const place = busybox ? `can't execute '${command}'` : `‘${command}’`;
      return { exit: complain(io, `${place}: ${strerror(done)}`, done.errno === 'ENOENT' ? 127 : 126) };
    },
    step: () => ({ exit: 0 }),
  });

const reniceUsage = { usage: '[-n] PRIORITY [[-p|g|u] ID...]...', short: '' };

/** `renice`: changes the nice value of processes that run. busybox's -n adds to it, util-linux's sets it. */
export const renice: Applet = (style) =>
  instant(style, (io) => {
    const busybox = style.flavour === 'busybox';
    const words = [...io.args];
    if (words[0] === '--help') return showUsage(io, reniceUsage, 0);
    let adds = false;
    if (words[0] === '-n' || words[0] === '--priority' || words[0] === '--relative') {
      adds = busybox || words[0] === '--relative';
      words.shift();
    } else if (/^-n-?\d+$/.test(words[0] ?? '')) {
      adds = busybox;
      words[0] = (words[0] ?? '').slice(2);
    }
    const text = words.shift();
    if (text === undefined || words.length === 0) {
      if (busybox) return showUsage(io, reniceUsage);
      io.err(`renice: not enough arguments\nTry 'renice --help' for more information.\n`);
      return 1;
    }
    if (!/^[-+]?\d+$/.test(text))
      return complain(io, busybox ? `invalid number '${text}'` : `invalid priority '${text}'`);
    let status = 0;
    let kind = 'p';
    for (const word of words) {
      const option = /^-([pgu])$|^--(pid|pgrp|user)$/.exec(word);
      if (option) kind = option[1] ?? { pid: 'p', pgrp: 'g', user: 'u' }[option[2] ?? 'pid'] ?? 'p';
      else status = reniceOne(io, kind, word, Number(text), adds) || status;
    }
    return status;
  });

function reniceOne(io: StartIo, kind: string, word: string, value: number, adds: boolean): number {
  const { sys } = io;
  const busybox = io.style.flavour === 'busybox';
  const user = kind === 'u' ? readUsers(sys).find(({ name, uid }) => name === word || String(uid) === word) : undefined;
  if (kind === 'u' && !user && !/^\d+$/.test(word)) return complain(io, `unknown user ${word}`);
  if (kind !== 'u' && !/^\d+$/.test(word))
    return complain(
      io,
      busybox ? `invalid number '${word}'` : `bad ${kind === 'p' ? 'process ID' : 'process group ID'} value: ${word}`,
    );
  const id = user?.uid ?? Number(word);
  const pids =
    kind === 'p'
      ? [id]
      : sys
          .processes()
          .filter((each) => (kind === 'g' ? each.pgid === id : each.uid === id))
          .map(({ pid }) => pid);
  const what = { p: 'process ID', g: 'process group ID', u: 'user ID' }[kind] ?? '';
  if (pids.length === 0) pids.push(-1);
  let status = 0;
  for (const pid of pids) {
    const old = sys.nice(pid);
    if (isErrno(old)) {
      status = complain(
        io,
        busybox ? `getpriority: ${strerror(old)}` : `failed to get priority for ${id} (${what}): ${strerror(old)}`,
      );
      continue;
    }
    const now = sys.nice(pid, adds ? old + value : value);
    if (isErrno(now)) {
      status = complain(
        io,
        busybox ? `setpriority: ${strerror(now)}` : `failed to set priority for ${id} (${what}): ${strerror(now)}`,
      );
    } else if (!busybox) printLine(io, `${id} (${what}) old priority ${old}, new priority ${now}`);
  }
  return status;
}
