import { familiarName, formatReference, withDefaultTag } from '../../../oci/reference.ts';
import { ask, checked, say } from '../../client.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { progressLines } from '../../format/progress.ts';
import { parseReference } from '../../format/reference.ts';
import { done, type Verb } from '../../verb.ts';

/** What is kept while the engine brings the image: what is printed at the end. */
type PullState = { readonly quiet: boolean; readonly name: string };

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
    if (boolFlag(flags, 'all-tags')) {
      if (!bare) throw new CliError("tag can't be used with --all-tags/-a");
      throw notSimulated('docker pull --all-tags');
    }
    const { domain, path, tag, digest } = given;
    const reference = withDefaultTag({
      domain,
      path,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
    });
    if (bare && !quiet) say(client, 'Using default tag: latest');
    const platform = textFlag(flags, 'platform');
    const query = {
      fromImage: familiarName(reference),
      tag: digest ?? reference.tag ?? '',
      ...(platform ? { platform } : {}),
    };
    const answer = ask(client, { method: 'POST', path: '/images/create', query });
    if (!('job' in answer)) return done;
    return { state: { quiet, name: formatReference(reference) }, wait: { job: answer.job } };
  },
  resume(state, wake, client) {
    if (wake.on !== 'job') return done;
    const { body } = checked(wake.reply);
    if (!state.quiet) for (const line of progressLines(body)) say(client, line);
    say(client, state.name);
    return done;
  },
};
