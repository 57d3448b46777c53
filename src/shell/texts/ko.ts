import { josa } from '../../explain/josa.ts';
import type { ShellTexts } from './texts.ts';

/** The classroom shell in Korean. */
export const ko: ShellTexts = {
  greeting:
    '도커가 설치된 시뮬레이션 컴퓨터예요. 여기서 하는 일은 진짜 컴퓨터에 아무 영향을 주지 않아요. help: 할 수 있는 일, exit: 나가기.',
  help: [
    '해 보기',
    ['docker run --rm alpine echo hello', '첫 컨테이너'],
    ['docker build -t hello projects/hello', 'Dockerfile로 이미지 만들기'],
    ['docker rm -f $(docker ps -aq)', '파이프, $( ), for, 리다이렉션을 함께 쓸 수 있어요'],
    '이해하기',
    ['why', '마지막 docker 명령의 모든 단계와 호출'],
    ['explain off|brief|full', '설명의 양을 정해요. Ctrl-O로 접고 펼쳐요'],
    ['explain docker run …', '실행하지 않고 무슨 일이 일어날지 알려 줘요'],
    ['layers IMAGE', '이미지를 레이어 층으로 보기'],
    ['net  processes  disk', '호스트의 네트워크, 프로세스, 디스크 그림'],
    ['compare nginx', '같은 일을 프로세스, 컨테이너, 가상 머신에서'],
    ['cache why [STEP]', '마지막 빌드의 단계가 왜 캐시를 썼는지(안 썼는지)'],
    ['vm', '마지막 명령이 가상 머신이었다면'],
    ['vm boot|list|stop|rm', '비교해 볼 가상 머신'],
    '되돌리기',
    ['undo  redo', '마지막 명령을 되돌리고, 다시 해요'],
    ['reset', '새 컴퓨터로 시작해요'],
    '작업하기',
    ['edit FILE', '파일 고치기 (nano, vi도 돼요)'],
    ['scenario list|run NAME', '수업'],
    ['Tab  Up  Ctrl-R', '자동 완성, 이전 명령, 이전 명령 찾기'],
    ['exit', '나가기 (Ctrl-D). 모든 것이 그대로 저장돼요'],
  ],
  folded: '설명을 접었어요. Ctrl-O로 펼쳐요.',
  unfolded: '설명을 다시 보여 드려요. Ctrl-O로 접어요.',
  foldedLine: ({ lines }) => `설명 ${lines}줄 (Ctrl-O)`,
  nothingToUnfold: '아직 설명한 것이 없어요.',
  level: {
    off: '이제 설명하지 않아요. why를 치면 언제든 볼 수 있어요.',
    brief: '명령을 짧게 설명해요.',
    full: '명령의 모든 단계를 설명해요.',
  },
  explainUsage: 'explain: off, brief, full 중 하나나, 실행하지 않고 설명만 볼 docker 명령을 써 주세요',
  editUsage: 'edit: 어떤 파일인가요? edit FILE',
  layersUsage: 'layers: 어떤 이미지인가요? layers IMAGE',
  notHere: ({ command }) =>
    `${command}: 이 셸에는 없어요. 나가서(exit) ${josa(`drydock ${command}`, '으로/로')} 써 주세요`,
  noScenario: ({ name }) =>
    `${name}: 그런 시나리오는 없어요. scenario list로 볼 수 있어요. 직접 만든 것이라면 나가서(exit) ${josa(`drydock scenario run ${name}`, '으로/로')} 시작하세요`,
  otherLesson: '이 시나리오를 먼저 마치거나 나가 주세요 (q)',
  whichShell: ({ verb, shell }) => `${verb}: ${josa(shell, '은/는')} bash, zsh, fish, powershell 중 하나가 아니에요`,
  startedAnew: '다른 곳에서 세션을 바꿨어요. 그 위에 새 셸을 열었어요.',
  openNeedsTerminal: 'shell: --open은 터미널에서 -c 없이 여는 셸에만 쓸 수 있어요',
  resetDone: '새 컴퓨터예요. undo를 치면 이전 것으로 돌아가요.',
  opened: ({ folder, path, files }) =>
    `${josa(folder, '을/를')} ${path}에 복사해 두었어요(파일 ${files}개). 무엇을 해도 진짜 폴더는 그대로예요.`,
  leftOut: ({ count }) => `${count}개는 빼 두었어요. 폴더 밖을 가리키는 링크, 장치, 읽을 수 없는 것이에요.`,
  notOpened: {
    missing: ({ folder }) => `--open: ${folder} 폴더가 없어요`,
    'no-folder': ({ folder }) => `--open: ${josa(folder, '은/는')} 폴더가 아니에요`,
    'too-large': ({ folder }) => `--open: ${josa(folder, '이/가')} 너무 커요 (64MB, 파일 10,000개까지)`,
    'bad-name': ({ folder }) => `--open: ${josa(folder, '은/는')} 홈 폴더에서 쓸 이름이 없어요`,
  },
};
