import type { VmRefusal } from './hypervisor.ts';

/** What the `vm` program says, in one language. */
export interface VmTexts {
  readonly usage: readonly string[];
  readonly refused: { readonly [R in VmRefusal]: (d: { readonly name: string; readonly free: string }) => string };
  readonly unknownOption: (d: { readonly option: string }) => string;
  readonly up: (d: { readonly name: string }) => string;
  readonly off: (d: { readonly name: string }) => string;
  readonly removed: (d: { readonly name: string }) => string;
  readonly none: string;
}

const forms = `  vm boot [NAME] [--memory SIZE] [--cpus N]
  vm list
  vm shell [NAME] [-c COMMAND]
  vm stop [NAME] [--force]
  vm rm [NAME]`.split('\n');

const english: VmTexts = {
  usage: ['Usage:', ...forms, 'NAME is "debian" unless told. SIZE is as 512M or 2G.'],
  refused: {
    'bad-name': ({ name }) => `not a machine's name: ${name} (lower-case letters, digits and "-")`,
    'no-such-machine': ({ name }) => `there is no virtual machine ${name}: vm boot ${name} makes one`,
    'is-running': ({ name }) => `${name} is on: vm stop ${name} first`,
    'not-running': ({ name }) => `${name} is not up: vm boot ${name}`,
    'no-memory': ({ free }) =>
      `cannot set up guest memory: the host has only ${free} left. A machine's memory is set aside when it is switched on`,
    'too-many-cpus': () => 'the host does not have so many processors',
    'too-little-memory': () => 'Debian does not boot in so little memory: 256M at least',
  },
  unknownOption: ({ option }) => `unknown option or command: ${option}`,
  up: ({ name }) => `${name} is up. Log in: drydock vm shell ${name}`,
  off: ({ name }) => `${name} is off. Its disk stays: vm boot ${name} starts it again, vm rm ${name} removes it.`,
  removed: ({ name }) => `${name} is gone with its disk.`,
  none: 'No virtual machines: vm boot makes one.',
};

const korean: VmTexts = {
  usage: ['사용법:', ...forms, 'NAME을 적지 않으면 "debian"이에요. SIZE는 512M, 2G처럼 적어요.'],
  refused: {
    'bad-name': ({ name }) => `가상 머신 이름으로 쓸 수 없어요: ${name} (영문 소문자, 숫자, "-")`,
    'no-such-machine': ({ name }) => `${name} 가상 머신이 없어요. vm boot ${name} 명령으로 만들 수 있어요`,
    'is-running': ({ name }) => `${name} 가상 머신이 켜져 있어요. 먼저 vm stop ${name} 명령으로 끄세요`,
    'not-running': ({ name }) => `${name} 가상 머신이 실행 중이 아니에요: vm boot ${name}`,
    'no-memory': ({ free }) =>
      `게스트 메모리를 마련할 수 없어요. 호스트에 ${free}만 남아 있어요. 가상 머신의 메모리는 켤 때 통째로 떼어 놓아요`,
    'too-many-cpus': () => '호스트에는 프로세서가 그만큼 없어요',
    'too-little-memory': () => 'Debian은 그렇게 적은 메모리로는 부팅하지 못해요. 256M 이상이어야 해요',
  },
  unknownOption: ({ option }) => `모르는 옵션이나 명령이에요: ${option}`,
  up: ({ name }) => `${name} 가상 머신이 켜졌어요. 로그인하기: drydock vm shell ${name}`,
  off: ({ name }) =>
    `${name} 가상 머신이 꺼졌어요. 디스크는 남아 있어요. 다시 켜기: vm boot ${name}, 지우기: vm rm ${name}`,
  removed: ({ name }) => `${name} 가상 머신을 디스크와 함께 지웠어요.`,
  none: '가상 머신이 없어요. vm boot 명령으로 만들 수 있어요.',
};

/** The texts in the language that the environment asks for (`DRYDOCK_LANG`). */
export function vmTexts(lang: string | undefined): VmTexts {
  return lang === 'ko' ? korean : english;
}
