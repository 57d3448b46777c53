import { josa } from '../josa.ts';
import { bytes, shortId } from '../quantities.ts';
import { archiveBriefs, archiveSentences } from './archives-ko.ts';
import type { ImageTexts } from './image-texts.ts';
import { registryBriefs, registrySentences } from './registry-ko.ts';

/** 이미지에 일어나는 일 (문장). */
export const imageSentences: ImageTexts = {
  ...registrySentences,
  ...archiveSentences,
  'list-images': (d) =>
    `데몬이 자기 저장소를 살펴봐요. 이미지는 모두 ${d.total}개, 레이어는 ${d.layers}개이고 그중 이미지 ${d.shown}개를 보여 줘요. 여러 이미지가 함께 쓰는 레이어는 디스크에 한 번만 있지만, 크기는 이미지마다 더해져요.`,
  'image-history': (d) =>
    `히스토리는 이미지 설정에 적혀 있어요. ${d.rows}줄이고 레이어는 ${d.layers}개예요. 레이어가 없는 줄(0B)은 설정만 바꾼 줄이고, <missing>은 여기에서 따로 이미지로 만들지 않은 줄이라는 뜻이에요.`,
  tag: (d) =>
    `이제 이름 ${josa(d.name, '이/가')} ${josa(shortId(d.image), '을/를')} 가리켜요. 데몬의 이름 목록에 적을 뿐, 이름 때문에 복사하는 것은 없어요.`,
  untag: (d) => `데몬의 이름 목록에서 ${josa(d.name, '을/를')} 지워요. 다른 이름이 남아 있으면 이미지도 남아요.`,
  'remove-image': (d) =>
    `이미지 ${josa(shortId(d.image), '을/를')} 지워요. 디스크에서 레이어 ${d.removed}개를 지우고, 다른 이미지나 컨테이너가 쓰는 ${d.shared}개는 남겨요.`,
  'resolve-image': (d) =>
    `레지스트리 ${josa(d.registry, '이/가')} ${d.name}에 해당하는 지금의 이미지를 알려 줘요. 다이제스트는 ${josa(`${shortId(d.digest)}…`, '이에요/예요')}. 태그는 다른 이미지로 옮겨 갈 수 있지만 다이제스트는 그럴 수 없어요.`,
  'fetch-layers': (d) =>
    d.fetched === 0
      ? `${d.image}의 레이어 ${d.present}개가 이미 모두 디스크에 있어서 내려받을 것이 없어요.`
      : `${d.image}의 레이어 ${d.fetched}개를 내려받아요. 압축된 크기는 ${bytes(d.bytes)}, 디스크에서는 ${bytes(d.unpacked)}예요. ${d.present}개는 다른 이미지 덕분에 이미 있어요. 레이어마다 다이제스트가 맞는지 확인해요.`,
  'derived-image': (d) =>
    `${josa(d.name, '은/는')} 이름만 알려져 있어서, 샌드박스가 ${josa(d.from, '을/를')} 본떠 만들었어요. 레이어와 다이제스트와 크기는 실제와 달라요.`,
  info: (d) =>
    `데몬이 가진 것(컨테이너 ${d.containers}개, 이미지 ${d.images}개)을 세고, 컴퓨터에 대해서는 커널에 물어봐요. 컨테이너는 이 커널과 메모리와 CPU를 함께 써요.`,
  'disk-usage': (d) =>
    d.counted > d.bytes
      ? `데몬이 디스크에 있는 것을 더해 봐요. 이미지 ${d.images}개의 크기를 그대로 더하면 ${bytes(d.counted)}지만 실제로는 ${bytes(d.bytes)}만 차지해요. 레이어 ${d.layers}개는 여러 이미지가 함께 써도 디스크에 한 번만 있기 때문이에요. 컨테이너는 스스로 쓴 것만 셈해요.`
      : `데몬이 디스크에 있는 것을 더해 봐요. 이미지 ${d.images}개의 레이어 ${d.layers}개가 ${josa(bytes(d.bytes), '을/를')} 차지해요. 컨테이너는 이미지의 레이어를 함께 쓰니까 스스로 쓴 것만 셈해요.`,
};

/** 같은 것을 짧게. */
export const imageBriefs: ImageTexts = {
  ...registryBriefs,
  ...archiveBriefs,
  'list-images': (d) =>
    `로컬 저장소의 이미지 ${d.total}개 가운데 ${d.shown}개. 함께 쓰는 레이어는 디스크에 한 번만 있어요(모두 ${d.layers}개)`,
  'image-history': (d) => `설정에 적힌 ${d.rows}줄, 레이어 ${d.layers}개. 0B는 설정만 바꾼 줄이에요`,
  tag: (d) =>
    `이제 ${josa(d.name, '이/가')} ${josa(shortId(d.image), '을/를')} 가리켜요. 이름 때문에 복사하는 것은 없어요`,
  untag: (d) => `이름 ${josa(d.name, '을/를')} 지웠어요`,
  'remove-image': (d) =>
    `이미지 ${josa(shortId(d.image), '과/와')} 레이어 ${d.removed}개를 지웠어요. 아직 쓰는 레이어는 ${d.shared}개예요`,
  'resolve-image': (d) => `${d.registry}: 지금 ${d.name}에 해당하는 것은 ${josa(shortId(d.digest), '이에요/예요')}`,
  'fetch-layers': (d) =>
    d.fetched === 0
      ? `레이어 ${d.present}개가 이미 모두 있어요`
      : `레이어 ${d.fetched}개를 내려받아요: ${bytes(d.bytes)}, 풀면 ${bytes(d.unpacked)}. 이미 있는 것은 ${d.present}개예요`,
  'derived-image': (d) =>
    `${josa(d.name, '은/는')} ${josa(d.from, '을/를')} 본뜬 것이라 다이제스트와 크기가 실제와 달라요`,
  info: (d) => `컨테이너 ${d.containers}개, 이미지 ${d.images}개, 그리고 호스트의 커널 하나예요`,
  'disk-usage': (d) =>
    `레이어 ${d.layers}개가 디스크에 한 번씩만 있어요: ${bytes(d.bytes)}${d.counted > d.bytes ? ` (이미지 크기를 그대로 더하면 ${bytes(d.counted)})` : ''}`,
};
