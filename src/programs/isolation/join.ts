import type { Errno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { NamespaceKind } from '../../kernel/state.ts';
import { kindOptions } from './kinds.ts';

/** Joins all namespaces of a process that are not the caller's already; what failed, if anything did. */
export function joinNamespaces(
  sys: Sys,
  pid: number,
): { readonly kind: NamespaceKind; readonly failed: Errno } | undefined {
  for (const [kind] of kindOptions) {
    const path = `/proc/${pid}/ns/${kind}`;
    if (sys.fs.readlink(path) === sys.fs.readlink(`/proc/self/ns/${kind}`)) continue;
    const failed = sys.isolation.setns(path, kind);
    if (failed) return { kind, failed };
  }
  return undefined;
}
