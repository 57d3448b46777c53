import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { ProcessInfo } from '../../../kernel/program.ts';
import type { Signal } from '../../../kernel/signals.ts';
import { parseSignal } from '../../../kernel/signals.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { kill as killProcesses } from '../../shell/builtins/kill.ts';
import { findUser } from '../lookup.ts';
import { basename } from '../paths.ts';
import { compileRegex } from '../regex/compile.ts';
import { findMatch } from '../regex/match.ts';

/** `kill`. */
export const kill: Applet = (style) =>
  instant(style, (io) => {
    const done = killProcesses(io.args, { kill: (pid, signal) => io.sys.kill(pid, signal) });
    io.out(done.out);
    for (const error of done.errors) {
      complain(io, style.flavour === 'busybox' ? error : error.replace(/^can't kill pid (\d+):/, '($1) -'));
    }
    return done.status;
  });

/** Processes that go by a name: the command's, or the last part of what was executed. */
function named(io: StartIo, name: string): readonly ProcessInfo[] {
  return io.sys.processes().filter(({ comm, argv, pid }) => {
    if (pid === io.sys.pid) return false;
    const [first = ''] = argv;
    return comm === name.slice(0, 15) || basename(first) === name || first === name;
  });
}

const killallLine = { usage: '[-lq] [-SIG] PROCESS_NAME...', short: '+lq' };

/** `killall`: signals processes by name. */
export const killall: Applet = (style) =>
  instant(style, (io) => {
    let args = io.args;
    let signal: Signal = 'SIGTERM';
    let quiet = false;
    if (args[0] === '-l') {
      io.out(killProcesses(args, { kill: () => undefined }).out);
      return 0;
    }
    if (args[0] === '-q') {
      quiet = true;
      args = args.slice(1);
    }
    const [option] = args;
    if (option?.startsWith('-') && option !== '--') {
      const name = option === '-s' ? (args[1] ?? '') : option.slice(1);
      const found = parseSignal(name);
      if (found === undefined) return complain(io, `bad signal name '${name}'`);
      signal = found;
      args = args.slice(option === '-s' ? 2 : 1);
    }
    if (args.length === 0)
      return style.flavour === 'busybox'
        ? complain(io, 'you need to specify whom to kill')
        : showUsage(io, killallLine);
    let errors = 0;
    for (const name of args) {
      const processes = named(io, name);
      if (processes.length === 0) {
        errors++;
        if (!quiet)
          complain(io, style.flavour === 'busybox' ? `${name}: no process killed` : `${name}: no process found`);
      }
      for (const { pid } of processes) {
        const failed = io.sys.kill(pid, signal);
        if (!isErrno(failed)) continue;
        errors++;
        if (!quiet) complain(io, `can't kill pid ${pid}: ${strerror(failed)}`);
      }
    }
    return Math.min(errors, 255);
  });

/** `pidof`: the PIDs of the processes with these names, newest first. */
export const pidof: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-s] [-o PID] [NAME]...', short: 'so:' });
    if (typeof options === 'number') return options;
    const left = options.given.filter(([name]) => name === 'o').map(([, pid]) => Number(pid));
    const pids = options.operands
      .flatMap((name) =>
        named(io, name)
          .map(({ pid }) => pid)
          .reverse(),
      )
      .filter((pid) => !left.includes(pid));
    if (pids.length === 0) return 1;
    printLine(io, (options.has('s') ? pids.slice(0, 1) : pids).join(' '));
    return 0;
  });

const pgrepLine = {
  usage: '[-flanovx] [-s SID|-P PPID|PATTERN]',
  short: 'flanovxs:P:',
  operands: [0, 1] as const,
};

/** procps' pgrep takes more. */
const procps = {
  short: 'flanovxs:P:u:U:ciwd:',
  long: [
    'full=f',
    'list-name=l',
    'list-full=a',
    'newest=n',
    'oldest=o',
    'inverse=v',
    'exact=x',
    'session:=s',
    'parent:=P',
    'euid:=u',
    'uid:=U',
    'count=c',
    'ignore-case=i',
    'delimiter:=d',
  ],
};

/** `pgrep` and `pkill`, by the name: processes whose name (-f: command line) matches an extended regular expression. */
export const pgrep: Applet = (style) =>
  instant(style, (start) => {
    const killing = style.name === 'pkill';
    const at = killing ? start.args.findIndex((arg) => /^-(\d+|[A-Z][A-Z0-9+]+)$/.test(arg)) : -1;
    const signal = at < 0 ? 'SIGTERM' : parseSignal((start.args[at] ?? '').slice(1));
    const io = at < 0 ? start : { ...start, args: start.args.toSpliced(at, 1) };
    if (signal === undefined) return complain(io, `bad signal name '${(start.args[at] ?? '').slice(1)}'`);
    const known = style.flavour === 'busybox' ? pgrepLine : { ...pgrepLine, ...procps };
    const options = parseOptions(
      io,
      killing ? { ...known, usage: '[-l|-SIGNAL] [-xfvno] [-s SID|-P PPID|PATTERN]' } : known,
    );
    if (typeof options === 'number') return options;
    const [pattern = ''] = options.operands;
    const owner = options.value('u') ?? options.value('U');
    const users = owner?.split(',').map((name) => findUser(io.sys, name)?.uid ?? Number(name));
    if (pattern === '' && !['P', 's', 'u', 'U'].some((one) => options.has(one))) return showUsage(io, pgrepLine);
    const regex = compileRegex(pattern, { extended: true, ignoreCase: options.has('i') });
    if (typeof regex === 'string') return complain(io, `bad regex '${pattern}'`);
    const chosen = io.sys.processes().filter((process) => {
      if (process.pid === io.sys.pid) return false;
      if (options.has('P') && process.ppid !== Number(options.value('P'))) return false;
      if (options.has('s') && process.sid !== Number(options.value('s'))) return false;
      if (users && !users.includes(process.uid)) return false;
      const text = options.has('f') ? process.argv.join(' ') : process.comm;
      const match = findMatch(regex, text, 0);
      const whole = match !== undefined && (!options.has('x') || (match.start === 0 && match.end === text.length));
      return whole !== options.has('v');
    });
    const listed = options.has('n') ? chosen.slice(-1) : options.has('o') ? chosen.slice(0, 1) : chosen;
    if (options.has('w') || options.has('d'))
      return complain(io, `option -${options.has('w') ? 'w' : 'd'} is not simulated`);
    for (const process of listed) {
      if (killing) io.sys.kill(process.pid, signal);
      else if (!options.has('c'))
        printLine(
          io,
          options.has('a')
            ? `${process.pid} ${process.argv.join(' ')}`
            : options.has('l')
              ? `${process.pid} ${process.comm}`
              : String(process.pid),
        );
    }
    if (options.has('c')) printLine(io, String(listed.length));
    return listed.length > 0 ? 0 : 1;
  });
