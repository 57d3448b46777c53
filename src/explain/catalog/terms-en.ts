import type { Catalog } from './catalog.ts';

/** The words of the field, in English. */
export const terms: Catalog['terms'] = {
  daemon: {
    word: 'daemon (dockerd)',
    gloss: 'the service that does the work; the docker command only sends it requests over HTTP.',
  },
  overlay: {
    word: 'overlay2',
    gloss: 'stacks directories: read-only image layers below, one writable layer on top, seen as one tree.',
  },
  mount: { word: 'mount', gloss: 'makes a file system visible at a path; each mount namespace has its own list.' },
  shim: {
    word: 'shim',
    gloss: "the container's parent process on the host; one for each container, so containerd may restart meanwhile.",
  },
  runc: {
    word: 'runc',
    gloss:
      'the OCI runtime: asks the kernel for namespaces, mounts and limits, then is gone. It does not stay between.',
  },
  process: {
    word: 'process',
    gloss: 'a running program. A container is one or more of the host’s processes, not a machine.',
  },
  namespace: {
    word: 'namespace',
    gloss:
      'a view of one kind of thing (mounts, PIDs, network, …). Two containers see different ones; the kernel is one.',
  },
  cgroup: {
    word: 'cgroup',
    gloss:
      'a group of processes whose CPU, memory and number the kernel counts and limits. Namespaces hide, cgroups limit.',
  },
  'pivot-root': {
    word: 'pivot_root',
    gloss: 'swaps the root of a mount namespace, so that the old root can be unmounted.',
  },
  capability: {
    word: 'capability',
    gloss: 'one of the parts that root’s power is split into, such as setting the clock or loading kernel modules.',
  },
  'pid-1': {
    word: 'PID 1',
    gloss:
      'the first process of a PID namespace. When it ends, the container ends; it gets no default action of signals.',
  },
  'copy-on-write': { word: 'copy-on-write', gloss: 'a shared file is copied at its first change, not before.' },
  bridge: {
    word: 'bridge and veth',
    gloss: 'a switch in software, and the virtual cable that joins a container’s network namespace to it.',
  },
  nat: { word: 'NAT', gloss: 'rewriting addresses: how a port of the host leads to a port of the container (-p).' },
  signal: {
    word: 'signal',
    gloss: 'a short message from the kernel to a process: SIGTERM asks it to end, SIGKILL makes it.',
  },
  'exit-status': {
    word: 'exit status',
    gloss: '0 is success; 128 + n after signal n; 125 docker itself failed, 126 cannot execute, 127 not found.',
  },
  'log-driver': {
    word: 'log driver',
    gloss: 'where the daemon keeps stdout and stderr of PID 1; json-file unless told otherwise.',
  },
};
