import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';

/** Where `ip netns` keeps named network namespaces: a file for each, to which the namespace is bound. */
export const netnsFolder = '/run/netns';

/** The file of a network namespace by name, or by the number of a process in it; undefined when there is none. */
export function netnsFile(sys: Sys, name: string): string | undefined {
  const named = `${netnsFolder}/${name}`;
  if (!name.includes('/') && name !== '' && !isErrno(sys.fs.stat(named))) return named;
  const ofProcess = `/proc/${name}/ns/net`;
  return /^\d+$/.test(name) && !isErrno(sys.fs.readlink(ofProcess)) ? ofProcess : undefined;
}

/** The names of the named ones, the newest first (as a tmpfs lists them), with the numbers of their namespaces. */
export function namedNamespaces(sys: Sys): readonly { readonly name: string; readonly id: string }[] {
  const names = sys.fs.list(netnsFolder);
  if (isErrno(names)) return [];
  const table = sys.fs.mounts();
  return names
    .map((name) => {
      const stat = sys.fs.stat(`${netnsFolder}/${name}`);
      const order = table.findLastIndex(({ target }) => target === `${netnsFolder}/${name}`);
      return { name, id: isErrno(stat) ? '' : String(stat.ino), order };
    })
    .sort((a, b) => b.order - a.order);
}
