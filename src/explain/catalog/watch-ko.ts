import { shortId } from '../quantities.ts';
import type { WatchTexts } from './watch-texts.ts';

const seconds = (us: number): string => `${us / 1_000_000}초`;

/** 컨테이너를 살피는 단계의 설명. */
export const watchSentences: WatchTexts = {
  'container-init': (d) =>
    `작은 init 프로그램(tini)을 컨테이너의 ${d.path} 자리에 넣어 1번 프로세스로 띄우고, 실행하려던 명령은 그 자식 프로세스가 돼요. tini는 시그널을 전달하고 끝난 프로세스를 거둬요. 보통 프로그램은 1번이 되어도 이런 일을 하지 않아요.`,
  'health-monitor': (d) =>
    `헬스 체크가 있는 컨테이너예요. 데몬이 컨테이너 안에서 ${JSON.stringify(d.command)} 명령을 실행하는데, 첫 검사는 ${seconds(d.interval)} 뒤예요. 한 번 성공하거나 실패가 충분히 쌓일 때까지 상태는 "starting"이에요.`,
  'health-probe': (d) =>
    `${shortId(d.container)}의 헬스 체크가 ${ended(d.code)}. 지금 상태는 ${d.status}, 연속 실패 ${d.streak}번(${d.retries}번이면 unhealthy)이에요. unhealthy가 되어도 컨테이너는 계속 실행돼요. 데몬은 표시만 해요.`,
  'read-stats': (d) =>
    d.running
      ? `커널은 cgroup마다 사용량을 세고 있어요. 데몬이 ${shortId(d.container)}의 값을 읽어요. CPU %는 두 번 읽은 값의 차이이고, 프로세서 하나의 시간을 100%로 봐요.`
      : `${shortId(d.container)} 컨테이너는 실행 중이 아니에요. cgroup이 없으니 사용량은 모두 0이에요.`,
  'read-events': (d) =>
    `데몬은 최근 이벤트를 256개까지 기억해요(지금 ${d.kept}개). 그중 조건에 맞는 것은 ${d.shown}개예요${d.follow ? '. 새 이벤트도 생기는 대로 이어져요' : ''}.`,
};

function ended(code: number): string {
  if (code === 0) return '성공했어요(종료 코드 0)';
  return code === -1 ? '끝까지 실행되지 못했어요' : `실패했어요(종료 코드 ${code})`;
}

/** 짧은 설명. */
export const watchBriefs: WatchTexts = {
  'container-init': (d) => `PID 1은 ${d.path}: 시그널을 전달하고 좀비를 거둬요. 명령은 그 자식이에요`,
  'health-monitor': (d) => `헬스 체크: 첫 검사는 ${seconds(d.interval)} 뒤, 그때까지는 health: starting`,
  'health-probe': (d) => `헬스 체크가 ${ended(d.code)}: ${d.status} (실패 ${d.streak}/${d.retries})`,
  'read-stats': (d) => (d.running ? '커널이 세어 둔 cgroup의 사용량을 읽어요' : '실행 중이 아니라서 cgroup이 없어요'),
  'read-events': (d) => `데몬이 기억하는 이벤트 ${d.kept}개(최대 256개) 중 ${d.shown}개`,
};
