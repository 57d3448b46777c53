import { josa } from '../josa.ts';
import { bytes } from '../quantities.ts';
import type { MachineTexts } from './machine-texts.ts';

const partTexts = {
  start: '디스크에 부팅할 것이 아직 없어서 ISO 이미지에 든 설치 프로그램으로 시작해요.',
  partitions: '설치 프로그램이 빈 디스크에 파티션 테이블을 쓰고 그 위에 파일 시스템을 만들어요.',
  base: '기본 시스템을 풀어요. 커널까지 든 운영 체제 한 벌이에요. 컨테이너 이미지에는 같은 파일이 커널만 빼고 들어 있어요.',
  'boot-loader': '펌웨어가 찾을 수 있게 부트로더를 디스크 맨 앞에 써요.',
  reboot: '이번에는 자기 디스크에서 다시 시작해요.',
} as const;

/** 가상 머신에서 그 밖에 일어나는 일. */
export const machineTexts: MachineTexts = {
  'vm-metal-on': (d) =>
    `${josa(d.kind, '은/는')} 하드웨어 위에서 바로 도는 1형 하이퍼바이저예요. ${d.vm}에 프로세서 ${d.cpus}개와 메모리 ${josa(bytes(d.memory), '을/를')} 떼어 줘요. 호스트 운영 체제의 프로세스로는 보이지 않아요.`,
  'vm-no-medium': () =>
    '펌웨어가 시작할 것을 찾지 못했어요. 디스크에 부트로더도 없고 CD도 없어요. 가상 머신은 새로 산 컴퓨터처럼 텅 빈 채로 시작해요.',
  'vm-reboot': (d) =>
    `게스트의 init이 서비스를 모두 끝내고, 펌웨어와 부트로더, 커널이 처음부터 다시 시작해요. 전원은 꺼지지 않아서 ${d.pid === 0 ? '' : `호스트의 프로세스 ${josa(String(d.pid), '이/가')} 그대로 이 컴퓨터를 흉내 내고 `}메모리 ${bytes(d.memory)}도 그대로 차지해요. \`docker restart\`는 부팅하지 않고 프로세스 하나만 다시 시작해요.`,
  'vm-hold': (d) =>
    d.how === 'pause'
      ? `게스트의 프로세서를 멈춰 세웠어요. 메모리 ${josa(bytes(d.memory), '은/는')} 호스트에서 그대로 차지하고 있어요.`
      : d.how === 'save'
        ? `게스트의 메모리를 파일에 ${d.pid === 0 ? '썼어요' : `쓰고 호스트의 프로세스 ${josa(String(d.pid), '을/를')} 끝냈어요`}. ${josa(bytes(d.memory), '이/가')} 다시 비었어요. 게스트를 종료한 것이 아니라서 게스트는 눈치채지 못해요.`
        : '게스트가 부팅 없이 하던 일을 이어서 해요. 커널도 프로세스도 그때 그대로예요.',
  'vm-snapshot': (d) =>
    d.act === 'take'
      ? `${d.vm}의 디스크${d.memory ? '와 메모리' : ''}를 이 순간으로 되돌릴 수 있어요. 이미지 레이어는 파일만 담고 메모리는 담지 않아요.`
      : d.act === 'restore'
        ? `${d.vm}의 디스크${d.memory ? '와 메모리' : ''}가 ${d.snapshot} 스냅숏을 찍던 때로 돌아갔어요.`
        : `${d.snapshot} 스냅숏을 지웠어요.`,
  'vm-define': (d) =>
    `${d.kind} 목록에 머신이 올랐어요. 프로세서 ${d.cpus}개, 메모리 ${bytes(d.memory)}짜리예요. 켜기 전에는 아무것도 떼어 놓지 않아요.`,
  'vm-address': (d) =>
    `게스트의 둘째 네트워크 카드가 ${d.network}에서 ${josa(d.cidr, '을/를')} 받았어요. 호스트와 게스트끼리만 쓰는 네트워크라서, 다른 컴퓨터에 접속하듯 게스트에 접속할 수 있어요.`,
  'vm-share': (d) =>
    `호스트의 ${d.hostPath} 폴더가 게스트에서는 ${josa(d.guestPath, '으로/로')} 보여요. 하이퍼바이저의 드라이버(vboxsf)가 이어 줘요. 컨테이너의 바인드 마운트는 같은 커널의 파일 시스템이라 드라이버가 필요 없어요.`,
  'guest-login': (d) =>
    `ssh로 ${d.vm}에 ${d.user} 사용자로 로그인해 ${josa(d.program, '을/를')} 실행했어요. 게스트의 프로세스 ${d.pid}번이고 호스트의 프로세스 표에는 없어요. \`docker exec\`에는 네트워크도 sshd도 필요 없어요.`,
  'vm-install': (d) => partTexts[d.part],
  'vagrant-read': (d) =>
    `Vagrant가 Vagrantfile에서 머신 ${d.machines.length}대(${d.machines.join(', ')})를 읽었어요. Dockerfile이 이미지를 적어 놓은 것이라면 Vagrantfile은 컴퓨터를 통째로 적어 놓은 거예요.`,
  'vagrant-import': (d) =>
    `${d.box} 박스(v${d.version})의 디스크를 ${d.vm}에 복사했어요. ${josa(bytes(d.bytes), '을/를')} 이 머신 혼자 써요. 컨테이너는 이미지의 레이어를 함께 써요.`,
  'vagrant-provision': (d) =>
    `실행 중인 ${d.vm} 안으로 ${josa(d.script, '을/를')} 복사해 ${d.user} 사용자로 실행했어요. Dockerfile의 RUN은 이미지를 빌드할 때 한 번만 실행돼요.`,
};

const partBriefs = {
  start: 'ISO 이미지의 설치 프로그램으로 부팅해요',
  partitions: '빈 디스크를 파티션으로 나눠요',
  base: '커널까지 든 운영 체제 한 벌을 풀어요',
  'boot-loader': '디스크에 부트로더를 써요',
  reboot: '자기 디스크에서 다시 시작해요',
} as const;

/** 같은 것을 짧게. */
export const machineBriefs: MachineTexts = {
  'vm-metal-on': (d) =>
    `하드웨어 위의 ${josa(d.kind, '이/가')} 프로세서 ${d.cpus}개, 메모리 ${josa(bytes(d.memory), '을/를')} 줘요. 호스트의 프로세스는 없어요`,
  'vm-no-medium': () => '부팅할 것이 없어요. 새로 산 컴퓨터처럼 비어 있어요',
  'vm-reboot': (d) =>
    `시스템을 내리고 펌웨어부터 다시 부팅해요${d.pid === 0 ? '' : `. 호스트의 프로세스는 ${d.pid}번 그대로예요`}`,
  'vm-hold': (d) =>
    d.how === 'pause'
      ? `멈춰 섰어요. ${josa(bytes(d.memory), '은/는')} 그대로 차지해요`
      : d.how === 'save'
        ? `메모리를 파일에 ${d.pid === 0 ? '썼어요' : `쓰고 프로세스 ${josa(String(d.pid), '을/를')} 끝냈어요`}. ${josa(bytes(d.memory), '이/가')} 비었어요`
        : '부팅 없이 하던 일을 이어서 해요',
  'vm-snapshot': (d) =>
    d.act === 'take'
      ? `${d.snapshot} 스냅숏: 디스크${d.memory ? '와 메모리' : ''}를 담았어요`
      : d.act === 'restore'
        ? `${d.snapshot} 때의 디스크${d.memory ? '와 메모리' : ''}로 돌아갔어요`
        : `${d.snapshot} 스냅숏을 지웠어요`,
  'vm-define': (d) => `${josa(d.vm, '이/가')} ${d.kind} 목록에 올랐어요. 아직 아무것도 떼어 놓지 않아요`,
  'vm-address': (d) => `${d.network}의 ${d.cidr}, 호스트와 게스트끼리만 써요`,
  'vm-share': (d) => `${d.hostPath} 폴더가 게스트의 ${josa(d.guestPath, '으로/로')} 보여요`,
  'guest-login': (d) => `${d.vm}에 ${d.user} 사용자로 로그인, ${josa(d.program, '은/는')} 게스트의 프로세스 ${d.pid}번`,
  'vm-install': (d) => partBriefs[d.part],
  'vagrant-read': (d) => `Vagrantfile에 머신 ${d.machines.length}대: ${d.machines.join(', ')}`,
  'vagrant-import': (d) => `${d.box} 박스를 ${d.vm}에 복사: 혼자 ${bytes(d.bytes)}`,
  'vagrant-provision': (d) => `${d.vm} 안에서 ${josa(d.script, '을/를')} ${d.user} 사용자로 실행`,
};
