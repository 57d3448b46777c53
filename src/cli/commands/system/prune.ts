import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, call, complain, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { noArgs } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, listFlag } from '../../flags/parse.ts';
import { humanSize } from '../../format/size.ts';
import type { Turn, Verb } from '../../verb.ts';
import { confirmation } from '../confirm.ts';
import { prunedLine } from '../image/rm.ts';

/** What a prune keeps while it waits for an answer to its question. */
interface Asked {
  readonly [key: string]: Json;
  readonly all: boolean;
  readonly volumes: boolean;
  readonly filters: readonly string[];
  readonly typed: string;
}

/** docker system prune: removes all that is not used, after it has asked whether it may. */
export const systemPrune: Verb<Asked> = {
  names: ['system prune'],
  usage: '[OPTIONS]',
  flags: 'all,a filter:filter force,f volumes',
  arity: noArgs,
  run(client, flags) {
    const asked: Asked = {
      all: boolFlag(flags, 'all'),
      volumes: boolFlag(flags, 'volumes'),
      filters: listFlag(flags, 'filter'),
      typed: '',
    };
    if (asked.volumes && asked.filters.some((filter) => filter.startsWith('until='))) {
      throw new CliError('ERROR: The "until" filter is not supported with "--volumes"');
    }
    if (boolFlag(flags, 'force')) return removeAll(client, asked);
    client.output.push([1, encodeUtf8(question(asked))]);
    return { state: asked, wait: { readable: [0] } };
  },
  resume(state, wake, client) {
    const answer = confirmation(client, state.typed, wake);
    if (answer === 'yes') return removeAll(client, state);
    if (answer === 'no') return { exit: 0 };
    if (answer !== 'interrupted') return { state: { ...state, typed: answer.typed }, wait: { readable: [0] } };
    complain(client, '');
    return { exit: 130 };
  },
};

function question({ all, filters, volumes }: Asked): string {
  const warnings = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ];
  const lines = ['WARNING! This will remove:', ...warnings.map((warning) => `  - ${warning}`), ''];
  const given = filters.filter((filter) => filter !== '');
  if (given.length > 0) {
    lines.push('  Items to be pruned will be filtered with:', ...given.sort().map((filter) => `  - ${filter}`), '');
  }
  return `${lines.join('\n')}\nAre you sure you want to continue? [y/N] `;
}

interface Part {
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  /** The answer's list of what was removed, and the line above it. */
  readonly list: string;
  readonly title: string;
  readonly line?: (item: Json) => string;
}

function removeAll(client: Client, { all, filters, volumes }: Asked): Turn<Asked> {
  const asked = (more: readonly string[] = []): { readonly [name: string]: string } => {
    const text = filterJson([...filters, ...more]);
    return text === undefined ? {} : { filters: text };
  };
  // the builder knows nothing of labels
  const cache = filterJson(filters.filter((filter) => filter.startsWith('until=')));
  const parts: readonly Part[] = [
    { path: '/containers/prune', query: asked(), list: 'ContainersDeleted', title: 'Deleted Containers:' },
    { path: '/networks/prune', query: asked(), list: 'NetworksDeleted', title: 'Deleted Networks:' },
    ...(volumes ? [{ path: '/volumes/prune', query: asked(), list: 'VolumesDeleted', title: 'Deleted Volumes:' }] : []),
    {
      path: '/images/prune',
      query: asked([`dangling=${!all}`]),
      list: 'ImagesDeleted',
      title: 'Deleted Images:',
      line: prunedLine,
    },
    {
      path: '/build/prune',
      query: { ...(all ? { all: '1' } : {}), ...(cache === undefined ? {} : { filters: cache }) },
      list: 'CachesDeleted',
      title: 'Deleted build cache objects:',
      line: cacheId,
    },
  ];
  const reclaimed = parts.reduce((sum, part) => sum + remove(client, part), 0);
  say(client, `Total reclaimed space: ${humanSize(reclaimed)}`);
  return { exit: 0 };
}

/** Prunes one kind of things and prints what went; returns the bytes that are free now. */
function remove(client: Client, { path, query, list, title, line = String }: Part): number {
  const report = call(client, { method: 'POST', path, query }) as { readonly [key: string]: Json };
  const removed = (report[list] ?? []) as readonly Json[];
  if (removed.length > 0) {
    say(client, title);
    for (const item of removed) say(client, line(item));
    say(client, '');
  }
  return Number(report.SpaceReclaimed ?? 0);
}

/** What the builder removed is listed with all that is known of it by some callers, by its id alone here. */
function cacheId(item: Json): string {
  return typeof item === 'object' && item !== null && 'ID' in item ? String(item.ID) : String(item);
}
