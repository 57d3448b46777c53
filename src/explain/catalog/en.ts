import { bareAddress, bytes, commandLine, cpus, grouped, kindNames, plural, shortId, shortIds } from '../quantities.ts';
import { barePath, requestKind } from '../requests.ts';
import { brief } from './brief-en.ts';
import { buildSentences } from './build-en.ts';
import type { Catalog, Sentences } from './catalog.ts';
import { mountSentence, signalSentence, statusSentence, whenReached } from './details-en.ts';
import { hostSentences } from './hosts-en.ts';
import { imageSentences } from './images-en.ts';
import { isolationSentences } from './isolation-en.ts';
import { machineTexts } from './machine-en.ts';
import { networkSentences } from './networks-en.ts';
import { programSentences } from './programs-en.ts';
import { terms } from './terms-en.ts';
import { vmTexts } from './vm-en.ts';
import { vmSentences } from './vm-texts.ts';
import { watchSentences } from './watch-en.ts';

const sentences: Sentences = {
  ...imageSentences,
  ...buildSentences,
  ...networkSentences,
  ...watchSentences,
  ...programSentences,
  ...isolationSentences,
  ...vmSentences(vmTexts),
  ...hostSentences,
  ...machineTexts,
  mount: mountSentence,
  umount: (d) =>
    `What was mounted at ${shortIds(d.target)} is detached; the files themselves stay where they are stored.`,
  clone: (d) =>
    `The kernel makes process ${d.pid} as a copy of process ${d.parent}. A container's first process begins this way too; no machine boots.`,
  unshare: (d) =>
    `Process ${d.pid} gets namespaces of its own: ${kindNames(d.kinds)}. The kernel stays the same one; what changes is how much of it the process can see.`,
  pivot_root: (d) =>
    `The container's merged layers become / for process ${d.pid}, and the host's tree is unmounted from its view. chroot would leave the host's tree mounted, and root can break out of that.`,
  sethostname: (d) => `In its own UTS namespace the name is now ${d.name}; the host's name does not change.`,
  cgroup: (d) => {
    const limits = [
      d.memoryMax === undefined ? '' : `at most ${bytes(d.memoryMax)} of memory`,
      d.cpuMax === undefined ? '' : `the time of ${cpus(d.cpuMax)} CPU`,
      d.pidsMax === undefined ? '' : `at most ${plural(d.pidsMax, 'process', 'processes')}`,
    ].filter((limit) => limit !== '');
    return limits.length > 0
      ? `A cgroup for the container's processes: the kernel counts what they use together and allows ${limits.join(', ')}.`
      : "A cgroup for the container's processes: the kernel counts what they use together. No limit is set, so they may use all that the host has.";
  },
  execve: (d) => {
    const where = d.guest ? 'guest' : 'host';
    if (d.pid !== d.inside)
      return `The process now runs ${d.path}. It is PID ${d.inside} in its PID namespace and PID ${d.pid} on the ${where}: one process, two numbers. Its kernel is the ${where}'s, ${d.release}.`;
    const kernel = d.guest ? ` on the guest's own kernel, ${d.release}` : '';
    return `Process ${d.pid} of the ${where} now runs ${d.path}${kernel}.`;
  },
  exit: (d) => {
    const who = d.pid === d.inside ? `Process ${d.pid}` : `Process ${d.pid} (PID ${d.inside} inside)`;
    const how = d.signal ? `was ended by ${d.signal}` : `ended with status ${d.code}`;
    const all =
      d.inside === 1 && d.pid !== 1 ? ' It was PID 1, so the kernel kills all that is left in its PID namespace.' : '';
    return `${who} ${how}.${all}`;
  },
  signal: signalSentence,
  reparent: (d) => `The parent of process ${d.pid} has ended; process ${d.to} becomes its parent and has to reap it.`,
  'copy-up': (d) =>
    `${d.path} lay in a read-only layer. Before its first change the kernel copies it (${bytes(d.bytes)}) up to the container's writable layer; the image keeps the old file.`,
  veth: (d) =>
    `A virtual cable: one end is ${d.peer} in the container's network namespace with ${bareAddress(d.address)}, the other is plugged into the bridge ${d.bridge}.${d.gateway === '' ? '' : ` The way out leads over ${d.gateway}.`}`,
  budget: (d) =>
    `The simulation stopped after ${grouped(d.ops)} operations, so that a program without end cannot hang your terminal. The machine goes on at the next command.`,
  request: (d) => en.requests[requestKind(d.method, d.path)](d.status) + statusSentence(d.status, barePath(d.path)),
  'create-layer': (d) =>
    `The container gets an empty writable layer of its own on the ${d.layers === 1 ? 'one read-only layer' : `${d.layers} read-only layers`} of ${d.image} (${d.driver}). The image is not copied: all its containers share it.`,
  'init-layer': (d) =>
    `Between image and container lies a small init layer: ${d.files.join(', ')} are prepared there, because they differ from host to host and must not become part of the image.`,
  'write-config': (d) =>
    `The daemon writes the settings down (${d.files.join(', ')}): this record is what docker inspect shows and what lasts while nothing runs.`,
  'start-shim': (d) =>
    `containerd starts a shim, process ${d.pid}, as the container's parent. It holds the output streams and the exit status, so that containerd can be restarted while containers run on.`,
  'runc-create': () =>
    'The shim calls runc, the OCI runtime: it prepares the isolation from a bundle (a root directory and config.json) and then leaves.',
  'runc-init': (d) =>
    `runc starts a copy of itself, process ${d.pid}, that moves into new namespaces (${kindNames(d.namespaces)}) and will become the container's PID 1.`,
  'mask-paths': (d) =>
    `Under /proc and /sys ${plural(d.readonly.length, 'path')} become read-only and ${d.masked.length} are hidden, because they show or change the one kernel that all share.`,
  'drop-privileges': (d) =>
    `${d.seccomp ? 'A seccomp filter now refuses dangerous system calls. ' : ''}Of the ${d.dropped + d.kept} capabilities that make up root's power, ${d.dropped} are dropped and ${d.kept} remain; the program will run as uid ${d.uid}${d.uid === 0 ? ' (a root with less power)' : ''}.`,
  'exec-fifo': () =>
    'The isolation is set up, but the program does not run yet: runc init waits at a FIFO, so that the daemon can connect the network first.',
  nat: (d) =>
    `An iptables rule rewrites what arrives at ${d.hostIp}:${d.hostPort}/${d.proto} so that it goes to ${d.toIp}:${d.toPort} in the container.`,
  'docker-proxy': (d) =>
    `docker-proxy, process ${d.pid}, listens on ${d.hostIp}:${d.hostPort} for connections that no NAT rule reaches, such as some from the host itself; it also keeps the port taken.`,
  'runc-start': () => 'runc start opens the FIFO, and runc init may go on to the user program.',
  'container-exit': (d) =>
    `PID 1 of ${d.name} has ended, and so has the container: status ${d.code}${d.oom ? ', because it used more memory than its cgroup allows' : ''}. The shim reports it to containerd, containerd to the daemon.`,
  'runc-delete': () =>
    'runc removes the cgroup; the namespaces vanished with the last process in them. Nothing of the container runs any more.',
  'release-network': (d) =>
    `The port rules and the virtual cable are removed; ${bareAddress(d.address)} is free for another container.`,
  'umount-root': () =>
    'The merged view of the layers is unmounted. The writable layer stays on disk, so docker start would find its files again.',
  'remove-container': (d) => `The writable layer, the record and the log of ${d.name} are deleted. The image stays.`,
  'stop-signal': (d) =>
    `docker stop asks first: PID 1 gets ${d.signal} and ${plural(d.timeout, 'second')} to finish its work.`,
  'stop-timeout': (d) =>
    `PID 1 did not end within ${plural(d.timeout, 'second')}; now SIGKILL follows, which no process can catch or ignore.`,
  kill: (d) => `The daemon sends ${d.signal} to the container's first process, PID ${d.pid} on the host.`,
  list: (d) =>
    `The daemon answers from its records: ${d.shown} of ${plural(d.total, 'container')} are shown, ${d.running} of all are running. The others are only files and settings until they are started.`,
  inspect: (d) =>
    `The daemon's whole record of the ${d.kind} ${shortId(d.name)}, as JSON: settings, state and addresses.`,
  'exec-join': (d) =>
    `runc starts ${commandLine(d.argv)} and lets it join ${plural(d.namespaces.length, 'namespace')} of process ${d.target} (setns). No second container: one more process, PID ${d.inside} inside and PID ${d.pid} on the host.`,
  attach: (d) =>
    `Your terminal is connected to the streams of PID 1: ${d.stdin ? 'input, output and errors' : 'output and errors'}${d.tty ? ', through a pseudo-terminal' : ''}.`,
  'read-log': (d) =>
    `What PID 1 wrote to stdout and stderr was kept by the log driver ${d.driver}: ${plural(d.entries, 'entry', 'entries')}${d.follow ? ', and new ones as they come' : ''}. A log file inside the container would not show here.`,
  top: (d) =>
    `The daemon runs ps on the host and keeps the lines of this container: ${plural(d.processes, 'process', 'processes')}, with the host's PIDs. The container's processes are the host's processes.`,
  freeze: (d) =>
    d.frozen
      ? `The container's cgroup is frozen (cgroup.freeze = 1): its processes keep their memory and connections, but get no processor time until unpause.`
      : `The cgroup is thawed: the processes go on where they stood, without having noticed.`,
  'plan-restart': (d) =>
    `The restart policy ${d.policy} applies: the daemon starts the container again in ${d.delay / 1000} ms (restart ${d.count}). The delay doubles each time, up to a minute.`,
  rename: (d) =>
    `The daemon's record of ${shortId(d.container)} says ${d.to} instead of ${d.from}. The id stays, and so does the process.`,
  diff: (d) =>
    `The daemon compares the container's tree with its image: ${plural(d.changes, 'change')}, all of them in the writable layer. The image itself never changes.`,
  update: (d) =>
    d.running
      ? `New settings: ${d.settings.join(', ')}. Limits are numbers in the container's cgroup, so they hold at once, without a restart.`
      : `New settings: ${d.settings.join(', ')}. They are written to the container's configuration and hold from its next start.`,
  prune: (d) => `${plural(d.removed, d.kind)} removed in one go; ${bytes(d.bytes)} are free again.`,
  copy: (d) =>
    d.direction === 'in'
      ? `The daemon unpacks an archive with ${plural(d.files, 'entry', 'entries')} at ${d.path} of the container's tree. ${d.running ? 'The processes in it see the files at once.' : 'The container need not run for that: its files are there anyway.'}`
      : `The daemon packs ${d.path} of the container's tree into an archive with ${plural(d.files, 'entry', 'entries')}. ${d.running ? 'No process in the container takes part.' : 'The container need not run for that: its files are there anyway.'}`,
  volume: (d) =>
    d.change === 'create'
      ? `The volume ${shortId(d.name)} is a folder of the host (/var/lib/docker/volumes). It is part of no container's layer, so it outlives them all.`
      : d.change === 'remove'
        ? `The volume ${shortId(d.name)} is removed with all files in it.`
        : `The volume ${shortId(d.name)} is new and empty: it gets a copy of what the image has at ${d.path}. A bind mount would not get that.`,
  'bind-source': (d) =>
    `${d.source} of your computer is read into the simulation (${plural(d.files, 'entry', 'entries')}). With a real engine the container would write to your files; here its writes stay in the simulation and your files do not change.`,
  wait: (d) => `The call is answered ${whenReached(d.condition)}; the answer holds the exit status.`,
};

/** What explanations say in English. */
export const en: Catalog = {
  sentences,
  requests: {
    ping: () => 'The client asks whether a daemon is there and which API version it speaks.',
    create: () => 'The client asks the daemon to make a container. Nothing runs yet.',
    start: () => 'The client asks the daemon to start it.',
    stop: () => 'The client asks for an orderly end.',
    kill: () => 'The client asks the daemon to send a signal.',
    restart: () => 'The client asks for a stop and a start.',
    wait: () => 'The client asks to be told the exit status when the container ends.',
    attach: () => "The connection turns from HTTP into a stream that carries the container's input and output.",
    resize: () => "The client tells the size of the terminal, so that the container's pseudo-terminal has it too.",
    logs: () => 'The client asks for what the container has written.',
    top: () => "The client asks for the container's processes.",
    inspect: () => "The client asks for the daemon's record.",
    list: () => 'The client asks for the list; the client itself knows nothing and keeps nothing.',
    remove: () => 'The client asks the daemon to remove the container.',
    'exec-create': () => 'The client registers one more command for a running container.',
    'exec-start': () => 'The command is started, and the connection becomes its input and output.',
    'exec-inspect': () => 'The client asks for the exit status of the command.',
    pull: () => 'The client asks the daemon to pull the image from a registry.',
    push: () =>
      'The client asks the daemon to push the image, and says as whom: it is the daemon that talks to registries.',
    login: () => 'The client asks the daemon to try name and password at the registry.',
    search: () => 'The client asks the daemon to search Docker Hub.',
    other: () => 'The client asks the daemon.',
  },
  terms,
  brief,
  actor: (name) => (name === 'docker' ? 'client' : name),
  labels: {
    words: 'Words',
    vm: 'a VM would',
    unknownStep: 'No sentence describes this step yet.',
    nothing: 'The engine did nothing for it.',
  },
};
