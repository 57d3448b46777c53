import type { Native } from './machine.ts';
import { langNatives } from './natives-lang.ts';
import { listNatives } from './natives-list.ts';
import { mapNatives } from './natives-map.ts';
import { numberNatives } from './natives-number.ts';
import { orderNatives } from './natives-order.ts';
import { streamNatives } from './natives-stream.ts';
import { textNatives } from './natives-text.ts';

const all = [langNatives, textNatives, listNatives, mapNatives, numberNatives, orderNatives, streamNatives];

/** A built-in method of the library by its class and name (`java/lang/Math.abs`), or with its descriptor. */
export function native(key: string): Native | undefined {
  for (const some of all) if (Object.hasOwn(some, key)) return some[key];
  return undefined;
}
