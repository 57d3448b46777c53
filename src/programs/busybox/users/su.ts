import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { readGroups, readUsers } from '../lookup.ts';
import { rows } from './database.ts';

const line = {
  usage: '[-lmp] [-s SH] [-] [USER [FILE ARGS | -c CMD [ARG0 ARGS]]]',
  short: '+lmps:c:',
  long: ['login=l', 'preserve-environment=m', 'shell:=s', 'command:=c'],
};

/** `su`: root becomes anybody without a password; others would be asked for one, which is not simulated. */
export const su: Applet = (style) =>
  buffered<null>(style, {
    start: (io) => become(io),
    step: () => ({ exit: 1 }),
  });

function become(io: StartIo): Next<null> {
  // options may stand before and behind the user's name, up to the shell's own arguments
  const [head, ...tail] = splitArguments(io.args);
  const options = parseOptions({ ...io, args: head ?? [] }, line);
  if (typeof options === 'number') return { exit: options };
  const [, name = 'root', ...rest] = ['', ...options.operands.filter((word) => word !== '-')];
  const login = options.has('l') || io.args.includes('-');
  const users = readUsers(io.sys);
  const user = users.find((one) => one.name === name);
  const busybox = io.style.flavour === 'busybox';
  if (user === undefined) {
    const text = busybox
      ? `unknown user ${name}`
      : `user ${name} does not exist or the user entry does not contain all the required fields`;
    return { exit: complain(io, text) };
  }
  if (io.sys.uid !== 0)
    return {
      exit: complain(
        io,
        busybox ? 'must be suid to work properly' : 'asking for a password is not simulated: only root may',
      ),
    };
  const others = readGroups(io.sys).filter((group) => group.members.includes(name) && group.gid !== user.gid);
  const failed = io.sys.setuid(user.uid, user.gid, [user.gid, ...others.map(({ gid }) => gid)]);
  if (failed) {
    const user = io.sys.isolation.capable('CAP_SETGID');
    const words = busybox ? (user ? 'setuid' : "can't set groups") : user ? 'cannot set user id' : 'cannot set groups';
    return { exit: complain(io, `${words}: ${strerror(failed)}`) };
  }
  const keep = options.has('m') || options.has('p');
  const shell = options.value('s') ?? (keep ? (io.env.SHELL ?? '/bin/sh') : user.shell || '/bin/sh');
  const own = { HOME: user.home, SHELL: shell, ...(user.uid === 0 ? {} : { USER: name, LOGNAME: name }) };
  const path =
    user.uid === 0 ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' : '/usr/local/bin:/usr/bin:/bin';
  const env = login
    ? { ...(io.env.TERM !== undefined && { TERM: io.env.TERM }), ...own, USER: name, LOGNAME: name, PATH: path }
    : keep
      ? io.env
      : { ...io.env, ...own };
  if (login && io.sys.chdir(user.home)) complain(io, `can't change directory to '${user.home}'`);
  const command = options.value('c');
  const argv = [...(command === undefined ? [] : ['-c', command]), ...rest, ...tail.flat()];
  const base = shell.slice(shell.lastIndexOf('/') + 1);
  const done = io.sys.exec({ path: shell, argv: [login ? `-${base}` : base, ...argv], env });
  if (!isErrno(done)) return done;
  return {
    exit: complain(
      io,
      busybox ? `can't execute '${shell}': ${strerror(done)}` : `failed to execute ${shell}: ${strerror(done)}`,
      127,
    ),
  };
}

/** Up to the user's name and the options around it; the rest is the shell's. */
function splitArguments(args: readonly string[]): readonly (readonly string[])[] {
  const head: string[] = [];
  let named = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') return [head, args.slice(at + 1)];
    if (arg.startsWith('-') && arg !== '-') {
      head.unshift(arg);
      if (/^-[a-z]*[cs]$|^--(?:command|shell)$/.test(arg)) head.splice(1, 0, args[++at] ?? '');
    } else if (named && arg !== '-') return [head, args.slice(at)];
    else {
      head.push(arg);
      if (arg !== '-') named = true;
    }
  }
  return [head];
}

const files: { readonly [database: string]: '/etc/passwd' | '/etc/group' | '/etc/shadow' } = {
  passwd: '/etc/passwd',
  group: '/etc/group',
  shadow: '/etc/shadow',
};

/** `getent`: entries of the users', groups' and hosts' files. */
export const getent: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: 'DATABASE [KEY...]', short: '', operands: [1] });
    if (typeof options === 'number') return options;
    const [database = '', ...keys] = options.operands;
    if (database === 'hosts') return hosts(io, keys);
    const file = files[database];
    if (file === undefined) return complain(io, `Unknown database: ${database}`);
    const all = rows(io, file) ?? [];
    let status = 0;
    const shown =
      keys.length === 0
        ? all
        : keys.flatMap((key) => {
            const found = all.find((row) => row[0] === key || (row[2] === key && /^\d+$/.test(key)));
            if (found === undefined) status = 2;
            return found === undefined ? [] : [found];
          });
    for (const row of shown) printLine(io, row.join(':'));
    return status;
  });

function hosts(io: StartIo, keys: readonly string[]): number {
  const got = io.sys.fs.readFile('/etc/hosts');
  const all = isErrno(got) ? [] : got.bytes.split('\n').map((text) => text.replace(/#.*/, '').trim().split(/\s+/));
  const known = all.filter((words) => words.length > 1);
  let status = 0;
  const show = ([address = '', ...names]: readonly string[]) =>
    printLine(io, `${address.padEnd(15)} ${names.join(' ')}`);
  if (keys.length === 0) known.forEach(show);
  for (const key of keys) {
    const found = known.find((words) => words.includes(key));
    if (found === undefined) status = 2;
    else show(found);
  }
  return status;
}
