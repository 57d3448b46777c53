import { parsePlatform } from '../../../engine/images/platform.ts';
import { call } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';
import { archiveOutput } from '../archive-output.ts';

/** docker save: images as one archive. */
export const save: Verb = {
  names: ['save', 'image save'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  flags: 'output,o:string platform:string',
  arity: atLeast(1),
  run(client, flags, names) {
    const platform = platformFlag(textFlag(flags, 'platform'));
    const output = archiveOutput(client, textFlag(flags, 'output') ?? '', 'failed to save image');
    const query = platform === undefined ? {} : { platform };
    const request = { method: 'GET', path: '/images/get', query, body: { names: [...names] } } as const;
    const { parts } = call(client, request) as { readonly parts: readonly string[] };
    output.write(parts);
    return done;
  },
};

/** A platform in its full form (`linux/amd64`), if one is given. Throws CliError. */
export function platformFlag(text: string | undefined, before = 'invalid platform: '): string | undefined {
  if (!text) return undefined;
  const platform = parsePlatform(text);
  if (typeof platform === 'string') throw new CliError(`${before}${platform}`);
  const { os, architecture, variant } = platform;
  return `${os}/${architecture}${variant ? `/${variant}` : ''}`;
}
