import type { DiskPicture } from '../../engine/system/disk-picture.ts';
import { wrap } from '../width.ts';
import { type Branch, drawBranches, onPage } from './branches.ts';
import { type DiskTexts, diskTextsEn, diskTextsKo } from './disk-texts.ts';
import type { ViewOptions } from './options.ts';

/** No list goes on for longer than this. */
const mostRows = 20;
const shownNames = 3;

/** What lies on the engine's disk: layers and who shares them, writable layers and logs, volumes, what builds have kept. */
export function diskView(picture: DiskPicture, options: ViewOptions): string[] {
  const texts = options.lang === 'ko' ? diskTextsKo : diskTextsEn;
  const { cache, containers, shared, volumes } = picture;
  const sizes = options.size;
  const parts: Branch[][] = [[imagesBranch(picture, texts, sizes)]];
  if (shared.length > 0) parts.push([sharedBranch(picture, texts, sizes)]);
  if (containers.length > 0) parts.push([containersBranch(picture, texts, sizes)]);
  if (volumes.length > 0) parts.push([volumesBranch(picture, texts, sizes)]);
  if (cache.records > 0) {
    const { own, records } = cache;
    parts.push([{ text: texts.cache({ records, own: sizes(own), shared: sizes(cache.shared) }) }]);
  }
  const lines = parts.flatMap((part) => [...drawBranches(part, options), '']);
  return [...lines, ...wrap(onPage(texts.howToFree, options.plain), options.width)];
}

type Sizes = ViewOptions['size'];

function imagesBranch({ counted, images, layersBytes }: DiskPicture, texts: DiskTexts, size: Sizes): Branch {
  const twice = counted - layersBytes;
  return {
    text: texts.layersHeading({ size: size(layersBytes), images: images.length }),
    notes: twice > 0 ? [texts.countedTwice({ counted: size(counted), saved: size(twice) })] : [],
    children: capped(images, texts, ({ bytes, containers, name, shared }) => ({
      text:
        shared > 0
          ? texts.image({ name, size: size(bytes), own: size(bytes - shared), shared: size(shared) })
          : texts.imageAlone({ name, size: size(bytes) }),
      notes: [containers > 0 ? texts.users({ containers }) : texts.unused],
    })),
  };
}

function sharedBranch({ shared }: DiskPicture, texts: DiskTexts, size: Sizes): Branch {
  return {
    text: texts.sharedHeading,
    children: capped(shared, texts, ({ bytes, images, layer }) => ({
      text: texts.sharedLayer({
        layer: layer.replace(/^sha256:/, '').slice(0, 12),
        size: size(bytes),
        images: images.slice(0, shownNames),
        more: Math.max(0, images.length - shownNames),
      }),
    })),
  };
}

function containersBranch({ containers }: DiskPicture, texts: DiskTexts, size: Sizes): Branch {
  const all = containers.reduce((sum, { written }) => sum + written, 0);
  const largest = containers.toSorted((a, b) => b.written + b.log - (a.written + a.log));
  return {
    text: texts.containersHeading({ size: size(all), containers: containers.length }),
    children: capped(largest, texts, ({ log, name, running, written }) => ({
      text: texts.container({ name, size: size(written), running }),
      notes: log > 0 ? [texts.log({ size: size(log) })] : [],
    })),
  };
}

function volumesBranch({ volumes }: DiskPicture, texts: DiskTexts, size: Sizes): Branch {
  const all = volumes.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = volumes.toSorted((a, b) => b.bytes - a.bytes);
  return {
    text: texts.volumesHeading({ size: size(all), volumes: volumes.length }),
    children: capped(largest, texts, ({ bytes, name, users }) => ({
      text: texts.volume({ name: /^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name, size: size(bytes) }),
      notes: [users.length > 0 ? texts.volumeUsers({ names: users }) : texts.volumeFree],
    })),
  };
}

function capped<T>(rows: readonly T[], texts: DiskTexts, branch: (row: T) => Branch): readonly Branch[] {
  const shown = rows.slice(0, mostRows).map(branch);
  return rows.length > mostRows ? [...shown, { text: texts.more({ more: rows.length - mostRows }) }] : shown;
}
