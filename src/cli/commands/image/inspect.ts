import { type Client, call } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { imageTypes } from '../../format/data/image-types.ts';
import { structType } from '../../format/go/structs.ts';
import type { Type } from '../../format/go/types.ts';
import type { Verb } from '../../verb.ts';
import { type Found, inspectAll } from '../inspector.ts';

/** docker image inspect: all that the engine knows of images. */
export const imageInspect: Verb = {
  names: ['image inspect'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  flags: 'format,f:string',
  arity: atLeast(1),
  run(client, flags, args) {
    return inspectAll(client, textFlag(flags, 'format'), args, (name) => findImage(client, name));
  },
};

let imageType: Type | undefined;

/** An image with its Go type. Throws CliError. */
export function findImage(client: Client, name: string): Found {
  if (name === '') throw new CliError('Error: No such image: ');
  const data = call(client, { method: 'GET', path: `/images/${encodeURIComponent(name)}/json` });
  imageType ??= structType(imageTypes(), 'InspectResponse', 'image');
  return { data, type: imageType };
}
