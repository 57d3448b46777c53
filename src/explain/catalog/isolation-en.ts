import { bytes, kindNames } from '../quantities.ts';
import type { IsolationTexts } from './isolation-texts.ts';

/** What two processes have in common that are in the same namespace of a kind. */
const common: { readonly [kind: string]: string } = {
  mnt: 'the mounts',
  uts: 'the host name',
  ipc: 'shared memory and message queues',
  pid: 'the process list',
  net: 'addresses, ports and routes',
  cgroup: 'the view of control groups',
  user: 'the user numbers',
};

function leaks(kinds: readonly string[]): string {
  return kinds.map((kind) => `${kindNames([kind])} (${common[kind] ?? ''})`).join(', ');
}

/** What a process does that isolates itself by hand, in full sentences. */
export const isolationSentences: IsolationTexts = {
  chroot: (d) =>
    d.leaves
      ? `Process ${d.pid} had another directory as / and has the machine's own / again: it has left its chroot. For root, chroot is no wall; pivot_root in a mount namespace leaves nothing to go back to.`
      : `For process ${d.pid}, ${d.path} is / now. That isolates one thing, the names of files: processes, network, host name and users are still the machine's, and root can get out again.`,
  isolate: (d) =>
    [
      d.joined
        ? `Process ${d.pid} joins a namespace that is there already: ${kindNames(d.kinds)}. That is what docker exec does, too.`
        : `Process ${d.pid} gets namespaces of its own: ${kindNames(d.kinds)}.${d.kinds.includes('pid') ? ' The PID namespace is for its children: the first one will be PID 1 in it.' : ''}`,
      d.shared.length > 0 ? `Still shared with the machine: ${leaks(d.shared)}.` : '',
      'The kernel is the same one for all.',
    ]
      .filter((text) => text !== '')
      .join(' '),
  pivot: (d) =>
    `A new file tree becomes / for all of the mount namespace of process ${d.pid}; ${d.old === '' ? 'the old one is detached at once.' : `the old one hangs at ${d.old} until it is unmounted.`} Then there is no way back to it: this is what runc does instead of chroot.`,
  mounted: (d) => {
    if (d.type === 'overlay')
      return `${d.target} shows ${d.layers ?? 1} lower ${d.layers === 1 ? 'directory' : 'directories'} and an upper one as a single tree. Writes go to the upper directory, deletions become whiteouts there: image layers and a container's writable layer are nothing else.`;
    if (d.type === 'bind')
      return `${d.source} shows at ${d.target}, too${d.readonly ? ', read-only there' : ''}: nothing is copied. docker run -v does the same.`;
    if (d.type === 'nsfs')
      return `A namespace is bound to the file ${d.target}: it stays when no process is in it, until the file is unmounted.`;
    if (d.type === 'proc')
      return `A proc file system at ${d.target}: it shows the processes of the PID namespace of whoever mounted it. Without a PID namespace of one's own these are all of the machine's.`;
    return `A file system of type ${d.type} shows at ${d.target}, in this mount namespace only.`;
  },
  'cgroup-limit': (d) =>
    `The control group ${d.path} has ${d.file} = ${d.value} now. It holds for all processes in it together; the options of docker run write the same files.`,
  'cgroup-join': (d) =>
    `Process ${d.pid} is in the control group ${d.path} from now on, and so will be its children. It sees no less than before: a cgroup limits, a namespace hides.`,
  'oom-kill': (d) =>
    `The control group ${d.path} had used up its ${bytes(d.memoryMax)}: the kernel killed its largest process, ${d.pid}, with SIGKILL. The machine itself had memory left.`,
  'link-add': (d) =>
    d.kind === 'bridge'
      ? `The bridge ${d.name} is a switch made of software: what is attached to it is on one network. docker0 is one.`
      : `The devices ${d.name} and ${d.peer ?? ''} are the two ends of a virtual cable. Both are here still; one end is usually moved to another network namespace.`,
  'link-move': (d) =>
    `The device ${d.name} is in another network namespace now, without addresses, and down: whoever is in that one sets it up. If it is an end of a virtual cable, the other end stays where it was.`,
};

/** The same in a few words. */
export const isolationBriefs: IsolationTexts = {
  chroot: (d) =>
    d.leaves
      ? `/ is the machine's own again: the chroot is left`
      : `${d.path} is / now; still the machine's: processes, network, host name, users`,
  isolate: (d) => {
    const shared =
      d.shared.length > 0 ? `; shared with the machine: ${kindNames(d.shared)}` : '; nothing shared but the kernel';
    return d.joined ? `joined: ${kindNames(d.kinds)}${shared}` : `own namespaces: ${kindNames(d.kinds)}${shared}`;
  },
  pivot: (d) =>
    d.old === ''
      ? 'new / for the mount namespace; the old one is out of reach'
      : `new / for the mount namespace; the old one at ${d.old} until it is unmounted`,
  mounted: (d) =>
    d.type === 'overlay'
      ? `overlay at ${d.target}: writes go to the upper directory`
      : d.type === 'bind'
        ? `${d.source} shows at ${d.target}, too`
        : d.type === 'nsfs'
          ? `a namespace is kept by ${d.target}`
          : `${d.type} at ${d.target}, in this mount namespace only`,
  'cgroup-limit': (d) => `cgroup ${d.path}: ${d.file} = ${d.value}`,
  'cgroup-join': (d) => `process ${d.pid} is in cgroup ${d.path}: it is limited, but sees as much as before`,
  'oom-kill': (d) => `cgroup ${d.path} is over ${bytes(d.memoryMax)}: process ${d.pid} killed`,
  'link-add': (d) =>
    d.kind === 'bridge' ? `bridge ${d.name}: a switch in software` : `virtual cable: ${d.name}, ${d.peer ?? ''}`,
  'link-move': (d) => `${d.name} moved to another network namespace`,
};
