import { bytes, cpus, grouped, kindNames, plural, shortRelease, signalOfStatus } from '../quantities.ts';
import { buildBriefs } from './build-en.ts';
import type { BriefTexts } from './catalog.ts';
import { whenReached } from './details-en.ts';
import { hostBriefs } from './hosts-en.ts';
import { imageBriefs } from './images-en.ts';
import { isolationBriefs } from './isolation-en.ts';
import { machineBriefs } from './machine-en.ts';
import { networkBriefs } from './networks-en.ts';
import { programBriefs } from './programs-en.ts';
import { vmBriefs } from './vm-en.ts';
import { watchBriefs } from './watch-en.ts';

/** The brief narration in English. */
export const brief: BriefTexts = {
  layer: (d) =>
    `a writable layer on the ${d.layers === 1 ? 'one read-only layer' : `${d.layers} read-only layers`} of ${d.image} (${d.driver})`,
  layerAgain: 'its layers are mounted again: what it wrote before is still there',
  namespaces: (d) => {
    const limits = [
      d.memoryMax === undefined ? '' : `${bytes(d.memoryMax)} memory`,
      d.cpuMax === undefined ? '' : `${cpus(d.cpuMax)} CPU`,
      d.pidsMax === undefined ? '' : plural(d.pidsMax, 'PID'),
    ].filter((limit) => limit !== '');
    const made = d.kinds.length === 0 ? [] : [`${plural(d.kinds.length, 'new namespace')}: ${kindNames(d.kinds)}`];
    return [...made, ...(limits.length > 0 ? [`cgroup limit ${limits.join(', ')}`] : [])].join('; ');
  },
  confine: (d) =>
    [
      d.pivoted ? 'own / (pivot_root)' : '',
      d.hostname === undefined ? '' : `hostname ${d.hostname}`,
      d.dropped === undefined ? '' : `${d.dropped} capabilities dropped`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  network: (d) =>
    [
      d.address === undefined ? '' : `veth pair to ${d.bridge}, ${d.address}`,
      d.ports.map(({ from, to }) => `${from} → ${to}`).join(', '),
    ]
      .filter((part) => part !== '')
      .join('; '),
  program: (d) => `${d.path}: PID 1 inside, PID ${d.pid} on this host, same kernel ${shortRelease(d.release)}`,
  join: (d) =>
    `${d.program} joins ${plural(d.namespaces, 'namespace')} of ${d.container} (setns), no new container: PID ${d.inside} inside, ${d.pid} here${
      d.ended === undefined ? '' : `; ended with ${d.ended}`
    }`,
  stop: (d) => {
    const asked = `${d.signal} to PID 1 of ${d.container}`;
    if (d.overdue)
      return `${asked}; it was not gone after ${d.timeout} s${d.ignored ? ' (no handler: PID 1 ignores it)' : ''}, so SIGKILL`;
    return `${asked}, which has ${d.timeout} s to end`;
  },
  kill: (d) => `${d.signal} to PID 1 of ${d.container} (PID ${d.pid} on this host)`,
  ignoredByPid1: (d) => `${d.signal} has no effect: PID 1 has no handler for it, so the kernel drops it`,
  end: (d) => {
    const number = signalOfStatus(d.code);
    const by = d.oom ? ' (out of memory: SIGKILL)' : d.signal && number ? ` = 128 + ${number} (${d.signal})` : '';
    return `PID 1 of ${d.name} ended: status ${d.code}${by}; ${d.removed ? 'its layer is removed' : 'its files stay until docker rm'}`;
  },
  removed: (d) => `${d.names.join(', ')}: writable layer, settings and log deleted; the image stays`,
  list: (d) =>
    d.shown === d.total
      ? `from the daemon's records: ${plural(d.total, 'container')}, ${d.running} running`
      : `from the daemon's records: ${d.shown} shown, ${d.running} running, ${d.total} in all (ps -a)`,
  inspect: (d) => `the daemon's record of ${d.kind} ${d.name}: settings, state, addresses`,
  log: (d) =>
    `PID 1's output, kept by ${d.driver}: ${plural(d.entries, 'entry', 'entries')}${d.follow ? ', then new ones' : ''}`,
  top: (d) => `ps on the host, this container only: ${plural(d.processes, 'process', 'processes')}, host PIDs`,
  attach: (d) =>
    `joined to PID 1's ${d.stdin ? 'input and output' : 'output'}${d.tty ? ' on its terminal' : ''}; nothing new is started`,
  freeze: (d) =>
    d.frozen
      ? 'cgroup frozen: the processes stay in memory but get no processor time'
      : 'cgroup thawed: the processes go on where they stood',
  planRestart: (d) => `restart policy ${d.policy}: it starts again in ${d.delay / 1000} ms`,
  rename: (d) => `${d.from} is ${d.to} now; id and process stay`,
  diff: (d) => `writable layer against the image: ${plural(d.changes, 'change')}`,
  update: (d) => `${d.settings.join(', ')}${d.running ? ', at once in the running cgroup' : ', from its next start'}`,
  prune: (d) => `${plural(d.removed, d.kind)} removed, ${bytes(d.bytes)} free again`,
  copy: (d) =>
    `${plural(d.files, 'entry', 'entries')} ${d.direction === 'in' ? 'unpacked into' : 'packed from'} ${d.path}${d.running ? '' : '; no process is needed for that'}`,
  volume: (d) =>
    d.change === 'create'
      ? `volume ${d.name}: a folder of the host, outlives its containers`
      : d.change === 'remove'
        ? `volume ${d.name} and its files removed`
        : `new volume ${d.name}: filled with what the image has at ${d.path}`,
  bindSource: (d) =>
    `your ${d.source} read (${plural(d.files, 'entry', 'entries')}); writes stay in the simulation, your files do not change`,
  images: imageBriefs,
  builds: buildBriefs,
  networks: networkBriefs,
  watch: watchBriefs,
  programs: programBriefs,
  isolation: isolationBriefs,
  machines: vmBriefs,
  hosts: hostBriefs,
  guests: machineBriefs,
  wait: (d) => `answers with the exit status ${whenReached(d.condition)}`,
  copyUp: (d) =>
    d.count === 1
      ? `${d.path} copied up into the writable layer before its first change`
      : `${d.count} files copied up into the writable layer before a change (${d.path}, …)`,
  budget: (d) => `stopped after ${grouped(d.ops)} operations; the machine goes on at the next command`,
  vm: (d) =>
    `reserve ${bytes(d.plan.memory)} of memory and a ${bytes(d.plan.disk)} disk, run firmware and loader, boot a second kernel (${shortRelease(d.plan.release)}) and services, then ${d.program}`,
  why: 'every step, with the calls',
  more: (d) => `${plural(d.count, 'more line')}: see drydock why`,
};
