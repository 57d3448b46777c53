import { josa } from '../josa.ts';
import { bytes } from '../quantities.ts';
import { type HostTexts, imitated } from './host-texts.ts';

/** What happens between computers, in full sentences. */
export const hostSentences: HostTexts = {
  'host-new': (d) =>
    `${d.name} 컴퓨터가 주소 ${josa(d.address, '으로/로')} 로컬 네트워크에 들어와요. 프로세서 ${d.cpus}개, 메모리 ${bytes(d.memory)}, 자기 커널(${d.release})과 파일과 프로세스를 가진 별개의 컴퓨터예요. ${
      d.kind === 'linux'
        ? d.docker
          ? '엔진도 따로 있어요. 다른 컴퓨터의 이미지와 컨테이너는 여기에 없어요.'
          : '도커는 설치되어 있지 않아요.'
        : '이 커널은 리눅스 프로그램을 실행하지 못해요. 그래서 Docker Desktop이 리눅스 커널이 든 가상 머신을 하나 두고, 엔진과 컨테이너는 모두 그 안에 있어요.'
    }`,
  'host-remove': (d) =>
    `${d.name} 컴퓨터가 사라졌어요. 파일과 엔진, 컨테이너 ${d.containers}개도 함께 없어졌어요. 다른 컴퓨터의 레지스트리로 푸시해 둔 것은 남아 있어요.`,
  'ssh-connect': (d) =>
    `ssh가 ${d.address}:${d.port}의 sshd에 연결해요. sshd는 ${d.user} 사용자의 키를 확인하고, 그 컴퓨터에서 \`${d.program}\` 명령을 프로세스 ${d.pid}번으로 시작해요.${
      d.program.endsWith('dial-stdio')
        ? ' 이 프로세스는 이 연결과 그쪽 엔진의 소켓 사이에서 바이트를 옮기기만 해요. 클라이언트는 여기서 돌지만 이미지, 컨테이너, 볼륨, 경로는 모두 저쪽 컴퓨터의 것이에요.'
        : ''
    }`,
  'desktop-forward': (d) =>
    `클라이언트는 소켓 ${d.socket}에 써요. 이 소켓을 읽는 것은 엔진이 아니라 Docker Desktop의 프로그램 com.docker.backend예요. 이 프로그램이 요청을 가상 머신(프로세서 ${d.cpus}개, 메모리 ${bytes(d.memory)}) 안으로 넘겨요. ${
      d.kind === 'mac'
        ? '지금은 Apple의 Virtualization 프레임워크가 이 가상 머신을 돌리고, 예전에는 xhyve에서 나온 HyperKit이 돌렸어요'
        : 'Hyper-V 위에 있는 WSL 2의 가상 머신이에요'
    }. 그 안의 커널은 리눅스 ${d.release}이고, 이 컴퓨터의 커널은 ${josa(d.hostSystem, '이에요/예요')}. dockerd와 컨테이너는 그 안에서 돌아요.`,
  'unit-start': (d) =>
    `systemd가 ${d.unit} 유닛을 시작해요. 주 프로세스는 ${d.pid}번이고 자기 cgroup을 가져요. 이제 systemd가 그 상태를 알려 줄 수 있어요.`,
  'unit-stop': (d) =>
    `systemd가 ${d.unit} 유닛에 SIGTERM을 보내 멈춰요.${d.containers > 0 ? ` dockerd는 먼저 실행 중인 컨테이너 ${d.containers}개를 멈춰요. 재시작 정책이 있는 컨테이너는 dockerd가 다시 시작될 때 돌아와요.` : ''}`,
  'docker-install': (d) =>
    `${d.packages.join(', ')} 패키지의 압축을 풀어요(${bytes(d.bytes)}). 패키지는 docker 그룹(${d.group}번)을 만들어요. 소켓 /var/run/docker.sock은 이 그룹의 것이에요. 그리고 systemd가 containerd와 docker를 시작해요. 이 소켓에 쓸 수 있는 사람은 이 컴퓨터에서 root와 같은 일을 할 수 있어요.${imitated(d) ? ` 패키지는 Docker ${d.package} 버전이지만, 여기서 실행되는 엔진은 drydock이 흉내 내는 ${josa(d.engine, '이에요/예요')}.` : ''}`,
};

/** The same in a few words. */
export const hostBriefs: HostTexts = {
  'host-new': (d) =>
    `${d.name}: ${d.address}, CPU ${d.cpus}개, ${bytes(d.memory)}, 자기 커널(${d.release})${
      d.kind === 'linux'
        ? d.docker
          ? '과 자기 엔진'
          : ', 도커 없음'
        : '. Docker Desktop이 그 안에 리눅스 가상 머신을 둬요'
    }`,
  'host-remove': (d) => `${josa(d.name, '이/가')} 컨테이너 ${d.containers}개와 함께 사라졌어요`,
  'ssh-connect': (d) =>
    d.program.endsWith('dial-stdio')
      ? `${d.user}@${d.address}:${d.port} → ${d.program} (그쪽 PID ${d.pid}) → 그쪽 엔진의 소켓. 이 뒤의 일은 모두 ${d.host}에서 일어나요`
      : `${d.user}@${d.address}:${d.port} → ${d.program} (그쪽 PID ${d.pid})`,
  'desktop-forward': (d) =>
    `소켓 ${d.socket} → com.docker.backend → 리눅스 가상 머신(CPU ${d.cpus}개, ${bytes(d.memory)}) → dockerd. 그 커널은 ${d.release}, 이 컴퓨터의 커널은 ${d.hostSystem}`,
  'unit-start': (d) => `${d.unit} 시작, 주 프로세스 ${d.pid}`,
  'unit-stop': (d) => `${d.unit} 멈춤${d.containers > 0 ? `, 실행 중이던 컨테이너 ${d.containers}개도 함께 멈춤` : ''}`,
  'docker-install': (d) =>
    `패키지 ${d.packages.length}개, ${bytes(d.bytes)}. 소켓은 docker 그룹(${d.group})의 것이라 그 구성원은 root나 다름없어요${imitated(d) ? ` (패키지는 ${d.package}, 흉내 내는 엔진은 ${d.engine})` : ''}`,
};
