import { humanDuration } from '../../../engine/human-duration.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, call, complain, say } from '../../client.ts';
import { noArgs } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, listFlag } from '../../flags/parse.ts';
import { humanSize } from '../../format/size.ts';
import type { Turn, Verb } from '../../verb.ts';

interface Asked {
  readonly [key: string]: Json;
  readonly all: boolean;
  readonly filters: string;
  readonly typed: string;
}

/** docker builder prune: removes what builds have kept, after it has asked whether it may. */
export const builderPrune: Verb<Asked> = {
  names: ['buildx prune', 'builder prune'],
  path: 'buildx prune',
  errors: 'ERROR: ',
  usage: '',
  flags: 'all,a builder:string debug,D filter:filter force,f verbose',
  arity: noArgs,
  run(client, flags) {
    const all = boolFlag(flags, 'all');
    const filters = filterJson(listFlag(flags, 'filter')) ?? '';
    if (boolFlag(flags, 'force')) return remove(client, all, filters);
    const what = all ? 'all build cache' : 'all dangling build cache';
    const question = `WARNING! This will remove ${what}. Are you sure you want to continue? [y/N] `;
    client.output.push([1, encodeUtf8(question)]);
    return { state: { all, filters, typed: '' }, wait: { readable: [0] } };
  },
  resume(state, wake, client) {
    if (wake.on === 'signal') {
      complain(client, '');
      return { exit: 130 };
    }
    let { typed } = state;
    while (!typed.includes('\n')) {
      const got = client.sys.read(0, 1024);
      if (got === 'again') return { state: { ...state, typed }, wait: { readable: [0] } };
      if (got === 'eof' || isErrno(got)) break;
      typed += got.bytes;
    }
    const yes = typed.split('\n')[0]?.trim().toLowerCase() === 'y';
    return yes ? remove(client, state.all, state.filters) : { exit: 0 };
  },
};

interface Pruned {
  readonly CachesDeleted: readonly {
    readonly ID: string;
    readonly Size: number;
    readonly Mutable: boolean;
    readonly Shared: boolean;
    readonly LastUsedAt: string;
  }[];
  readonly SpaceReclaimed: number;
}

function remove(client: Client, all: boolean, filters: string): Turn<Asked> {
  const query = { ...(all ? { all: '1' } : {}), ...(filters === '' ? {} : { filters }) };
  const report = call(client, { method: 'POST', path: '/build/prune', query }) as unknown as Pruned;
  if (report.CachesDeleted.length > 0) say(client, 'ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED');
  for (const { ID, LastUsedAt, Mutable, Shared, Size } of report.CachesDeleted) {
    const ago = `${humanDuration((client.sys.now / 1000 - Date.parse(LastUsedAt)) * 1000)} ago`;
    const size = `${humanSize(Size)}${Shared ? '*' : ''}`;
    say(client, `${`${ID}${Mutable ? '*' : ''}`.padEnd(40)}\ttrue \t${size.padEnd(10)}\t${ago}`);
  }
  say(client, `Total:\t${humanSize(report.SpaceReclaimed)}`);
  return { exit: 0 };
}
