import type { VmRefusal } from './requests.ts';

/** What a refusal is told with. */
export interface RefusalData {
  readonly name: string;
  readonly free: string;
  readonly port: string;
  readonly snapshot: string;
}

type Named = (d: { readonly name: string }) => string;

/** What the `vm` program says, in one language. */
export interface VmTexts {
  readonly lang: 'en' | 'ko';
  readonly kindHeadings: readonly string[];
  /** What a guest is for the computer. */
  readonly asProcess: string;
  readonly asDomain: string;
  readonly usage: readonly string[];
  readonly refused: { readonly [R in VmRefusal]: (d: RefusalData) => string };
  readonly unknownOption: (d: { readonly option: string }) => string;
  readonly up: (d: { readonly name: string }) => string;
  readonly off: (d: { readonly name: string }) => string;
  readonly removed: (d: { readonly name: string }) => string;
  readonly none: string;
  readonly held: { readonly pause: Named; readonly save: Named; readonly resume: Named };
  readonly snapshots: { readonly take: Named; readonly restore: Named; readonly delete: Named };
  readonly helpOn: string;
  readonly helpOff: string;
}

const forms = `  vm boot [NAME] [--memory SIZE] [--cpus N] [--disk SIZE] [--on KIND]
  vm list
  vm kinds
  vm shell [NAME] [-c COMMAND]
  vm pause|resume|save [NAME]
  vm snapshot take|restore|delete SNAPSHOT [NAME]
  vm stop [NAME] [--force]
  vm rm [NAME]
  vm firmware [vt-x on|off]
  vm iso [SYSTEM]`.split('\n');

const english: VmTexts = {
  lang: 'en',
  kindHeadings: ['KIND', 'HYPERVISOR', 'TYPE', 'GUEST', 'DRIVERS', 'CONTROL'],
  asProcess: 'process',
  asDomain: 'domain',
  usage: ['Usage:', ...forms, 'NAME is "debian" unless told. SIZE is as 512M or 2G.'],
  refused: {
    'bad-name': ({ name }) => `not a machine's name: ${name} (lower-case letters, digits and "-")`,
    'no-such-machine': ({ name }) => `there is no virtual machine ${name}: vm boot ${name} makes one`,
    'is-running': ({ name }) => `${name} is on: vm stop ${name} first`,
    'not-held': ({ name }) => `${name} runs already: neither paused nor saved`,
    'not-running': ({ name }) => `${name} is not up: vm boot ${name}`,
    'no-memory': ({ free }) =>
      `cannot set up guest memory: the host has only ${free} left. A machine's memory is set aside when it is switched on`,
    'too-many-cpus': () => 'the host does not have so many processors',
    'too-little-memory': () => 'Debian does not boot in so little memory: 256M at least',
    exists: ({ name }) => `there is a machine ${name} already`,
    'no-disk': ({ free }) => `its disk does not fit: only ${free} are free on the host's`,
    'no-hardware-help': () =>
      'the processor’s help with virtualization (VT-x, AMD-V) is off or missing: vm firmware vt-x on, or QEMU without it',
    'nothing-to-boot': () => 'there is nothing on its disk that could boot',
    'port-taken': ({ port }) => `port ${port} of the host is taken`,
    'no-such-snapshot': ({ name, snapshot }) => `${name} has no snapshot ${snapshot}`,
    'no-such-user': () => 'there is no such user in the guest',
  },
  unknownOption: ({ option }) => `unknown option or command: ${option}`,
  up: ({ name }) => `${name} is up. Log in: drydock vm shell ${name}`,
  off: ({ name }) => `${name} is off. Its disk stays: vm boot ${name} starts it again, vm rm ${name} removes it.`,
  removed: ({ name }) => `${name} is gone with its disk.`,
  none: 'No virtual machines: vm boot makes one.',
  held: {
    pause: ({ name }) => `${name} stands still; its memory stays where it is. It goes on with: vm resume ${name}`,
    save: ({ name }) => `${name} is off, its memory is in a file. It goes on where it was with: vm resume ${name}`,
    resume: ({ name }) => `${name} goes on where it was.`,
  },
  snapshots: {
    take: ({ name }) => `${name} can be put back to this moment.`,
    restore: ({ name }) => `${name} is as it was then. vm resume ${name}, or vm boot ${name} if it was off`,
    delete: () => 'The snapshot is gone.',
  },
  helpOn: 'VT-x: on. Every hypervisor can run 64-bit guests.',
  helpOff: 'VT-x: off or missing. Only emulation (QEMU without KVM) runs guests, slowly.',
};

const korean: VmTexts = {
  lang: 'ko',
  kindHeadings: ['종류', '하이퍼바이저', '유형', '게스트', '드라이버', '관리'],
  asProcess: '프로세스',
  asDomain: '도메인',
  usage: ['사용법:', ...forms, 'NAME을 적지 않으면 "debian"이에요. SIZE는 512M, 2G처럼 적어요.'],
  refused: {
    'bad-name': ({ name }) => `가상 머신 이름으로 쓸 수 없어요: ${name} (영문 소문자, 숫자, "-")`,
    'no-such-machine': ({ name }) => `${name} 가상 머신이 없어요. vm boot ${name} 명령으로 만들 수 있어요`,
    'is-running': ({ name }) => `${name} 가상 머신이 켜져 있어요. 먼저 vm stop ${name} 명령으로 끄세요`,
    'not-held': ({ name }) => `${name} 가상 머신은 멈추거나 저장한 적 없이 이미 돌고 있어요`,
    'not-running': ({ name }) => `${name} 가상 머신이 실행 중이 아니에요: vm boot ${name}`,
    'no-memory': ({ free }) =>
      `게스트 메모리를 마련할 수 없어요. 호스트에 ${free}만 남아 있어요. 가상 머신의 메모리는 켤 때 통째로 떼어 놓아요`,
    'too-many-cpus': () => '호스트에는 프로세서가 그만큼 없어요',
    'too-little-memory': () => 'Debian은 그렇게 적은 메모리로는 부팅하지 못해요. 256M 이상이어야 해요',
    exists: ({ name }) => `${name} 가상 머신이 이미 있어요`,
    'no-disk': ({ free }) => `디스크를 놓을 자리가 없어요. 호스트 디스크에 ${free}만 남아 있어요`,
    'no-hardware-help': () =>
      '프로세서의 가상화 지원(VT-x, AMD-V)이 꺼져 있거나 없어요. vm firmware vt-x on 명령으로 켜거나 지원이 필요 없는 QEMU를 쓰세요',
    'nothing-to-boot': () => '디스크에 부팅할 것이 없어요',
    'port-taken': ({ port }) => `호스트의 포트 ${port}번을 이미 다른 프로그램이 쓰고 있어요`,
    'no-such-snapshot': ({ name, snapshot }) => `${name} 가상 머신에는 ${snapshot} 스냅숏이 없어요`,
    'no-such-user': () => '게스트에 그런 사용자가 없어요',
  },
  unknownOption: ({ option }) => `모르는 옵션이나 명령이에요: ${option}`,
  up: ({ name }) => `${name} 가상 머신이 켜졌어요. 로그인하기: drydock vm shell ${name}`,
  off: ({ name }) =>
    `${name} 가상 머신이 꺼졌어요. 디스크는 남아 있어요. 다시 켜기: vm boot ${name}, 지우기: vm rm ${name}`,
  removed: ({ name }) => `${name} 가상 머신을 디스크와 함께 지웠어요.`,
  none: '가상 머신이 없어요. vm boot 명령으로 만들 수 있어요.',
  held: {
    pause: ({ name }) =>
      `${name} 가상 머신을 멈춰 세웠어요. 메모리는 그대로 차지하고 있어요. 이어 하기: vm resume ${name}`,
    save: ({ name }) => `${name} 가상 머신의 메모리를 파일에 담고 껐어요. 하던 데서 이어 하기: vm resume ${name}`,
    resume: ({ name }) => `${name} 가상 머신이 하던 데서 이어서 실행돼요.`,
  },
  snapshots: {
    take: ({ name }) => `${name} 가상 머신을 이 순간으로 되돌릴 수 있어요.`,
    restore: ({ name }) => `${name} 가상 머신을 그때로 되돌렸어요. vm resume ${name} (꺼져 있었다면 vm boot ${name})`,
    delete: () => '스냅숏을 지웠어요.',
  },
  helpOn: 'VT-x: 켜짐. 어느 하이퍼바이저로나 64비트 게스트를 실행할 수 있어요.',
  helpOff: 'VT-x: 꺼져 있거나 없음. 에뮬레이션(KVM 없는 QEMU)으로만 느리게 실행할 수 있어요.',
};

/** The texts in the language that the environment asks for (`DRYDOCK_LANG`). */
export function vmTexts(lang: string | undefined): VmTexts {
  return lang === 'ko' ? korean : english;
}
