import { josa } from '../josa.ts';
import { bytes, shortId } from '../quantities.ts';
import type { RegistryTexts } from './image-texts.ts';

/** 엔진과 레지스트리 사이에 일어나는 일 (문장). */
export const registrySentences: RegistryTexts = {
  'push-layers': (d) =>
    `데몬이 ${d.name}의 레이어마다 다이제스트로 ${d.registry}에 물어봐요. ${d.sent}개는 보내고(압축해서 ${bytes(d.bytes)}), ${d.exist}개는 이 저장소에 이미 있고, ${d.mounted}개는 같은 레지스트리의 다른 저장소에서 그대로 이어 붙여요. 레지스트리에 있는 레이어는 다시 보내지 않아요.`,
  'push-manifest': (d) =>
    `마지막으로 매니페스트를 ${d.registry}에 보내요. 설정과 레이어를 다이제스트로 적은 작은 문서예요. 이 문서의 다이제스트 ${josa(`${shortId(d.digest)}…`, '이/가')} 그곳에서 이미지의 주소가 되고, 이제부터 ${josa(d.name, '은/는')} 이것을 가리켜요.`,
  'push-denied': (d) =>
    `${josa(d.registry, '이/가')} 거절해요. ${josa(d.repository, '은/는')} 로그인한 사람의 네임스페이스에 있지 않아요. Docker Hub에서는 docker login을 한 다음 자기 사용자 이름으로 시작하는 저장소에만 올릴 수 있어요. 그런 이름은 docker tag로 붙여요.`,
  login: (d) =>
    d.registry === 'docker.io'
      ? `샌드박스의 Docker Hub는 어떤 이름과 비밀번호든 받아 줘요. 실제로는 맞는지 확인해요. 이제 ${josa(d.username, '은/는')} ${d.username}/…에 올릴 수 있어요. 클라이언트는 시뮬레이션 컴퓨터의 config.json에 이름만 적어 두고 비밀번호 자리에는 다른 글자를 넣어요. drydock은 비밀번호를 저장하지 않아요.`
      : `${josa(d.registry, '은/는')} 누구나 들여보내니 ${d.username}도 들어갈 수 있어요. 클라이언트는 시뮬레이션 컴퓨터의 config.json에 이름만 적어 두고 비밀번호 자리에는 다른 글자를 넣어요. drydock은 비밀번호를 저장하지 않아요.`,
  search: (d) =>
    `데몬이 Docker Hub에서 "${d.term}"을 찾아요. 저장소 ${d.found}개가 나왔어요. 샌드박스는 공식 이미지의 이름과 여기에서 올린 것만 알아요. 설명과 별점은 기록되어 있지 않아 비워 두고, 다른 사람들의 이미지는 보여 주지 않아요.`,
  'registry-serve': (d) =>
    d.again
      ? `${d.address}에서는 이미 레지스트리(프로세스 ${d.pid})가 기다리고 있어요. 바뀌는 것은 없어요.`
      : `빈 레지스트리가 프로세스 ${josa(String(d.pid), '으로/로')} 시작해서 시뮬레이션 컴퓨터의 ${d.address}에서 기다려요. 이름이 이 주소로 시작하는 이미지는 여기로 올리고 여기에서 내려받아요.`,
};

/** 같은 것을 짧게. */
export const registryBriefs: RegistryTexts = {
  'push-layers': (d) =>
    d.sent === 0
      ? `${d.registry}에 보낼 레이어가 없어요. ${d.exist}개는 이미 있고 ${d.mounted}개는 다른 저장소에서 이어 붙여요`
      : `레이어 ${d.sent}개를 ${d.registry}에 보내요(${bytes(d.bytes)}). ${d.exist}개는 이미 있고 ${d.mounted}개는 다른 저장소에서 이어 붙여요`,
  'push-manifest': (d) =>
    `매니페스트를 마지막에 보내요. 이제 그곳의 ${josa(d.name, '은/는')} ${josa(shortId(d.digest), '이에요/예요')}`,
  'push-denied': (d) =>
    `${josa(d.registry, '이/가')} 거절해요. ${josa(d.repository, '은/는')} 로그인한 사람의 네임스페이스가 아니에요`,
  login: (d) =>
    d.registry === 'docker.io'
      ? `샌드박스의 Docker Hub는 어떤 비밀번호든 받아요. ${josa(d.username, '은/는')} ${d.username}/…에 올릴 수 있어요`
      : `${josa(d.registry, '은/는')} 누구나 들여보내요. ${d.username}도 들어갔어요`,
  search: (d) => `저장소 ${d.found}개. 설명과 별점은 샌드박스에 기록되어 있지 않아요`,
  'registry-serve': (d) =>
    d.again ? `${d.address}에서 이미 기다리고 있어요` : `빈 레지스트리가 ${d.address}에서 기다려요(프로세스 ${d.pid})`,
};
