import type { Actions } from '../actions.ts';
import { engineFile, shortIds } from '../quantities.ts';

/** mount(2), by what is mounted: each file system of a container has its own reason. */
export function mountSentence(d: Actions['mount']): string {
  const readonly = d.readonly ? ' It is read-only.' : '';
  switch (d.type) {
    case 'overlay':
      return d.target.includes('-init')
        ? "The layers are shown as one tree, so that the daemon can put a few files of its own between the image and the container's layer."
        : "The image's read-only layers and the container's writable layer are shown as one tree. What is written lands in the writable layer only.";
    case 'proc':
      return 'A /proc for the new PID namespace: ps inside shows the processes of the container and no others.';
    case 'sysfs':
      return `The view of devices and drivers.${readonly || ' It is writable.'} The hardware and the kernel are the host's.`;
    case 'cgroup':
    case 'cgroup2':
      return `The container sees its own cgroup as the root.${d.readonly ? ' Read-only: it may read its limits, not lift them.' : ''}`;
    case 'devpts':
      return 'Pseudo-terminals of its own: docker run -t takes one of them.';
    case 'mqueue':
      return 'POSIX message queues of the new IPC namespace.';
    case 'tmpfs':
      if (d.target.endsWith('/shm'))
        return 'Shared memory for the processes of the container; 64 MiB unless --shm-size says otherwise.';
      if (d.target.endsWith('/dev'))
        return "An empty /dev in memory that gets a few harmless devices (null, zero, random, …). The host's disks are not among them.";
      return `A file system in memory at ${shortIds(d.target)}: what it holds is gone when the container ends.${readonly}`;
    case 'bind': {
      const file = engineFile(d.target);
      return file
        ? `The daemon's own ${file} for this container is laid over the image's, so that it can change it without touching the image.`
        : `A file or folder of the host is shown at ${shortIds(d.target)} too: the same one under a second path, not a copy.${readonly}`;
    }
    default:
      return `The file system ${d.source} (${d.type}) is shown at ${shortIds(d.target)}.${readonly}`;
  }
}

/** What came of a signal. */
export function signalSentence(d: Actions['signal']): string {
  const who = d.pid === d.inside ? `process ${d.pid}` : `process ${d.pid} (PID ${d.inside} inside)`;
  switch (d.effect) {
    case 'terminates':
      return `${d.signal} ends ${who}.`;
    case 'caught':
      return `${d.signal} reaches ${who}, which has a handler for it and decides itself what to do.`;
    case 'ignored':
      return `${d.signal} reaches ${who}, which ignores it.`;
    case 'ignored-by-pid-1':
      return `${d.signal} does nothing: ${who} is the first of its PID namespace and has no handler for it, and for PID 1 the kernel leaves out the default action.`;
    case 'stops':
      return `${d.signal} stops ${who}: it keeps its memory and gets no CPU time until SIGCONT.`;
    case 'continues':
      return `${d.signal} lets ${who} go on.`;
  }
}

/** What a refusal means; nothing is added to a success. */
export function statusSentence(status: number, path: string): string {
  if (status === 304) return ' 304: it is in that state already, so nothing is to be done.';
  if (status < 400) return '';
  if (status === 400) return ' 400: the daemon finds the request itself wrong.';
  if (status === 404) {
    return path === '/containers/create'
      ? ' 404: the image is not on this host.'
      : ' 404: the daemon knows nothing by that name.';
  }
  if (status === 409) return ' 409: it contradicts the state that things are in.';
  return ` ${status}: the daemon tried and failed.`;
}

/** What `docker wait` waits for, by the API's condition. */
export function whenReached(condition: string): string {
  if (condition === 'next-exit') return 'when the container ends next';
  return condition === 'removed' ? 'when the container is removed' : 'when the container is not running';
}
