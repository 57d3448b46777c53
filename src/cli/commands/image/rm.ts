import type { Json } from '../../../kernel/json.ts';
import { type Client, call, complain, inPath, say } from '../../client.ts';
import { ApiError, CliError, joinErrors } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { boolFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';

/** docker rmi: takes names of images away, and with the last name the image. */
export const rmi: Verb = {
  names: ['rmi', 'image rm', 'image remove'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  flags: 'force,f no-prune',
  arity: atLeast(1),
  run(client, flags, args) {
    const force = boolFlag(flags, 'force');
    const query = { ...(force ? { force: '1' } : {}), ...(boolFlag(flags, 'no-prune') ? { noprune: '1' } : {}) };
    const errors: string[] = [];
    // with --force a missing image is only mentioned
    let failed = false;
    for (const name of args) {
      try {
        remove(client, name, query);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        failed ||= !(force && error instanceof ApiError && error.status === 404);
        errors.push(error.message);
      }
    }
    const problem = joinErrors(errors);
    if (problem && failed) throw problem;
    if (problem) complain(client, problem.message);
    return done;
  },
};

function remove(client: Client, name: string, query: { [key: string]: string }): void {
  if (name === '') throw new CliError('Error response from daemon: page not found');
  const removed = call(client, { method: 'DELETE', path: `/images/${inPath(name)}`, query });
  for (const item of removed as readonly Json[]) say(client, removedLine(item));
}

function removedLine(item: Json): string {
  const { Untagged, Deleted } = item as { readonly Untagged?: string; readonly Deleted?: string };
  return Deleted === undefined ? `Untagged: ${Untagged}` : `Deleted: ${Deleted}`;
}

/** The same line as `docker image prune` has it. */
export function prunedLine(item: Json): string {
  const line = removedLine(item);
  return line.charAt(0).toLowerCase() + line.slice(1);
}
