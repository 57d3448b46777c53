import type { Errno } from '../../../kernel/errno.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Wait } from '../../../kernel/program.ts';
import type { Output } from '../state.ts';
import type { Shell } from './shell.ts';

/** Writes what waits to be written. Returns what to wait for when a descriptor takes no more, or the first error. */
export function flush(sh: Shell): Wait | Errno | undefined {
  let failed: Errno | undefined;
  const queue = sh.s.out;
  sh.s.out = [];
  for (let i = 0; i < queue.length; i++) {
    const item = queue[i];
    if (!item) break;
    let bytes = item.bytes;
    while (bytes !== '') {
      const taken = sh.sys.write(item.fd, bytes);
      if (taken === 'again') {
        const left: Output[] = [{ fd: item.fd, bytes }, ...queue.slice(i + 1)];
        sh.s.out = left;
        return { writable: [item.fd] };
      }
      if (isErrno(taken)) {
        failed ??= item.fd === 2 ? undefined : taken;
        break;
      }
      bytes = bytes.slice(taken);
    }
  }
  return failed;
}
