import { isErrno } from '../../kernel/errno.ts';
import { abandonProcess } from '../../kernel/exec.ts';
import type { FileCalls } from '../../kernel/fs/calls.ts';
import { cloneMounts, mount } from '../../kernel/fs/mounts.ts';
import { attachFilesystem, detachFilesystem } from '../../kernel/fs/overlay.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { cloneProcess, ownProcess } from '../../kernel/process.ts';
import { EngineError } from '../errors.ts';
import type { Binding } from '../runc-further.ts';
import { type Container, engineState, taskOf } from '../state.ts';

/**
 * A container's files as the engine sees them, running or not: its layers and `bindings` (volumes), without what else
 * runc mounts on them. As dockerd
 * does, a helper process looks at them from a mount namespace of its own, with the container's root as its root.
 */
export function withFiles<T>(
  m: Machine,
  container: Container,
  act: (files: FileCalls) => T,
  bindings: readonly Binding[] = [],
): T {
  const { daemon } = engineState(m);
  const { ns } = m.kernel.processes[daemon] ?? {};
  if (!ns) throw new Error('no engine');
  const root = `/var/lib/docker/overlay2/${container.layer}/merged`;
  attachFilesystem(m, container.fs);
  const mnt = cloneMounts(m, ns.mnt);
  mount(m, mnt, { point: root, fs: container.fs, source: 'overlay' });
  const pid = cloneProcess(m, daemon, { fds: {}, ns: { ...ns, mnt }, program: 'dockerd' });
  if (isErrno(pid)) throw new EngineError('start-failed', 500, `fork/exec /proc/self/exe: ${pid.errno}`);
  Object.assign(ownProcess(m, pid), { root, cwd: '/', umask: 0, argv: ['docker-tar'] });
  for (const { destination, fs, root: part, readonly } of bindings) {
    const point = fileCalls(m, pid).realpath(destination);
    if (typeof point === 'string') mount(m, mnt, { point: root + point, fs, root: part, readonly });
  }
  try {
    return act(fileCalls(m, pid));
  } finally {
    abandonProcess(m, pid);
    if (!taskOf(m, container.id)) detachFilesystem(m, container.fs);
  }
}
