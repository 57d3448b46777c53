import type { Mount } from '../fs/filesystem.ts';
import { removeFilesystem } from '../fs/overlay.ts';
import { dropOverlayStack } from '../fs/overlay-stack.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { collectNamespace } from '../namespaces.ts';

/** Keeps a namespace although no process is in it. */
export function pinNamespace(m: Machine, id: Id): void {
  m.kernel.pinned = [...m.kernel.pinned, id];
}

/** Mounts are gone: file systems that mount(2) made are removed with their last one, and so is what only they kept. */
export function releaseMounts(m: Machine, gone: readonly Mount[]): void {
  for (const id of new Set(gone.map(({ fs }) => fs))) {
    const fs = m.kernel.filesystems[id];
    if (!fs?.transient || isMounted(m, id)) continue;
    removeFilesystem(m, id);
    if (m.kernel.stacks?.[id]) dropOverlayStack(m, id);
    if (fs.type !== 'nsfs' || fs.ns === undefined) continue;
    const at = m.kernel.pinned.indexOf(fs.ns);
    m.kernel.pinned = m.kernel.pinned.filter((_, i) => i !== at);
    collectNamespace(m, fs.ns);
  }
}

function isMounted(m: Machine, fs: Id): boolean {
  return Object.values(m.kernel.namespaces).some(
    (space) => space.kind === 'mnt' && space.mounts.some((mount) => mount.fs === fs),
  );
}
