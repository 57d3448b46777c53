import { josa } from '../josa.ts';
import { bytes, shortId } from '../quantities.ts';
import type { ArchiveTexts } from './image-texts.ts';

/** 컨테이너나 아카이브로 만든 이미지 (문장). */
export const archiveSentences: ArchiveTexts = {
  'commit-layer': (d) =>
    d.digest === ''
      ? `컨테이너 ${shortId(d.container)}에서 쓴 것이 없어서 새 레이어는 생기지 않고, 설정만 새로 만들어요.`
      : `컨테이너 ${shortId(d.container)}의 쓰기 레이어(바뀐 것 ${d.changes}개, ${bytes(d.bytes)})를 아카이브로 묶어 읽기 전용 레이어로 만들어요. 레이어의 이름은 그 바이트들의 다이제스트인 ${josa(`${shortId(d.digest)}…`, '이에요/예요')}. 볼륨에 있는 것은 들어가지 않아요.`,
  'write-image': (d) =>
    d.how === 'commit'
      ? `설정을 새로 써요. 컨테이너의 설정, 한 줄 늘어난 히스토리, 레이어 ${d.layers}개가 적히고, 새 레이어 말고는 모두 바탕 이미지와 함께 써요. 설정의 다이제스트인 ${josa(shortId(d.image), '이/가')} 이미지 ID예요. 이 이미지를 어떻게 만들었는지는 남지 않아요. Dockerfile이라면 남았을 거예요.`
      : `설정을 새로 써요. 레이어 하나와 히스토리 한 줄이 적히고, --change로 준 것 말고는 설정이 없어요. 설정의 다이제스트인 ${josa(shortId(d.image), '이/가')} 이미지 ID예요.`,
  'save-images': (d) =>
    `이미지 ${d.images}개와 레이어 ${d.layers}개를 아카이브 하나(${bytes(d.bytes)})로 묶어요. 레이어와 설정과 매니페스트는 저마다 다이제스트가 이름인 파일이고, 무엇이 무엇에 속하는지는 index.json과 manifest.json이 알려 줘요. 여러 이미지가 함께 쓰는 레이어는 한 번만 들어가요.${d.rehashed.length === 0 ? '' : ` ${d.rehashed.join(', ')}의 파일은 샌드박스에서는 실제보다 짧아서, 아카이브 안에서는 레이어와 이미지의 다이제스트가 실제와 달라요. 실제 엔진에서 불러오면 이미지 ID가 달라지고, 이 샌드박스는 원래 이미지를 알아봐요.`}`,
  'load-images': (d) =>
    `데몬이 아카이브(${bytes(d.bytes)})를 풀고, 레이어마다 이미지 설정에 적힌 다이제스트와 맞는지 확인해요. 이미지 ${d.images}개에서 레이어 ${d.added}개는 이 디스크에 새로 생기고 ${d.present}개는 이미 있던 것이에요. 레지스트리에는 묻지 않아요.`,
  'export-container': (d) =>
    `컨테이너 ${shortId(d.container)}의 레이어를 하나로 합친 파일 전부를 아카이브 하나(${bytes(d.bytes)})로 묶어요. 레이어 구분과 히스토리, CMD 같은 설정은 들어가지 않고, 볼륨에 있는 것도 빠져요.`,
  'import-layer': (d) =>
    `아카이브(${bytes(d.bytes)})를 풀어서 새 이미지의 하나뿐인 레이어로 만들어요. 레이어의 다이제스트는 ${josa(`${shortId(d.digest)}…`, '이에요/예요')}.`,
};

/** 같은 것을 짧게. */
export const archiveBriefs: ArchiveTexts = {
  'commit-layer': (d) =>
    d.digest === ''
      ? '쓴 것이 없어서 새 레이어는 없고 설정만 새로 만들어요'
      : `쓰기 레이어(바뀐 것 ${d.changes}개, ${bytes(d.bytes)})가 읽기 전용 레이어 ${josa(shortId(d.digest), '이/가')} 돼요. 볼륨은 빠져요`,
  'write-image': (d) => `레이어 ${d.layers}개로 된 이미지 ${shortId(d.image)}. ID는 설정의 다이제스트예요`,
  'save-images': (d) =>
    d.rehashed.length === 0
      ? `이미지 ${d.images}개, 레이어 ${d.layers}개를 아카이브 하나로 묶어요. 파일 이름은 다이제스트예요`
      : `이미지 ${d.images}개, 레이어 ${d.layers}개를 아카이브 하나로 묶어요. ${d.rehashed.join(', ')}: 파일이 실제보다 짧아서 다이제스트가 실제와 달라요`,
  'load-images': (d) =>
    `이미지 ${d.images}개를 확인하고 풀어요. 새 레이어 ${d.added}개, 이미 있던 레이어 ${d.present}개`,
  'export-container': (d) => `모든 파일을 아카이브 하나(${bytes(d.bytes)})로 묶어요. 레이어와 설정과 볼륨은 빠져요`,
  'import-layer': (d) =>
    `${josa(bytes(d.bytes), '을/를')} 풀어 하나뿐인 레이어 ${josa(shortId(d.digest), '을/를')} 만들어요`,
};
