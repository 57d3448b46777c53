import { josa } from '../../explain/josa.ts';
import type { MistakeTexts } from './kinds.ts';

/** Why it is a mistake, in Korean. */
export const ko: MistakeTexts = {
  'flags-after-image': ({ flag, image }) =>
    `이미지(${image}) 뒤에 쓴 것은 컨테이너 안의 프로그램에 전달돼요. ${josa(flag, '은/는')} docker run의 옵션이라서 이미지 앞에 써야 해요.`,
  'port-reversed': ({ inside, host, image }) =>
    `-p는 호스트:컨테이너 순서예요. ${josa(image, '은/는')} 컨테이너 안의 ${host}번 포트에서 기다리고, ${inside}번은 이 컴퓨터의 포트예요. 순서가 바뀌었어요.`,
  'port-other': ({ inside, exposed, image }) =>
    `-p는 호스트:컨테이너 순서예요. ${josa(image, '은/는')} 컨테이너 안의 ${exposed}번 포트에서 기다린다고 해요(EXPOSE). ${inside}번 포트에서 기다리는 프로그램이 있는지는 알 수 없어요.`,
  'image-for-container': ({ image }) =>
    `${josa(image, '은/는')} 이미지, 곧 틀이에요. 이 명령은 이미지로 만든 컨테이너에만 쓸 수 있고, 컨테이너는 docker run이 만들어요.`,
  'name-of-image': ({ image, container }) =>
    `${josa(image, '은/는')} 이미지예요. 그 이미지로 만든 컨테이너의 이름은 따로 있어요: ${container}.`,
  'container-for-image': ({ container }) =>
    `${josa(container, '은/는')} 컨테이너예요. rmi는 이미지를 지우고, 컨테이너는 rm으로 지워요.`,
  'tag-forgotten': ({ image, tags }) =>
    `태그를 안 쓰면 ${image}:latest라는 뜻인데, 그건 여기에 없어요. 여기 있는 것: ${tags}.`,
  'unnamed-build': () => '새 이미지에 이름이 없고 ID만 있어요. -t로 이름을 붙여요.',
  'context-forgotten': () =>
    'docker build에는 Dockerfile과 파일이 있는 폴더(빌드 컨텍스트)를 알려 줘야 해요. 점(.)은 지금 있는 폴더예요.',
  'server-in-front': ({ image }) =>
    `${josa(image, '은/는')} 서버예요. 끝날 때까지(Ctrl-C) 이 터미널을 차지해요. -d를 쓰면 백그라운드에서 실행돼요.`,
  'prompt-typed': ({ mark }) => `예제의 ${josa(mark, '은/는')} 프롬프트예요. 입력하지 않아요.`,
  'output-typed': ({ word }) => `${josa(word, '은/는')} docker가 출력한 내용이에요. 명령이 아니에요.`,
  'docker-left-out': ({ verb }) => `${josa(verb, '은/는')} docker의 명령이에요.`,
  'hangul-typed': () => '한글 자판으로 입력한 것 같아요. 한/영 키를 눌러 영문 자판으로 바꿔 보세요.',
  'called-otherwise': ({ word }) => `이 셸에서는 ${josa(word, '을/를')} 다른 이름으로 써요.`,
  'docker-misspelt': ({ word }) => `${josa(word, '이라/라')}는 명령은 없어요.`,
};
