import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Wake } from '../../kernel/program.ts';
import { type Client, call, complain, say } from '../client.ts';
import { noArgs } from '../flags/arity.ts';
import { filterJson } from '../flags/filters.ts';
import { boolFlag, type Flags, listFlag } from '../flags/parse.ts';
import { humanSize } from '../format/size.ts';
import type { Turn, Verb } from '../verb.ts';

interface PruneOptions {
  readonly names: readonly string[];
  readonly flags: string;
  readonly path: string;
  /** What would be removed, as the question says it. */
  readonly warning: (flags: Flags) => string;
  /** The answer's list of what was removed, and the line above it. */
  readonly list: string;
  /** The line for one of the list; by default the item itself. */
  readonly line?: (item: Json) => string;
  readonly title: string;
  /** Filters that the flags stand for. */
  readonly filters?: (flags: Flags) => readonly string[];
}

/** What a prune command keeps while it waits for an answer to its question. */
interface Asked {
  readonly [key: string]: Json;
  readonly filters: string;
  readonly typed: string;
}

/** A command that removes all that is not used, after it has asked whether it may. */
export function prune(options: PruneOptions): Verb<Asked> {
  return {
    names: options.names,
    usage: '[OPTIONS]',
    flags: options.flags,
    arity: noArgs,
    run(client, flags) {
      const given = [...listFlag(flags, 'filter'), ...(options.filters?.(flags) ?? [])];
      const filters = filterJson(given) ?? '';
      if (boolFlag(flags, 'force')) return remove(client, options, filters);
      client.output.push([1, encodeUtf8(`${options.warning(flags)}\nAre you sure you want to continue? [y/N] `)]);
      return { state: { filters, typed: '' }, wait: { readable: [0] } };
    },
    resume(state, wake, client) {
      return listen(client, options, state, wake);
    },
  };
}

/** Reads a line of input; `y` means yes, anything else and the end of the input mean no. */
function listen(client: Client, options: PruneOptions, state: Asked, wake: Wake): Turn<Asked> {
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
  const answer = typed.split('\n')[0]?.trim().toLowerCase();
  return answer === 'y' && typed.includes('\n') ? remove(client, options, state.filters) : { exit: 0 };
}

function remove(client: Client, { path, list, title, line = String }: PruneOptions, filters: string): Turn<Asked> {
  const query = filters === '' ? {} : { query: { filters } };
  const report = call(client, { method: 'POST', path, ...query }) as { readonly [key: string]: Json };
  const removed = (report[list] ?? []) as readonly Json[];
  if (removed.length > 0) {
    say(client, title);
    for (const item of removed) say(client, line(item));
    say(client, '');
  }
  say(client, `Total reclaimed space: ${humanSize(Number(report.SpaceReclaimed ?? 0))}`);
  return { exit: 0 };
}
