import { type Errno, fail } from '../errno.ts';
import type { Machine } from '../machine.ts';
import { namespaceOf, setNamespace } from '../namespaces.ts';
import type { IdRange, Process } from '../state.ts';
import { capableIn, outsideId, rangesOf, type Which } from './users.ts';

/** The text of /proc/PID/uid_map or gid_map. */
export function mapText(m: Machine, process: Process, which: Which): string {
  const ranges = rangesOf(m, process.ns.user, which) ?? [[0, 0, 4_294_967_295] as const];
  return ranges.map((range) => `${range.map((n) => String(n).padStart(10)).join(' ')}\n`).join('');
}

/**
 * Writes /proc/PID/uid_map or gid_map (user_namespaces(7)). EPERM: written before, or more than the writer's own id
 * without privilege in the parent namespace, or a group map while setgroups is allowed; EINVAL: no ranges.
 */
export function writeMap(m: Machine, writer: Process, process: Process, which: Which, text: string): Errno | undefined {
  const ns = process.ns.user;
  const space = namespaceOf(m, ns, 'user');
  if (space.parent === undefined || space[which]) return fail('EPERM');
  const lines = text.trim().split('\n');
  const ranges: IdRange[] = [];
  for (const line of lines) {
    const numbers = line.trim().split(/\s+/).map(Number);
    const [inside = Number.NaN, outside = Number.NaN, count = Number.NaN] = numbers;
    if (numbers.length !== 3 || numbers.some((n) => !Number.isInteger(n) || n < 0) || count === 0)
      return fail('EINVAL');
    const kernel = outsideId(m, space.parent, which, outside);
    if (kernel === undefined) return fail('EPERM');
    ranges.push([inside, kernel, count]);
  }
  const cap = which === 'uids' ? 'CAP_SETUID' : 'CAP_SETGID';
  const own = which === 'uids' ? writer.uid : writer.gid;
  const single = ranges.length === 1 && ranges[0]?.[2] === 1 && ranges[0][1] === own && space.owner === writer.uid;
  const allowed = capableIn(m, writer, cap, space.parent);
  if (!allowed && (!single || (which === 'gids' && !space.groupsFixed))) return fail('EPERM');
  setNamespace(m, ns, { ...space, [which]: ranges });
  return undefined;
}

/** The text of /proc/PID/setgroups. */
export function setgroupsText(m: Machine, process: Process): string {
  return namespaceOf(m, process.ns.user, 'user').groupsFixed ? 'deny\n' : 'allow\n';
}

/** Writes it: `deny`, for good, and only before the group map. */
export function writeSetgroups(m: Machine, process: Process, text: string): Errno | undefined {
  const space = namespaceOf(m, process.ns.user, 'user');
  const word = text.trim();
  if (word !== 'deny' && word !== 'allow') return fail('EINVAL');
  if (space.parent === undefined || space.gids || (word === 'allow' && space.groupsFixed)) return fail('EPERM');
  if (word === 'deny') setNamespace(m, process.ns.user, { ...space, groupsFixed: true });
  return undefined;
}
