import { call, inPath } from '../../client.ts';
import { atLeast } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { volumeTypes } from '../../format/data/volume-types.ts';
import { structType } from '../../format/go/structs.ts';
import type { Verb } from '../../verb.ts';
import { inspectAll } from '../inspector.ts';

/** docker volume inspect: all that the engine knows of volumes. */
export const volumeInspect: Verb = {
  names: ['volume inspect'],
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  flags: 'format,f:string',
  arity: atLeast(1),
  run(client, flags, args) {
    return inspectAll(client, textFlag(flags, 'format'), args, (name) => ({
      data: call(client, { method: 'GET', path: `/volumes/${inPath(name)}` }),
      type: structType(volumeTypes(), 'Volume', 'volume'),
    }));
  },
};
