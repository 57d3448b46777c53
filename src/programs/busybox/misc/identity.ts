import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { ownerNames, readGroups, readUsers } from '../lookup.ts';

interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

function identityOf(io: StartIo, name: string | undefined): Identity | undefined {
  if (name === undefined) {
    const { uid, gid, groups } = io.sys;
    return { uid, gid, groups: [gid, ...groups.filter((group) => group !== gid)] };
  }
  const user = readUsers(io.sys).find((candidate) => candidate.name === name || String(candidate.uid) === name);
  if (user === undefined) return undefined;
  const others = readGroups(io.sys).filter((group) => group.members.includes(user.name) && group.gid !== user.gid);
  return { uid: user.uid, gid: user.gid, groups: [user.gid, ...others.map((group) => group.gid)] };
}

function unknownUser(io: StartIo, name: string): number {
  return complain(io, io.style.flavour === 'busybox' ? `unknown user ${name}` : `‘${name}’: no such user`);
}

const idLine = {
  usage: '[-ugGnr] [USER]',
  short: 'ugGnr',
  long: ['user=u', 'group=g', 'groups=G', 'name=n', 'real=r'],
  operands: [0, 1] as const,
};

/** `id`. */
export const id: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, idLine);
    if (typeof options === 'number') return options;
    const [name] = options.operands;
    const effective = identityOf(io, name);
    const identity = effective && options.has('r') && name === undefined ? { ...effective, ...io.sys.real } : effective;
    if (identity === undefined) return unknownUser(io, name ?? '');
    const names = ownerNames(io.sys);
    // gnulib's mgetgroups leaves out what comes twice: groups that a user namespace does not map are all 65534
    const groupIds = style.flavour === 'busybox' ? identity.groups : [...new Set(identity.groups)];
    const show = (number: number, text: string) => (options.has('n') ? text : String(number));
    if (options.has('u')) printLine(io, show(identity.uid, names.user(identity.uid)));
    else if (options.has('g')) printLine(io, show(identity.gid, names.group(identity.gid)));
    else if (options.has('G')) printLine(io, groupIds.map((gid) => show(gid, names.group(gid))).join(' '));
    else {
      const both = (number: number, text: string) => (text === String(number) ? text : `${number}(${text})`);
      const known = groupIds.map((gid) => both(gid, names.group(gid)));
      const groups =
        style.flavour === 'busybox' && io.sys.groups.length === 0 && name === undefined
          ? ''
          : ` groups=${known.join(',')}`;
      printLine(
        io,
        `uid=${both(identity.uid, names.user(identity.uid))} gid=${both(identity.gid, names.group(identity.gid))}${groups}`,
      );
    }
    return 0;
  });

/** `whoami`. */
export const whoami: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '', short: '', operands: [0, 0] });
    if (typeof options === 'number') return options;
    const user = readUsers(io.sys).find(({ uid }) => uid === io.sys.uid);
    if (user === undefined) {
      return complain(
        io,
        style.flavour === 'busybox' ? `unknown uid ${io.sys.uid}` : `cannot find name for user ID ${io.sys.uid}`,
      );
    }
    printLine(io, user.name);
    return 0;
  });

/** `groups`: the names of the groups that one is in. */
export const groups: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[USER]', short: '', operands: [0, 1] });
    if (typeof options === 'number') return options;
    const [name] = options.operands;
    const identity = identityOf(io, name);
    if (identity === undefined) return unknownUser(io, name ?? '');
    const names = ownerNames(io.sys);
    const list = identity.groups.map(names.group).join(' ');
    printLine(io, style.flavour === 'coreutils' && name !== undefined ? `${name} : ${list}` : list);
    return 0;
  });
