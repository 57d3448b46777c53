import { humanSize, parseSize } from '../../cli/format/size.ts';
import { engineState } from '../../engine/state.ts';
import { josa } from '../../explain/josa.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { ImageCheck } from '../schema/check.ts';
import { fits } from '../schema/parts.ts';
import { both, joined, type Text } from '../text.ts';
import { imagesFor } from './reference.ts';
import { fileIn, filesOf, type Verdict, type View } from './view.ts';

/** Is there an image of which all of this is so? */
export function checkImage(check: ImageCheck, { m }: View): Verdict {
  const judged = imagesFor(m, check.image).map((image) => missingOf(check, m, image));
  const [nearest] = judged.sort((a, b) => a.length - b.length);
  if (!nearest) {
    const { image } = check;
    return { ok: false, says: both(`there is no image ${image}`, `${image} 이미지가 없어요`) };
  }
  if (nearest.length === 0)
    return { ok: true, says: both(`there is the image ${check.image}`, `${check.image} 이미지가 있어요`) };
  const missing = joined(nearest, both(', and ', ', '));
  return {
    ok: false,
    says: both(`there is an image ${check.image}, but ${missing.en}`, `${check.image} 이미지는 있지만 ${missing.ko}`),
  };
}

function missingOf(check: ImageCheck, m: Machine, image: Image): readonly Text[] {
  const missing: Text[] = [];
  const size = image.layers.reduce((sum, layer) => sum + layer.size, 0);
  if (check.below !== undefined && size >= parseSize(check.below, 1000))
    missing.push(both(`it takes ${humanSize(size)}`, `크기가 ${humanSize(size)}예요`));
  if (check.layers !== undefined && image.layers.length > check.layers)
    missing.push(both(`it has ${image.layers.length} layers`, `레이어가 ${image.layers.length}개예요`));
  const trees = treesOf(m, image);
  const top = trees.at(-1);
  if (check.file !== undefined && !(top && fileIn({ root: top, inodes: {} }, check.file)))
    missing.push(both(`it has no ${check.file}`, `${josa(check.file, '이/가')} 없어요`));
  const { lacks, secret, history } = check;
  missing.push(...kinOf(check, m, image), ...settingsOf(check, image));
  if (lacks !== undefined) {
    const layer = trees.findIndex((root) => fileIn({ root, inodes: {} }, lacks) !== undefined);
    if (layer >= 0)
      missing.push(
        both(`${lacks} is in its layer ${layer + 1}`, `${layer + 1}번째 레이어에 ${josa(lacks, '이/가')} 있어요`),
      );
  }
  if (secret !== undefined) {
    const place = secretPlace(image, trees, secret);
    if (place)
      missing.push(both(`"${secret}" is in ${place.en}`, `${josa(`"${secret}"`, '이/가')} ${place.ko}에 있어요`));
  }
  if (history !== undefined && !image.history.some(({ createdBy }) => createdBy.includes(history)))
    missing.push(both(`its history does not have "${history}"`, `히스토리에 ${josa(`"${history}"`, '이/가')} 없어요`));
  return missing;
}

/** Which images it stands on, and is. */
function kinOf({ onto, same }: ImageCheck, m: Machine, image: Image): readonly Text[] {
  const missing: Text[] = [];
  const bases = onto === undefined ? [] : imagesFor(m, onto);
  const stands = bases.some(
    ({ layers }) => layers.length > 0 && layers.every(({ chainId }, i) => image.layers[i]?.chainId === chainId),
  );
  if (onto !== undefined && bases.length === 0)
    missing.push(both(`${onto} is not here to compare with`, `비교할 ${onto} 이미지가 없어요`));
  else if (onto !== undefined && !stands)
    missing.push(both(`it does not stand on ${onto}`, `${onto} 이미지 위에 만든 것이 아니에요`));
  if (same !== undefined && !imagesFor(m, same).some(({ id }) => id === image.id))
    missing.push(both(`it is another image than ${same}`, `${josa(same, '과/와')} 다른 이미지예요`));
  return missing;
}

function settingsOf({ env = [], user, runs }: ImageCheck, { config }: Image): readonly Text[] {
  const missing = env.flatMap(([name, value]): Text[] => {
    const set = config.Env.findLast((each) => each.startsWith(`${name}=`));
    if (set === undefined) return [both(`it does not set ${name}`, `환경 변수 ${josa(name, '을/를')} 정하지 않아요`)];
    return fits(value, set.slice(name.length + 1))
      ? []
      : [both(`it sets ${set}`, `환경 변수가 ${josa(set, '이에요/예요')}`)];
  });
  if (user !== undefined && (config.User || 'root') !== user)
    missing.push(both(`it runs as ${config.User || 'root'}`, `${config.User || 'root'} 사용자로 실행돼요`));
  const line = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].join(' ');
  if (runs !== undefined && !line.includes(runs))
    missing.push(
      line === ''
        ? both('it has no command', '실행할 명령이 없어요')
        : both(`its command is ${line}`, `실행할 명령이 ${josa(line, '이에요/예요')}`),
    );
  return missing;
}

/** The files after each layer, from the lowest up: what a layer hides is still in the one before. */
function treesOf(m: Machine, image: Image): readonly DirNode[] {
  const { layers } = engineState(m);
  return image.layers.flatMap(({ chainId }) => layers[chainId]?.tree ?? []);
}

function secretPlace(image: Image, trees: readonly DirNode[], secret: string): Text | undefined {
  const bytes = encodeUtf8(secret);
  if (image.history.some(({ createdBy }) => createdBy.includes(secret))) return both('its history', '히스토리');
  if (JSON.stringify(image.config).includes(JSON.stringify(secret).slice(1, -1))) return both('its settings', '설정');
  for (const [i, tree] of trees.entries()) {
    for (const [path, data] of filesOf(tree)) {
      if (data.includes(bytes)) return both(`${path} of layer ${i + 1}`, `${i + 1}번째 레이어의 ${path}`);
    }
  }
  return undefined;
}
