/** What `drydock host …` says. */
export interface HostMessages {
  readonly wrong: {
    readonly [did in
      | 'bad-name'
      | 'name-taken'
      | 'network-full'
      | 'too-small'
      | 'not-bare'
      | 'no-such-host'
      | 'first-host'
      | 'in-use'
      | 'bad-kind'
      | 'bad-size']: (d: { readonly name: string }) => string;
  };
  readonly made: (d: { readonly name: string; readonly address: string; readonly bare: boolean }) => string;
  readonly madeDesktop: (d: { readonly name: string }) => string;
  readonly noEngine: (d: { readonly name: string }) => string;
  readonly used: (d: { readonly name: string }) => string;
  readonly removed: (d: { readonly name: string }) => string;
  /** The columns of the list. */
  readonly headings: readonly [
    name: string,
    kind: string,
    address: string,
    kernel: string,
    cpus: string,
    memory: string,
    docker: string,
  ];
  readonly docker: { readonly [how in 'runs' | 'stopped' | 'none' | 'desktop']: string };
}

/** In English. */
export const hostMessagesEn: HostMessages = {
  wrong: {
    'bad-name': ({ name }) => `not a computer's name: "${name}" (lower-case letters, digits and "-")`,
    'name-taken': ({ name }) => `there is a computer ${name} already`,
    'network-full': () => 'the local network has no address left',
    'too-small': () => 'a computer needs 512 MiB of memory at least',
    'not-bare': () => '--bare is for Linux computers: on a Mac and on Windows, Docker is Docker Desktop',
    'no-such-host': ({ name }) => `there is no computer ${name}: drydock host list`,
    'first-host': ({ name }) => `${name} is the computer of this session and cannot be removed`,
    'in-use': ({ name }) => `commands run on ${name} at present: drydock host use drydock first`,
    'bad-kind': ({ name }) => `unknown kind "${name}": linux, mac or windows`,
    'bad-size': ({ name }) => `not a size or a number: "${name}" (for example --memory 4g --cpus 2 --disk 40g)`,
  },
  made: ({ name, address, bare }) =>
    bare
      ? `${name} is there (${address}), without Docker. drydock host use ${name}: commands run on it. Or: drydock shell -c 'ssh ${name}'`
      : `${name} is there (${address}). Its engine: docker -H ssh://${name} ps. To sit down at it: drydock host use ${name}`,
  madeDesktop: ({ name }) => `${name} is there, with Docker Desktop. drydock host use ${name}: commands run on it.`,
  noEngine: ({ name }) => `Docker is not installed on ${name}, where commands run at present`,
  used: ({ name }) => `Commands run on ${name} now.`,
  removed: ({ name }) => `${name} removed. drydock undo brings it back.`,
  headings: ['NAME', 'KIND', 'ADDRESS', 'KERNEL', 'CPUS', 'MEMORY', 'DOCKER'],
  docker: { runs: 'running', stopped: 'stopped', none: 'not installed', desktop: 'Docker Desktop' },
};

/** In Korean. */
export const hostMessagesKo: HostMessages = {
  wrong: {
    'bad-name': ({ name }) => `컴퓨터 이름으로 쓸 수 없어요: "${name}" (영어 소문자, 숫자, "-"만 돼요)`,
    'name-taken': ({ name }) => `${name} 컴퓨터가 이미 있어요`,
    'network-full': () => '로컬 네트워크에 남은 주소가 없어요',
    'too-small': () => '컴퓨터에는 메모리가 적어도 512 MiB는 있어야 해요',
    'not-bare': () => '--bare는 리눅스 컴퓨터에만 써요. 맥과 윈도우에서 도커는 Docker Desktop이에요',
    'no-such-host': ({ name }) => `${name} 컴퓨터가 없어요: drydock host list`,
    'first-host': ({ name }) => `${name} 컴퓨터는 이 세션의 첫 컴퓨터라서 없앨 수 없어요`,
    'in-use': ({ name }) => `지금 명령이 ${name}에서 실행되고 있어요. 먼저 drydock host use drydock을 하세요`,
    'bad-kind': ({ name }) => `모르는 종류예요: "${name}". linux, mac, windows 가운데 하나예요`,
    'bad-size': ({ name }) => `크기나 개수가 아니에요: "${name}" (예: --memory 4g --cpus 2 --disk 40g)`,
  },
  made: ({ name, address, bare }) =>
    bare
      ? `${name} 컴퓨터가 생겼어요 (${address}). 도커는 없어요. drydock host use ${name}: 명령이 거기서 실행돼요. 또는: drydock shell -c 'ssh ${name}'`
      : `${name} 컴퓨터가 생겼어요 (${address}). 그쪽 엔진: docker -H ssh://${name} ps. 그 컴퓨터에서 바로 일하려면: drydock host use ${name}`,
  madeDesktop: ({ name }) =>
    `${name} 컴퓨터가 Docker Desktop과 함께 생겼어요. drydock host use ${name}: 명령이 거기서 실행돼요.`,
  noEngine: ({ name }) => `지금 명령이 실행되는 ${name} 컴퓨터에는 도커가 설치되어 있지 않아요`,
  used: ({ name }) => `이제 명령이 ${name}에서 실행돼요.`,
  removed: ({ name }) => `${name} 컴퓨터를 없앴어요. drydock undo로 되돌릴 수 있어요.`,
  headings: ['이름', '종류', '주소', '커널', 'CPU', '메모리', '도커'],
  docker: { runs: '실행 중', stopped: '멈춤', none: '설치 안 됨', desktop: 'Docker Desktop' },
};
