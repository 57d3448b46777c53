import { josa } from '../josa.ts';
import { bytes, duration, shortRelease } from '../quantities.ts';
import type { VmBriefs, VmTexts } from './vm-texts.ts';

/** 문장 속에서 읽는 시간: "14.2 s"는 "14.2초". */
const spoken = (us: number): string => duration(us).replace(/ s$/, '초');

/** 가상 머신에서 일어나는 일. */
export const vmTexts: VmTexts = {
  powerOn: (d) =>
    `하이퍼바이저가 이 호스트에 프로세스 ${josa(String(d.pid), '을/를')} 띄워 컴퓨터 한 대를 통째로 흉내 내요. 프로세서 ${d.cpus}개에, 메모리 ${josa(bytes(d.memory), '을/를')} 지금 떼어 놓고(나머지는 ${bytes(d.left)}), 파일 하나를 ${bytes(d.disk)}짜리 디스크로 써요. 컨테이너는 아무것도 미리 떼어 놓지 않아요.`,
  stages: {
    firmware: () =>
      '진짜 컴퓨터처럼 펌웨어가 먼저 실행돼요. 메모리와 프로세서, 장치를 찾아내지만 리눅스는 전혀 몰라요.',
    'boot-device': () => '펌웨어가 디스크의 첫 섹터를 읽어 그리로 넘어가요.',
    'boot-loader': () => '부트로더가 무엇을 부팅할지 고르고, 다른 것을 고르는 사람이 있을까 봐 잠깐 기다려요.',
    'load-kernel': (d) =>
      `부트로더가 이 머신의 디스크에서 커널 ${josa(d.release, '과/와')} 초기 램디스크를 읽어요. 컨테이너 이미지에는 둘 다 없어요.`,
    kernel: (d) =>
      `두 번째 커널이 실행돼요. 호스트의 ${d.hostRelease} 옆에서 ${josa(d.release, '이/가')} 돌고, 두 커널은 서로를 몰라요. 컨테이너라면 호스트의 커널을 썼을 거예요.`,
    processors: () => '게스트 커널이 메모리 크기를 확인하고 나머지 프로세서를 깨워요.',
    devices: () =>
      '게스트 커널이 PCI 버스, 직렬 포트, 시계 같은 장치를 찾아요. 모두 하이퍼바이저가 흉내 내는 장치예요.',
    initramfs: () =>
      '초기 램디스크를 풀고 그 안의 init을 실행해요. 진짜 루트 디스크의 드라이버부터 읽어 들여야 할 수도 있어서예요.',
    root: () => '드라이버가 가상 디스크를 찾아 루트 파일 시스템을 마운트해요. 이 머신만의 파일 시스템이에요.',
    init: () => '게스트에는 자기만의 프로세스 표가 있고, 그 1번 프로세스는 systemd예요.',
    targets: () => 'systemd가 파일 시스템을 마운트하고 로그와 장치 관리자를 띄워 기본 시스템을 갖춰요.',
    services: () => '운영 체제 한 벌의 서비스가 시작돼요. 메시지 버스, 로그인, 터미널이에요.',
    login: (d) =>
      `전원을 켜고 ${spoken(d.after)} 만에 로그인 화면이 나왔어요. 게스트에서 프로세스 ${d.processes}개가 도는데, 정작 하려던 일은 아직 시작도 안 했어요. (하드웨어 가상화 없이 QEMU에서 잰 시간이에요. 하드웨어 가상화를 쓰면 훨씬 짧지만 순서는 같아요.)`,
  },
  powerOff: (d) =>
    d.forced
      ? `${d.vm}의 전원을 끊었어요. ${d.pid === 0 ? '' : `호스트의 프로세스 ${josa(String(d.pid), '이/가')} 강제로 끝나면서 `}게스트의 커널과 프로세스도 함께 사라졌어요. 디스크에 있던 것은 남아요.`
      : `전원 단추로 게스트에 종료를 알렸어요. systemd가 서비스를 거꾸로 끝내고 디스크를 언마운트하면 커널이 전원을 꺼요. ${d.pid === 0 ? '' : `호스트의 프로세스 ${josa(String(d.pid), '이/가')} 끝나 `}메모리를 돌려주고, 디스크는 남아요.`,
  list: (d) =>
    `가상 머신 ${d.total}대 가운데 ${d.running}대가 켜져 있어요. 안에서 무엇이 돌든 호스트에는 한 대가 프로세스 하나예요. 1형 하이퍼바이저의 머신은 호스트의 프로세스가 아니에요.`,
  remove: (d) => `${d.vm} 가상 머신을 디스크와 함께 지웠어요.`,
};

/** 같은 것을 짧게. */
export const vmBriefs: VmBriefs = {
  powerOn: (d) =>
    `프로세스 ${josa(String(d.pid), '이/가')} 컴퓨터 한 대를 흉내 내요: 프로세서 ${d.cpus}개, 메모리 ${bytes(d.memory)} 확보(나머지 ${bytes(d.left)}), 디스크 ${bytes(d.disk)}`,
  stages: {
    firmware: (d) => `메모리와 프로세서, 장치를 찾고 디스크에서 시작해요 (${duration(d.after)})`,
    'boot loader': (d) => `이 머신의 디스크에서 커널과 초기 램디스크를 읽어요 (${duration(d.after)})`,
    'guest kernel': (d) =>
      `호스트의 ${josa(shortRelease(d.hostRelease), '과/와')}는 별개인 커널 ${josa(shortRelease(d.release), '이/가')} 장치를 찾고 자기 루트를 마운트해요 (${duration(d.after)})`,
    'guest init': (d) =>
      `PID 1은 systemd, 이어서 서비스와 로그인 화면: ${spoken(d.after)} 만에 프로세스 ${d.processes}개 (모두 에뮬레이션으로 돌려서 잰 시간이에요)`,
  },
  powerOff: (d) =>
    d.forced
      ? `전원 차단${d.pid === 0 ? '' : `: 프로세스 ${d.pid} 강제 종료`}, 디스크는 남아요`
      : `서비스 종료, 디스크 언마운트, ${d.pid === 0 ? '전원이 꺼졌어요' : `프로세스 ${josa(String(d.pid), '이/가')} 0으로 끝났어요`}`,
  list: (d) => `가상 머신 ${d.total}대, 켜진 것 ${d.running}대. 한 대가 호스트의 프로세스 하나예요(1형은 아니에요)`,
  remove: (d) => `${d.vm}: 디스크와 함께 지웠어요`,
};
