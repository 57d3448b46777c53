import type { Catalog } from './catalog.ts';

/** The words of the field, in Korean. */
export const terms: Catalog['terms'] = {
  daemon: { word: '데몬(dockerd)', gloss: '실제로 일하는 서비스예요. docker 명령은 HTTP로 부탁만 해요.' },
  overlay: {
    word: 'overlay2',
    gloss: '디렉터리를 겹쳐요. 아래에는 읽기 전용 이미지 레이어, 맨 위에는 쓰기 레이어가 있고 하나의 트리로 보여요.',
  },
  mount: {
    word: '마운트',
    gloss: '파일 시스템을 어떤 경로에서 보이게 하는 일이에요. 마운트 네임스페이스마다 목록이 따로 있어요.',
  },
  shim: {
    word: 'shim',
    gloss:
      '호스트에서 컨테이너의 부모인 프로세스예요. 컨테이너마다 하나씩 있어서 그사이 containerd를 다시 시작해도 돼요.',
  },
  runc: {
    word: 'runc',
    gloss: 'OCI 런타임이에요. 커널에 네임스페이스, 마운트, 제한을 요청하고 나면 사라져요. 중간에 끼어 있지 않아요.',
  },
  process: {
    word: '프로세스',
    gloss: '실행 중인 프로그램이에요. 컨테이너는 컴퓨터가 아니라 호스트의 프로세스 하나 또는 여럿이에요.',
  },
  namespace: {
    word: '네임스페이스',
    gloss: '마운트, PID, 네트워크 같은 것 한 가지를 보는 창이에요. 컨테이너마다 보이는 것은 달라도 커널은 하나예요.',
  },
  cgroup: {
    word: 'cgroup',
    gloss: '프로세스를 묶어 CPU, 메모리, 개수를 재고 제한해요. 가리는 것은 네임스페이스, 제한하는 것은 cgroup이에요.',
  },
  'pivot-root': {
    word: 'pivot_root',
    gloss: '마운트 네임스페이스의 루트를 바꿔요. 그래서 옛 루트를 떼어 낼 수 있어요.',
  },
  capability: { word: 'capability', gloss: '시계 바꾸기, 커널 모듈 넣기처럼 root의 권한을 잘게 나눈 조각이에요.' },
  'pid-1': {
    word: 'PID 1',
    gloss: 'PID 네임스페이스의 첫 프로세스예요. 끝나면 컨테이너도 끝나고, 시그널의 기본 동작이 적용되지 않아요.',
  },
  'copy-on-write': { word: '쓸 때 복사(copy-on-write)', gloss: '함께 쓰는 파일을 처음 바꿀 때에야 복사해요.' },
  bridge: {
    word: '브리지와 veth',
    gloss: '소프트웨어로 된 스위치와, 컨테이너의 네트워크 네임스페이스를 거기에 잇는 가상 랜선이에요.',
  },
  nat: { word: 'NAT', gloss: '주소를 바꿔 쓰는 일이에요. 호스트의 포트가 컨테이너의 포트로 이어지는 원리예요(-p).' },
  signal: {
    word: '시그널',
    gloss: '커널이 프로세스에 전하는 짧은 알림이에요. SIGTERM은 끝내 달라는 부탁, SIGKILL은 강제 종료예요.',
  },
  'exit-status': {
    word: '종료 코드',
    gloss:
      '0은 성공, 128 + n은 시그널 n으로 종료, 125는 docker 자체의 실패, 126은 실행할 수 없음, 127은 찾을 수 없음이에요.',
  },
  'log-driver': {
    word: '로그 드라이버',
    gloss: 'PID 1의 stdout과 stderr를 보관하는 방법이에요. 따로 정하지 않으면 json-file이에요.',
  },
};
