import { isErrno } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { remove } from '../../tools/files.ts';
import { addRow, changeRow, freeId, makeHome, removeRow, rows, setMember, today } from './database.ts';

/** Only root may write the files. */
function denied(io: Io, file: string): number {
  complain(io, 'Permission denied.');
  return complain(io, `cannot lock ${file}; try again later.`);
}

/** The names in a list of groups that do not exist have been told; undefined then. */
function groupsNamed(io: Io, list: string | undefined): string[] | undefined {
  if (list === undefined) return [];
  const known = rows(io, '/etc/group') ?? [];
  const names: string[] = [];
  let good = true;
  for (const wanted of list.split(',')) {
    const row = known.find((group) => group[0] === wanted || group[2] === wanted);
    if (row?.[0] !== undefined) names.push(row[0]);
    else good = !complain(io, `group '${wanted}' does not exist`);
  }
  return good ? names : undefined;
}

function addGroup(io: Io, name: string, gid: number): void {
  addRow(io, '/etc/group', [name, 'x', String(gid), '']);
  addRow(io, '/etc/gshadow', [name, '!', '', '']);
}

const useraddLine = {
  usage: '[options] LOGIN\n-D\n-D [options]',
  short: 'b:c:d:D:e:f:g:G:k:lmMNorp:s:u:U',
  long: [
    'base-dir:=b',
    'comment:=c',
    'home-dir:=d',
    'gid:=g',
    'groups:=G',
    'create-home=m',
    'no-create-home=M',
    'no-user-group=N',
    'non-unique=o',
    'system=r',
    'shell:=s',
    'uid:=u',
    'user-group=U',
    'no-log-init=l',
    'password:=p',
  ],
  operands: [1, 1] as const,
  status: 2,
};

/** `useradd` of Debian's shadow. */
export const useradd: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, useraddLine);
    if (typeof options === 'number') return options;
    const refused = options.given.find(([name]) => 'Defkb'.includes(name));
    if (refused) return complain(io, `option -${refused[0]} is not simulated`, 2);
    const [user = ''] = options.operands;
    if (!/^[a-z_][a-z0-9_-]*\$?$/i.test(user))
      return complain(io, `invalid user name '${user}': use --badname to ignore`, 3);
    if (io.sys.uid !== 0) return denied(io, '/etc/passwd');
    const users = rows(io, '/etc/passwd') ?? [];
    const groups = rows(io, '/etc/group') ?? [];
    const system = options.has('r');
    const main = groupsNamed(io, options.value('g'));
    if (main === undefined) return 6;
    const more = groupsNamed(io, options.value('G'));
    if (more === undefined) return 6;
    if (users.some((row) => row[0] === user)) return complain(io, `user '${user}' already exists`, 9);
    const alone = !options.has('N') && options.value('g') === undefined;
    if (alone && groups.some((row) => row[0] === user))
      return complain(io, `group ${user} exists - if you want to add this user to that group, use -g.`, 9);
    const given = options.value('u');
    if (given !== undefined && !/^\d+$/.test(given)) return complain(io, `invalid user ID '${given}'`, 3);
    if (given !== undefined && !options.has('o') && users.some((row) => row[2] === given))
      return complain(io, `UID ${given} is not unique`, 4);
    const range: readonly [number, number] = system ? [999, 101] : [1000, 60_000];
    const uid =
      given === undefined
        ? freeId(io, ['/etc/passwd', ...(alone ? (['/etc/group'] as const) : [])], ...range)
        : Number(given);
    const taken = groups.some((row) => row[2] === String(uid));
    const own = alone
      ? taken
        ? freeId(io, ['/etc/group'], ...range)
        : uid
      : Number(groups.find((row) => row[0] === (main[0] ?? 'users'))?.[2] ?? 100);
    const home = options.value('d') ?? `/home/${user}`;
    const shell = options.value('s') ?? '/bin/sh';
    addRow(io, '/etc/passwd', [user, 'x', String(uid), String(own), options.value('c') ?? '', home, shell]);
    addRow(io, '/etc/shadow', [
      user,
      options.value('p') ?? '!',
      today(io),
      ...(system ? ['', '', ''] : ['0', '99999', '7']),
      '',
      '',
      '',
    ]);
    if (alone) addGroup(io, user, own);
    for (const name of more) setMember(io, name, user, true);
    if (options.has('m') && !options.has('M')) {
      if (!isErrno(io.sys.fs.stat(home))) {
        io.err(
          `useradd: warning: the home directory ${home} already exists.\nuseradd: Not copying any file from skel directory into it.\n`,
        );
      } else makeHome(io, home, uid, own, 0o755);
    }
    return 0;
  });

const groupaddLine = {
  usage: '[options] GROUP',
  short: 'fg:orp:',
  long: ['force=f', 'gid:=g', 'non-unique=o', 'system=r'],
  operands: [1, 1] as const,
  status: 2,
};

/** `groupadd`. */
export const groupadd: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, groupaddLine);
    if (typeof options === 'number') return options;
    const [group = ''] = options.operands;
    if (!/^[a-z_][a-z0-9_-]*\$?$/i.test(group)) return complain(io, `'${group}' is not a valid group name`, 3);
    if (io.sys.uid !== 0) return denied(io, '/etc/group');
    const groups = rows(io, '/etc/group') ?? [];
    if (groups.some(([name]) => name === group))
      return options.has('f') ? 0 : complain(io, `group '${group}' already exists`, 9);
    const given = options.value('g');
    if (given !== undefined && !/^\d+$/.test(given)) return complain(io, `invalid group ID '${given}'`, 3);
    if (given !== undefined && !options.has('o') && groups.some((row) => row[2] === given))
      return complain(io, `GID '${given}' already exists`, 4);
    const range: readonly [number, number] = options.has('r') ? [999, 101] : [1000, 60_000];
    addGroup(io, group, given === undefined ? freeId(io, ['/etc/group'], ...range) : Number(given));
    return 0;
  });

/** `userdel`, with -r also the home directory. */
export const userdel: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, {
      usage: '[options] LOGIN',
      short: 'fr',
      long: ['force=f', 'remove=r'],
      operands: [1, 1],
      status: 2,
    });
    if (typeof options === 'number') return options;
    const [user = ''] = options.operands;
    const users = rows(io, '/etc/passwd') ?? [];
    const found = users.find(([name]) => name === user);
    if (found === undefined) return complain(io, `user '${user}' does not exist`, 6);
    if (io.sys.uid !== 0) return denied(io, '/etc/passwd');
    const running = io.sys.processes().find(({ uid, pid }) => String(uid) === found[2] && pid !== io.sys.pid);
    if (running && !options.has('f'))
      return complain(io, `user ${user} is currently used by process ${running.pid}`, 8);
    const groups = rows(io, '/etc/group') ?? [];
    removeRow(io, '/etc/passwd', user);
    removeRow(io, '/etc/shadow', user);
    for (const [name = '', , , members = ''] of groups)
      if (members.split(',').includes(user)) setMember(io, name, user, false);
    const own = groups.find(([name]) => name === user);
    if (own && !users.some((row) => row[0] !== user && row[3] === own[2])) {
      removeRow(io, '/etc/group', user);
      removeRow(io, '/etc/gshadow', user);
    }
    if (!options.has('r')) return 0;
    if (isErrno(io.sys.fs.stat(`/var/mail/${user}`))) complain(io, `${user} mail spool (/var/mail/${user}) not found`);
    const home = found[5] ?? '';
    if (isErrno(io.sys.fs.stat(home))) complain(io, `${user} home directory (${home}) not found`);
    else remove(io.sys, home);
    return 0;
  });

/** `groupdel`. */
export const groupdel: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, {
      usage: '[options] GROUP',
      short: 'f',
      long: ['force=f'],
      operands: [1, 1],
      status: 2,
    });
    if (typeof options === 'number') return options;
    const [group = ''] = options.operands;
    const found = (rows(io, '/etc/group') ?? []).find(([name]) => name === group);
    if (found === undefined) return complain(io, `group '${group}' does not exist`, 6);
    if (io.sys.uid !== 0) return denied(io, '/etc/group');
    const owner = (rows(io, '/etc/passwd') ?? []).find((row) => row[3] === found[2]);
    if (owner && !options.has('f')) return complain(io, `cannot remove the primary group of user '${owner[0]}'`, 8);
    removeRow(io, '/etc/group', group);
    removeRow(io, '/etc/gshadow', group);
    return 0;
  });

const usermodLine = {
  usage: '[options] LOGIN',
  short: 'ac:d:g:G:l:Ls:u:U',
  long: ['append=a', 'comment:=c', 'home:=d', 'gid:=g', 'groups:=G', 'lock=L', 'shell:=s', 'uid:=u', 'unlock=U'],
  operands: [1, 1] as const,
  status: 2,
};

/** `usermod`: groups, shell, home, numbers, comment, lock. */
export const usermod: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, usermodLine);
    if (typeof options === 'number') return options;
    if (options.has('l')) return complain(io, 'option -l is not simulated', 2);
    const [user = ''] = options.operands;
    const users = rows(io, '/etc/passwd') ?? [];
    if (!users.some(([name]) => name === user)) return complain(io, `user '${user}' does not exist`, 6);
    const main = groupsNamed(io, options.value('g'));
    const more = groupsNamed(io, options.value('G'));
    if (main === undefined || more === undefined) return 6;
    if (io.sys.uid !== 0) return denied(io, '/etc/passwd');
    const uid = options.value('u');
    if (uid !== undefined && users.some((row) => row[2] === uid && row[0] !== user))
      return complain(io, `UID '${uid}' already exists`, 4);
    const gid =
      main[0] === undefined ? undefined : (rows(io, '/etc/group') ?? []).find(([name]) => name === main[0])?.[2];
    changeRow(
      io,
      '/etc/passwd',
      user,
      ([name = '', x = '', oldUid = '', oldGid = '', comment = '', home = '', shell = '']) => [
        name,
        x,
        uid ?? oldUid,
        gid ?? oldGid,
        options.value('c') ?? comment,
        options.value('d') ?? home,
        options.value('s') ?? shell,
      ],
    );
    if (options.has('L') || options.has('U')) {
      changeRow(io, '/etc/shadow', user, ([name = '', old = '', ...rest]) => [
        name,
        options.has('L') ? `!${old.replace(/^!/, '')}` : old.replace(/^!/, ''),
        ...rest,
      ]);
    }
    if (!options.has('G')) return 0;
    if (!options.has('a')) {
      for (const [name = '', , , members = ''] of rows(io, '/etc/group') ?? []) {
        if (members.split(',').includes(user) && !more.includes(name)) setMember(io, name, user, false);
      }
    }
    for (const name of more) setMember(io, name, user, true);
    return 0;
  });
