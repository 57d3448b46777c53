import type { EngineActions } from '../../engine/actions.ts';
import type { HostActions } from '../../host/actions.ts';
import type { KernelActions } from '../../kernel/trace.ts';
import type { BootPlan } from '../../vm/plan.ts';
import { josa } from '../josa.ts';
import { plural } from '../quantities.ts';

type All = KernelActions & EngineActions & Pick<HostActions, 'desktop-forward'>;

/** Steps of a container's life that have a counterpart in that of a virtual machine, in the order in which they are told. */
export const compared = [
  'desktop-forward',
  'fetch-layers',
  'build-context',
  'build-run',
  'build-layer',
  'create-layer',
  'cgroup',
  'unshare',
  'pivot_root',
  'sethostname',
  'drop-privileges',
  'veth',
  'nat',
  'execve',
  'exec-join',
  'attach',
  'stop-signal',
  'stop-timeout',
  'kill',
  'container-exit',
  'commit-layer',
  'remove-container',
  'list',
] as const satisfies readonly (keyof All)[];

export type Compared = (typeof compared)[number];

/** The machine that the model would boot, sizes as text. */
export interface MachineFacts extends Pick<BootPlan, 'seconds' | 'processes' | 'release'> {
  readonly memory: string;
  readonly disk: string;
}

/** Both sides of each step: what was done here, and what a virtual machine would have needed. */
export interface CounterpartTexts {
  readonly title: (d: { readonly command: string }) => string;
  readonly here: string;
  readonly there: string;
  readonly pairs: {
    readonly [A in Compared]: (
      d: All[A],
      vm: MachineFacts,
      size: (bytes: number) => string,
    ) => readonly [string, string];
  };
  readonly none: string;
  readonly more: string;
}

const kinds = (names: readonly string[]): string => names.join(', ');

export const counterpartEn: CounterpartTexts = {
  title: ({ command }) => `${command}: as it was, and on a virtual machine`,
  here: 'container',
  there: 'VM',
  pairs: {
    'desktop-forward': ({ release, hostSystem, memory, cpus }, vm, size) => [
      `in the Linux machine that Docker Desktop keeps (${plural(cpus, 'CPU')}, ${size(memory)}, set aside once for all containers): this computer has ${hostSystem}, "the host" below is that machine with its ${release}`,
      `one machine more beside that one, with ${vm.memory} of its own; a second container would need none`,
    ],
    'fetch-layers': ({ fetched, present, bytes }, vm, size) => [
      `${plural(fetched, 'layer')} fetched (${size(bytes)}), ${present} were there: images share them`,
      `a disk image of a whole system, kernel and all (${vm.disk} here), which shares nothing`,
    ],
    'build-context': (_d, _vm) => [
      'the build context goes to the builder',
      'a script, or the files by ssh, goes into a machine that runs already',
    ],
    'build-run': () => [
      'RUN is a process in a container of its own, and its changes become a layer',
      'the provisioning script runs in the guest and changes its one disk',
    ],
    'build-layer': ({ bytes }, _vm, size) => [
      `a layer of ${size(bytes)}, to be used again when nothing before it changes`,
      'no layers and no cache: provisioning again runs everything again',
    ],
    'create-layer': ({ layers }, vm) => [
      `an empty writable layer on ${plural(layers, 'read-only one')}: 0 B`,
      `a disk of ${vm.disk} of its own, with a whole operating system on it`,
    ],
    cgroup: ({ memoryMax }, vm, size) => [
      memoryMax === undefined
        ? 'a cgroup that counts; memory is taken as it is used'
        : `a cgroup with at most ${size(memoryMax)}; taken as it is used`,
      `${vm.memory} of memory set aside as long as it is on, used or not`,
    ],
    unshare: ({ kinds: names }) => [
      `${names.length} namespaces (${kinds(names)}): another view of the same kernel`,
      'nothing to unshare: processors, memory, disk and network card of its own, all virtual',
    ],
    pivot_root: () => [
      'pivot_root: the layers become the root directory',
      'firmware and boot loader read a kernel from the disk, and its init mounts the root',
    ],
    sethostname: ({ name }) => [
      `the host name ${name}, in the uts namespace`,
      "the guest's init sets the name of a whole system",
    ],
    'drop-privileges': ({ dropped }) => [
      `${dropped} capabilities taken from root, and a seccomp filter: the kernel is shared`,
      'root may do everything in the guest; what is shared is the hypervisor only',
    ],
    veth: ({ address, bridge }) => [
      `a pair of virtual cables to ${bridge}, address ${address}`,
      "a virtual network card, for which the guest's kernel needs a driver, and an address by DHCP",
    ],
    nat: ({ hostPort, toPort }) => [
      `port ${hostPort} of the host leads to ${toPort} by a rule in the same kernel`,
      `the hypervisor forwards port ${hostPort} of the host to ${toPort} of the guest`,
    ],
    execve: ({ argv, release }, vm) => [
      `execve ${argv.join(' ')}: one process of the host, on its kernel ${release}`,
      `a second kernel (${vm.release}) and ${vm.processes} processes first, ${vm.seconds} s to the login prompt (measured, emulated); then the program`,
    ],
    'exec-join': ({ namespaces }) => [
      `a further process joins ${namespaces.length} namespaces`,
      'sshd in the guest checks a key and starts a login shell',
    ],
    attach: () => [
      "the terminal is joined to the process's own input and output",
      'a console, or an ssh session with a shell',
    ],
    'stop-signal': ({ signal, timeout }) => [
      `${signal} to one process, and ${timeout} s of patience`,
      'the power button is pressed: init ends all services in order and unmounts (1.0 to 2.3 s measured)',
    ],
    'stop-timeout': () => ['SIGKILL', 'the power is cut'],
    kill: ({ signal }) => [
      `${signal} to process 1 of the container`,
      'the hypervisor ends the machine at once, as if the power were cut',
    ],
    'container-exit': ({ code }) => [
      `the container is over with its process (status ${code})`,
      'the machine stays on when the program ends, until somebody switches it off',
    ],
    'commit-layer': ({ bytes }, vm, size) => [
      `a new layer of ${size(bytes)} on top of the image's`,
      `a snapshot of the disk, or a copy of all ${vm.disk}`,
    ],
    'remove-container': () => ['the writable layer is deleted', 'the disk image is deleted, with the system on it'],
    list: ({ running }) => [
      `${running} running containers, each a process that ps shows too`,
      "the hypervisor's list; ps on the host shows one process for a machine, whatever runs in it",
    ],
  },
  none: 'The last command has no counterpart on a virtual machine: it changed no container, image or network.',
  more: 'drydock compare nginx   both, measured      drydock vm boot   try it',
};

export const counterpartKo: CounterpartTexts = {
  title: ({ command }) => `${command}: 방금 한 일과, 가상 머신이었다면`,
  here: '컨테이너',
  there: '가상 머신',
  pairs: {
    'desktop-forward': ({ release, hostSystem, memory, cpus }, vm, size) => [
      `Docker Desktop이 켜 둔 리눅스 가상 머신 안에서 실행돼요(CPU ${cpus}개, 메모리 ${size(memory)}, 모든 컨테이너가 함께 써요). 이 컴퓨터는 ${hostSystem}이고, 아래에서 말하는 호스트는 커널이 ${release}인 그 가상 머신이에요`,
      `그 옆에 메모리 ${vm.memory}를 따로 차지하는 머신이 하나 더 생겨요. 컨테이너라면 하나 더 띄워도 머신은 늘지 않아요`,
    ],
    'fetch-layers': ({ fetched, present, bytes }, vm, size) => [
      `레이어 ${fetched}개를 받았고(${size(bytes)}) ${present}개는 이미 있었어요. 레이어는 여러 이미지가 함께 써요`,
      `커널까지 들어 있는 시스템 전체의 디스크 이미지(여기서는 ${vm.disk})를 받아요. 함께 쓰는 것은 없어요`,
    ],
    'build-context': () => [
      '빌드 컨텍스트를 빌더로 보내요',
      '이미 켜져 있는 머신 안으로 스크립트나 파일을 ssh로 보내요',
    ],
    'build-run': () => [
      'RUN은 따로 만든 컨테이너의 프로세스이고, 바뀐 것이 레이어가 돼요',
      '프로비저닝 스크립트가 게스트 안에서 돌면서 하나뿐인 디스크를 바꿔요',
    ],
    'build-layer': ({ bytes }, _vm, size) => [
      `${size(bytes)}짜리 레이어예요. 앞 단계가 그대로면 다시 써요`,
      '레이어도 캐시도 없어서, 다시 프로비저닝하면 처음부터 다시 돌아요',
    ],
    'create-layer': ({ layers }, vm) => [
      `읽기 전용 레이어 ${layers}개 위에 빈 쓰기 레이어 하나: 0 B`,
      `운영 체제가 통째로 든 ${vm.disk} 디스크를 따로 가져요`,
    ],
    cgroup: ({ memoryMax }, vm, size) => [
      memoryMax === undefined
        ? 'cgroup이 사용량을 재요. 메모리는 실제로 쓸 때 가져가요'
        : `cgroup의 한도는 ${size(memoryMax)}예요. 메모리는 실제로 쓸 때 가져가요`,
      `켜져 있는 동안은 쓰든 안 쓰든 메모리 ${vm.memory}를 따로 잡아 둬요`,
    ],
    unshare: ({ kinds: names }) => [
      `네임스페이스 ${names.length}개(${kinds(names)}): 같은 커널을 다르게 보여 줘요`,
      '분리할 것이 없어요. 프로세서, 메모리, 디스크, 네트워크 카드가 모두 가상으로 따로 있어요',
    ],
    pivot_root: () => [
      'pivot_root로 레이어들이 루트 디렉터리가 돼요',
      '펌웨어와 부트로더가 디스크에서 커널을 읽고, 그 init이 루트를 마운트해요',
    ],
    sethostname: ({ name }) => [
      `uts 네임스페이스에서 호스트 이름은 ${josa(name, '이에요/예요')}`,
      '게스트의 init이 시스템 전체의 이름을 정해요',
    ],
    'drop-privileges': ({ dropped }) => [
      `커널을 함께 쓰니까 root에게서 capability ${dropped}개를 거두고 seccomp 필터를 걸어요`,
      '게스트 안에서는 root가 무엇이든 해요. 함께 쓰는 것은 하이퍼바이저뿐이에요',
    ],
    veth: ({ address, bridge }) => [
      `가상 랜선(veth)으로 ${bridge}에 연결하고, 주소는 ${josa(address, '이에요/예요')}`,
      '가상 네트워크 카드가 있고, 게스트 커널의 드라이버와 DHCP로 받은 주소가 필요해요',
    ],
    nat: ({ hostPort, toPort }) => [
      `같은 커널의 규칙 하나로 호스트의 ${hostPort}번 포트가 ${toPort}번으로 이어져요`,
      `하이퍼바이저가 호스트의 ${hostPort}번 포트를 게스트의 ${toPort}번으로 넘겨요`,
    ],
    execve: ({ argv, release }, vm) => [
      `execve ${argv.join(' ')}: 호스트 커널 ${release} 위의 프로세스 하나예요`,
      `먼저 두 번째 커널(${vm.release})과 프로세스 ${vm.processes}개가 떠야 해요. 로그인 화면까지 ${vm.seconds}초(에뮬레이션으로 잰 값), 프로그램은 그다음이에요`,
    ],
    'exec-join': ({ namespaces }) => [
      `프로세스 하나가 네임스페이스 ${namespaces.length}개에 더 들어가요`,
      '게스트의 sshd가 키를 확인하고 로그인 셸을 시작해요',
    ],
    attach: () => ['터미널을 그 프로세스의 입출력에 바로 이어요', '콘솔이나, 셸이 있는 ssh 세션이에요'],
    'stop-signal': ({ signal, timeout }) => [
      `프로세스 하나에 ${josa(signal, '을/를')} 보내고 ${timeout}초 기다려요`,
      '전원 버튼을 눌러요. init이 서비스를 차례로 끝내고 언마운트해요 (잰 값 1.0~2.3초)',
    ],
    'stop-timeout': () => ['SIGKILL을 보내요', '전원을 끊어요'],
    kill: ({ signal }) => [
      `컨테이너의 1번 프로세스에 ${josa(signal, '을/를')} 보내요`,
      '전원을 끊듯이 하이퍼바이저가 머신을 바로 끝내요',
    ],
    'container-exit': ({ code }) => [
      `프로세스가 끝나면 컨테이너도 끝나요 (종료 코드 ${code})`,
      '프로그램이 끝나도 머신은 누가 끌 때까지 켜져 있어요',
    ],
    'commit-layer': ({ bytes }, vm, size) => [
      `이미지 위에 ${size(bytes)}짜리 새 레이어를 얹어요`,
      `디스크의 스냅숏을 찍거나 ${vm.disk}를 통째로 복사해요`,
    ],
    'remove-container': () => ['쓰기 레이어를 지워요', '시스템이 든 디스크 이미지를 지워요'],
    list: ({ running }) => [
      `실행 중인 컨테이너 ${running}개. 하나하나가 ps에도 보이는 프로세스예요`,
      '하이퍼바이저의 목록이에요. 호스트의 ps에는 안에서 무엇이 돌든 머신마다 프로세스 하나만 보여요',
    ],
  },
  none: '방금 한 명령은 가상 머신에 견줄 것이 없어요. 컨테이너, 이미지, 네트워크를 바꾸지 않았거든요.',
  more: 'drydock compare nginx   둘을 재서 견줘요      drydock vm boot   직접 해 봐요',
};
