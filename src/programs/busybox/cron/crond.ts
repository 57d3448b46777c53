import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next, Program, Sys } from '../../../kernel/program.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { busyboxBanner, parseOptions } from '../../options.ts';
import { findUser } from '../lookup.ts';
import { crontabs } from './crontab.ts';
import { type CronJob, isDue, parseCronLine } from './schedule.ts';

type State =
  | {
      readonly role: 'daemon';
      readonly dir: string;
      /** Tells on standard error what it runs: busybox's -d, or -f with a level up to 8. */
      readonly log: boolean;
      readonly system: boolean;
      /** Files of /etc/cron.d may have names as the LSB allows them (cron's -l). */
      readonly lsb: boolean;
      /** It has begun just now: the jobs for the start are next. */
      readonly begins: boolean;
      /** The minute whose jobs are next. */
      readonly due: number;
    }
  | { readonly role: 'job'; readonly user: string; readonly command: string; readonly env: Rec<string> };

const minute = 60_000_000;
const line = { usage: '-fbS -l N -d N -L LOGFILE -c DIR', short: 'fbSl:d:L:c:' };
const cronLine = { usage: '[-f] [-l] [-L loglevel]', short: 'flL:x:' };

/**
 * `crond` of busybox and `cron` of Debian: each minute of the simulated clock it starts what the tables say. What jobs print
 * would be mailed, which needs a mail system: it is lost, as in an image that has none.
 */
export const crond: Applet = (style): Program<State> => ({
  start(exec, sys) {
    const put = (fd: 1 | 2) => (bytes: string) => {
      sys.write(fd, bytes);
    };
    const io: StartIo = { style, sys, out: put(1), err: put(2), args: exec.argv.slice(1), env: exec.env };
    const busybox = style.flavour === 'busybox';
    const options = parseOptions(io, busybox ? line : cronLine);
    if (typeof options === 'number') return { exit: options };
    const refused = ['L', 'x'].find((letter) => options.has(letter));
    if (refused !== undefined) {
      io.err(`${style.name}: option -${refused} is not simulated\n`);
      return { exit: 1 };
    }
    const level = Number(options.value('d') ?? options.value('l') ?? 8);
    const state: State = {
      role: 'daemon',
      dir: options.value('c') ?? crontabs,
      // without -f and -d it writes to the system's log, which no container has
      log: busybox && (options.has('d') || (options.has('f') && !options.has('S'))) && level <= 8,
      system: !busybox,
      lsb: !busybox && options.has('l'),
      begins: true,
      due: nextMinute(sys.now),
    };
    const [, version = ''] = /v([\d.]+)/.exec(busyboxBanner) ?? [];
    if (state.log) say(sys, `crond (busybox ${version}) started, log level ${level}`);
    if (options.has('f') || options.has('d')) return { state, wait: { until: sys.now } };
    const child = sys.fork(state);
    return { exit: isErrno(child) ? 1 : 0 };
  },
  step(state, wake, sys) {
    if (state.role === 'job') return become(state, sys);
    if (wake.on === 'forked') sys.setsid();
    for (let ended = sys.reap('any'); ended !== 'again' && !isErrno(ended); ended = sys.reap('any'));
    if (sys.now < state.due && !state.begins) return { state, wait: { until: state.due } };
    for (const { user, job, env } of tables(sys, state)) {
      if (state.begins ? !job.reboot : !isDue(job, state.due)) continue;
      const child = sys.fork({ role: 'job', user, command: job.command, env }, { fds: {} });
      if (state.log && !isErrno(child)) say(sys, `USER ${user} pid ${String(child).padStart(3)} cmd ${job.command}`);
    }
    const due = nextMinute(sys.now);
    return { state: { ...state, begins: false, due }, wait: { until: due } };
  },
});

function nextMinute(now: number): number {
  return (Math.floor(now / minute) + 1) * minute;
}

function say(sys: Sys, text: string): void {
  sys.write(2, encodeUtf8(`crond: ${text}\n`));
}

interface Entry {
  readonly user: string;
  readonly job: CronJob;
  readonly env: Rec<string>;
}

/** All jobs of the users' tables, and of /etc/crontab and /etc/cron.d where the daemon reads them. */
function tables(sys: Sys, { dir, system, lsb }: State & { readonly role: 'daemon' }): Entry[] {
  const names = sys.fs.list(dir);
  const entries = (isErrno(names) ? [] : names).flatMap((name) =>
    findUser(sys, name) ? table(sys, `${dir}/${name}`, name) : [],
  );
  if (!system) return entries;
  const own = sys.fs.list('/etc/cron.d');
  const files = [
    '/etc/crontab',
    ...(isErrno(own) ? [] : own)
      .filter((name) => /^[\w-]+$/.test(name) || (lsb && /^_?(?:[a-z0-9_.]+-)+[a-z0-9]+$/.test(name)))
      .map((name) => `/etc/cron.d/${name}`),
  ];
  return [...entries, ...files.flatMap((file) => table(sys, file, undefined))];
}

function table(sys: Sys, file: string, owner: string | undefined): Entry[] {
  const got = sys.fs.readFile(file);
  if (isErrno(got)) return [];
  const entries: Entry[] = [];
  let env: Rec<string> = {};
  for (const text of decodeUtf8(got.bytes).split('\n')) {
    const parsed = parseCronLine(text, owner === undefined);
    if (parsed && 'set' in parsed) env = { ...env, [parsed.set[0]]: parsed.set[1] };
    else if (parsed && 'command' in parsed) entries.push({ user: owner ?? parsed.user ?? 'root', job: parsed, env });
  }
  return entries;
}

/** The child: as the user, at home, with nothing to read, and what it prints going nowhere. */
function become(state: State & { readonly role: 'job' }, sys: Sys): Next<State> {
  const user = findUser(sys, state.user);
  if (user === undefined) return { exit: 1 };
  for (const mode of ['read', 'write', 'write'] as const) sys.fs.open('/dev/null', { [mode]: true });
  sys.setuid(user.uid, user.gid, [user.gid]);
  if (sys.chdir(user.home) !== undefined) sys.chdir('/');
  const shell = state.env.SHELL ?? '/bin/sh';
  const env = {
    PATH: '/usr/bin:/bin',
    ...state.env,
    HOME: user.home,
    LOGNAME: user.name,
    USER: user.name,
    SHELL: shell,
  };
  const done = sys.exec({ path: shell, argv: [shell.slice(shell.lastIndexOf('/') + 1), '-c', state.command], env });
  return isErrno(done) ? { exit: 127 } : done;
}
