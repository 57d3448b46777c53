import { freeOnDisk } from '../kernel/fs/capacity.ts';
import type { Machine } from '../kernel/machine.ts';
import { random, randomHex } from '../kernel/world.ts';
import { EngineError } from './errors.ts';
import { engineState } from './state.ts';

/**
 * Bytes that images and the builder's cache take on the disk: the kernel does not see them, as the layers are no files of
 * its file systems.
 */
export function storedBytes(m: Machine): number {
  if (!m.host.services.dockerd) return 0;
  const { images, build } = engineState(m);
  const sizes = new Map<string, number>();
  for (const { layers } of Object.values(images)) for (const { chainId, size } of layers) sizes.set(chainId, size);
  for (const { layer } of Object.values(build?.records ?? {}))
    if (layer && !sizes.has(layer.chainId)) sizes.set(layer.chainId, layer.size);
  let sum = 0;
  for (const size of sizes.values()) sum += size;
  return sum;
}

/** The error of a write that the disk has no room for. */
export function diskFull(path: string): EngineError {
  return new EngineError('disk-full', 500, `write ${path}: no space left on device`);
}

/** Throws when there is no room for so much as a file of the layer `id` (recorded of engine 28.5.2 on a full disk). */
export function checkRoom(m: Machine, id: string): void {
  const free = freeOnDisk(m);
  if (free === undefined || free >= least) return;
  throw diskFull(`/var/lib/docker/overlay2/${id}/.tmp-link${random(m)}`);
}

/** A block of the disk. */
const least = 4096;

/** A build's context brings so many bytes: throws, in BuildKit's words, when they do not fit on the disk. */
export function checkContextRoom(m: Machine, bytes: number, file: string): void {
  const free = freeOnDisk(m);
  if (free === undefined || bytes <= free) return;
  const id = randomHex(m, 25);
  const { message } = diskFull(`/var/lib/docker/overlay2/${id}/diff${file}`);
  throw new EngineError('disk-full', 500, `ResourceExhausted: ${message}`);
}
