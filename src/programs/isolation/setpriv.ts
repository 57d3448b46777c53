import { allCapabilities } from '../../kernel/capabilities.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { parseSignal } from '../../kernel/signals.ts';
import { findUser, groupId, readGroups, type User } from '../busybox/lookup.ts';
import { type Options, parseOptions } from '../options.ts';
import { become, fail, failWith, toolIo } from './io.ts';

const line = {
  usage: '[options] <program> [<argument>...]',
  short: '+d',
  long: [
    'dump=d',
    'nnp',
    'no-new-privs',
    'ambient-caps:',
    'inh-caps:',
    'bounding-set:',
    'ruid:',
    'euid:',
    'rgid:',
    'egid:',
    'reuid:',
    'regid:',
    'clear-groups',
    'keep-groups',
    'init-groups',
    'groups:',
    'securebits:',
    'pdeathsig:',
    'selinux-label:',
    'apparmor-profile:',
    'reset-env',
  ],
};
const refused = [
  'd',
  'ambient-caps',
  'ruid',
  'euid',
  'rgid',
  'egid',
  'securebits',
  'selinux-label',
  'apparmor-profile',
];

/** `setpriv` of util-linux: a program with another user, other groups and fewer capabilities. */
export function setpriv(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('setpriv', exec, sys);
  const options = parseOptions(io, { ...line, status: 1 });
  if (typeof options === 'number') return { exit: options };
  const unknown = refused.find((name) => options.has(name));
  if (unknown !== undefined)
    return fail(io, `setpriv: the option ${unknown === 'd' ? '-d' : `--${unknown}`} is not simulated`);
  if (options.operands.length === 0) return fail(io, 'setpriv: No program specified');
  const ways = ['clear-groups', 'keep-groups', 'init-groups', 'groups'].filter((name) => options.has(name));
  if (options.has('regid') && ways.length === 0)
    return fail(io, 'setpriv: --[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups');
  const [user, group] = [options.value('reuid'), options.value('regid')];
  const known = findUser(sys, user ?? String(sys.uid));
  const uid = user === undefined ? sys.uid : (known?.uid ?? (/^\d+$/.test(user) ? Number(user) : undefined));
  if (uid === undefined) return fail(io, 'setpriv: failed to parse reuid');
  const gid = group === undefined ? sys.gid : groupId(sys, group);
  if (gid === undefined) return fail(io, 'setpriv: failed to parse regid');
  const groups = furtherGroups(sys, options, known?.name);
  if (groups === undefined) return fail(io, `setpriv: failed to get groups`);
  const changed = user !== undefined || group !== undefined || ways.some((name) => name !== 'keep-groups');
  const failed = changed ? sys.setuid(uid, gid, groups) : undefined;
  if (failed) return failWith(io, uid === sys.uid ? 'setresgid failed' : 'setresuid failed', failed);
  const bounding = options.value('bounding-set');
  const kept = capabilities(bounding ?? '+all');
  const inheritable = options.value('inh-caps') ?? '-all';
  if (kept === undefined || !capabilities(inheritable)) return fail(io, `setpriv: bad capability string`);
  // no process has inheritable capabilities here, so that there is nothing to take away
  if (!/^(?:-[^,]+,?)+$/.test(inheritable)) return fail(io, 'setpriv: adding to --inh-caps is not simulated');
  const parent = options.value('pdeathsig');
  if (parent !== undefined && parseSignal(parent) !== 'SIGKILL')
    return fail(io, `setpriv: --pdeathsig ${parent} is not simulated`);
  const locked = options.has('nnp') || options.has('no-new-privs');
  if (bounding !== undefined || locked) sys.isolation.keepCapabilities(kept, locked);
  if (parent !== undefined) sys.isolation.dieWithParent();
  return become(
    options.has('reset-env') ? { ...io, env: cleanEnv(io.env, findUser(sys, String(uid))) } : io,
    options.operands,
  );
}

/** What --reset-env leaves: the terminal's type and what the user database says of the user. */
function cleanEnv({ TERM }: Exec['env'], user: User | undefined): Exec['env'] {
  return {
    ...(TERM === undefined ? {} : { TERM }),
    SHELL: user?.shell || '/bin/sh',
    ...(user ? { HOME: user.home, USER: user.name, LOGNAME: user.name } : {}),
    PATH: '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin',
  };
}

function furtherGroups(sys: Sys, options: Options, user: string | undefined): readonly number[] | undefined {
  const listed = options.value('groups');
  if (listed !== undefined) {
    const ids = listed.split(',').map((each) => groupId(sys, each));
    return ids.some((id) => id === undefined) ? undefined : ids.flatMap((id) => id ?? []);
  }
  if (options.has('clear-groups')) return [];
  if (!options.has('init-groups')) return sys.groups;
  return readGroups(sys)
    .filter(({ members }) => user !== undefined && members.includes(user))
    .map(({ gid }) => gid);
}

/** `-all`, `+chown,-kill`, …: what stays of all capabilities; undefined when one is unknown. */
function capabilities(text: string): readonly string[] | undefined {
  let kept: readonly string[] = allCapabilities;
  for (const word of text.split(',')) {
    const name = word.slice(1).toUpperCase();
    const cap = name.startsWith('CAP_') ? name : `CAP_${name}`;
    if (name === 'ALL') kept = word.startsWith('-') ? [] : allCapabilities;
    else if (!allCapabilities.includes(cap)) return undefined;
    else kept = word.startsWith('-') ? kept.filter((each) => each !== cap) : [...kept, cap];
  }
  return kept;
}
