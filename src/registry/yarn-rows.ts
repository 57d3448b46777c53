import { digestOf } from '../oci/digest.ts';
import type { RecordedImage, RecordedLayer, RecordedRow } from './recorded.ts';

/** The last release of Node.js whose images bring Yarn 1 (docker-node's README, "Yarn v1 Classic bundling"). */
const lastWithYarn = 25;
const yarnVersion = '1.22.22';
/** Compressed bytes of the layer with Yarn. */
const yarnSize = 1_256_766;
const isYarnRow = ({ instruction }: RecordedRow): boolean => /yarn/i.test(instruction);

/**
 * An image of Node.js with the rows for Yarn if its release brings it, and without them if not: a derived image takes its
 * rows from a recorded one, which may be of a release on the other side of the change. Others are returned as they are.
 */
export function settleYarn(image: RecordedImage): RecordedImage {
  const release = Number(
    image.env
      .find((item) => item.startsWith('NODE_VERSION='))
      ?.slice(13)
      .split('.')[0] ?? Number.NaN,
  );
  if (Number.isNaN(release)) return image;
  const has = image.history.some(isYarnRow);
  if (release <= lastWithYarn) return has ? image : added(image);
  return has ? removed(image) : image;
}

function removed(image: RecordedImage): RecordedImage {
  const filled = image.history.filter(({ emptyLayer }) => !emptyLayer);
  return {
    ...image,
    env: image.env.filter((item) => !item.startsWith('YARN_VERSION=')),
    history: image.history.filter((row) => !isYarnRow(row)),
    layers: image.layers.filter((_, i) => {
      const row = filled[i];
      return row === undefined || !isYarnRow(row);
    }),
  };
}

/** Yarn's rows come after the one that unpacks Node.js. */
function added(image: RecordedImage): RecordedImage {
  const at = image.history.findIndex(({ instruction, emptyLayer }) => !emptyLayer && /\bARCH=/.test(instruction)) + 1;
  const before = image.history[at - 1];
  if (before === undefined) return image;
  const { created } = before;
  const rows: readonly RecordedRow[] = [
    { created, instruction: `ENV YARN_VERSION=${yarnVersion}`, emptyLayer: true },
    {
      created,
      instruction:
        'RUN set -ex && export GNUPGHOME="$(mktemp -d)" && for key in 6A010C5166006599AA17F08146C2130DFD2497F5 ; …',
      emptyLayer: false,
    },
  ];
  const layer: RecordedLayer = { digest: digestOf('layer of yarn'), size: yarnSize };
  const below = image.history.slice(0, at).filter(({ emptyLayer }) => !emptyLayer).length;
  return {
    ...image,
    env: [...image.env, `YARN_VERSION=${yarnVersion}`],
    history: [...image.history.slice(0, at), ...rows, ...image.history.slice(at)],
    layers: [...image.layers.slice(0, below), layer, ...image.layers.slice(below)],
  };
}
