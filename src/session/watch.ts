import { watch } from 'node:fs';
import { basename } from 'node:path';
import { inSession } from './paths.ts';

/** How often to look by ourselves, in milliseconds: some disks (network, shared with a VM) tell nothing. */
const period = 1000;
const periodAlone = 150;

/**
 * Resolves when `differs()` holds, looking again when the session's head is written; or when `signal` is aborted.
 */
export function headChanged(folder: string, differs: () => boolean, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const watcher = startWatching(folder, () => look());
    const done = () => {
      watcher?.close();
      clearInterval(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const look = () => {
      if (differs()) done();
    };
    timer = setInterval(look, watcher === undefined ? periodAlone : period);
    signal?.addEventListener('abort', done);
    look(); // it may have changed before we began to watch
  });
}

function startWatching(folder: string, look: () => void) {
  const name = basename(inSession.head(folder));
  try {
    const watcher = watch(folder, (_event, file) => {
      if (file === null || file === name) look();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined; // no watches left (inotify's limit), or not supported
  }
}
