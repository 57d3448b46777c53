import type { Json } from '../kernel/json.ts';
import type { World } from '../kernel/state.ts';
import { SessionError } from './errors.ts';

/** The version of the world's shape that this program makes and understands. */
export const currentSchema = 2;

/** From the world of a version to that of the next. */
export type Migration = (world: { readonly [key: string]: Json }) => { readonly [key: string]: Json };

/**
 * The migration at key n leads from version n to n + 1. There is none from 1: programs that run keep their own state in
 * the world, and that of shells, servers and network endpoints of then is not that of now.
 */
export const migrations: { readonly [from: number]: Migration } = {};

/** A loaded world as this program knows it. Throws `newer`; `older` when no migration leads here; `damaged`. */
export function migrated(loaded: Json, path: string, to = currentSchema, steps = migrations): World {
  let world = loaded as { readonly [key: string]: Json };
  const found = typeof world === 'object' && world !== null ? world.schema : undefined;
  if (typeof found !== 'number') throw new SessionError('damaged', { path, part: 'pack', detail: 'no world in it' });
  if (found > to) throw new SessionError('newer', { path, found, known: to });
  for (let version = found; version < to; version++) {
    const step = steps[version];
    if (step === undefined) throw new SessionError('older', { path, found, known: to });
    world = { ...step(world), schema: version + 1 };
  }
  return world as unknown as World;
}
