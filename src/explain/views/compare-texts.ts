import type { Part, Reach, WayId } from '../../compare/types.ts';
import type { Typical } from '../../compare/typical.ts';

/** What the comparison says, in one language. */
export interface CompareTexts {
  readonly title: (d: { readonly work: string }) => string;
  readonly ways: { readonly [id in WayId]: string };
  readonly rows: {
    readonly kernels: string;
    readonly release: string;
    readonly processes: string;
    readonly visible: string;
    readonly memoryReserved: string;
    readonly memoryUsed: string;
    readonly diskReserved: string;
    readonly diskUsed: string;
    readonly time: string;
  };
  readonly path: string;
  readonly sharing: string;
  readonly parts: { readonly [part in Part]: string };
  readonly own: string;
  readonly shared: string;
  readonly neighbours: string;
  readonly nothing: string;
  readonly breakOut: string;
  readonly reaches: { readonly [reach in Reach]: string };
  readonly counted: string;
  readonly typicalHeading: string;
  readonly typical: { readonly [id in Typical['id']]: string };
  readonly sources: { readonly [id in Typical['source']]: string };
  readonly command: string;
}

export const compareTextsEn: CompareTexts = {
  title: ({ work }) => `${work} up to its first answer, done in five ways in the model`,
  ways: {
    process: 'process',
    container: 'container',
    hosted: 'VM, type 2',
    metal: 'VM, type 1',
    desktop: 'Desktop',
  },
  rows: {
    kernels: 'kernels added',
    release: 'kernel it runs on',
    processes: 'processes added',
    visible: 'processes it sees',
    memoryReserved: 'memory set aside',
    memoryUsed: 'memory in use *',
    diskReserved: 'disk set aside',
    diskUsed: 'stored on disk',
    time: 'simulated time',
  },
  path: 'What it goes through (steps of each)',
  sharing: 'Own, or shared with the computer',
  parts: {
    kernel: 'kernel',
    files: 'files',
    processes: 'processes',
    network: 'network',
    hostname: 'host name',
    ipc: 'shared memory',
    users: 'users',
  },
  own: 'own',
  shared: 'shared',
  neighbours: 'Two of them share with each other',
  nothing: 'nothing but the hypervisor and the hardware',
  breakOut: 'Whoever breaks out of it',
  reaches: {
    account: 'is there already: all files and processes of that user lie open',
    kernel: "is in the computer's kernel, which all its containers share",
    guest: "is in the guest's kernel; the hypervisor is still in the way",
    'shared-guest': 'is in the kernel of the hidden machine, with all containers; the computer is still behind it',
  },
  counted:
    '* what such processes typically take. Everything else is counted in the model: files in place, then the command, then the first answer. "processes added" are those of the computer itself. Desktop is Docker Desktop on a Mac: its hidden machine runs already, with its memory set aside. A machine boots here in the time that was measured with everything emulated, whatever hypervisor it is on; with hardware help the stages are the same and the time is much shorter.',
  typicalHeading: 'Real machines, for comparison',
  typical: {
    'container-start': 'docker run of a small program, start to end',
    'vm-emulated': 'power to login prompt, everything emulated (the boot in this model)',
    'vm-direct': 'the same without firmware and boot loader',
    'qemu-boot': 'a minimal kernel in QEMU with hardware help',
    microvm: 'a microVM (Firecracker)',
    'qemu-memory': 'memory that QEMU itself takes beside the guest',
    shim: 'memory of the shim process that each container has',
  },
  sources: {
    measured: 'Measured with Docker 28.5, and QEMU 7.2 without hardware help, on Debian 12 with 2 processors',
    nsdi2020: 'Data of "Firecracker", NSDI 2020 (firecracker-microvm/nsdi2020-data)',
  },
  command: 'typed',
};

export const compareTextsKo: CompareTexts = {
  title: ({ work }) => `${work}: 첫 응답이 올 때까지, 모델 안에서 다섯 가지 방법으로 해 봤어요`,
  ways: {
    process: '프로세스',
    container: '컨테이너',
    hosted: 'VM 2형',
    metal: 'VM 1형',
    desktop: 'Desktop',
  },
  rows: {
    kernels: '늘어난 커널',
    release: '실행되는 커널',
    processes: '늘어난 프로세스',
    visible: '보이는 프로세스',
    memoryReserved: '따로 잡은 메모리',
    memoryUsed: '쓰는 메모리 *',
    diskReserved: '따로 잡은 디스크',
    diskUsed: '디스크에 저장된 양',
    time: '시뮬레이션 시간',
  },
  path: '거치는 곳 (각각의 단계 수)',
  sharing: '따로 가진 것과 컴퓨터와 함께 쓰는 것',
  parts: {
    kernel: '커널',
    files: '파일',
    processes: '프로세스',
    network: '네트워크',
    hostname: '호스트 이름',
    ipc: '공유 메모리',
    users: '사용자',
  },
  own: '따로',
  shared: '함께',
  neighbours: '두 개를 띄우면 서로 함께 쓰는 것',
  nothing: '하이퍼바이저와 하드웨어뿐이에요',
  breakOut: '여기서 빠져나오면',
  reaches: {
    account: '이미 밖이에요. 그 사용자의 파일과 프로세스가 모두 열려 있어요',
    kernel: '모든 컨테이너가 함께 쓰는 컴퓨터의 커널이에요',
    guest: '게스트의 커널이에요. 아직 하이퍼바이저가 막고 있어요',
    'shared-guest': '컨테이너가 모두 모여 있는 숨은 가상 머신의 커널이에요. 컴퓨터는 그 바깥에 있어요',
  },
  counted:
    '* 이런 프로세스가 보통 쓰는 양이에요. 나머지는 모두 모델에서 센 값이에요. 파일을 준비해 두고, 명령을 치고, 첫 응답이 올 때까지를 쟀어요. 늘어난 프로세스는 컴퓨터 자신의 것만 셌어요. Desktop은 Mac의 Docker Desktop이에요. 숨은 가상 머신이 메모리를 잡은 채 이미 돌고 있어요. 가상 머신의 부팅 시간은 하이퍼바이저가 무엇이든 모두 에뮬레이션으로 돌려서 잰 값이에요. 하드웨어의 도움을 받으면 순서는 같고 시간은 훨씬 짧아요.',
  typicalHeading: '진짜 컴퓨터에서는',
  typical: {
    'container-start': '작은 프로그램을 docker run으로 시작해서 끝날 때까지',
    'vm-emulated': '전원을 켜서 로그인 화면까지, 모두 에뮬레이션 (이 모델의 부팅)',
    'vm-direct': '펌웨어와 부트로더 없이 같은 부팅',
    'qemu-boot': '하드웨어 지원을 받는 QEMU에서 아주 작은 커널',
    microvm: 'microVM (Firecracker)',
    'qemu-memory': '게스트 말고 QEMU 자신이 쓰는 메모리',
    shim: '컨테이너마다 하나씩 있는 shim 프로세스의 메모리',
  },
  sources: {
    measured: '잰 값: Docker 28.5, 하드웨어 지원 없는 QEMU 7.2, 프로세서 2개인 Debian 12',
    nsdi2020: '논문 "Firecracker"(NSDI 2020)의 데이터(firecracker-microvm/nsdi2020-data)',
  },
  command: '친 명령',
};
