import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Json } from '../../kernel/json.ts';
import type { Wake } from '../../kernel/program.ts';
import { type Client, call, complain, say } from '../client.ts';
import { noArgs } from '../flags/arity.ts';
import { filterJson } from '../flags/filters.ts';
import { boolFlag, type Flags, listFlag } from '../flags/parse.ts';
import { humanSize } from '../format/size.ts';
import type { Turn, Verb } from '../verb.ts';
import { confirmation } from './confirm.ts';

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
  /** False: what is removed takes no space, and nothing is said about it. */
  readonly space?: boolean;
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

/** Goes on with what the user answers. */
function listen(client: Client, options: PruneOptions, state: Asked, wake: Wake): Turn<Asked> {
  const answer = confirmation(client, state.typed, wake);
  if (answer === 'yes') return remove(client, options, state.filters);
  if (answer === 'no') return { exit: 0 };
  if (answer !== 'interrupted') return { state: { ...state, typed: answer.typed }, wait: { readable: [0] } };
  complain(client, '');
  return { exit: 130 };
}

function remove(client: Client, options: PruneOptions, filters: string): Turn<Asked> {
  const { path, list, title, line = String, space = true } = options;
  const query = filters === '' ? {} : { query: { filters } };
  const report = call(client, { method: 'POST', path, ...query }) as { readonly [key: string]: Json };
  const removed = (report[list] ?? []) as readonly Json[];
  if (removed.length > 0) {
    say(client, title);
    for (const item of removed) say(client, line(item));
    say(client, '');
  }
  if (space) say(client, `Total reclaimed space: ${humanSize(Number(report.SpaceReclaimed ?? 0))}`);
  return { exit: 0 };
}
