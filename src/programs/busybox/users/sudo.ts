import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import { type Applet, complain, type StartIo } from '../../makers/io.ts';
import { execCommand } from '../execute.ts';
import { readGroups, readUsers } from '../lookup.ts';
import { mayRun } from './sudoers.ts';

const securePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin';

const usage = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...
`;

/** Environment variables that stay (sudoers(5), env_keep), besides those that begin with LC_. */
const kept = ['TERM', 'LANG', 'LANGUAGE', 'COLORTERM', 'DISPLAY', 'XAUTHORITY', 'HOSTNAME'];

/** What the command line asks for. */
interface Wish {
  readonly user: string;
  readonly login: boolean;
  readonly shell: boolean;
  /** -E: all of the environment stays; or these variables. */
  readonly keepEnv: boolean;
  readonly keeps: readonly string[];
  readonly validate: boolean;
  readonly variables: Rec<string>;
  readonly words: readonly string[];
}

/** `sudo`: runs a command as root, or as another user, when /etc/sudoers allows it without a password. */
export const sudo: Applet = (style) =>
  buffered<null>(style, {
    start: (io) => run(io),
    step: () => ({ exit: 1 }),
  });

function run(io: StartIo): Next<null> {
  if (io.sys.uid !== 0)
    return { exit: complain(io, '/usr/bin/sudo must be owned by uid 0 and have the setuid bit set') };
  const wish = readWish(io);
  if (typeof wish === 'number') return { exit: wish };
  const users = readUsers(io.sys);
  const caller = users.find(({ uid }) => uid === io.sys.real.uid);
  if (!caller) return { exit: complain(io, `you do not exist in the passwd database`) };
  const target = users.find(({ name, uid }) => name === wish.user || wish.user === `#${uid}`);
  if (!target) return { exit: complain(io, `unknown user ${wish.user}`) };
  const allowed = mayRun(io.sys, caller, readGroups(io.sys));
  if (allowed === 'no') {
    io.err(`${caller.name} is not in the sudoers file.\n`);
    return { exit: 1 };
  }
  if (allowed === 'single') {
    return { exit: complain(io, 'rules of /etc/sudoers for single commands are not simulated') };
  }
  if (allowed === 'password') {
    io.err('sudo: asking for a password is not simulated\nsudo: a password is required\n');
    return { exit: 1 };
  }
  if (wish.validate) return { exit: 0 };
  const shell = target.shell === '' ? '/bin/sh' : target.shell;
  const own = wish.login ? shell : (io.env.SHELL ?? caller.shell);
  const argv = wish.login || wish.shell ? shellWords(own, wish) : wish.words;
  const env: Rec<string> = {
    ...(wish.keepEnv ? io.env : keptOf(io.env, wish.keeps)),
    PATH: securePath,
    HOME: target.home,
    LOGNAME: target.name,
    USER: target.name,
    SHELL: shell,
    MAIL: `/var/mail/${target.name}`,
    SUDO_COMMAND: argv.join(' '),
    SUDO_USER: caller.name,
    SUDO_UID: String(caller.uid),
    SUDO_GID: String(caller.gid),
    ...wish.variables,
  };
  const others = readGroups(io.sys).filter(({ members, gid }) => members.includes(target.name) && gid !== target.gid);
  const failed = io.sys.setuid(target.uid, target.gid, [target.gid, ...others.map(({ gid }) => gid)]);
  if (failed) return { exit: complain(io, `unable to change to runas gid: ${strerror(failed)}`) };
  if (wish.login) io.sys.chdir(target.home);
  const [command = ''] = argv;
  const name = wish.login ? `-${own.replace(/^.*\//, '')}` : command;
  const done = wish.login
    ? io.sys.exec({ path: own, argv: [name, ...argv.slice(1)], env })
    : execCommand(io.sys, argv, env);
  if (!isErrno(done)) return done;
  return {
    exit: complain(
      io,
      done.errno === 'ENOENT' ? `${command}: command not found` : `unable to execute ${command}: ${strerror(done)}`,
    ),
  };
}

/** A shell with the words as its command: blanks and the like are escaped, as sudo does for -s and -i. */
function shellWords(shell: string, { words }: Wish): readonly string[] {
  if (words.length === 0) return [shell];
  return [shell, '-c', words.map((word) => word.replace(/[^\w$-]/g, '\\$&')).join(' ')];
}

function keptOf(env: Rec<string>, also: readonly string[]): Rec<string> {
  const stays = (name: string) => kept.includes(name) || also.includes(name) || name.startsWith('LC_');
  return Object.fromEntries(Object.entries(env).filter(([name]) => stays(name)));
}

function readWish(io: StartIo): Wish | number {
  const rest = [...io.args];
  const flags = new Set<string>();
  let user = 'root';
  const keeps: string[] = [];
  for (let arg = rest[0]; arg !== undefined && /^-./.test(arg); arg = rest[0]) {
    rest.shift();
    if (arg === '--') break;
    const long = longNames[arg.replace(/=.*$/, '')];
    if (arg.startsWith('--') && long === undefined) return refuse(io, arg);
    const letters = long ?? arg.slice(1);
    if (arg.startsWith('--preserve-env=')) {
      keeps.push(...arg.replace(/^[^=]*=/, '').split(','));
      continue;
    }
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] ?? '';
      if (letter === 'u') {
        const attached = long === undefined ? letters.slice(at + 1) : (/=(.*)$/.exec(arg)?.[1] ?? '');
        user = attached === '' ? (rest.shift() ?? '') : attached;
        break;
      }
      if (!'nEHisSkKvV'.includes(letter)) return refuse(io, `-${letter}`);
      flags.add(letter);
    }
  }
  const variables: { [name: string]: string } = {};
  while (/^\w+=/.test(rest[0] ?? '')) {
    const [name = '', ...value] = (rest.shift() ?? '').split('=');
    variables[name] = value.join('=');
  }
  if (flags.has('V')) {
    io.out('Sudo version 1.9.15p5\n');
    return 0;
  }
  const wish: Wish = {
    user,
    login: flags.has('i'),
    shell: flags.has('s'),
    keepEnv: flags.has('E'),
    keeps,
    validate: flags.has('v'),
    variables,
    words: rest,
  };
  const none = rest.length === 0 && !wish.login && !wish.shell && !wish.validate;
  if (!none) return wish;
  if (flags.has('k') || flags.has('K')) return 0;
  io.err(usage);
  return 1;
}

const longNames: Rec<string> = {
  '--user': 'u',
  '--login': 'i',
  '--shell': 's',
  '--preserve-env': 'E',
  '--set-home': 'H',
  '--non-interactive': 'n',
  '--stdin': 'S',
  '--version': 'V',
  '--validate': 'v',
};

/** Options that sudo has and that are not simulated are named; the rest is a mistake. */
function refuse(io: StartIo, option: string): number {
  if (/^-[ABbCDegGhlNPpRrTtU]$/.test(option) || /^--[a-z-]+/.test(option))
    return complain(io, `the option ${option} is not simulated`);
  io.err(`sudo: invalid option -- '${option.slice(1)}'\n${usage}`);
  return 1;
}
