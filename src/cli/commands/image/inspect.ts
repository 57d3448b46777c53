import type { Json } from '../../../kernel/json.ts';
import { type Client, call } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { imageTypes } from '../../format/data/image-types.ts';
import { structType } from '../../format/go/structs.ts';
import type { Type } from '../../format/go/types.ts';
import type { Verb } from '../../verb.ts';
import { type Found, inspectAll } from '../inspector.ts';
import { platformFlag } from './save.ts';

/** docker image inspect: all that the engine knows of images. */
export const imageInspect: Verb = {
  names: ['image inspect'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  flags: 'format,f:string platform:string',
  arity: atLeast(1),
  run(client, flags, args) {
    const platform = platformFlag(textFlag(flags, 'platform'), '');
    return inspectAll(client, textFlag(flags, 'format'), args, (name) => findOne(client, name, platform));
  },
};

let imageType: Type | undefined;

/** An image with its Go type. Throws CliError. */
export function findImage(client: Client, name: string): Found {
  return findOne(client, name, undefined);
}

function findOne(client: Client, name: string, platform: string | undefined): Found {
  if (name === '') throw new CliError('Error: No such image: ');
  const query = platform === undefined ? {} : { platform };
  const data = call(client, { method: 'GET', path: `/images/${encodeURIComponent(name)}/json`, query });
  imageType ??= structType(imageTypes(), 'InspectResponse', 'image');
  return { data, type: imageType, typed: asStruct(data) };
}

const configFields =
  'User ExposedPorts Env Entrypoint Cmd Volumes WorkingDir Labels StopSignal ArgsEscaped Healthcheck OnBuild Shell';

/** An image as its Go struct is written as JSON: the configuration in its place, without what is empty in it. */
function asStruct(data: Json): Json {
  if (typeof data !== 'object' || data === null || !('Config' in data)) return data;
  const image = data as { readonly [field: string]: Json };
  const config = image.Config as { readonly [field: string]: Json };
  const kept = configFields.split(' ').filter((field) => !isEmpty(config[field]));
  const own = Object.fromEntries(kept.map((field) => [field, config[field] ?? null]));
  const parts = Object.entries(image).filter(([field]) => field !== 'Config');
  const after = parts.findIndex(([field]) => field === 'Author') + 1;
  return Object.fromEntries([...parts.slice(0, after), ['Config', own], ...parts.slice(after)]) as Json;
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
