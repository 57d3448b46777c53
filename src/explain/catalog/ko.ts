import { josa } from '../josa.ts';
import { bareAddress, bytes, commandLine, cpus, grouped, kindNames, shortId, shortIds } from '../quantities.ts';
import { barePath, requestKind } from '../requests.ts';
import { brief } from './brief-ko.ts';
import { buildSentences } from './build-ko.ts';
import type { Catalog, Sentences } from './catalog.ts';
import { mountSentence, signalSentence, statusSentence, whenReached } from './details-ko.ts';
import { hostSentences } from './hosts-ko.ts';
import { imageSentences } from './images-ko.ts';
import { isolationSentences } from './isolation-ko.ts';
import { machineTexts } from './machine-ko.ts';
import { networkSentences } from './networks-ko.ts';
import { programSentences } from './programs-ko.ts';
import { terms } from './terms-ko.ts';
import { vmTexts } from './vm-ko.ts';
import { vmSentences } from './vm-texts.ts';
import { watchSentences } from './watch-ko.ts';

const sentences: Sentences = {
  ...imageSentences,
  ...buildSentences,
  ...networkSentences,
  ...watchSentences,
  ...programSentences,
  ...isolationSentences,
  ...vmSentences(vmTexts),
  ...hostSentences,
  ...machineTexts,
  mount: mountSentence,
  umount: (d) => `${shortIds(d.target)}에 마운트했던 것을 떼어 내요. 파일 자체는 저장된 곳에 그대로 있어요.`,
  clone: (d) =>
    `커널이 프로세스 ${josa(String(d.parent), '을/를')} 복제해서 프로세스 ${josa(String(d.pid), '을/를')} 만들어요. 컨테이너의 첫 프로세스도 이렇게 시작해요. 컴퓨터를 부팅하는 게 아니에요.`,
  unshare: (d) =>
    `프로세스 ${josa(String(d.pid), '이/가')} 자기만의 네임스페이스를 가져요: ${kindNames(d.kinds)}. 커널은 여전히 하나이고, 프로세스에게 보이는 범위만 달라져요.`,
  pivot_root: (d) =>
    `합쳐진 레이어가 프로세스 ${d.pid}의 /가 되고, 호스트의 파일 트리는 시야에서 사라져요. chroot는 호스트의 트리를 마운트된 채로 남겨 두기 때문에 root라면 빠져나올 수 있어요.`,
  sethostname: (d) =>
    `컨테이너의 UTS 네임스페이스에서는 이름이 ${josa(d.name, '이에요/예요')}. 호스트의 이름은 바뀌지 않아요.`,
  cgroup: (d) => {
    const limits = [
      d.memoryMax === undefined ? '' : `메모리 ${bytes(d.memoryMax)}`,
      d.cpuMax === undefined ? '' : `CPU ${cpus(d.cpuMax)}개분의 시간`,
      d.pidsMax === undefined ? '' : `프로세스 ${d.pidsMax}개`,
    ].filter((limit) => limit !== '');
    return limits.length > 0
      ? `컨테이너의 프로세스를 묶는 cgroup이에요. 커널이 사용량을 합쳐서 재고, ${limits.join(', ')}까지만 쓰게 해요.`
      : '컨테이너의 프로세스를 묶는 cgroup이에요. 커널이 사용량을 합쳐서 재요. 제한을 두지 않았으니 호스트의 자원을 다 쓸 수도 있어요.';
  },
  execve: (d) => {
    const where = d.guest ? '게스트' : '호스트';
    if (d.pid !== d.inside)
      return `이제 이 프로세스가 ${josa(d.path, '을/를')} 실행해요. 컨테이너의 PID 네임스페이스에서는 PID ${d.inside}, ${where}에서는 PID ${josa(String(d.pid), '이에요/예요')}. 프로세스는 하나인데 번호가 둘이에요. 커널은 ${where}의 ${d.release} 그대로예요.`;
    const kernel = d.guest ? `게스트 자신의 커널 ${d.release} 위에서 ` : '';
    return `이제 ${where}의 프로세스 ${josa(String(d.pid), '이/가')} ${kernel}${josa(d.path, '을/를')} 실행해요.`;
  },
  exit: (d) => {
    const who = d.pid === d.inside ? `프로세스 ${d.pid}` : `프로세스 ${d.pid}(안에서는 PID ${d.inside})`;
    const subject = josa(who, '이/가');
    const how = d.signal
      ? `${josa(d.signal, '으로/로')} 종료됐어요`
      : `종료 코드 ${josa(String(d.code), '으로/로')} 끝났어요`;
    const all =
      d.inside === 1 && d.pid !== 1
        ? ' PID 1이었으므로 같은 PID 네임스페이스에 남은 프로세스도 커널이 모두 종료시켜요.'
        : '';
    return `${subject} ${how}.${all}`;
  },
  signal: signalSentence,
  reparent: (d) =>
    `프로세스 ${d.pid}의 부모가 먼저 끝났어요. 이제 프로세스 ${josa(String(d.to), '이/가')} 부모가 되어 종료 코드를 거둬야 해요.`,
  'copy-up': (d) =>
    `${josa(d.path, '은/는')} 읽기 전용 레이어에 있던 파일이에요. 처음 바꾸기 전에 커널이 쓰기 레이어로 복사해요(${bytes(d.bytes)}). 이미지에는 원래 파일이 그대로 남아요.`,
  veth: (d) =>
    `가상 랜선을 연결해요. 한쪽 끝은 컨테이너의 네트워크 네임스페이스에서 ${josa(`${d.peer}(${bareAddress(d.address)})`, '이/가')} 되고, 다른 쪽 끝은 호스트의 브리지 ${d.bridge}에 꽂혀요.${d.gateway === '' ? '' : ` 밖으로 나갈 때는 ${josa(d.gateway, '을/를')} 거쳐요.`}`,
  budget: (d) =>
    `시뮬레이션이 동작 ${grouped(d.ops)}개를 처리하고 멈췄어요. 끝나지 않는 프로그램이 터미널을 붙잡지 않게 하려는 거예요. 다음 명령을 내리면 이어서 진행해요.`,
  request: (d) => ko.requests[requestKind(d.method, d.path)](d.status) + statusSentence(d.status, barePath(d.path)),
  'create-layer': (d) =>
    `${d.image} 이미지의 읽기 전용 레이어 ${d.layers}개 위에 이 컨테이너만의 빈 쓰기 레이어를 얹어요(${d.driver}). 이미지는 복사하지 않고, 같은 이미지로 만든 컨테이너가 모두 함께 써요.`,
  'init-layer': (d) =>
    `이미지와 컨테이너 사이의 작은 init 레이어에 ${d.files.join(', ')} 파일을 준비해요. 환경마다 내용이 달라서 이미지에 섞이면 안 되는 파일이에요.`,
  'write-config': (d) =>
    `데몬이 설정을 파일로 적어 둬요(${d.files.join(', ')}). docker inspect가 보여 주는 기록이고, 아무것도 실행되지 않을 때도 남아 있어요.`,
  'start-shim': (d) =>
    `containerd가 컨테이너의 부모가 될 shim(프로세스 ${d.pid})을 띄워요. shim이 출력 스트림과 종료 코드를 맡고 있어서, containerd를 다시 시작해도 컨테이너는 계속 실행돼요.`,
  'runc-create': () =>
    'shim이 OCI 런타임인 runc를 불러요. runc는 번들(루트 디렉터리와 config.json)을 읽어 격리를 준비하고, 일이 끝나면 사라져요.',
  'runc-init': (d) =>
    `runc가 자기 자신을 한 번 더 띄워요(프로세스 ${d.pid}). 이 프로세스가 새 네임스페이스(${kindNames(d.namespaces)})로 들어가 컨테이너의 PID 1이 돼요.`,
  'mask-paths': (d) =>
    `/proc과 /sys 아래의 경로 ${d.readonly.length}개는 읽기 전용으로 바꾸고 ${d.masked.length}개는 가려요. 모두가 함께 쓰는 하나뿐인 커널을 보여 주거나 바꾸는 곳이라서예요.`,
  'drop-privileges': (d) =>
    `${d.seccomp ? '이제 seccomp 필터가 위험한 시스템 콜을 거부해요. ' : ''}root의 권한을 나눈 capability ${d.dropped + d.kept}개 가운데 ${d.dropped}개를 버리고 ${d.kept}개만 남겨요. 프로그램은 uid ${josa(String(d.uid), '으로/로')} 실행돼요${d.uid === 0 ? '(힘이 줄어든 root예요)' : ''}.`,
  'exec-fifo': () =>
    '격리는 끝났지만 프로그램은 아직 실행되지 않아요. 데몬이 네트워크를 먼저 연결할 수 있도록 runc init이 FIFO 앞에서 기다려요.',
  nat: (d) =>
    `iptables 규칙을 추가해요. ${d.hostIp}:${d.hostPort}/${josa(d.proto, '으로/로')} 들어온 패킷의 목적지를 컨테이너의 ${d.toIp}:${josa(String(d.toPort), '으로/로')} 바꿔요.`,
  'docker-proxy': (d) =>
    `docker-proxy(프로세스 ${d.pid})가 ${d.hostIp}:${d.hostPort}에서 기다리며, NAT 규칙이 닿지 않는 연결(호스트 자신에서 오는 일부 연결 등)을 넘겨줘요. 다른 프로그램이 이 포트를 차지하지 못하게 하는 역할도 해요.`,
  'runc-start': () => 'runc start가 FIFO를 열면, 기다리던 runc init이 사용자의 프로그램으로 넘어가요.',
  'container-exit': (d) =>
    `${d.name} 컨테이너의 PID 1이 끝났으니 컨테이너도 끝났어요. 종료 코드는 ${josa(String(d.code), '이에요/예요')}${d.oom ? ' (cgroup이 허용한 것보다 메모리를 많이 썼어요)' : ''}. shim이 containerd에, containerd가 데몬에 알려요.`,
  'runc-delete': () =>
    'runc가 cgroup을 지워요. 네임스페이스는 마지막 프로세스와 함께 사라졌어요. 이제 이 컨테이너에서 실행 중인 것은 없어요.',
  'release-network': (d) =>
    `포트 규칙과 가상 랜선을 걷어 내요. ${josa(bareAddress(d.address), '은/는')} 다른 컨테이너가 쓸 수 있게 돼요.`,
  'umount-root': () =>
    '합쳐 보이던 레이어의 마운트를 해제해요. 쓰기 레이어는 디스크에 남아 있어서, docker start를 하면 파일이 그대로 있어요.',
  'remove-container': (d) => `${d.name} 컨테이너의 쓰기 레이어와 설정, 로그를 지워요. 이미지는 남아요.`,
  'stop-signal': (d) =>
    `docker stop은 먼저 부탁해요. PID 1에 ${josa(d.signal, '을/를')} 보내고, 하던 일을 마칠 시간을 ${d.timeout}초 줘요.`,
  'stop-timeout': (d) =>
    `${d.timeout}초가 지나도 PID 1이 끝나지 않았어요. 이제 어떤 프로세스도 막거나 무시할 수 없는 SIGKILL을 보내요.`,
  kill: (d) => `데몬이 컨테이너의 첫 프로세스(호스트의 PID ${d.pid})에 ${josa(d.signal, '을/를')} 보내요.`,
  list: (d) =>
    `데몬이 가진 기록으로 대답해요. 컨테이너 ${d.total}개 가운데 ${d.shown}개를 보여 주고, 실행 중인 것은 ${d.running}개예요. 나머지는 다시 시작할 때까지 파일과 설정일 뿐이에요.`,
  inspect: (d) =>
    `${shortId(d.name)}에 대해 데몬이 가진 기록 전체(${d.kind})를 JSON으로 받아요. 설정, 상태, 주소가 들어 있어요.`,
  'exec-join': (d) =>
    `runc가 ${josa(commandLine(d.argv), '을/를')} 띄워서 프로세스 ${d.target}의 네임스페이스 ${d.namespaces.length}개에 합류시켜요(setns). 컨테이너가 하나 더 생기는 게 아니라 프로세스가 하나 늘어요. 안에서는 PID ${d.inside}, 호스트에서는 PID ${josa(String(d.pid), '이에요/예요')}.`,
  attach: (d) =>
    `터미널을 PID 1의 ${d.stdin ? '입력과 출력' : '출력'}에 연결해요${d.tty ? '. 사이에 가상 터미널이 있어요' : ''}.`,
  'read-log': (d) =>
    `PID 1이 stdout과 stderr에 쓴 내용을 로그 드라이버 ${josa(d.driver, '이/가')} 보관해 뒀어요. 모두 ${d.entries}건이에요${d.follow ? '. 새로 쓰는 내용도 이어서 보여 줘요' : ''}. 컨테이너 안의 로그 파일은 여기에 나오지 않아요.`,
  top: (d) =>
    `데몬이 호스트에서 ps를 실행하고 이 컨테이너의 줄만 골라요. 프로세스는 ${d.processes}개이고 번호는 호스트의 PID예요. 컨테이너의 프로세스는 곧 호스트의 프로세스예요.`,
  freeze: (d) =>
    d.frozen
      ? '컨테이너의 cgroup을 얼려요(cgroup.freeze = 1). 프로세스는 메모리와 연결을 그대로 둔 채, unpause할 때까지 CPU를 쓰지 못해요.'
      : '얼렸던 cgroup을 풀어요. 프로세스는 멈췄던 자리에서 그대로 이어 가요.',
  'plan-restart': (d) =>
    `재시작 정책 ${d.policy}에 따라 데몬이 ${d.delay / 1000} ms 뒤에 컨테이너를 다시 시작해요(${d.count}번째). 기다리는 시간은 1분이 될 때까지 두 배씩 늘어나요.`,
  rename: (d) =>
    `데몬의 기록에서 ${shortId(d.container)}의 이름이 ${d.from}에서 ${josa(d.to, '으로/로')} 바뀌어요. ID와 프로세스는 그대로예요.`,
  diff: (d) =>
    `데몬이 컨테이너의 파일 트리를 이미지와 비교해요: 변경 ${d.changes}개. 모두 쓰기 레이어에 있고, 이미지는 절대 바뀌지 않아요.`,
  update: (d) =>
    d.running
      ? `새 설정: ${d.settings.join(', ')}. 제한은 컨테이너의 cgroup에 적힌 숫자라서, 다시 시작하지 않아도 바로 적용돼요.`
      : `새 설정: ${d.settings.join(', ')}. 컨테이너의 설정에 적어 두고, 다음에 시작할 때부터 적용돼요.`,
  prune: (d) =>
    `${d.kind === 'volume' ? '볼륨' : '컨테이너'} ${d.removed}개를 한꺼번에 지우고 ${bytes(d.bytes)} 공간을 되찾아요.`,
  copy: (d) =>
    d.direction === 'in'
      ? `데몬이 항목 ${d.files}개가 든 아카이브를 컨테이너 파일 트리의 ${d.path}에 풀어요. ${d.running ? '안의 프로세스에게 파일이 바로 보여요.' : '컨테이너가 실행 중이 아니어도 돼요. 파일은 그대로 있으니까요.'}`
      : `데몬이 컨테이너 파일 트리의 ${d.path}, 항목 ${d.files}개를 아카이브로 묶어요. ${d.running ? '컨테이너의 프로세스는 관여하지 않아요.' : '컨테이너가 실행 중이 아니어도 돼요. 파일은 그대로 있으니까요.'}`,
  volume: (d) =>
    d.change === 'create'
      ? `볼륨 ${shortId(d.name)}: 호스트의 폴더예요(/var/lib/docker/volumes). 어느 컨테이너의 레이어에도 들어 있지 않아서 컨테이너보다 오래 남아요.`
      : d.change === 'remove'
        ? `볼륨 ${shortId(d.name)}, 안에 있는 파일까지 모두 지워요.`
        : `볼륨 ${shortId(d.name)}: 새것이고 비어 있어서, 이미지의 ${d.path} 내용을 복사해 넣어요. 바인드 마운트라면 복사하지 않아요.`,
  'bind-source': (d) =>
    `내 컴퓨터의 ${d.source}, 항목 ${d.files}개를 시뮬레이션으로 읽어 들여요. 진짜 엔진이라면 컨테이너가 내 파일에 직접 쓰지만, 여기서는 쓰기가 시뮬레이션 안에만 남고 실제 파일은 바뀌지 않아요.`,
  wait: (d) => `${whenReached(d.condition)} 응답이 와요. 응답에는 종료 코드가 들어 있어요.`,
};

/** 이름이 프로그램이 아닌 것들. */
const actors: { readonly [name: string]: string } = {
  docker: '클라이언트',
  kernel: '커널',
  hypervisor: '하이퍼바이저',
  firmware: '펌웨어',
  'boot loader': '부트로더',
  'guest kernel': '게스트 커널',
  'guest init': '게스트 init',
};

/** What explanations say in Korean. */
export const ko: Catalog = {
  sentences,
  requests: {
    ping: () => '클라이언트가 데몬이 있는지, 어떤 API 버전을 쓰는지 물어봐요.',
    create: () => '클라이언트가 컨테이너를 만들어 달라고 데몬에 요청해요. 아직 아무것도 실행되지 않아요.',
    start: () => '클라이언트가 컨테이너를 시작해 달라고 요청해요.',
    stop: () => '클라이언트가 정상적으로 끝내 달라고 요청해요.',
    kill: () => '클라이언트가 시그널을 보내 달라고 요청해요.',
    restart: () => '클라이언트가 멈췄다가 다시 시작해 달라고 요청해요.',
    wait: () => '클라이언트가 컨테이너가 끝나면 종료 코드를 알려 달라고 요청해요.',
    attach: () => 'HTTP 연결이 컨테이너의 입력과 출력을 나르는 스트림으로 바뀌어요.',
    resize: () => '클라이언트가 터미널 크기를 알려 줘요. 컨테이너의 가상 터미널도 같은 크기가 돼요.',
    logs: () => '클라이언트가 컨테이너가 쓴 내용을 달라고 요청해요.',
    top: () => '클라이언트가 컨테이너의 프로세스를 물어봐요.',
    inspect: () => '클라이언트가 데몬의 기록을 달라고 요청해요.',
    list: () => '클라이언트가 목록을 요청해요. 클라이언트 자신은 아는 것도, 저장하는 것도 없어요.',
    remove: () => '클라이언트가 컨테이너를 지워 달라고 요청해요.',
    'exec-create': () => '클라이언트가 실행 중인 컨테이너에서 돌릴 명령을 하나 더 등록해요.',
    'exec-start': () => '명령을 시작하고, 연결은 그 명령의 입력과 출력이 돼요.',
    'exec-inspect': () => '클라이언트가 명령의 종료 코드를 물어봐요.',
    pull: () => '클라이언트가 레지스트리에서 이미지를 받아 달라고 데몬에 요청해요.',
    push: () =>
      '클라이언트가 데몬에 이미지를 올려 달라고 하면서 누구인지 알려 줘요. 레지스트리와 이야기하는 것은 데몬이에요.',
    login: () => '클라이언트가 데몬에 이 이름과 비밀번호를 레지스트리에서 확인해 달라고 해요.',
    search: () => '클라이언트가 데몬에 Docker Hub에서 찾아 달라고 해요.',
    other: () => '클라이언트가 데몬에 요청해요.',
  },
  terms,
  brief,
  actor: (name) => actors[name] ?? name,
  labels: {
    words: '용어',
    vm: 'VM이라면',
    unknownStep: '이 단계를 설명하는 문장이 아직 없어요.',
    nothing: '엔진이 한 일이 없어요.',
  },
};
