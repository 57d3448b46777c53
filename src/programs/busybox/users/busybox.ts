import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { remove } from '../../tools/files.ts';
import { addRow, changeRow, freeId, makeHome, removeRow, rows, setMember, today } from './database.ts';

const notRoot = 'permission denied (are you root?)';
const badName = /[^A-Za-z0-9_.-]|^[^A-Za-z_0-9.]/;

const adduserLine = {
  usage: '[OPTIONS] USER [GROUP]',
  short: 'h:g:s:G:DSHu:k:',
  long: [
    'home:=h',
    'gecos:=g',
    'shell:=s',
    'ingroup:=G',
    'disabled-password=D',
    'system=S',
    'no-create-home=H',
    'uid:=u',
    'skel:=k',
    'empty-password=D',
  ],
  operands: [1, 2] as const,
};

/** busybox's `adduser`. Asking for a password is not simulated: -D is needed, as in every Dockerfile. */
export const adduser: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, adduserLine);
    if (typeof options === 'number') return options;
    if (options.has('k')) return complain(io, 'option -k is not simulated');
    if (io.sys.uid !== 0) return complain(io, notRoot);
    const [user = '', group] = options.operands;
    const users = rows(io, '/etc/passwd') ?? [];
    if (group !== undefined) return join(io, user, group);
    if (users.some((row) => row[0] === user)) return complain(io, `user '${user}' in use`);
    if (badName.test(user)) return complain(io, 'illegal user name');
    const system = options.has('S');
    if (!options.has('D') && !system)
      return complain(io, 'asking for a password is not simulated: use -D (no password)');
    const groups = rows(io, '/etc/group') ?? [];
    const given = options.value('u');
    const uid =
      given === undefined ? freeId(io, ['/etc/passwd'], system ? 100 : 1000, system ? 999 : 59_999) : Number(given);
    if (!Number.isInteger(uid) || uid < 0) return complain(io, `invalid number '${given ?? ''}'`);
    if (given !== undefined && users.some((row) => row[2] === given)) return complain(io, `uid '${given}' in use`);
    const wanted = options.value('G') ?? (system ? 'nogroup' : undefined);
    let gid: number;
    if (wanted !== undefined) {
      const row = groups.find(([name]) => name === wanted);
      if (row === undefined) return complain(io, `unknown group ${wanted}`);
      gid = Number(row[2]);
    } else {
      if (groups.some(([name]) => name === user)) return complain(io, `group name '${user}' is in use`);
      gid = groups.some((row) => row[2] === String(uid)) ? freeId(io, ['/etc/group'], 1000, 59_999) : uid;
    }
    const home = options.value('h') ?? `/home/${user}`;
    const shell = options.value('s') ?? (system ? '/bin/false' : '/bin/sh');
    const gecos = options.value('g') ?? 'Linux User,,,';
    if (!addRow(io, '/etc/passwd', [user, 'x', String(uid), String(gid), gecos, home, shell]))
      return complain(io, notRoot);
    addRow(io, '/etc/shadow', [user, '!', today(io), '0', '99999', '7', '', '', '']);
    if (wanted === undefined) addRow(io, '/etc/group', [user, 'x', String(gid), '']);
    if (options.value('G') !== undefined && wanted !== undefined) setMember(io, wanted, user, true);
    if (!options.has('H')) makeHome(io, home, uid, gid, 0o2755);
    return 0;
  });

function join(io: StartIo, user: string, group: string): number {
  if (!(rows(io, '/etc/passwd') ?? []).some((row) => row[0] === user)) return complain(io, `unknown user ${user}`);
  if (!(rows(io, '/etc/group') ?? []).some((row) => row[0] === group)) return complain(io, `unknown group ${group}`);
  setMember(io, group, user, true);
  return 0;
}

const addgroupLine = {
  usage: '[-g GID] [-S] [USER] GROUP',
  short: 'g:S',
  long: ['gid:=g', 'system=S'],
  operands: [1, 2] as const,
};

/** busybox's `addgroup`. */
export const addgroup: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, addgroupLine);
    if (typeof options === 'number') return options;
    if (io.sys.uid !== 0) return complain(io, notRoot);
    const [first = '', second] = options.operands;
    if (second !== undefined) return join(io, first, second);
    const groups = rows(io, '/etc/group') ?? [];
    if (groups.some(([name]) => name === first)) return complain(io, `group '${first}' in use`);
    if (badName.test(first)) return complain(io, 'illegal group name');
    const given = options.value('g');
    const system = options.has('S');
    const gid =
      given === undefined ? freeId(io, ['/etc/group'], system ? 100 : 1000, system ? 999 : 59_999) : Number(given);
    if (!Number.isInteger(gid) || gid < 0) return complain(io, `invalid number '${given ?? ''}'`);
    if (given !== undefined && groups.some((row) => row[2] === given)) return complain(io, `gid '${given}' in use`);
    return addRow(io, '/etc/group', [first, 'x', String(gid), '']) ? 0 : complain(io, notRoot);
  });

/** busybox's `deluser` and `delgroup`. */
export const deluser: Applet = (style) =>
  instant(style, (io) => {
    const ofUser = style.name === 'deluser';
    const options = parseOptions(io, {
      usage: ofUser ? '[--remove-home] USER\n[USER] GROUP' : '[USER] GROUP',
      short: '',
      long: ofUser ? ['remove-home'] : [],
      operands: [1, 2],
    });
    if (typeof options === 'number') return options;
    if (io.sys.uid !== 0) return complain(io, notRoot);
    const [first = '', second] = options.operands;
    const users = rows(io, '/etc/passwd') ?? [];
    const groups = rows(io, '/etc/group') ?? [];
    if (second !== undefined) {
      const group = groups.find(([name]) => name === second);
      if (group === undefined) return complain(io, `unknown group ${second}`);
      if (!(group[3] ?? '').split(',').includes(first)) return complain(io, `can't find ${first} in /etc/group`);
      setMember(io, second, first, false);
      return 0;
    }
    if (!ofUser) {
      const group = groups.find(([name]) => name === first);
      if (group === undefined) return complain(io, `unknown group ${first}`);
      const owner = users.find((row) => row[3] === group[2]);
      if (owner) return complain(io, `'${owner[0]}' still has '${first}' as their primary group!`);
      removeRow(io, '/etc/group', first);
      return 0;
    }
    const user = users.find(([name]) => name === first);
    if (user === undefined) return complain(io, `unknown user ${first}`);
    removeRow(io, '/etc/passwd', first);
    removeRow(io, '/etc/shadow', first);
    for (const [name = ''] of groups) setMember(io, name, first, false);
    const own = groups.find(([name]) => name === first);
    if (own && !users.some((row) => row[0] !== first && row[3] === own[2])) removeRow(io, '/etc/group', first);
    if (options.has('remove-home') && user[5]) remove(io.sys, user[5]);
    return 0;
  });

/** `passwd`: only what needs no password to be typed (-d, -l, -u). */
export const passwd: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-a ALG] [-dlu] [USER]', short: 'dlu', operands: [0, 1] });
    if (typeof options === 'number') return options;
    const own = (rows(io, '/etc/passwd') ?? []).find((row) => row[2] === String(io.sys.uid))?.[0] ?? 'root';
    const user = options.operands[0] ?? own;
    if (!(rows(io, '/etc/passwd') ?? []).some(([name]) => name === user))
      return complain(io, style.flavour === 'busybox' ? `unknown user ${user}` : `user '${user}' does not exist`);
    if (io.sys.uid !== 0) return complain(io, notRoot);
    const [what] = ['d', 'l', 'u'].filter((letter) => options.has(letter));
    if (what === undefined) return complain(io, 'typing a password is not simulated: only -d, -l and -u');
    changeRow(io, '/etc/shadow', user, ([name = '', old = '', ...rest]) => [
      name,
      what === 'd' ? '' : what === 'l' ? `!${old.replace(/^!/, '')}` : old.replace(/^!/, ''),
      ...rest,
    ]);
    return 0;
  });
