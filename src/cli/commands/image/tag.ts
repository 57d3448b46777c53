import {
  familiarName,
  InvalidReference,
  parseReference,
  type Reference,
  withDefaultTag,
} from '../../../oci/reference.ts';
import { call, inPath } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { isImageId } from '../../format/reference.ts';
import { done, type Verb } from '../../verb.ts';

/** docker tag: one more name for an image. */
export const tag: Verb = {
  names: ['tag', 'image tag'],
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  flags: '',
  arity: exactly(2),
  run(client, _flags, [source = '', target = '']) {
    if (!isImageId(source.replace(/^sha256:/, ''))) parse(source);
    const reference = parse(target);
    if (reference.digest !== undefined) throw new CliError('refusing to create a tag with a digest reference');
    const query = { repo: familiarName(reference), tag: withDefaultTag(reference).tag ?? '' };
    call(client, { method: 'POST', path: `/images/${inPath(source)}/tag`, query });
    return done;
  },
};

function parse(text: string): Reference {
  try {
    return parseReference(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new CliError(`Error parsing reference: "${text}" is not a valid repository/tag: ${error.message}`);
  }
}
