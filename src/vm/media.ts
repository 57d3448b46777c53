import { type Errno, fail } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import { dirName } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { makeFolders } from './folders.ts';
import { newUuid } from './hold.ts';
import type { VmAnswer, VmRequest } from './requests.ts';
import { hypervisor, hypervisorState, type Medium } from './state.ts';

/** Bytes of a disk image without data in it. */
const empty = 2 * 1_048_576;

/** Makes, forgets or lists the disk images that VirtualBox knows. With `size` the file is made, as the client's own. */
export function medium(
  m: Machine,
  client: number,
  { path, size, remove }: VmRequest & { readonly op: 'medium' },
): ServiceAnswer | Errno {
  const state = hypervisor(m);
  if (size !== undefined) {
    const calls = fileCalls(m, client);
    makeFolders(calls, dirName(path));
    const failed = calls.writeFile(path, '', { mode: 0o600 }) ?? calls.declareSize(path, empty);
    if (failed) return failed;
    state.media ??= m.draft.adopt({});
    const made: Medium = { uuid: newUuid(m), path, size, format: (path.split('.').at(-1) ?? 'vdi').toUpperCase() };
    (m.draft.own(state, 'media') as { [path: string]: Medium })[path] = made;
  }
  if (remove) {
    if (!hypervisorState(m).media?.[path]) return fail('ENOENT');
    delete (m.draft.own(state, 'media') as { [path: string]: Medium })[path];
    fileCalls(m, client).unlink(path);
  }
  const media = Object.values(hypervisorState(m).media ?? {});
  return {
    reply: {
      ok: true,
      media: media.map(({ uuid, path: at, size: bytes }) => ({ uuid, path: at, size: bytes })),
    } satisfies VmAnswer,
  };
}
