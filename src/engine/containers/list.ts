import { type Json, second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse, ContainerSummary } from '../api.ts';
import { humanDuration } from '../human-duration.ts';
import { imageOf } from '../lookup.ts';
import { networksJson } from '../networks/json.ts';
import { linkedNames } from '../networks/links.ts';
import { listPorts } from '../ports.ts';
import { fileSystemSize, upperSize } from '../sizes.ts';
import { type Container, engineState, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { mountsJson } from '../volumes/mounts-json.ts';
import { matcher } from './filters.ts';
import { restarting } from './restart-policy.ts';

type Query = { readonly [key: string]: string };

/** GET /containers/json: newest first; running ones only, unless `all`, `limit` or a status filter asks for more. */
export function listContainers(m: Machine, query: Query): ApiResponse {
  const state = engineState(m);
  const { matches, wantsAll } = matcher(m, query.filters);
  const limit = Number(query.limit ?? 0);
  const all = query.all === '1' || wantsAll || limit > 0;
  const running = Object.keys(state.tasks);
  const alive = [...running, ...restarting(m)];
  // stopped containers are not even looked at when nobody asks for them: there can be thousands
  const candidates = all ? Object.values(state.containers) : alive.flatMap((id) => state.containers[id] ?? []);
  const sorted = candidates.filter(matches).sort(newestFirst);
  const shown = limit > 0 ? sorted.slice(0, limit) : sorted;
  step(m, 'dockerd', 'list', {
    shown: shown.length,
    running: running.length,
    total: Object.keys(state.names).length,
  });
  return {
    status: 200,
    body: shown.map((c) => ({ ...summary(m, c), ...sizes(m, c, query.size === '1') }) as unknown as Json),
  };
}

/** All containers with their sizes, the newest first. */
export function containerSummaries(m: Machine): readonly Json[] {
  const sorted = Object.values(engineState(m).containers).sort(newestFirst);
  return sorted.map((c) => ({ ...summary(m, c), ...sizes(m, c, true) }) as unknown as Json);
}

function newestFirst(a: Container, b: Container): number {
  return b.created - a.created || (a.id < b.id ? 1 : -1);
}

function summary(m: Machine, c: Container): ContainerSummary {
  const network = c.hostConfig.NetworkMode ?? 'default';
  return {
    Id: c.id,
    Names: namesOf(m, c),
    Image: imageName(m, c),
    ImageID: c.image,
    Command: commandLine(c.command),
    Created: Math.floor(c.created / second),
    Ports: listPorts(c, taskOf(m, c.id)),
    Labels: c.config.Labels ?? {},
    State: c.state.status,
    Status: statusText(m, c),
    HostConfig: { NetworkMode: network },
    NetworkSettings: { Networks: networksJson(m, c) as ContainerSummary['NetworkSettings']['Networks'] },
    Mounts: mountsJson(c).map((mount) => ({ Name: '', Driver: '', ...mount })),
  };
}

/** Its own name, and those that links have given to it. */
function namesOf(m: Machine, { id, name }: Container): readonly string[] {
  return engineState(m).linked?.[id] ? [`/${name}`, ...linkedNames(m, id)].sort() : [`/${name}`];
}

/** The name that it was made with, as long as it still means the same image. */
function imageName(m: Machine, c: Container): string {
  const name = c.config.Image ?? '';
  return imageOf(m, name)?.id === c.image ? name : c.image;
}

/** What the container wrote, and all that it sees, in bytes; only when asked for: it is a walk through its files. */
function sizes(m: Machine, c: Container, wanted: boolean): Pick<ContainerSummary, 'SizeRw' | 'SizeRootFs'> {
  return wanted ? { SizeRw: upperSize(m, c.fs), SizeRootFs: fileSystemSize(m, c.fs) } : {};
}

/** The command in one line; arguments (not the program) with blanks in them stand in quotes. */
function commandLine([program = '', ...args]: readonly string[]): string {
  return [program, ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ');
}

function healthText({ health }: Container): string {
  if (!health) return '';
  return health.status === 'starting' ? ' (health: starting)' : ` (${health.status})`;
}

/** The Status column: "Up 5 minutes", "Exited (0) 2 hours ago", … */
export function statusText(m: Machine, c: Container): string {
  const { status, startedAt = 0, finishedAt = 0, exitCode } = c.state;
  const since = (at: number): string => humanDuration(m.world.now - at);
  switch (status) {
    case 'running':
      return `Up ${since(startedAt)}${healthText(c)}`;
    case 'paused':
      return `Up ${since(startedAt)} (Paused)`;
    case 'restarting':
      return `Restarting (${exitCode}) ${since(finishedAt)} ago`;
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'created':
      return 'Created';
    default:
      return `Exited (${exitCode}) ${since(finishedAt)} ago`;
  }
}
