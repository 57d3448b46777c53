import { type Actions, all, first, type KnownStep } from './actions.ts';
import { buildText, buildTopic, isBuildStep, ofBuild } from './catalog/build-texts.ts';
import type { BriefTexts, EndBrief } from './catalog/catalog.ts';
import { textOf } from './catalog/families.ts';
import { isHostStep } from './catalog/host-texts.ts';
import { isImageStep } from './catalog/image-texts.ts';
import { isIsolationStep } from './catalog/isolation-texts.ts';
import { isMachineStep } from './catalog/machine-texts.ts';
import { isNetworkStep } from './catalog/network-texts.ts';
import { isProgramStep } from './catalog/program-texts.ts';
import { isWatchStep } from './catalog/watch-texts.ts';
import { bareAddress, commandLine, shortId } from './quantities.ts';
import { requestKind, shortPath } from './requests.ts';

/** One line of the brief narration, before layout. The lightest go first when there is no room for all. */
export interface BriefLine {
  readonly actor: string;
  readonly text: string;
  readonly weight: number;
}

/**
 * Steps that belong together, in the order in which each group began. A group's key begins with its topic; steps that the
 * brief narration passes over are in none.
 */
export function topics(steps: readonly KnownStep[]): Map<string, KnownStep[]> {
  const groups = new Map<string, KnownStep[]>();
  let stopping: string | undefined;
  for (const step of ofBuild(steps)) {
    if (step.action === 'stop-signal') stopping = `stop:${step.data.container}`;
    const key = topicOf(step, groups, stopping);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(step);
    else groups.set(key, [step]);
  }
  return clientFirst(groups);
}

/** A call is told with its status, so after what was done for it; a person reads first what was asked. */
function clientFirst(groups: Map<string, KnownStep[]>): Map<string, KnownStep[]> {
  const requests = groups.get('request');
  return requests ? new Map([['request', requests], ...groups]) : groups;
}

function topicOf(step: KnownStep, groups: Map<string, KnownStep[]>, stopping: string | undefined): string | undefined {
  switch (step.action) {
    case 'request':
      return requestKind(step.data.method, step.data.path) === 'ping' ? undefined : 'request';
    case 'mount':
      return step.data.type === 'overlay' ? 'layer' : undefined;
    case 'create-layer':
      return 'layer';
    case 'unshare':
    case 'runc-init':
    case 'cgroup':
      return 'namespaces';
    case 'pivot_root':
    case 'sethostname':
    case 'drop-privileges':
      return 'confine';
    case 'veth':
    case 'nat':
    case 'docker-proxy':
      return 'network';
    case 'execve':
      return step.data.inside === 1 && step.data.pid !== 1 ? 'program' : undefined;
    case 'exec-join':
      return `join:${step.data.pid}`;
    case 'exit':
      return groups.has(`join:${step.data.pid}`) ? `join:${step.data.pid}` : undefined;
    case 'stop-signal':
    case 'stop-timeout':
      return `stop:${step.data.container}`;
    case 'kill':
      return `kill:${step.data.container}:${step.data.signal}`;
    case 'signal':
      return step.data.effect === 'ignored-by-pid-1' ? (stopping ?? 'ignored') : undefined;
    case 'container-exit':
      return `end:${step.data.container}`;
    case 'remove-container':
      return groups.has(`end:${step.data.container}`) ? `end:${step.data.container}` : 'removed';
    case 'list':
    case 'inspect':
    case 'read-log':
    case 'top':
    case 'attach':
    case 'wait':
    case 'freeze':
    case 'rename':
    case 'diff':
    case 'update':
    case 'prune':
    case 'copy':
    case 'plan-restart':
    case 'copy-up':
    case 'budget':
      return step.action;
    case 'volume':
      return `volume:${step.data.name}:${step.data.change}`;
    case 'bind-source':
      return `bind-source:${step.data.source}`;
    default:
      if (isBuildStep(step)) return buildTopic(step);
      if (step.action === 'vm-stage') return `vm-stage:${step.actor}`;
      if (isMachineStep(step)) return `${step.action}:${step.at}`;
      if (step.action.startsWith('vm-')) return step.action;
      if (step.action === 'untag') return `untag:${step.data.name}`;
      if (isProgramStep(step) || isHostStep(step)) return step.action;
      if (isIsolationStep(step)) return `${step.action}:${step.at}`;
      return isImageStep(step) || isWatchStep(step) || isNetworkStep(step) ? step.action : undefined;
  }
}

/** The line, or lines, of one group. */
export function topicLines(key: string, steps: readonly KnownStep[], texts: BriefTexts): BriefLine[] {
  const line = (actor: string, text: string, weight = 5): BriefLine[] => (text === '' ? [] : [{ actor, text, weight }]);
  const one = steps[0];
  switch (key.replace(/:.*$/s, '')) {
    case 'request':
      // a refusal or a pull is news, the usual calls are not
      return line('docker', requestsText(steps), all(steps, 'request').some(isNews) ? 8 : 2);
    case 'layer': {
      const layer = first(steps, 'create-layer');
      return line('dockerd', layer ? texts.layer(layer) : texts.layerAgain, 4);
    }
    case 'namespaces':
      return line('runc', namespacesText(steps, texts), 7);
    case 'confine':
      return line('runc', confineText(steps, texts), 3);
    case 'network':
      return line('dockerd', networkText(steps, texts), 6);
    case 'program':
      return programs(steps).flatMap((program) => line('kernel', texts.program(program), 9));
    case 'join':
      return line('runc', joinText(steps, texts), 8);
    case 'stop':
      return line('dockerd', stopText(steps, texts), 6);
    case 'kill': {
      const kill = first(steps, 'kill');
      return kill ? line('dockerd', texts.kill({ ...kill, container: shortId(kill.container) }), 6) : [];
    }
    case 'ignored': {
      const signal = first(steps, 'signal');
      return signal ? line('kernel', texts.ignoredByPid1(signal), 6) : [];
    }
    case 'end':
      return endOf(steps).flatMap((end) => line('shim', texts.end(end), 8));
    case 'removed':
      return line('dockerd', texts.removed({ names: all(steps, 'remove-container').map((d) => d.name) }));
    case 'vm-stage': {
      const last = all(steps, 'vm-stage').at(-1);
      return last && one ? line(one.actor, texts.machines.stages[one.actor]?.(last) ?? '', 6) : [];
    }
    case 'copy-up': {
      const copies = all(steps, 'copy-up');
      return line('kernel', texts.copyUp({ path: copies[0]?.path ?? '', count: copies.length }), 1);
    }
    default:
      if (one && isBuildStep(one)) {
        const { text, weight } = buildText(steps, texts.builds);
        return line(one.actor, text, weight);
      }
      return one ? readerLine(one, texts) : [];
  }
}

function readerLine(step: KnownStep, texts: BriefTexts): BriefLine[] {
  const line = (text: string, actor = 'dockerd') => [{ actor, text, weight: 5 }];
  if (isImageStep(step)) return line(textOf(texts.images, step), step.actor);
  if (isWatchStep(step)) return line(textOf(texts.watch, step));
  if (isProgramStep(step)) return line(textOf(texts.programs, step), step.actor);
  if (isIsolationStep(step)) return line(textOf(texts.isolation, step), step.actor);
  if (isHostStep(step)) return line(textOf(texts.hosts, step), step.actor);
  if (isMachineStep(step)) return line(textOf(texts.guests, step), step.actor);
  if (isNetworkStep(step)) return line(textOf(texts.networks, step));
  switch (step.action) {
    case 'list':
      return line(texts.list(step.data));
    case 'inspect':
      return line(texts.inspect({ ...step.data, name: shortId(step.data.name) }));
    case 'read-log':
      return line(texts.log(step.data));
    case 'top':
      return line(texts.top(step.data));
    case 'attach':
      return line(texts.attach(step.data));
    case 'wait':
      return line(texts.wait(step.data));
    case 'freeze':
      return line(texts.freeze(step.data));
    case 'plan-restart':
      return line(texts.planRestart(step.data));
    case 'rename':
      return line(texts.rename(step.data));
    case 'diff':
      return line(texts.diff(step.data));
    case 'update':
      return line(texts.update(step.data));
    case 'prune':
      return line(texts.prune(step.data));
    case 'copy':
      return line(texts.copy(step.data));
    case 'volume':
      return line(texts.volume({ ...step.data, name: shortId(step.data.name) }));
    case 'bind-source':
      return line(texts.bindSource(step.data));
    case 'vm-power-on':
      return line(texts.machines.powerOn(step.data), step.actor);
    case 'vm-power-off':
      return line(texts.machines.powerOff(step.data), step.actor);
    case 'vm-list':
      return line(texts.machines.list(step.data), step.actor);
    case 'vm-remove':
      return line(texts.machines.remove(step.data), step.actor);
    case 'budget':
      return line(texts.budget(step.data), 'drydock');
    default:
      return [];
  }
}

function isNews(call: Actions['request']): boolean {
  return call.status >= 400 || requestKind(call.method, call.path) === 'pull';
}

/** The calls in order. Where there are many, those that only watch are left out, and equal ones are counted. */
function requestsText(steps: readonly KnownStep[]): string {
  const calls = all(steps, 'request');
  const telling = calls.filter(
    (call) =>
      call.status >= 400 || !['attach', 'wait', 'resize', 'exec-inspect'].includes(requestKind(call.method, call.path)),
  );
  const counted = new Map<string, number>();
  for (const call of telling.length > 0 ? telling : calls) {
    const text = `${call.method} ${shortPath(call.path)} → ${call.status}`;
    counted.set(text, (counted.get(text) ?? 0) + 1);
  }
  const texts = [...counted].map(([text, count]) => (count === 1 ? text : `${text} (×${count})`));
  return texts.length > 4 ? `${texts.slice(0, 4).join(', ')}, …` : texts.join(', ');
}

function namespacesText(steps: readonly KnownStep[], texts: BriefTexts): string {
  const unshared = all(steps, 'unshare').flatMap((d) => d.kinds);
  const kinds = unshared.length > 0 ? unshared : all(steps, 'runc-init').flatMap((d) => d.namespaces);
  const { memoryMax, cpuMax, pidsMax } = first(steps, 'cgroup') ?? {};
  return texts.namespaces({
    kinds: [...new Set(kinds)],
    ...(memoryMax === undefined ? {} : { memoryMax }),
    ...(cpuMax === undefined ? {} : { cpuMax }),
    ...(pidsMax === undefined ? {} : { pidsMax }),
  });
}

function confineText(steps: readonly KnownStep[], texts: BriefTexts): string {
  const hostname = first(steps, 'sethostname')?.name;
  const dropped = first(steps, 'drop-privileges')?.dropped;
  return texts.confine({
    pivoted: first(steps, 'pivot_root') !== undefined,
    ...(hostname === undefined ? {} : { hostname }),
    ...(dropped === undefined ? {} : { dropped }),
  });
}

function networkText(steps: readonly KnownStep[], texts: BriefTexts): string {
  const veth = first(steps, 'veth');
  const udp = new Set(all(steps, 'nat').flatMap((d) => (d.proto === 'udp' ? [`${d.hostIp}:${d.hostPort}`] : [])));
  const ports = new Map<string, string>();
  for (const { hostIp, hostPort, toIp, toPort } of [...all(steps, 'nat'), ...all(steps, 'docker-proxy')]) {
    const from = `${hostIp}:${hostPort}`;
    ports.set(from, `${toIp}:${toPort}${udp.has(from) ? '/udp' : ''}`);
  }
  return texts.network({
    ...(veth ? { address: bareAddress(veth.address), bridge: veth.bridge } : {}),
    ports: [...ports].map(([from, to]) => ({ from, to })),
  });
}

/** The first programs of the containers (a second execve of the same process is not a new one). */
function programs(steps: readonly KnownStep[]) {
  const byPid = new Map<number, { path: string; pid: number; release: string }>();
  for (const { path, pid, release } of all(steps, 'execve'))
    if (!byPid.has(pid)) byPid.set(pid, { path, pid, release });
  return [...byPid.values()].slice(0, 3);
}

function joinText(steps: readonly KnownStep[], texts: BriefTexts): string {
  const join = first(steps, 'exec-join');
  const ended = first(steps, 'exit')?.code;
  if (!join) return '';
  return texts.join({
    container: shortId(join.container),
    pid: join.pid,
    inside: join.inside,
    namespaces: join.namespaces.length,
    program: commandLine(join.argv.slice(0, 1)),
    ...(ended === undefined ? {} : { ended }),
  });
}

function stopText(steps: readonly KnownStep[], texts: BriefTexts): string {
  const asked = first(steps, 'stop-signal');
  const over = first(steps, 'stop-timeout');
  const { container = '', timeout = 0 } = asked ?? over ?? {};
  return texts.stop({
    container: shortId(container),
    signal: asked?.signal ?? 'SIGTERM',
    timeout,
    ignored: all(steps, 'signal').some((d) => d.signal === asked?.signal),
    overdue: over !== undefined,
  });
}

function endOf(steps: readonly KnownStep[]): EndBrief[] {
  const end = all(steps, 'container-exit').at(-1);
  if (!end) return [];
  const { name, code, oom, signal } = end;
  const removed = first(steps, 'remove-container') !== undefined;
  return [{ name, code, oom, removed, ...(signal === undefined ? {} : { signal }) }];
}

/** The program that the run was for, as people call it. */
export function mainProgram(steps: readonly KnownStep[]): string | undefined {
  const program = programs(
    steps.filter((step) => step.action === 'execve' && step.data.inside === 1 && step.data.pid !== 1),
  )[0];
  return program?.path.replace(/^.*\//s, '');
}
