import { freeOnDisk } from '../../kernel/fs/capacity.ts';
import { diff } from '../../kernel/fs/layers.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import { fileSize } from '../../kernel/fs/tree.ts';
import { second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { random } from '../../kernel/world.ts';
import { diskFull } from '../disk.ts';
import type { RemoteImage } from '../registry/remote.ts';
import { downloads, lineRate, type WantedLayer } from './download.ts';

/** When the disk will be full, after the layers have begun to come, and the engine's words for it. */
export interface Shortage {
  readonly at: Us;
  readonly error: string;
}

/**
 * What happens to layers that the disk has no room for: as archives on their way (their file is named), or when they are
 * unpacked (the file of the image is named that did not fit). Undefined when all fits. Recorded of engine 28.5.2.
 */
export function shortage(m: Machine, layers: readonly WantedLayer[], image: RemoteImage): Shortage | undefined {
  const free = freeOnDisk(m);
  if (free === undefined) return undefined;
  const missing = layers.filter(({ present }) => !present);
  const blobs = missing.reduce((sum, { size }) => sum + size, 0);
  if (blobs > free) {
    const { message } = diskFull(`/var/lib/docker/tmp/GetImageBlob${random(m)}`);
    return { at: Math.round((free * second) / lineRate), error: message };
  }
  let left = free - blobs;
  for (const { id, diskSize } of missing) {
    if (diskSize > left) {
      const { messages } = downloads(layers);
      const done = messages.find(({ message }) => message.id === id && message.status === 'Pull complete')?.at ?? 0;
      const file = fileAt(
        image.trees(),
        layers.findIndex((layer) => layer.id === id),
        left / diskSize,
      );
      return { at: done - 1, error: `failed to register layer: ${diskFull(file).message}` };
    }
    left -= diskSize;
  }
  return undefined;
}

/** A builder unpacks layers of a base that it had not got: what is said when the disk has no room for them, else nothing. */
export function unpackShortage(m: Machine, image: RemoteImage, missing: readonly { readonly disk: number }[]): string {
  const free = freeOnDisk(m);
  const bytes = missing.reduce((sum, { disk }) => sum + disk, 0);
  if (free === undefined || bytes <= free) return '';
  const trees = image.trees();
  return `failed to register layer: ${diskFull(fileAt(trees, trees.length - 1, free / bytes)).message}`;
}

/** The file of a layer that is being unpacked when this part of its bytes is on the disk. */
function fileAt(trees: readonly DirNode[], index: number, part: number): string {
  const [below, tree] = [trees[index - 1], trees[index]];
  if (!tree) return '/';
  const files = [...filesOf(below ? diff(below, tree) : tree)];
  let left = files.reduce((sum, [, size]) => sum + size, 0) * part;
  for (const [path, size] of files) {
    if (size > left) return path;
    left -= size;
  }
  return files.at(-1)?.[0] ?? '/';
}

function* filesOf(dir: DirNode, at = ''): Generator<readonly [path: string, size: number]> {
  for (const [name, node] of Object.entries(dir.entries)) {
    if (node.t === 'dir') yield* filesOf(node, `${at}/${name}`);
    else if (node.t === 'file') yield [`${at}/${name}`, fileSize(node)];
  }
}
