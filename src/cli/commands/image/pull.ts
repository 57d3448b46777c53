import { familiarName, formatReference, withDefaultTag } from '../../../oci/reference.ts';
import { userOf } from '../../auth-config.ts';
import type { Client } from '../../client.ts';
import { say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { parseReference } from '../../format/reference.ts';
import { beginTransfer, goOnTransfer, type Transfer, type Transferred } from '../../streams/transfer.ts';
import { done, type Turn, type Verb } from '../../verb.ts';

/** What is kept while the engine brings the image: what is printed at the end. */
type PullState = { readonly transfer: Transfer; readonly name: string };

/** docker pull: brings an image out of a registry. */
export const pull: Verb<PullState> = {
  names: ['pull', 'image pull'],
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  flags: 'all-tags,a disable-content-trust platform:string quiet,q',
  arity: exactly(1),
  run(client, flags, [name = '']) {
    const given = parseReference(name);
    const bare = given.tag === undefined && given.digest === undefined;
    const quiet = boolFlag(flags, 'quiet');
    const all = boolFlag(flags, 'all-tags');
    if (all && !bare) throw new CliError("tag can't be used with --all-tags/-a");
    const { domain, path, tag, digest } = given;
    const named = {
      domain,
      path,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
    };
    const reference = all ? named : withDefaultTag(named);
    if (bare && !all && !quiet) say(client, 'Using default tag: latest');
    const platform = textFlag(flags, 'platform');
    const query = {
      fromImage: familiarName(reference),
      ...(all ? {} : { tag: digest ?? reference.tag ?? '' }),
      ...(platform ? { platform } : {}),
    };
    const username = userOf(client, domain);
    const auth = username === undefined ? {} : { auth: { username } };
    const begun = beginTransfer(client, { method: 'POST', path: '/images/create', query, ...auth }, quiet ? null : 1);
    return settle(client, begun, formatReference(reference));
  },
  resume({ transfer, name }, _wake, client) {
    return settle(client, goOnTransfer(client, transfer), name);
  },
};

function settle(client: Client, now: Transferred, name: string): Turn<PullState> {
  if ('transfer' in now) return { state: { transfer: now.transfer, name }, wait: now.wait };
  say(client, name);
  return done;
}
