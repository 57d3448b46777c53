import { familiarName, familiarReference, type Reference, withDefaultTag } from '../../../oci/reference.ts';
import { userOf } from '../../auth-config.ts';
import { type Client, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag } from '../../flags/parse.ts';
import { parseReference } from '../../format/reference.ts';
import { beginTransfer, goOnTransfer, type Transfer, type Transferred } from '../../streams/transfer.ts';
import { done, type Turn, type Verb } from '../../verb.ts';

/** What is kept while the engine sends the image: what is printed at the end. */
type PushState = { readonly transfer: Transfer; readonly name?: string };

/** docker push: sends an image to the registry that its name says. */
export const push: Verb = {
  names: ['push', 'image push'],
  usage: '[OPTIONS] NAME[:TAG]',
  flags: 'all-tags,a disable-content-trust quiet,q',
  arity: exactly(1),
  run(client, flags, [name = '']) {
    const { domain, path, tag, digest } = parseReference(name);
    const quiet = boolFlag(flags, 'quiet');
    const all = boolFlag(flags, 'all-tags');
    if (all && tag !== undefined) throw new CliError("tag can't be used with --all-tags/-a");
    if (digest !== undefined) throw new CliError('cannot push a digest reference');
    if (!boolFlag(flags, 'disable-content-trust', true)) {
      throw new CliError('drydock: the flag --disable-content-trust=false of docker push is not simulated');
    }
    const named: Reference = { domain, path, ...(tag === undefined ? {} : { tag }) };
    const reference = all ? named : withDefaultTag(named);
    if (tag === undefined && !all && !quiet) say(client, 'Using default tag: latest');
    const username = userOf(client, domain);
    const request = {
      method: 'POST' as const,
      path: `/images/${familiarName(reference)}/push`,
      ...(reference.tag === undefined ? {} : { query: { tag: reference.tag } }),
      ...(username === undefined ? {} : { auth: { username } }),
    };
    const begun = beginTransfer(client, request, quiet ? null : 1);
    return settle(client, begun, quiet ? familiarReference(reference) : undefined) as Turn;
  },
  resume(state, _wake, client) {
    const { transfer, name } = state as unknown as PushState;
    return settle(client, goOnTransfer(client, transfer), name) as Turn;
  },
};

function settle(client: Client, now: Transferred, name: string | undefined): unknown {
  if ('transfer' in now) {
    return { state: { transfer: now.transfer, ...(name === undefined ? {} : { name }) }, wait: now.wait };
  }
  if (name !== undefined) say(client, name);
  return done;
}
