import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { ownerNames, readGroups, readUsers } from '../lookup.ts';
import { changeMode, modeText } from '../modes.ts';
import { joinPath } from '../paths.ts';

/** Acts on a path and, when asked, on all below it; false after a mistake. */
function eachBelow(
  io: Io,
  path: string,
  recursive: boolean,
  follow: boolean,
  act: (path: string, stat: Stat) => boolean,
  silent = false,
): boolean {
  const stat = io.sys.fs.stat(path, { follow });
  if (isErrno(stat)) {
    if (!silent || io.style.flavour === 'busybox') complainPath(io, path, stat, { coreutils: 'cannot access' });
    return false;
  }
  io.sys.spend(2);
  let good = act(path, stat);
  if (!recursive || stat.type !== 'dir') return good;
  const names = io.sys.fs.list(path);
  if (isErrno(names))
    return !complainPath(io, path, names, { busybox: "can't open", coreutils: 'cannot read directory' });
  for (const name of names) {
    const below = joinPath(path, name);
    const inner = io.sys.fs.stat(below, { follow: false });
    if (!isErrno(inner) && inner.type === 'link' && follow) continue;
    good = eachBelow(io, below, true, follow, act) && good;
  }
  return good;
}

const chmodLine = {
  usage: '[-Rcvf] MODE[,MODE]... FILE...',
  short: 'Rcvf',
  long: ['recursive=R', 'verbose=v', 'changes=c', 'silent=f', 'quiet=f', 'reference:'],
  operands: [1] as const,
};

/** `chmod`: octal and symbolic modes. */
export const chmod: Applet = (style) =>
  instant(style, (start) => {
    // A mode may begin with a minus sign: it must not be taken for an option.
    const at = start.args.findIndex((arg) => /^-[rwxXst]/.test(arg));
    const io = at < 0 ? start : { ...start, args: start.args.with(at, `a${start.args[at] ?? ''}`) };
    const masked = at >= 0;
    const options = parseOptions(io, chmodLine);
    if (typeof options === 'number') return options;
    const model = options.value('reference');
    const like = model === undefined ? undefined : io.sys.fs.stat(model);
    if (isErrno(like)) return complainPath(io, model ?? '', like, { coreutils: 'failed to get attributes of' });
    const given = like ? ['', (like.mode & 0o7777).toString(8), ...options.operands].slice(1) : options.operands;
    if (given.length < 2) return parseOptionsAgain(io, given);
    const [text = '', ...paths] = given;
    const mode = masked ? text.slice(1) : text;
    if (changeMode(mode, 0, false, 0) === undefined) {
      if (style.flavour === 'busybox') return complain(io, `invalid mode '${mode}'`);
      complain(io, `invalid mode: ‘${mode}’`);
      return showUsage(io, chmodLine);
    }
    const umask = io.sys.umask();
    let status = 0;
    for (const path of paths) {
      const good = eachBelow(
        io,
        path,
        options.has('R'),
        true,
        (file, stat) => {
          const failed = io.sys.fs.chmod(file, changeMode(mode, stat.mode, stat.type === 'dir', umask) ?? stat.mode);
          if (failed)
            return !options.has('f') && !complainPath(io, file, failed, { coreutils: 'changing permissions of' });
          tellMode(io, file, stat, options.has('v') ? 'all' : options.has('c') ? 'changes' : 'nothing');
          return true;
        },
        options.has('f'),
      );
      if (!good) status = 1;
    }
    return status;
  });

/** Tells which operand is missing. */
function parseOptionsAgain(io: StartIo, operands: readonly string[]): number {
  const parsed = parseOptions({ ...io, args: ['--', ...operands] }, { ...chmodLine, operands: [2] });
  return typeof parsed === 'number' ? parsed : 1;
}

/** What -v and -c say about a mode that was set. */
function tellMode(io: Io, path: string, before: Stat, which: 'all' | 'changes' | 'nothing'): void {
  const stat = io.sys.fs.stat(path);
  if (which === 'nothing' || isErrno(stat)) return;
  const shown = (mode: number) =>
    `${(mode & 0o7777).toString(8).padStart(4, '0')} (${modeText('file', mode).slice(1)})`;
  const same = stat.mode === before.mode;
  if (io.style.flavour === 'busybox') {
    // with -v busybox says so whether or not anything is different
    if (same && which === 'changes') return;
    printLine(io, `mode of '${path}' changed to ${shown(stat.mode)}`);
  } else if (!same) printLine(io, `mode of '${path}' changed from ${shown(before.mode)} to ${shown(stat.mode)}`);
  else if (which === 'all') printLine(io, `mode of '${path}' retained as ${shown(stat.mode)}`);
}

const chownLine = {
  usage: '[-RhLHPcvf]... USER[:[GRP]] FILE...',
  short: 'RhLHPcvf',
  long: ['recursive=R', 'no-dereference=h', 'verbose=v', 'changes=c', 'silent=f', 'quiet=f'],
  operands: [2] as const,
};
const chgrpLine = { ...chownLine, usage: '[-RhLHPcvf]... GROUP FILE...' };

/** `chown` and `chgrp`, by the name. */
export const chown: Applet = (style) =>
  instant(style, (io) => {
    const groupOnly = style.name === 'chgrp';
    const options = parseOptions(io, groupOnly ? chgrpLine : chownLine);
    if (typeof options === 'number') return options;
    const [spec = '', ...paths] = options.operands;
    const owner = parseOwner(io, groupOnly ? `:${spec}` : spec);
    if (typeof owner === 'number') return owner;
    let status = 0;
    for (const path of paths) {
      const refused = ['L', 'H'].find((letter) => options.has(letter) && options.has('R'));
      if (refused !== undefined) return complain(io, `option -${refused} is not simulated`);
      const follow = !options.has('h') && !options.has('P');
      const good = eachBelow(
        io,
        path,
        options.has('R'),
        follow,
        (file, stat) => {
          const failed = io.sys.fs.chown(file, owner.uid ?? stat.uid, owner.gid ?? stat.gid, { follow });
          if (!failed)
            tellOwner(
              io,
              file,
              stat,
              { ...owner, spec },
              options.has('v') ? 'all' : options.has('c') ? 'changes' : 'nothing',
            );
          return (
            !failed ||
            (!options.has('f') &&
              !complainPath(io, file, failed, { coreutils: groupOnly ? 'changing group of' : 'changing ownership of' }))
          );
        },
        options.has('f'),
      );
      if (!good) status = 1;
    }
    return status;
  });

/** What -v and -c say about an owner that was set: GNU names the user, the group or both, as was asked. */
function tellOwner(
  io: Io,
  path: string,
  before: Stat,
  to: { readonly uid?: number; readonly gid?: number; readonly spec: string },
  which: 'all' | 'changes' | 'nothing',
): void {
  if (which === 'nothing') return;
  const [uid, gid] = [to.uid ?? before.uid, to.gid ?? before.gid];
  const same = uid === before.uid && gid === before.gid;
  if (same && which === 'changes') return;
  if (io.style.flavour === 'busybox') {
    printLine(io, `changed ownership of '${path}' to ${uid}:${gid}`);
    return;
  }
  const names = ownerNames(io.sys);
  const shown = (user: number, group: number): string =>
    to.uid === undefined
      ? names.group(group)
      : to.gid === undefined
        ? names.user(user)
        : `${names.user(user)}:${names.group(group)}`;
  const what = to.uid === undefined ? 'group' : 'ownership';
  const after = shown(uid, gid);
  if (same) printLine(io, `${what} of '${path}' retained as ${after}`);
  else printLine(io, `changed ${what} of '${path}' from ${shown(before.uid, before.gid)} to ${to.spec}`);
}

/** `USER`, `USER:GROUP`, `USER:` (the user's own group), `:GROUP`; names or numbers. */
function parseOwner(io: Io, spec: string): { readonly uid?: number; readonly gid?: number } | number {
  const separator = /[:]/.exec(spec)?.index ?? -1;
  const user = separator < 0 ? spec : spec.slice(0, separator);
  const group = separator < 0 ? undefined : spec.slice(separator + 1);
  const busybox = io.style.flavour === 'busybox';
  const record = readUsers(io.sys).find(({ name }) => name === user);
  const uid = user === '' ? undefined : (record?.uid ?? numeric(user));
  const unknown = group !== undefined && user !== '' ? `unknown user/group ${spec}` : undefined;
  if (user !== '' && uid === undefined)
    return complain(io, busybox ? (unknown ?? `unknown user ${user}`) : `invalid user: ‘${spec}’`);
  if (group === undefined) return uid === undefined ? {} : { uid };
  const named = readGroups(io.sys).find(({ name }) => name === group)?.gid;
  const gid = group === '' ? record?.gid : (named ?? numeric(group));
  if (group !== '' && gid === undefined)
    return complain(
      io,
      busybox
        ? (unknown ?? `unknown group ${group}`)
        : `invalid group: ‘${spec.replace(/^:/, io.style.name === 'chgrp' ? '' : ':')}’`,
    );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

function numeric(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
