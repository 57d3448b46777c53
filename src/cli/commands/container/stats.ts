import type { ContainerSummary } from '../../../engine/api.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, call } from '../../client.ts';
import { ApiError, joinErrors } from '../../errors.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { type Reading, statsFormat, statsHeader, statsRow } from '../../format/stats-row.ts';
import { listFormat, listLines } from '../../format/table.ts';
import { done, type Turn, type Verb } from '../../verb.ts';
import { containerName } from '../each.ts';

/** Between the two readings that a percentage of processor time needs, and between two pictures, µs. */
const pause = 1_000_000;

interface StatsState {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly stream: boolean;
  readonly truncate: boolean;
  readonly format: string;
  readonly until: number;
  /** The last readings, by how the containers were called. */
  readonly before: { readonly [name: string]: Reading };
}

/** docker stats: what the containers use of processor, memory and network, again and again or once. */
export const stats: Verb = {
  names: ['stats', 'container stats'],
  usage: '[OPTIONS] [CONTAINER...]',
  flags: 'all,a format:string no-stream no-trunc',
  arity: { kind: 'at-least', count: 0 },
  run(client, flags, names) {
    const state = {
      names,
      all: boolFlag(flags, 'all'),
      stream: !boolFlag(flags, 'no-stream'),
      truncate: !boolFlag(flags, 'no-trunc'),
      format: textFlag(flags, 'format') ?? '',
    };
    listFormat(statsFormat(state.format));
    return wait(client, { ...state, before: readAll(client, state) });
  },
  resume(json, wake, client) {
    const state = json as unknown as StatsState;
    const { until } = state;
    if (wake.on !== 'time' && client.sys.now < until) return { state: json, wait: { until } };
    const now = readAll(client, state);
    const rows = Object.entries(now).map(([name, reading]) =>
      statsRow(name, reading, state.before[name] ?? reading, state.truncate),
    );
    const text = listLines(listFormat(statsFormat(state.format)), statsHeader, rows);
    client.output.push([1, encodeUtf8(state.stream ? picture(text) : text)]);
    return state.stream ? wait(client, { ...state, before: now }) : done;
  },
};

function wait(client: Client, state: Omit<StatsState, 'until'>): Turn {
  const until = client.sys.now + pause;
  return { state: { ...state, until } as unknown as Json, wait: { until } };
}

/** Goes to the top of the screen, and wipes behind each line; the text itself comes twice, as from the real client. */
function picture(text: string): string {
  const shown = `\x1b[H${text}`;
  const wiped = shown.split('\n').map((line) => `${line} \x1b[K\n`);
  return `${shown}${wiped.join('')}\x1b[J`;
}

/** Reads the counters of the containers that are named, or of all that run. One that went away meanwhile is left out. */
function readAll(
  client: Client,
  state: Pick<StatsState, 'names' | 'all'> & { before?: object },
): {
  readonly [name: string]: Reading;
} {
  const { names, all, before } = state;
  const found = new Map<string, Reading>();
  const missing: string[] = [];
  for (const name of names.length > 0 ? names : listed(client, all)) {
    try {
      const path = `/containers/${containerName(name)}/stats`;
      const query = { stream: '0' };
      found.set(name, call(client, { method: 'GET', path, query }) as unknown as Reading);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      if (before === undefined) missing.push(error.message);
    }
  }
  const refusal = joinErrors(missing);
  if (refusal) throw refusal;
  return Object.fromEntries(found);
}

function listed(client: Client, all: boolean): readonly string[] {
  const query = all ? { query: { all: '1' } } : {};
  const list = call(client, { method: 'GET', path: '/containers/json', ...query });
  return (list as unknown as readonly ContainerSummary[]).map(({ Id }) => Id.slice(0, 12));
}
