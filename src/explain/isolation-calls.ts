import type { IsolationTexts } from './catalog/isolation-texts.ts';

const flags: { readonly [kind: string]: string } = {
  mnt: 'CLONE_NEWNS',
  uts: 'CLONE_NEWUTS',
  ipc: 'CLONE_NEWIPC',
  pid: 'CLONE_NEWPID',
  net: 'CLONE_NEWNET',
  cgroup: 'CLONE_NEWCGROUP',
  user: 'CLONE_NEWUSER',
};

/** The calls of a process that isolates itself by hand. */
export const isolationCalls: IsolationTexts = {
  chroot: (d) => `chroot("${d.path}") in ${d.pid}`,
  isolate: (d) => {
    const words = d.kinds.map((kind) => flags[kind] ?? kind).join(' | ');
    return d.joined ? `setns(…, ${words}) in ${d.pid}` : `unshare(${words}) in ${d.pid}`;
  },
  pivot: (d) =>
    d.old === ''
      ? `pivot_root(".", ".") in ${d.pid}; umount2(".", MNT_DETACH)`
      : `pivot_root(".", "${d.old}") in ${d.pid}`,
  mounted: (d) =>
    d.type === 'bind' || d.type === 'nsfs'
      ? `mount("${d.source}", "${d.target}", NULL, MS_BIND${d.readonly ? ' | MS_RDONLY' : ''})`
      : `mount("${d.source}", "${d.target}", "${d.type}"${d.readonly ? ', MS_RDONLY' : ''})`,
  'cgroup-limit': (d) => `write("/sys/fs/cgroup${d.path.replace(/\/$/, '')}/${d.file}", "${d.value}")`,
  'cgroup-join': (d) => `write("/sys/fs/cgroup${d.path.replace(/\/$/, '')}/cgroup.procs", "${d.pid}")`,
  'oom-kill': (d) => `out of memory in ${d.path}: kill(${d.pid}, SIGKILL)`,
  'link-add': (d) => `RTM_NEWLINK ${d.kind} ${d.name}${d.peer === undefined ? '' : `, ${d.peer}`}`,
  'link-move': (d) => `RTM_SETLINK ${d.name} IFLA_NET_NS_FD`,
};
