import type { MissReason } from '../../engine/build/actions.ts';
import { josa } from '../josa.ts';
import { bytes, commandLine, shortId } from '../quantities.ts';
import type { BuildBriefs, BuildTexts } from './build-texts.ts';

function listed(files: readonly string[], more: number): string {
  return `${files.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`;
}

/** 단계가 캐시에 없던 까닭, 문장으로 이어 쓸 수 있게. */
export function reason(why: MissReason): string {
  switch (why.why) {
    case 'new':
      return '같은 파일 위에서 이런 단계를 빌드한 적이 없어요';
    case 'no-cache':
      return '--no-cache를 줘서 캐시를 쓰지 않아요';
    case 'parent':
      return `앞 단계 ${why.parent} 결과가 새로 만들어졌고, 그 뒤는 모두 그 결과 위에 쌓여요`;
    case 'base':
      return `${why.from}: 베이스 이미지가 달라졌어요`;
    case 'instruction':
      return `명령이 달라졌어요. 지난번에는 ${why.before} 명령이었어요`;
    case 'argument':
      return `빌드 인자 ${variable(why.name, why.before, why.now)}`;
    case 'environment':
      return `환경 변수 ${variable(why.name, why.before, why.now)}`;
    case 'user':
      return `사용자가 ${why.before || 'root'}에서 ${josa(why.now || 'root', '으로/로')} 바뀌었어요`;
    case 'workdir':
      return `작업 디렉터리가 ${why.before}에서 ${josa(why.now, '으로/로')} 바뀌었어요`;
    case 'settings':
      return '명령은 그대로지만, 앞에 나온 명령(ARG, ENV, SHELL 등)이나 빌드 옵션이 정한 값이 달라졌어요';
    case 'files':
      return changedFiles(why);
  }
}

function variable(name: string, before: string | null, now: string | null): string {
  if (before === null) return `${name}=${JSON.stringify(now)} 값이 새로 생겼어요`;
  if (now === null) return `${name}=${JSON.stringify(before)} 값이 없어졌어요`;
  return `${name} 값이 ${JSON.stringify(before)}에서 ${josa(JSON.stringify(now), '으로/로')} 바뀌었어요`;
}

function changedFiles({ files, modes = [], more }: Extract<MissReason, { readonly why: 'files' }>): string {
  if (files.length === 0) return '파일이 바뀌었어요';
  const shown = files.map((file) => (modes.includes(file) ? `${file}(권한만)` : file));
  return `지난번과 달라진 파일은 ${josa(listed(shown, more), '이에요/예요')}`;
}

/** 빌더가 하는 일, 온전한 문장으로. */
export const buildSentences: BuildTexts = {
  'build-plan': (d) =>
    `BuildKit이 ${d.dockerfile} 내용을 그래프로 바꿔요. 스테이지 ${d.stages}개 가운데 ${d.target === '' ? '이미지' : `${d.target} 스테이지`}에 필요한 단계는 ${d.steps}개예요.${d.skipped.length > 0 ? ` 필요 없어서 빌드하지 않는 스테이지: ${d.skipped.join(', ')}.` : ''} 서로 기대지 않는 단계는 동시에 진행돼요.`,
  'build-context': (d) =>
    `빌더가 클라이언트에게서 빌드 컨텍스트를 읽어요. 항목은 ${d.files}개이고, ${d.changed.length === 0 ? '새로운 파일은 없어요' : `새로 생겼거나 바뀐 것은 ${josa(listed(d.changed, d.more), '이에요/예요')}`}. .dockerignore에 적힌 파일은 보내지도 않아요. 오간 데이터는 ${bytes(d.bytes)}예요.`,
  'cache-import': (d) =>
    d.steps === 0
      ? `--cache-from ${d.image}: BuildKit이 쓸 만한 캐시를 찾지 못했어요. --cache-to type=inline(또는 --build-arg BUILDKIT_INLINE_CACHE=1)으로 빌드한 이미지라야 어떤 단계가 레이어를 만들었는지 적혀 있어요.`
      : `--cache-from ${d.image}: 이 이미지의 설정에는 레이어를 만든 단계 ${d.steps}개가 적혀 있어요. 같은 파일 위에서 하는 같은 단계라면 이 머신에서 한 번도 실행하지 않았어도 여기서 가져오고, 이 머신에 없는 레이어는 레지스트리에서 받아요.`,
  'build-hit': (d) =>
    `HIT: ${d.step} 단계는 캐시에서 가져와요. 같은 바탕 위에서 같은 파일로 같은 명령을 실행한 적이 있어서 그때의 레이어를 그대로 써요(지금까지 ${d.uses}번 쓰였어요).`,
  'build-miss': (d) => `MISS: ${d.step} 단계는 캐시에 없어서 새로 실행해요. ${reason(d.reason)}.`,
  'build-layer': (d) =>
    `${d.step} 단계가 바꾼 것이 레이어 하나가 돼요. 파일 ${d.files}개, ${bytes(d.bytes)}예요. 레이어의 이름은 아카이브의 다이제스트 ${josa(`${shortId(d.layer)}…`, '이에요/예요')}.`,
  'build-run': (d) =>
    `RUN도 컨테이너예요. 호스트의 프로세스 ${d.pid}번이 지금까지의 레이어 위에서, 자기만의 네임스페이스 안에서 ${commandLine(d.argv)} 명령을 실행해요. docker ps에는 나오지 않고, 끝나면 파일만 남아요.`,
  'build-export': (d) =>
    `이미지는 설정과 레이어 ${d.layers}개의 목록이에요(이 Dockerfile이 만든 것은 ${d.added}개). 이미지 ID ${josa(`${shortId(d.image)}…`, '은/는')} 그 설정의 다이제스트예요.${d.names.length > 0 ? ` 이제 ${d.names.join(', ')} 이름이 이 이미지를 가리켜요.` : ' 아직 가리키는 이름이 없어요. -t를 주지 않으면 이미지에 이름이 없어요.'}`,
  'build-failed': (d) => `빌드가 여기서 끝나요: ${d.message}. 먼저 끝난 단계가 있으면 캐시에 남아요.`,
  'build-prune': (d) =>
    `빌더가 보관하던 결과 ${d.removed}개를 지워서 ${bytes(d.bytes)}를 되찾았어요. 이미지는 남지만, 다음 빌드는 그 단계를 다시 실행해야 해요.`,
};

/** 같은 내용을 짧게. */
export const buildBriefs: BuildBriefs = {
  ...buildSentences,
  'build-plan': (d) =>
    `${d.dockerfile}: 단계 ${d.steps}개로 된 그래프${d.skipped.length > 0 ? `, 필요 없는 스테이지 ${d.skipped.join(', ')}` : ''}`,
  'build-context': (d) =>
    `빌드 컨텍스트 항목 ${d.files}개${d.changed.length === 0 ? ', 새로운 것 없음' : `, 새롭거나 바뀐 것: ${listed(d.changed, d.more)}`}`,
  'cache-import': (d) =>
    `--cache-from ${d.image}: ${d.steps === 0 ? '인라인 캐시가 없어요' : `다시 쓸 수 있는 단계 ${d.steps}개`}`,
  'build-miss': (d) => `MISS ${d.step}: ${reason(d.reason)}`,
  'build-export': (d) =>
    `이미지 ${shortId(d.image)}: 레이어 ${d.layers}개, 그중 ${d.added}개가 이 Dockerfile에서 나왔어요${d.names.length > 0 ? '' : '. -t가 없어서 이름이 없어요'}`,
  'build-failed': (d) => `빌드가 여기서 끝나요: ${d.message}. 먼저 끝난 단계가 있으면 캐시에 남아요`,
  'build-prune': (d) => `캐시 결과 ${d.removed}개 삭제, ${bytes(d.bytes)} 확보. 이미지는 남아요`,
  hits: (steps) => `HIT ${steps.join(', ')}: 캐시에서 가져왔어요`,
  followers: (steps) => `MISS ${steps.join(', ')}: 앞 단계가 새로 실행돼서 그 위에 쌓이는 단계도 다시 실행해요`,
};
