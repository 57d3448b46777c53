import { isErrno } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import { type Applet, type Io, printLine, type StartIo } from '../../makers/io.ts';
import { type Options, parseOptions } from '../../options.ts';
import { remove } from '../../tools/files.ts';
import { addRow, freeId, makeHome, removeRow, rows, setMember, today } from './database.ts';

const line = {
  usage:
    '[--uid id] [--gid id] [--ingroup group] [--shell shell] [--gecos text] [--home dir] [--no-create-home] [--disabled-password] [--system] [--group] [--quiet] user [group]',
  short: 'q',
  long: [
    'uid:',
    'gid:',
    'ingroup:',
    'shell:',
    'gecos:',
    'comment:=gecos',
    'home:',
    'no-create-home',
    'disabled-password',
    'disabled-login',
    'system',
    'group',
    'quiet=q',
    'force-badname',
    'allow-bad-names=force-badname',
    'add-extra-groups',
  ],
};

/** Says what it does, unless told to be quiet; since 3.135 (Debian 13, Ubuntu 24.04) with `info:` in front. */
function teller(io: StartIo, options: Options): (text: string) => void {
  const release = io.sys.fs.readFile('/etc/debian_version');
  const old = isErrno(release) || /^(?:1[0-2]\b|bookworm|bullseye|buster)/.test(release.bytes);
  return (text) => {
    if (!options.has('q')) printLine(io, old ? text : `info: ${text}`);
  };
}

function refuse(io: Io, text: string, status = 1): number {
  io.err(`${io.style.name}: ${text}\n`);
  return status;
}

/** `adduser` and `addgroup` of Debian (recorded with 3.134): users with their homes, groups, members of groups. */
export const debianAdduser: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, line);
    if (typeof options === 'number') return options;
    const { operands } = options;
    const grouping = style.name === 'addgroup' || (options.has('group') && !options.has('system'));
    if (operands.length < 1 || operands.length > 2) return refuse(io, 'Only one or two names allowed.');
    if (io.sys.uid !== 0) return refuse(io, 'Only root may add a user or group to the system.');
    const [name = '', group] = operands;
    if (group !== undefined) return addMember(io, options, name, group);
    if (
      !/^[a-z][-a-z0-9_]*\$?$/.test(name) &&
      !options.has('force-badname') &&
      !(options.has('system') && name.startsWith('_'))
    )
      return refuse(
        io,
        "Please enter a username matching the regular expression\n            configured via the NAME_REGEX configuration variable.  Use the\n            `--allow-bad-names' option to relax this check or reconfigure\n            NAME_REGEX in configuration.",
      );
    if (grouping) return addGroup(io, options, name);
    return addUser(io, options, name);
  });

function addMember(io: StartIo, options: Options, user: string, group: string): number {
  const tell = teller(io, options);
  if (!(rows(io, '/etc/passwd') ?? []).some(([name]) => name === user))
    return refuse(io, `The user \`${user}' does not exist.`);
  const row = (rows(io, '/etc/group') ?? []).find(([name]) => name === group);
  if (!row) return refuse(io, `The group \`${group}' does not exist.`);
  if (row[3]?.split(',').includes(user))
    return refuse(io, `The user \`${user}' is already a member of \`${group}'.`, 0);
  tell(`Adding user \`${user}' to group \`${group}' ...`);
  setMember(io, group, user, true);
  if (!options.has('q')) printLine(io, 'Done.');
  return 0;
}

const range = (system: boolean): readonly [number, number] => (system ? [100, 999] : [1000, 59_999]);

function newGroup(io: Io, name: string, gid: number): void {
  addRow(io, '/etc/group', [name, 'x', String(gid), '']);
  addRow(io, '/etc/gshadow', [name, '!', '', '']);
}

function addGroup(io: StartIo, options: Options, name: string): number {
  const groups = rows(io, '/etc/group') ?? [];
  const system = options.has('system');
  if (groups.some(([each]) => each === name))
    return refuse(
      io,
      `The group \`${name}' already exists${system ? ' as a system group. Exiting.' : '.'}`,
      system ? 0 : 1,
    );
  const given = options.value('gid');
  if (given !== undefined && groups.some(([, , id]) => id === given))
    return refuse(io, `The GID \`${given}' is already in use.`);
  const files = system ? (['/etc/group'] as const) : (['/etc/group', '/etc/passwd'] as const);
  const gid = given === undefined ? freeId(io, files, ...range(system)) : Number(given);
  teller(io, options)(`Adding group \`${name}' (GID ${gid}) ...`);
  newGroup(io, name, gid);
  if (!options.has('q')) printLine(io, 'Done.');
  return 0;
}

function addUser(io: StartIo, options: Options, name: string): number {
  const tell = teller(io, options);
  const users = rows(io, '/etc/passwd') ?? [];
  const groups = rows(io, '/etc/group') ?? [];
  const system = options.has('system');
  const known = users.find(([each]) => each === name);
  if (known && system) return refuse(io, `The system user \`${name}' already exists. Exiting.`, 0);
  if (known) return refuse(io, `The user \`${name}' already exists.`);
  if (!system && !options.has('disabled-password') && !options.has('disabled-login'))
    return refuse(io, 'asking for a password is not simulated: give --disabled-password');
  const given = options.value('uid');
  if (given !== undefined && users.some(([, , id]) => id === given))
    return refuse(io, `The UID ${given} is already in use.`);
  const wanted =
    options.value('ingroup') ?? options.value('gid') ?? (system && !options.has('group') ? 'nogroup' : undefined);
  const main = groups.find(([each, , id]) => wanted !== undefined && (each === wanted || id === wanted));
  if (wanted !== undefined && !main) return refuse(io, `The group \`${wanted}' does not exist.`);
  if (!main && groups.some(([each]) => each === name)) return refuse(io, `The group \`${name}' already exists.`);
  const uid =
    given === undefined
      ? freeId(io, system || main ? ['/etc/passwd'] : ['/etc/passwd', '/etc/group'], ...range(system))
      : Number(given);
  const gid = main ? Number(main[2]) : system ? freeId(io, ['/etc/group'], ...range(true)) : uid;
  const group = main?.[0] ?? name;
  tell(system ? `Adding system user \`${name}' (UID ${uid}) ...` : `Adding user \`${name}' ...`);
  if (!main) {
    tell(`Adding new group \`${name}' (${system ? 'GID ' : ''}${gid}) ...`);
    newGroup(io, name, gid);
  }
  tell(
    system
      ? `Adding new user \`${name}' (UID ${uid}) with group \`${group}' ...`
      : `Adding new user \`${name}' (${uid}) with group \`${group} (${gid})' ...`,
  );
  const home = options.value('home') ?? (system ? '/nonexistent' : `/home/${name}`);
  const usual = system || options.has('disabled-login') ? '/usr/sbin/nologin' : '/bin/bash';
  const gecos = options.value('gecos') === undefined ? (system ? '' : ',,,') : `${options.value('gecos')},,,`;
  addRow(io, '/etc/passwd', [
    name,
    'x',
    String(uid),
    String(gid),
    system ? (options.value('gecos') ?? '') : gecos,
    home,
    options.value('shell') ?? usual,
  ]);
  addRow(io, '/etc/shadow', [
    name,
    system || options.has('disabled-login') ? '!' : '*',
    today(io),
    ...(system ? ['', '', ''] : ['0', '99999', '7']),
    '',
    '',
    '',
  ]);
  createHome(io, tell, { home, uid, gid, system, none: options.has('no-create-home') });
  if (!system && groups.some(([each]) => each === 'users')) {
    tell(`Adding new user \`${name}' to supplemental / extra groups \`users' ...`);
    tell(`Adding user \`${name}' to group \`users' ...`);
    setMember(io, 'users', name, true);
  }
  return 0;
}

interface Home {
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  readonly system: boolean;
  readonly none: boolean;
}

function createHome(io: StartIo, tell: (text: string) => void, { home, uid, gid, system, none }: Home): void {
  if (none || (system && home === '/nonexistent')) {
    tell(system ? `Not creating \`${home}'.` : `Not creating home directory \`${home}'.`);
    return;
  }
  tell(`Creating home directory \`${home}' ...`);
  if (!system) tell("Copying files from `/etc/skel' ...");
  makeHome(io, home, uid, gid, system ? 0o755 : 0o700);
}

/** `deluser` and `delgroup` of Debian. */
export const debianDeluser: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, {
      usage: '[--remove-home] [--system] [--group] [--quiet] name [group]',
      short: 'q',
      long: ['remove-home', 'remove-all-files', 'backup', 'system', 'group', 'quiet=q', 'only-if-empty'],
    });
    if (typeof options === 'number') return options;
    const { operands } = options;
    if (operands.length < 1 || operands.length > 2) return refuse(io, 'Only one or two names allowed.');
    if (io.sys.uid !== 0) return refuse(io, 'Only root may remove a user or group from the system.');
    for (const name of ['remove-all-files', 'backup'])
      if (options.has(name)) return refuse(io, `the option --${name} is not simulated`);
    const tell = teller(io, options);
    const done = (): number => {
      if (!options.has('q')) printLine(io, 'Done.');
      return 0;
    };
    const [name = '', group] = operands;
    if (style.name === 'delgroup' || options.has('group')) return removeGroup(io, name, tell, done);
    const user = (rows(io, '/etc/passwd') ?? []).find(([each]) => each === name);
    if (!user) return refuse(io, `The user \`${name}' does not exist.`, options.has('system') ? 0 : 2);
    if (group !== undefined) {
      const row = (rows(io, '/etc/group') ?? []).find(([each]) => each === group);
      if (!row) return refuse(io, `The group \`${group}' does not exist.`, 3);
      if (!row[3]?.split(',').includes(name))
        return refuse(io, `The user \`${name}' is not a member of group \`${group}'.`, 6);
      tell(`Removing user \`${name}' from group \`${group}' ...`);
      setMember(io, group, name, false);
      return done();
    }
    if (isErrno(io.sys.fs.stat('/usr/bin/crontab')))
      refuse(io, "`/usr/bin/crontab' not executed. Skipping crontab removal. Package `cron' required.");
    tell(`Removing user \`${name}' ...`);
    for (const file of ['/etc/passwd', '/etc/shadow'] as const) removeRow(io, file, name);
    for (const [each = ''] of rows(io, '/etc/group') ?? []) setMember(io, each, name, false);
    const own = (rows(io, '/etc/group') ?? []).find(([each, , id]) => each === name && id === user[3]);
    if (own) for (const file of ['/etc/group', '/etc/gshadow'] as const) removeRow(io, file, name);
    if (options.has('remove-home') && user[5]) remove(io.sys, user[5]);
    return done();
  });

function removeGroup(io: StartIo, name: string, tell: (text: string) => void, done: () => number): number {
  const row = (rows(io, '/etc/group') ?? []).find(([each]) => each === name);
  if (!row) return refuse(io, `The group \`${name}' does not exist.`, 3);
  const owner = (rows(io, '/etc/passwd') ?? []).find(([, , , gid]) => gid === row[2]);
  if (owner) return refuse(io, `\`${owner[0]}' still has \`${name}' as their primary group!`, 7);
  tell(`Removing group \`${name}' ...`);
  for (const file of ['/etc/group', '/etc/gshadow'] as const) removeRow(io, file, name);
  return done();
}
