import { josa } from '../josa.ts';
import type { NetworkTexts } from './network-texts.ts';

/** 네트워크에 일어나는 일 (문장). */
export const networkSentences: NetworkTexts = {
  'network-create': (d) =>
    `네트워크 ${josa(d.name, '은/는')} 이 호스트에 생긴 브리지 ${josa(d.bridge, '이에요/예요')}. 브리지는 가상 스위치이고, 주소는 ${d.subnet} 안에서 나눠 주는데 ${josa(d.gateway, '은/는')} 브리지가 가져요. ${
      d.internal
        ? '내부 네트워크라서 컨테이너에 기본 경로가 없어요. 컨테이너끼리는 통하지만 바깥으로는 나갈 수 없어요.'
        : '컨테이너끼리는 이 브리지로 통하고, 바깥에도 이 브리지를 거쳐 나가요. 다른 브리지에서 오는 패킷은 방화벽 규칙이 막아요.'
    }`,
  'network-remove': (d) => `브리지 ${josa(d.bridge, '을/를')} 지워요. ${d.name}의 주소는 다시 쓸 수 있어요.`,
  'network-connect': (d) =>
    d.address === ''
      ? `${josa(d.container, '을/를')} ${d.network}에 연결한다고 데몬이 적어 둬요. 실행 중이 아니어서 주소는 시작할 때 받아요.`
      : `${josa(d.container, '이/가')} ${d.network}에도 연결돼요. 주소는 ${josa(d.address, '이에요/예요')}. 다시 시작하지 않아도 실행 중인 컨테이너의 네트워크 네임스페이스에 인터페이스가 하나 늘어요.`,
  'network-disconnect': (d) =>
    d.address === ''
      ? `데몬이 ${d.container}의 설정에서 ${josa(d.network, '을/를')} 지워요. 실행 중이 아니어서 없앨 인터페이스는 없어요.`
      : `${josa(d.container, '과/와')} ${josa(d.network, '을/를')} 잇던 veth 쌍을 지워요. 실행 중인 컨테이너에서 ${d.address} 주소의 인터페이스가 사라져요.`,
  link: (d) =>
    `Docker가 ${d.container} 컨테이너의 /etc/hosts에 "${d.address} ${d.alias}" 줄을 쓰고, ${d.target} 컨테이너를 알려 주는 환경 변수도 넣어요. 예전 방식인 --link라서 이 컨테이너만, 이 방향으로만 그 이름을 알아요. 직접 만든 네트워크에서는 --link 없이도 컨테이너끼리 이름으로 찾을 수 있어요.`,
  'dns-names': (d) =>
    `컨테이너는 ${d.server}에서 데몬의 DNS 서버를 만나요. 이제 같은 네트워크에 있는 컨테이너들이 ${d.names.join(', ')} 같은 이름으로 찾을 수 있어요. 기본 bridge 네트워크에는 이런 서버가 없어요.`,
  'join-network': (d) =>
    `${josa(d.container, '은/는')} 네트워크 네임스페이스를 새로 만들지 않고 ${d.target}의 것에 들어가요. 인터페이스와 주소와 포트를 함께 쓰고, 서로 localhost로 만나요.`,
  'list-networks': (d) =>
    `데몬이 가진 네트워크 ${d.total}개 가운데 ${d.shown}개를 보여 줘요. 셋은 늘 있어요. 따로 고르지 않은 컨테이너가 쓰는 bridge, 호스트의 인터페이스를 그대로 쓰는 host, lo 말고는 인터페이스가 없는 none이에요.`,
  'network-prune': (d) =>
    d.removed.length === 0
      ? '사용자가 만든 네트워크가 없거나 모두 실행 중인 컨테이너가 쓰고 있어서, 지울 것이 없어요.'
      : `실행 중인 컨테이너가 없는 네트워크 ${d.removed.length}개를 지워요: ${d.removed.join(', ')}. 멈춘 컨테이너는 따지지 않아요. 그 컨테이너는 자기 네트워크가 없으면 다시 시작할 수 없어요.`,
};

/** 같은 것을 짧게. */
export const networkBriefs: NetworkTexts = {
  'network-create': (d) =>
    `브리지 ${d.bridge}, 주소 ${d.gateway}, 대역 ${d.subnet}${d.internal ? '. 내부 네트워크라 바깥으로 못 나가요' : ''}`,
  'network-remove': (d) => `브리지 ${d.bridge} 삭제, ${d.name}의 주소를 다시 쓸 수 있어요`,
  'network-connect': (d) =>
    d.address === ''
      ? `${josa(d.container, '은/는')} 시작할 때 ${d.network}의 주소를 받아요`
      : `${d.container}에 인터페이스 하나 더: ${d.network}의 ${d.address}`,
  'network-disconnect': (d) =>
    d.address === ''
      ? `${d.container}의 설정에서 ${josa(d.network, '을/를')} 지워요`
      : `${d.container}에서 ${d.network} 인터페이스(${d.address})가 사라져요`,
  link: (d) => `링크: ${d.container}에서 ${d.target} 컨테이너를 ${d.alias} 이름으로 찾아요(/etc/hosts의 ${d.address})`,
  'dns-names': (d) => `DNS 서버 ${josa(d.server, '이/가')} 아는 이름: ${d.names.join(', ')}`,
  'join-network': (d) =>
    `${josa(d.container, '이/가')} ${d.target}의 네트워크 네임스페이스를 함께 써요. 주소도 포트도 같아요`,
  'list-networks': (d) => `네트워크 ${d.total}개 가운데 ${d.shown}개. bridge, host, none은 늘 있어요`,
  'network-prune': (d) => `실행 중인 컨테이너가 없는 네트워크 ${d.removed.length}개 삭제`,
};
