import type { Json } from '../kernel/json.ts';
import type { World } from '../kernel/state.ts';
import { SessionError } from './errors.ts';

/** The version of the world's shape that this program makes and understands. */
export const currentSchema = 1;

/** From the world of a version to that of the next. */
export type Migration = (world: { readonly [key: string]: Json }) => { readonly [key: string]: Json };

/** The migration at key n leads from version n to n + 1. */
export const migrations: { readonly [from: number]: Migration } = {};

/** A loaded world as this program knows it. Throws `newer`, or `damaged` when no migration leads here. */
export function migrated(loaded: Json, path: string, to = currentSchema, steps = migrations): World {
  let world = loaded as { readonly [key: string]: Json };
  const found = typeof world === 'object' && world !== null ? world.schema : undefined;
  if (typeof found !== 'number') throw new SessionError('damaged', { path, part: 'pack', detail: 'no world in it' });
  if (found > to) throw new SessionError('newer', { path, found, known: to });
  for (let version = found; version < to; version++) {
    const step = steps[version];
    if (step === undefined) {
      throw new SessionError('damaged', { path, part: 'pack', detail: `version ${version} is not known` });
    }
    world = { ...step(world), schema: version + 1 };
  }
  return world as unknown as World;
}
