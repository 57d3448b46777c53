import { josa } from '../josa.ts';
import { bytes, cpus, grouped, kindNames, shortRelease, signalOfStatus } from '../quantities.ts';
import { buildBriefs } from './build-ko.ts';
import type { BriefTexts } from './catalog.ts';
import { whenReached } from './details-ko.ts';
import { hostBriefs } from './hosts-ko.ts';
import { imageBriefs } from './images-ko.ts';
import { isolationBriefs } from './isolation-ko.ts';
import { machineBriefs } from './machine-ko.ts';
import { networkBriefs } from './networks-ko.ts';
import { programBriefs } from './programs-ko.ts';
import { vmBriefs } from './vm-ko.ts';
import { watchBriefs } from './watch-ko.ts';

/** The brief narration in Korean. */
export const brief: BriefTexts = {
  layer: (d) => `${d.image}의 읽기 전용 레이어 ${d.layers}개 위에 쓰기 레이어를 얹어요 (${d.driver})`,
  layerAgain: '레이어를 다시 마운트해요. 전에 쓴 파일이 그대로 있어요',
  namespaces: (d) => {
    const limits = [
      d.memoryMax === undefined ? '' : `메모리 ${bytes(d.memoryMax)}`,
      d.cpuMax === undefined ? '' : `CPU ${cpus(d.cpuMax)}개`,
      d.pidsMax === undefined ? '' : `PID ${d.pidsMax}개`,
    ].filter((limit) => limit !== '');
    const made = d.kinds.length === 0 ? [] : [`새 네임스페이스 ${d.kinds.length}개: ${kindNames(d.kinds)}`];
    return [...made, ...(limits.length > 0 ? [`cgroup 제한 ${limits.join(', ')}`] : [])].join('; ');
  },
  confine: (d) =>
    [
      d.pivoted ? '자기만의 /(pivot_root)' : '',
      d.hostname === undefined ? '' : `이름 ${d.hostname}`,
      d.dropped === undefined ? '' : `capability ${d.dropped}개 제거`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  network: (d) =>
    [
      d.address === undefined ? '' : `${d.bridge}에 veth로 연결, ${d.address}`,
      d.ports.map(({ from, to }) => `${from} → ${to}`).join(', '),
    ]
      .filter((part) => part !== '')
      .join('; '),
  program: (d) => `${d.path}: 안에서는 PID 1, 호스트에서는 PID ${d.pid}, 같은 커널 ${shortRelease(d.release)}`,
  join: (d) =>
    `${josa(d.program, '이/가')} ${d.container}의 네임스페이스 ${d.namespaces}개에 합류해요(setns). 새 컨테이너가 아니에요. 안에서는 PID ${d.inside}, 호스트에서는 ${d.pid}${
      d.ended === undefined ? '' : `, 종료 코드 ${d.ended}`
    }`,
  stop: (d) => {
    const asked = `${d.container}의 PID 1에 ${josa(d.signal, '을/를')} 보내`;
    if (!d.overdue) return `${asked}고, 끝나기를 ${d.timeout}초까지 기다려요`;
    return `${asked}도 ${d.timeout}초 안에 끝나지 않아서${d.ignored ? '(PID 1에 핸들러가 없어 무시돼요)' : ''} SIGKILL을 보내요`;
  },
  kill: (d) => `${d.container}의 PID 1(호스트의 PID ${d.pid})에 ${josa(d.signal, '을/를')} 보내요`,
  ignoredByPid1: (d) => `${josa(d.signal, '은/는')} 효과가 없어요. PID 1에 핸들러가 없으면 커널이 버려요`,
  end: (d) => {
    const number = signalOfStatus(d.code);
    const by = d.oom ? ' (메모리 초과: SIGKILL)' : d.signal && number ? ` = 128 + ${number} (${d.signal})` : '';
    return `${d.name}의 PID 1 종료: 코드 ${d.code}${by}. ${d.removed ? '쓰기 레이어도 지웠어요' : '파일은 docker rm 전까지 남아요'}`;
  },
  removed: (d) => `${d.names.join(', ')}: 쓰기 레이어, 설정, 로그를 지웠어요. 이미지는 남아요`,
  list: (d) =>
    d.shown === d.total
      ? `데몬의 기록에서: 컨테이너 ${d.total}개, 실행 중 ${d.running}개`
      : `데몬의 기록에서: ${d.shown}개 표시, 실행 중 ${d.running}개, 모두 ${d.total}개 (ps -a)`,
  inspect: (d) => `데몬이 가진 ${d.name}의 기록(${d.kind}): 설정, 상태, 주소`,
  log: (d) =>
    `PID 1의 출력, ${josa(d.driver, '이/가')} 보관한 것: ${d.entries}건${d.follow ? ', 새 내용도 이어져요' : ''}`,
  top: (d) => `호스트의 ps에서 이 컨테이너만: 프로세스 ${d.processes}개, 번호는 호스트의 PID`,
  attach: (d) =>
    `PID 1의 ${d.stdin ? '입력과 출력' : '출력'}에 연결해요${d.tty ? '(가상 터미널)' : ''}. 새로 시작하는 것은 없어요`,
  freeze: (d) =>
    d.frozen
      ? 'cgroup을 얼려요: 프로세스는 메모리에 그대로 있고 CPU만 못 써요'
      : 'cgroup을 풀어요: 프로세스가 멈췄던 자리에서 이어 가요',
  planRestart: (d) => `재시작 정책 ${d.policy}: ${d.delay / 1000} ms 뒤에 다시 시작해요`,
  rename: (d) => `이름 ${d.from} → ${d.to}. ID와 프로세스는 그대로예요`,
  diff: (d) => `쓰기 레이어를 이미지와 비교: 변경 ${d.changes}개`,
  update: (d) =>
    `${d.settings.join(', ')}. ${d.running ? '실행 중인 cgroup에 바로 적용돼요' : '다음에 시작할 때 적용돼요'}`,
  prune: (d) => `${d.kind === 'volume' ? '볼륨' : '컨테이너'} ${d.removed}개 삭제, ${bytes(d.bytes)} 확보`,
  copy: (d) =>
    `${d.path}${d.direction === 'in' ? '에 항목' : '에서 항목'} ${d.files}개를 ${d.direction === 'in' ? '풀어 넣어요' : '꺼내요'}${d.running ? '' : '. 프로세스가 없어도 돼요'}`,
  volume: (d) =>
    d.change === 'create'
      ? `볼륨 ${d.name}: 호스트의 폴더이고, 컨테이너보다 오래 남아요`
      : d.change === 'remove'
        ? `볼륨 ${d.name}, 파일까지 삭제해요`
        : `새 볼륨 ${d.name}: 이미지의 ${d.path} 내용으로 채워요`,
  bindSource: (d) =>
    `내 컴퓨터의 ${d.source}: 항목 ${d.files}개를 읽어요. 쓰기는 시뮬레이션 안에만 남고, 실제 파일은 바뀌지 않아요`,
  images: imageBriefs,
  builds: buildBriefs,
  networks: networkBriefs,
  watch: watchBriefs,
  programs: programBriefs,
  isolation: isolationBriefs,
  machines: vmBriefs,
  hosts: hostBriefs,
  guests: machineBriefs,
  wait: (d) => `${whenReached(d.condition)} 종료 코드를 알려 줘요`,
  copyUp: (d) =>
    d.count === 1
      ? `${josa(d.path, '을/를')} 바꾸기 전에 쓰기 레이어로 복사했어요`
      : `바꾸기 전에 파일 ${d.count}개를 쓰기 레이어로 복사했어요 (${d.path}, …)`,
  budget: (d) => `동작 ${grouped(d.ops)}개를 처리하고 멈췄어요. 다음 명령 때 이어서 진행해요`,
  vm: (d) =>
    `메모리 ${josa(bytes(d.plan.memory), '과/와')} 디스크 ${josa(bytes(d.plan.disk), '을/를')} 잡고, 펌웨어와 부트로더를 거쳐 자기 커널 ${josa(shortRelease(d.plan.release), '과/와')} 프로세스 ${d.plan.processes}개를 띄운 다음에야 ${josa(d.program, '을/를')} 실행해요`,
  why: '모든 단계와 호출 보기',
  more: (d) => `${d.count}줄 더 있어요: drydock why`,
};
