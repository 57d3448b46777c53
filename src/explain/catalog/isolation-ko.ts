import { josa } from '../josa.ts';
import { bytes } from '../quantities.ts';
import type { IsolationTexts } from './isolation-texts.ts';

/** 네임스페이스 종류의 이름과, 같은 네임스페이스에 있으면 함께 쓰게 되는 것. */
const kinds: { readonly [kind: string]: readonly [name: string, common: string] } = {
  mnt: ['마운트', '마운트 목록'],
  uts: ['UTS', '호스트 이름'],
  ipc: ['IPC', '공유 메모리와 메시지 큐'],
  pid: ['PID', '프로세스 목록'],
  net: ['네트워크', '주소, 포트, 라우팅'],
  cgroup: ['cgroup', 'cgroup 트리의 보이는 범위'],
  user: ['사용자', '사용자 번호'],
};

function names(list: readonly string[]): string {
  return list.map((kind) => kinds[kind]?.[0] ?? kind).join(', ');
}

function leaks(list: readonly string[]): string {
  return list.map((kind) => `${kinds[kind]?.[0] ?? kind}(${kinds[kind]?.[1] ?? ''})`).join(', ');
}

/** 컨테이너 엔진 없이 손으로 격리하는 단계. */
export const isolationSentences: IsolationTexts = {
  chroot: (d) =>
    d.leaves
      ? `프로세스 ${d.pid}의 /가 다시 컴퓨터의 진짜 /가 됐어요. chroot에서 빠져나온 거예요. root에게 chroot는 벽이 아니에요. 마운트 네임스페이스에서 pivot_root를 쓰면 돌아갈 곳 자체가 없어져요.`
      : `프로세스 ${d.pid}에게는 이제 ${josa(d.path, '이/가')} /예요. 격리되는 것은 파일 이름 하나뿐이에요. 프로세스, 네트워크, 호스트 이름, 사용자는 여전히 컴퓨터의 것이고, root라면 다시 나올 수도 있어요.`,
  isolate: (d) =>
    [
      d.joined
        ? `프로세스 ${josa(String(d.pid), '이/가')} 이미 있는 네임스페이스에 들어가요: ${names(d.kinds)}. docker exec도 이렇게 해요.`
        : `프로세스 ${josa(String(d.pid), '이/가')} 자기만의 네임스페이스를 얻어요: ${names(d.kinds)}.${d.kinds.includes('pid') ? ' PID 네임스페이스는 자식부터 들어가요. 첫 자식이 그 안의 PID 1이 돼요.' : ''}`,
      d.shared.length > 0 ? `컴퓨터와 아직 함께 쓰는 것: ${leaks(d.shared)}.` : '',
      '커널은 모두가 하나를 함께 써요.',
    ]
      .filter((text) => text !== '')
      .join(' '),
  pivot: (d) =>
    `프로세스 ${josa(String(d.pid), '이/가')} 있는 마운트 네임스페이스 전체에서 새 파일 트리가 /가 돼요. ${d.old === '' ? '옛 트리는 곧바로 떼어 내요.' : `옛 트리는 언마운트할 때까지 ${d.old}에 붙어 있어요.`} 그러고 나면 돌아갈 길이 없어요. runc는 chroot 대신 이 방법을 써요.`,
  mounted: (d) => {
    if (d.type === 'overlay')
      return `${d.target}에서 아래 디렉터리 ${d.layers ?? 1}개와 위 디렉터리가 하나의 트리로 보여요. 쓴 것은 위 디렉터리에 들어가고, 지운 것은 그곳에 화이트아웃으로 남아요. 이미지 레이어와 컨테이너의 쓰기 레이어가 바로 이거예요.`;
    if (d.type === 'bind')
      return `${josa(d.source, '이/가')} ${d.target}에서도 보여요${d.readonly ? '(그쪽에서는 읽기 전용)' : ''}. 복사한 것은 없어요. docker run -v가 하는 일과 같아요.`;
    if (d.type === 'nsfs')
      return `네임스페이스를 파일 ${d.target}에 묶었어요. 안에 프로세스가 없어도, 이 파일을 언마운트할 때까지 남아 있어요.`;
    if (d.type === 'proc')
      return `${d.target}에 proc 파일 시스템을 마운트했어요. 마운트한 프로세스의 PID 네임스페이스가 보여요. 자기만의 PID 네임스페이스가 없으면 컴퓨터의 모든 프로세스가 보여요.`;
    return `${d.type} 파일 시스템이 ${d.target}에 보여요. 이 마운트 네임스페이스에서만이에요.`;
  },
  'cgroup-limit': (d) =>
    `cgroup ${d.path}의 ${d.file} 값이 이제 ${josa(d.value, '이에요/예요')}. 그 안의 모든 프로세스를 합쳐서 적용돼요. docker run의 옵션도 같은 파일에 값을 써요.`,
  'cgroup-join': (d) =>
    `프로세스 ${josa(String(d.pid), '은/는')} 이제 cgroup ${d.path}에 속해요. 앞으로 생길 자식도 마찬가지예요. 보이는 것은 줄지 않아요. cgroup은 제한하고, 네임스페이스는 가려요.`,
  'oom-kill': (d) =>
    `cgroup ${josa(d.path, '이/가')} ${bytes(d.memoryMax)}를 다 썼어요. 그래서 커널이 그 안에서 가장 큰 프로세스 ${josa(String(d.pid), '을/를')} SIGKILL로 끝냈어요. 컴퓨터 전체에는 메모리가 남아 있었어요.`,
  'link-add': (d) =>
    d.kind === 'bridge'
      ? `${josa(d.name, '은/는')} 소프트웨어로 만든 스위치예요. 여기에 꽂힌 것끼리 한 네트워크에 있어요. docker0도 이런 브리지예요.`
      : `${josa(d.name, '과/와')} ${josa(d.peer ?? '', '은/는')} 가상 랜선의 양 끝이에요. 아직은 둘 다 여기에 있어요. 보통 한쪽 끝을 다른 네트워크 네임스페이스로 옮겨요.`,
  'link-move': (d) =>
    `${josa(d.name, '이/가')} 다른 네트워크 네임스페이스로 갔어요. 주소는 지워지고 꺼진 상태예요. 그 안에 있는 프로세스가 다시 설정해야 해요. 가상 랜선이라면 다른 쪽 끝은 있던 자리에 그대로 있어요.`,
};

/** 짧은 설명. */
export const isolationBriefs: IsolationTexts = {
  chroot: (d) =>
    d.leaves
      ? '/가 다시 컴퓨터의 진짜 /예요: chroot에서 빠져나왔어요'
      : `이제 ${josa(d.path, '이/가')} /예요. 프로세스, 네트워크, 호스트 이름, 사용자는 그대로 컴퓨터의 것이에요`,
  isolate: (d) => {
    const shared =
      d.shared.length > 0 ? `. 컴퓨터와 함께 쓰는 것: ${names(d.shared)}` : '. 함께 쓰는 것은 커널뿐이에요';
    return d.joined
      ? `들어간 네임스페이스: ${names(d.kinds)}${shared}`
      : `자기만의 네임스페이스: ${names(d.kinds)}${shared}`;
  },
  pivot: (d) =>
    d.old === ''
      ? '마운트 네임스페이스의 /가 바뀌었어요. 옛 트리로는 갈 수 없어요'
      : `마운트 네임스페이스의 /가 바뀌었어요. 옛 트리는 언마운트할 때까지 ${d.old}에 있어요`,
  mounted: (d) =>
    d.type === 'overlay'
      ? `${d.target}에 overlay: 쓴 것은 위 디렉터리에 들어가요`
      : d.type === 'bind'
        ? `${josa(d.source, '이/가')} ${d.target}에서도 보여요`
        : d.type === 'nsfs'
          ? `${josa(d.target, '이/가')} 네임스페이스를 붙잡아 둬요`
          : `${d.target}에 ${d.type}: 이 마운트 네임스페이스에서만 보여요`,
  'cgroup-limit': (d) => `cgroup ${d.path}: ${d.file} = ${d.value}`,
  'cgroup-join': (d) =>
    `프로세스 ${josa(String(d.pid), '은/는')} cgroup ${d.path}에 있어요: 제한은 받지만 보이는 것은 그대로예요`,
  'oom-kill': (d) =>
    `cgroup ${josa(d.path, '이/가')} ${bytes(d.memoryMax)}를 넘었어요: 프로세스 ${josa(String(d.pid), '을/를')} 강제로 끝냈어요`,
  'link-add': (d) =>
    d.kind === 'bridge' ? `브리지 ${d.name}: 소프트웨어 스위치` : `가상 랜선: ${d.name}, ${d.peer ?? ''}`,
  'link-move': (d) => `${josa(d.name, '이/가')} 다른 네트워크 네임스페이스로 갔어요`,
};
