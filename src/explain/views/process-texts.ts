/** The words of `drydock processes`. */
export interface ProcessTexts {
  readonly heading: (d: { readonly total: number; readonly inContainers: number }) => string;
  readonly inside: (d: { readonly container: string; readonly pid: number }) => string;
  readonly zombie: string;
  readonly own: (d: { readonly kinds: readonly string[] }) => string;
  readonly withHost: (d: { readonly kinds: readonly string[] }) => string;
  readonly withOther: (d: { readonly kind: string; readonly container: string }) => string;
  readonly summary: string;
  readonly noContainers: string;
}

const list = (items: readonly string[]) => items.join(', ');

export const processTextsEn: ProcessTexts = {
  heading: ({ total, inContainers }) =>
    `${total} processes on one kernel, ${inContainers} of them in containers. The numbers are the host's.`,
  inside: ({ container, pid }) => `[${container}: PID ${pid} inside]`,
  zombie: '(ended, not yet waited for)',
  own: ({ kinds }) => `namespaces of its own: ${list(kinds)}`,
  withHost: ({ kinds }) => `shared with the host: ${list(kinds)}`,
  withOther: ({ kind, container }) => `shared with ${container}: ${kind}`,
  summary:
    'A process in a container is a process of the host in other namespaces: the host sees it, kills it, counts it.',
  noContainers: 'No container runs. Start one (docker run -d alpine sleep 600) and look again.',
};

export const processTextsKo: ProcessTexts = {
  heading: ({ total, inContainers }) =>
    `커널 하나에 프로세스 ${total}개, 그 가운데 컨테이너 안의 것이 ${inContainers}개예요. 번호는 호스트에서 본 번호예요.`,
  inside: ({ container, pid }) => `[${container}: 안에서는 PID ${pid}]`,
  zombie: '(끝났지만 아직 부모가 거두지 않았어요)',
  own: ({ kinds }) => `따로 가진 네임스페이스: ${list(kinds)}`,
  withHost: ({ kinds }) => `호스트와 함께 쓰는 것: ${list(kinds)}`,
  withOther: ({ kind, container }) => `${container} 컨테이너와 함께 쓰는 것: ${kind}`,
  summary:
    '컨테이너 안의 프로세스는 네임스페이스만 다른 호스트의 프로세스예요. 호스트에서 볼 수도, 끝낼 수도, 사용량을 잴 수도 있어요.',
  noContainers: '실행 중인 컨테이너가 없어요. 하나 시작하고(docker run -d alpine sleep 600) 다시 보세요.',
};
