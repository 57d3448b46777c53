import { decodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engineState } from '../state.ts';

/** What the engine's host calls its system: PRETTY_NAME of its /etc/os-release, which dockerd reads. */
export function hostSystem(m: Machine): string {
  const read = fileCalls(m, engineState(m).daemon).readFile('/etc/os-release');
  const name = isErrno(read) ? undefined : /^PRETTY_NAME="(.*)"$/m.exec(decodeUtf8(read.bytes))?.[1];
  return name ?? 'Ubuntu 24.04 LTS';
}
