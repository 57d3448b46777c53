import type { ImageSummary } from '../../../engine/api.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { call } from '../../client.ts';
import { notSimulated } from '../../errors.ts';
import { atMost } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, listFlag, textFlag } from '../../flags/parse.ts';
import { imageHeader, imageRows, imagesFormat } from '../../format/image-row.ts';
import { listFormat, listLines } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

/** docker images: what the engine has in its store. */
export const images: Verb = {
  names: ['images', 'image ls', 'image list'],
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  flags: 'all,a digests filter,f:filter format:string no-trunc quiet,q tree',
  arity: atMost(1),
  run(client, flags, [name = '']) {
    if (boolFlag(flags, 'tree')) throw notSimulated('docker images --tree');
    const given = [...listFlag(flags, 'filter'), ...(name === '' ? [] : [`reference=${name}`])];
    const filters = filterJson(given);
    const query = {
      ...(boolFlag(flags, 'all') ? { all: '1' } : {}),
      ...(filters === undefined ? {} : { filters }),
    };
    const { now } = client.sys;
    const found = call(client, { method: 'GET', path: '/images/json', query }) as unknown as readonly ImageSummary[];
    const digests = boolFlag(flags, 'digests');
    const text = imagesFormat(textFlag(flags, 'format'), { quiet: boolFlag(flags, 'quiet'), digests });
    const options = {
      now,
      truncate: !boolFlag(flags, 'no-trunc'),
      digests: digests || text.includes('{{.Digest}}'),
    };
    const rows = found.flatMap((image) => imageRows(image, options));
    client.output.push([1, encodeUtf8(listLines(listFormat(text), imageHeader, rows))]);
    return done;
  },
};
