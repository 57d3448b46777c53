import type { Actions } from '../actions.ts';
import { josa } from '../josa.ts';
import { engineFile, shortIds } from '../quantities.ts';

/** mount(2), by what is mounted: each file system of a container has its own reason. */
export function mountSentence(d: Actions['mount']): string {
  const readonly = d.readonly ? ' 읽기 전용이에요.' : '';
  switch (d.type) {
    case 'overlay':
      return d.target.includes('-init')
        ? '레이어를 하나의 트리로 겹쳐 보이게 해요. 데몬이 이미지와 컨테이너 레이어 사이에 자기 파일 몇 개를 넣으려는 거예요.'
        : '이미지의 읽기 전용 레이어와 컨테이너의 쓰기 레이어를 하나의 트리로 겹쳐 보이게 해요. 새로 쓰는 내용은 쓰기 레이어에만 남아요.';
    case 'proc':
      return '새 PID 네임스페이스를 보여 주는 /proc이에요. 컨테이너 안에서 ps를 하면 컨테이너의 프로세스만 나와요.';
    case 'sysfs':
      return `장치와 드라이버를 보여 주는 곳이에요.${readonly} 하드웨어도 커널도 호스트의 것이에요.`;
    case 'cgroup':
    case 'cgroup2':
      return `컨테이너에게는 자기 cgroup이 맨 위로 보여요.${d.readonly ? ' 읽기 전용이라 제한을 볼 수는 있어도 풀 수는 없어요.' : ''}`;
    case 'devpts':
      return '컨테이너만의 가상 터미널이에요. docker run -t가 여기에서 하나를 써요.';
    case 'mqueue':
      return '새 IPC 네임스페이스의 POSIX 메시지 큐예요.';
    case 'tmpfs':
      if (d.target.endsWith('/shm'))
        return '컨테이너의 프로세스들이 함께 쓰는 공유 메모리예요. --shm-size로 바꾸지 않으면 64 MiB예요.';
      if (d.target.endsWith('/dev'))
        return '메모리에 만든 빈 /dev예요. null, zero, random처럼 해롭지 않은 장치만 들어가요. 호스트의 디스크는 없어요.';
      return `${shortIds(d.target)}에 메모리로 만든 파일 시스템이에요. 컨테이너가 끝나면 내용도 사라져요.${readonly}`;
    case 'bind': {
      const file = engineFile(d.target);
      return file
        ? `데몬이 이 컨테이너용으로 만든 ${josa(file, '을/를')} 이미지의 파일 위에 덮어 보이게 해요. 이미지를 건드리지 않고 내용을 바꿀 수 있어요.`
        : `호스트의 파일이나 폴더를 ${shortIds(d.target)}에서도 보이게 해요. 복사본이 아니라 같은 것에 경로가 하나 더 생긴 거예요.${readonly}`;
    }
    default:
      return `파일 시스템 ${josa(`${d.source}(${d.type})`, '을/를')} ${shortIds(d.target)}에서 보이게 해요.${readonly}`;
  }
}

/** What came of a signal. */
export function signalSentence(d: Actions['signal']): string {
  const who = d.pid === d.inside ? `프로세스 ${d.pid}` : `프로세스 ${d.pid}(안에서는 PID ${d.inside})`;
  switch (d.effect) {
    case 'terminates':
      return `${josa(d.signal, '이/가')} ${josa(who, '을/를')} 종료시켜요.`;
    case 'caught':
      return `${josa(d.signal, '이/가')} ${who}에 전달돼요. 이 시그널을 처리하는 핸들러가 있어서, 어떻게 할지는 프로그램이 정해요.`;
    case 'ignored':
      return `${josa(d.signal, '이/가')} ${who}에 전달되지만, 프로그램이 무시하기로 해 둔 시그널이에요.`;
    case 'ignored-by-pid-1':
      return `${josa(d.signal, '은/는')} 아무 일도 하지 못해요. ${josa(who, '은/는')} PID 네임스페이스의 첫 프로세스인데 이 시그널의 핸들러가 없고, 커널은 PID 1에 기본 동작을 적용하지 않기 때문이에요.`;
    case 'stops':
      return `${josa(d.signal, '이/가')} ${josa(who, '을/를')} 멈춰 세워요. 메모리는 그대로 두고, SIGCONT가 올 때까지 CPU를 받지 못해요.`;
    case 'continues':
      return `${josa(d.signal, '을/를')} 받아 ${josa(who, '이/가')} 다시 움직여요.`;
  }
}

/** What a refusal means; nothing is added to a success. */
export function statusSentence(status: number, path: string): string {
  if (status === 304) return ' 304: 이미 그 상태라서 할 일이 없다는 뜻이에요.';
  if (status < 400) return '';
  if (status === 400) return ' 400: 요청 자체가 잘못됐다는 뜻이에요.';
  if (status === 404) {
    return path === '/containers/create'
      ? ' 404: 이 호스트에 그 이미지가 없어요.'
      : ' 404: 데몬이 그런 이름을 알지 못해요.';
  }
  if (status === 409) return ' 409: 지금 상태와 맞지 않는 요청이에요.';
  return ` ${status}: 데몬이 해 봤지만 실패했어요.`;
}

/** What `docker wait` waits for, by the API's condition. */
export function whenReached(condition: string): string {
  if (condition === 'next-exit') return '컨테이너가 다음에 끝날 때';
  return condition === 'removed' ? '컨테이너가 지워지면' : '컨테이너가 실행 중이 아니게 되면';
}
