import { familiarName } from '../../../oci/reference.ts';
import { call, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { between } from '../../flags/arity.ts';
import { boolFlag, listFlag, textFlag } from '../../flags/parse.ts';
import { parseReference } from '../../format/reference.ts';
import { done, type Verb } from '../../verb.ts';
import { containerName } from '../each.ts';

/** docker commit: an image of what a container has written, on its own image. */
export const commit: Verb = {
  names: ['commit', 'container commit'],
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  flags: 'author,a:string change,c:list message,m:string pause,p',
  arity: between(1, 2),
  run(client, flags, [container = '', name = '']) {
    const wanted = containerName(container);
    const query = {
      author: textFlag(flags, 'author') ?? '',
      comment: textFlag(flags, 'message') ?? '',
      container: decodeURIComponent(wanted),
      ...nameQuery(name),
      ...(boolFlag(flags, 'pause', true) ? {} : { pause: '0' }),
    };
    const body = { changes: listFlag(flags, 'change') };
    const made = call(client, { method: 'POST', path: '/commit', query, body }) as { readonly Id: string };
    say(client, made.Id);
    return done;
  },
};

function nameQuery(name: string): { readonly repo: string; readonly tag: string } {
  if (name === '') return { repo: '', tag: '' };
  const { digest, tag = 'latest', ...reference } = parseReference(name);
  if (digest !== undefined) throw new CliError('refusing to create a tag with a digest reference');
  return { repo: familiarName(reference), tag };
}
