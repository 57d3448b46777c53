import { josa } from '../josa.ts';
import { bytes, grouped } from '../quantities.ts';
import type { Messages } from './texts.ts';

/** drydock's own messages in Korean. */
export const ko: Messages = {
  undone: ({ command, steps }) =>
    `되돌렸어요: ${command} (${steps > 0 ? `${steps}단계 더 되돌릴 수 있어요` : '더 되돌릴 것은 없어요'}. 다시 하려면 drydock redo)`,
  redone: ({ command, steps }) =>
    `다시 했어요: ${command} (${steps > 0 ? `${steps}단계 더 다시 할 수 있어요` : '더 다시 할 것은 없어요'})`,
  resetDone: ({ session }) => `${session} 세션을 새 컴퓨터로 다시 시작해요. 예전 것은 drydock undo로 되살릴 수 있어요.`,
  historyHeading: '되돌릴 수 있는 명령 (최근 것부터):',
  historyEmpty: '이 세션에서 아직 한 일이 없어요.',
  sessionEntry: ({ name, current, saved }) =>
    `${current ? '*' : ' '} ${name}${current ? ' (사용 중)' : ''}${saved === undefined ? ', 아직 시작 안 함' : `, 저장: ${saved}`}`,
  sessionMade: ({ name }) => `${name} 세션을 만들었어요. 컴퓨터가 따로 있어요.`,
  sessionUsed: ({ name }) => `이제 ${name} 세션을 써요.`,
  sessionRemoved: ({ name, current }) => `${name} 세션을 지웠어요. 지금 쓰는 세션은 ${josa(current, '이에요/예요')}.`,
  problem: {
    busy: ({ path, pid }) => `프로세스 ${josa(String(pid), '이/가')} 이 세션을 쓰는 중이에요 (잠금 파일 ${path})`,
    damaged: ({ path, detail }) => `${path} 파일이 손상됐어요 (${detail}). 아무것도 바꾸거나 지우지 않았어요`,
    newer: ({ path, found, known }) =>
      `${josa(path, '은/는')} 더 새로운 drydock이 저장했어요 (형식 ${found}, 이 버전은 ${known}까지). 아무것도 바꾸지 않았어요`,
    older: ({ path, found, known }) =>
      `${josa(path, '은/는')} 이전 drydock이 저장했어요 (형식 ${found}, 이 버전은 ${known}). 실행 중이던 프로그램을 이어 갈 수 없어서 열지 못해요. 아무것도 바꾸지 않았어요`,
    'no-space': ({ path }) => `디스크에 ${josa(path, '을/를')} 쓸 공간이 없어요. 이 명령 전의 상태는 그대로 있어요`,
    'read-only': ({ path }) => `${path}에 쓸 수 없어요. 읽기 전용 파일 시스템이에요`,
    denied: ({ path }) => `${josa(path, '을/를')} 쓸 권한이 없어요`,
    failed: ({ path, errno }) => `${josa(path, '을/를')} 사용할 수 없어요 (${errno})`,
    'no-session': ({ name }) => `그런 세션이 없어요: ${name}`,
    'session-exists': ({ name }) => `${josa(name, '이라/라')}는 세션이 이미 있어요`,
    'bad-name': ({ name }) => `세션 이름으로 쓸 수 없어요: "${name}" (영문자, 숫자, "-", "_", ".", 64자까지)`,
    'nothing-to-undo': () => '되돌릴 것이 없어요',
    'nothing-to-redo': () => '다시 할 것이 없어요',
  },
  remedy: {
    undo: 'drydock undo (전 상태로 돌아가기)',
    reset: 'drydock reset (이 세션을 새 컴퓨터로 시작하기)',
    'session list': 'drydock session list',
    'session new': 'drydock session new NAME 다음에 drydock session use NAME',
    upgrade: '최신 drydock 설치하기',
    'try again': '다시 시도하기',
    'free space': '디스크에 공간을 만들고 다시 시도하기',
    'check permissions': '폴더의 소유자와 권한 확인하기',
    'set DRYDOCK_HOME': 'DRYDOCK_HOME을 쓸 수 있는 폴더로 정하기',
  },
  tryThis: ({ remedies }) => `해 볼 일: ${remedies.join(' / ')}`,

  suspended: ({ minutes }) =>
    `컴퓨터가 한동안 절전 상태였어요. 노트북이 잠들었을 때처럼, 안에서는 시간이 ${minutes > 0 ? `${minutes}분만` : '덜'} 흘렀어요.`,
  nowRealTime: '안에서 한 시간이 흘렀어요. 이제부터는 실제 시간에 맞춰 진행해요 (끝내려면 Ctrl-C).',
  outOfSteps: ({ steps }) =>
    `${grouped(steps)}단계를 실행하고도 끝나지 않아서 멈췄어요. 끝나지 않는 프로그램 같아요. 컴퓨터는 멀쩡하고, 다음 명령은 여기서부터 이어져요.`,
  outputLimit: ({ bytes: count }) => `출력이 ${josa(bytes(count), '을/를')} 넘어서 나머지는 생략해요.`,
  takenBack: '다른 터미널에서 drydock undo로 이 명령을 되돌렸어요.',
  sessionGone: '다른 터미널에서 이 세션을 새로 시작했거나 지웠어요.',
  machineOff: '가상 머신이 꺼져서 그 안에서 실행하던 것도 모두 끝났어요.',
  waitingKey: ({ seconds }) => `진짜 엔진처럼 ${seconds}초 기다려요. 아무 키나 누르면 건너뛰어요`,
  portInside: ({ port }) =>
    `포트 ${josa(String(port), '은/는')} 시뮬레이션 안에서만 응답해요: drydock shell -c 'curl localhost:${port}'`,

  whyNothing: '아직 설명할 것이 없어요. 먼저 명령을 실행해 보세요. 예: drydock run alpine echo hi',
  whyHeading: ({ command }) => `이 명령으로 일어난 일: ${command}`,
  explainHeading: ({ command }) => `이 명령을 실행하면 일어날 일: ${command} (아무것도 바꾸지 않았어요)`,
  explainOpen: '여기서 입력이나 다른 쪽을 기다리며 계속 실행될 거예요.',
  explainStatus: ({ status }) => `종료 상태는 ${josa(String(status), '이/가')} 될 거예요.`,
  scenario: {
    over: ({ session }) =>
      `여기까지예요. 따로 마련한 컴퓨터(${session} 세션)에서 재생했고, 여러분의 컴퓨터는 그대로예요. drydock shell로 이어서 해 보세요.`,
    pace: '아무 키나 누르면 계속, q는 그만',
    choose: '무엇을 재생할까요?',
    unreadable: ({ file }) => `${josa(file, '을/를')} 읽을 수 없어요`,
    wrong: {
      'too-long': ({ file }) => `${josa(file, '은/는')} 스크립트로는 너무 길어요 (256 KiB까지)`,
      'too-many': ({ file, line }) => `${file}:${line}: 명령이 1000개를 넘어요`,
      binary: ({ file, line }) => `${file}:${line}: 일반 텍스트 스크립트가 아니에요`,
    },
  },
  registry: {
    wrong: {
      'bad-address': ({ address }) => `포트가 있는 주소가 아니에요: "${address}" (예: 127.0.0.1:5000)`,
      'not-local': ({ address }) => `${address}: 이 컴퓨터의 주소가 아니에요`,
      'port-taken': ({ address }) => `${address}에서 이미 다른 프로그램이 기다리고 있어요`,
      'no-process': () => '컴퓨터에서 프로세스를 더 시작할 수 없어요',
    },
  },
  badLanguage: ({ value }) => `"${value}" 언어는 몰라요. en이나 ko를 쓰세요`,
  badLevel: ({ value }) => `"${value}" 단계는 없어요. off, brief, full 가운데 하나를 쓰세요`,
  unknownVerb: ({ verb }) => `그런 명령은 없어요: drydock ${verb}`,
  didYouMean: ({ words }) => `혹시 이 명령인가요? ${words.join(', ')}`,
  tooManyArguments: ({ verb }) => `인자가 너무 많아요: drydock ${verb} --help`,
  argumentNeeded: ({ verb, argument }) =>
    `drydock ${verb}에는 ${josa(argument, '이/가')} 필요해요: drydock ${verb} --help`,
  notSimulated: ({ what }) => `drydock은 ${josa(what, '을/를')} 흉내 내지 않아요`,
  internalError: ({ detail }) => `drydock 자체의 오류예요: ${detail}. 세션은 바뀌지 않았어요.`,

  help: {
    about: '진짜로 실행하는 것 없이 Docker를 연습해요. Docker 엔진이 들어 있는 가상의 리눅스 컴퓨터예요.',
    usage: 'drydock [--explain LEVEL] [--lang LANG] [--plain] COMMAND',
    ownCommands: 'drydock의 명령',
    ownOptions: 'drydock의 옵션 (명령 앞에 적어요)',
    environment: '환경 변수',
    verbs: {
      why: '마지막 명령 설명하기: 모든 단계와 그 뒤의 호출, 뜻',
      undo: '무언가를 바꾼 마지막 명령 전으로 돌아가기',
      redo: '되돌린 것을 다시 하기',
      reset: '새 컴퓨터로 다시 시작하기 (되돌릴 수 있어요)',
      session: '서로 떨어져 있는 컴퓨터들',
      'session list': '세션 목록 보기',
      'session new': '세션 만들기',
      'session use': '명령을 내릴 세션 고르기',
      'session rm': '세션과 그 컴퓨터 지우기',
      registry: '시뮬레이션 컴퓨터에 있는, Docker Hub 말고 다른 레지스트리',
      'registry serve': '빈 개인 레지스트리를 주소 하나에서 시작해요 (registry serve 127.0.0.1:5000)',
      explain: '도커 명령을 실행하지 않고 무엇을 할지만 설명하기 (explain -- docker run …)',
      layers: '이미지의 레이어: 명령마다 더한 것, 가린 것, 함께 쓰는 이미지',
      net: '네트워크 그림: 브리지, 컨테이너, 주소, 게시한 포트, 누가 누구에게 닿는지',
      processes: '호스트의 프로세스 트리. 컨테이너의 프로세스와 안에서 본 PID까지',
      cache: '빌더가 남겨 둔 결과: 단계를 왜 다시 썼는지, 왜 새로 실행했는지',
      'cache why': '마지막 빌드의 한 단계: 캐시 키, 키에 들어간 것, 결과를 만든 빌드',
      disk: '디스크를 차지하는 것: 함께 쓰는 레이어, 쓰기 가능한 레이어, 로그, 볼륨, 빌드 캐시',
      scenario: '따로 마련한 컴퓨터에서 한 단계씩 배우는 시나리오',
      'scenario play': '따로 마련한 컴퓨터에서 시나리오나 스크립트 재생하기',
      'scenario list': '배울 수 있는 시나리오와 진행 상황',
      'scenario run': '시나리오 시작하기, 이어서 하기 (명령을 파이프로 넣어도 돼요)',
      'scenario check': '지금 단계에서 아직 빠진 것 보기',
      'scenario hint': '지금 단계의 다음 힌트 보기',
      'scenario solve': '지금 단계를 대신 풀기',
      'scenario reset': '시나리오를 처음부터 다시 시작하기',
      'scenario lint': '시나리오 파일에서 잘못된 곳을 줄과 칸으로 보기',
      'scenario new': '채워 넣을 시나리오 만들기',
      tour: '둘러보기 재생: 이미지, 컨테이너, 빌드, 가상 머신',
      vm: '가상 호스트 위의 가상 머신: boot, list, shell, stop, rm',
      shell: '가상 호스트의 명령줄 (-c COMMAND는 명령 하나만 실행)',
    },
    flags: {
      '--explain': 'stderr에 설명하는 정도: off, brief, full (기본값 brief)',
      '--lang': '설명과 힌트의 언어: en, ko (기본값: 로캘)',
      '--plain': 'ASCII만 쓰기: 그림 문자, 색, 다시 그리기 없음',
      '--version': '버전 보기',
      '--help': '도움말 보기',
    },
    variables: {
      DRYDOCK_HOME: '세션을 저장하는 곳. 다른 곳에는 쓰지 않아요',
      DRYDOCK_EXPLAIN: '--explain과 같아요',
      DRYDOCK_LANG: '--lang과 같아요',
      NO_COLOR: '값이 있으면 색을 쓰지 않아요',
    },
  },
};
