import type { MissReason } from '../../engine/build/actions.ts';
import { reason as reasonEn } from '../catalog/build-en.ts';
import { reason as reasonKo } from '../catalog/build-ko.ts';
import { plural } from '../quantities.ts';

/** The words of `drydock cache why`. */
export interface CacheTexts {
  readonly heading: (d: { readonly build: string; readonly hits: number; readonly steps: number }) => string;
  readonly noBuild: string;
  readonly noStep: (d: { readonly wanted: string }) => string;
  readonly hit: string;
  readonly miss: (why: MissReason | undefined) => string;
  readonly failed: string;
  readonly notReached: string;
  readonly key: (d: { readonly key: string }) => string;
  readonly keyOf: string;
  readonly instruction: (d: { readonly instruction: string }) => string;
  readonly base: (d: { readonly base: string; readonly key: string }) => string;
  readonly noBase: string;
  readonly file: (d: { readonly path: string; readonly digest: string }) => string;
  readonly more: (d: { readonly count: number }) => string;
  readonly surroundings: string;
  readonly argument: (d: { readonly name: string; readonly value: string }) => string;
  readonly notTimes: string;
  readonly notOutside: string;
  readonly madeNow: string;
  readonly madeBefore: (d: { readonly build: string; readonly ago: string }) => string;
  readonly madeOnce: (d: { readonly ago: string }) => string;
  readonly kept: (d: { readonly layer: string; readonly size: string; readonly uses: number }) => string;
  readonly notKept: string;
}

export const cacheTextsEn: CacheTexts = {
  heading: (d) => `The last build, ${d.build}: ${d.hits} of ${plural(d.steps, 'step')} came from the cache.`,
  noBuild: 'No build has been made in this session. Try: docker build .',
  noStep: (d) => `The last build had no step ${d.wanted}. These are its steps:`,
  hit: 'HIT: its result was there already, so nothing was done.',
  miss: (why) => (why ? `MISS: it had to be done, because ${reasonEn(why)}.` : 'MISS: it had to be done.'),
  failed: 'FAILED: nothing of it was kept, so the next build tries it again.',
  notReached: 'NOT REACHED: the build ended before it.',
  key: (d) => `Key: ${d.key}`,
  keyOf: 'The key is a digest of this; where all of it is the same again, so is the key:',
  instruction: (d) => `the instruction: ${d.instruction}`,
  base: (d) => `what it stands on: ${d.base}, by its own key ${d.key}. So a new key there means a new one here`,
  noBase: 'it stands on nothing',
  file: (d) => `${d.path}: content, mode and owner, ${d.digest}`,
  more: (d) => `and ${plural(d.count, 'more file')}`,
  surroundings: 'its environment variables, its working folder and its user',
  argument: (d) => `the build argument ${d.name}=${JSON.stringify(d.value)}`,
  notTimes: 'Not in it: the times of the files. Touching a file changes nothing.',
  notOutside: 'Not in it: what the command fetches from outside, secrets, and what is in cache mounts.',
  madeNow: 'This build has made the result.',
  madeBefore: (d) => `The result was made by the build of ${d.build}, ${d.ago} ago.`,
  madeOnce: (d) => `The result was made ${d.ago} ago.`,
  kept: (d) => `It is kept as the layer ${d.layer} (${d.size}), and builds have used it ${plural(d.uses, 'time')}.`,
  notKept: 'Nothing is kept under this key.',
};

export const cacheTextsKo: CacheTexts = {
  heading: (d) => `마지막 빌드 ${d.build}: 단계 ${d.steps}개 가운데 ${d.hits}개를 캐시에서 가져왔어요.`,
  noBuild: '이 세션에서는 아직 빌드한 적이 없어요. docker build . 을 먼저 실행해 보세요.',
  noStep: (d) => `마지막 빌드에 ${d.wanted} 단계는 없어요. 있는 단계는 이래요:`,
  hit: 'HIT: 결과가 이미 있어서 아무것도 실행하지 않았어요.',
  miss: (why) => (why ? `MISS: 새로 실행했어요. ${reasonKo(why)}.` : 'MISS: 새로 실행했어요.'),
  failed: 'FAILED: 실패한 결과는 남기지 않아요. 다음 빌드에서 다시 실행해요.',
  notReached: 'NOT REACHED: 이 단계에 닿기 전에 빌드가 끝났어요.',
  key: (d) => `캐시 키: ${d.key}`,
  keyOf: '캐시 키는 아래 내용의 다이제스트예요. 모두 같으면 키도 같아요.',
  instruction: (d) => `명령: ${d.instruction}`,
  base: (d) => `바로 아래 단계(${d.base})의 키 ${d.key}. 그 키가 바뀌면 이 키도 바뀌어요`,
  noBase: '아래에 아무것도 없어요',
  file: (d) => `${d.path}: 내용, 권한, 소유자 (${d.digest})`,
  more: (d) => `그 밖의 파일 ${d.count}개`,
  surroundings: '명령의 환경 변수, 작업 폴더, 사용자',
  argument: (d) => `빌드 인자 ${d.name}=${JSON.stringify(d.value)}`,
  notTimes: '파일의 시각은 들어가지 않아요. touch만 해서는 바뀌지 않아요.',
  notOutside: '명령이 밖에서 받아 오는 것, 시크릿, 캐시 마운트 안의 내용은 들어가지 않아요.',
  madeNow: '이번 빌드가 결과를 만들었어요.',
  madeBefore: (d) => `결과는 ${d.ago} 전에 ${d.build} 빌드가 만들었어요.`,
  madeOnce: (d) => `결과는 ${d.ago} 전에 만들어졌어요.`,
  kept: (d) => `결과는 레이어 ${d.layer} (${d.size})로 남아 있고, 지금까지 빌드에서 ${d.uses}번 썼어요.`,
  notKept: '이 키로 남아 있는 결과는 없어요.',
};
