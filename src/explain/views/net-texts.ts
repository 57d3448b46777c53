interface Names {
  readonly names: readonly string[];
}

/** The words of `drydock net`. */
export interface NetTexts {
  readonly host: (d: { readonly name: string }) => string;
  readonly card: (d: { readonly name: string; readonly address: string }) => string;
  readonly bridge: (d: { readonly bridge: string; readonly address: string; readonly network: string }) => string;
  readonly defaultBridge: string;
  readonly userBridge: string;
  readonly internal: string;
  readonly nobody: string;
  readonly aliases: (d: Names) => string;
  readonly listens: (d: { readonly ports: readonly number[] }) => string;
  readonly sharedWith: (d: Names) => string;
  readonly onHost: (d: Names) => string;
  readonly alone: (d: Names) => string;
  readonly publishedHeading: string;
  readonly published: (d: { readonly from: string; readonly container: string; readonly to: string }) => string;
  readonly unanswered: string;
  readonly nothingPublished: string;
  readonly reachHeading: string;
  readonly byName: (d: Names) => string;
  readonly byAddress: (d: Names) => string;
  readonly outside: string;
  readonly noOutside: string;
  readonly nobodyReached: string;
}

const list = (items: readonly (string | number)[]) => items.join(', ');

export const netTextsEn: NetTexts = {
  host: ({ name }) => `${name}: this host`,
  card: ({ name, address }) => `${name}  ${address}: the host's own card, the way out`,
  bridge: ({ bridge, address, network }) => `${bridge}  ${address}: network ${network}`,
  defaultBridge: 'for containers that ask for no other: no names there, addresses only',
  userBridge: 'containers on it find each other by name',
  internal: 'internal: no way out',
  nobody: 'no running container',
  aliases: ({ names }) => `also called ${list(names)}`,
  listens: ({ ports }) => `listens on ${list(ports)}`,
  sharedWith: ({ names }) => `same interfaces and address: ${list(names)}`,
  onHost: ({ names }) => `network host: ${list(names)} (no network namespace of their own, the host's interfaces)`,
  alone: ({ names }) => `network none: ${list(names)} (lo and nothing else)`,
  publishedHeading: 'Published ports',
  published: ({ from, container, to }) => `${from} → ${container} (${to})`,
  unanswered: 'nothing listens there: connections are refused or cut off',
  nothingPublished: 'No port is published: from outside this host no container is reached.',
  reachHeading: 'Who reaches whom',
  byName: ({ names }) => `by name: ${list(names)}`,
  byAddress: ({ names }) => `by address only: ${list(names)}`,
  outside: 'the outside, over the host',
  noOutside: 'not the outside',
  nobodyReached: 'no other container',
};

export const netTextsKo: NetTexts = {
  host: ({ name }) => `${name}: 이 호스트`,
  card: ({ name, address }) => `${name}  ${address}: 호스트의 네트워크 카드. 바깥으로 나가는 길이에요`,
  bridge: ({ bridge, address, network }) => `${bridge}  ${address}: 네트워크 ${network}`,
  defaultBridge: '따로 고르지 않은 컨테이너가 붙는 곳이에요. 이름으로는 못 찾고 주소로만 통해요',
  userBridge: '여기 붙은 컨테이너끼리는 이름으로 찾아요',
  internal: '내부 네트워크라 바깥으로 못 나가요',
  nobody: '실행 중인 컨테이너가 없어요',
  aliases: ({ names }) => `다른 이름: ${list(names)}`,
  listens: ({ ports }) => `기다리는 포트: ${list(ports)}`,
  sharedWith: ({ names }) => `인터페이스와 주소를 함께 쓰는 컨테이너: ${list(names)}`,
  onHost: ({ names }) => `네트워크 host: ${list(names)} (네트워크 네임스페이스 없이 호스트의 인터페이스를 그대로 써요)`,
  alone: ({ names }) => `네트워크 none: ${list(names)} (lo밖에 없어요)`,
  publishedHeading: '게시한 포트',
  published: ({ from, container, to }) => `${from} → ${container} (${to})`,
  unanswered: '거기서 기다리는 프로그램이 없어 연결이 거절되거나 끊겨요',
  nothingPublished: '게시한 포트가 없어요. 이 호스트 밖에서는 어느 컨테이너에도 닿지 못해요.',
  reachHeading: '누가 누구에게 닿나',
  byName: ({ names }) => `이름으로: ${list(names)}`,
  byAddress: ({ names }) => `주소로만: ${list(names)}`,
  outside: '호스트를 거쳐 바깥에도 닿아요',
  noOutside: '바깥에는 닿지 않아요',
  nobodyReached: '다른 컨테이너에는 닿지 않아요',
};
