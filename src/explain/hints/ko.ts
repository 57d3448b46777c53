import { josa } from '../josa.ts';
import { filtersOf } from './filters.ts';
import type { HintTexts } from './kinds.ts';

/** Advice in Korean. */
export const ko: HintTexts = {
  'name-conflict': ({ name }) => ({
    why: `이름 하나는 한 컨테이너만 쓸 수 있는데, ${josa(name, '이라/라')}는 컨테이너가 이미 있어요. 멈춰 있을 수도 있어요.`,
    tryThis: `docker ps -a로 확인하고 docker rm ${josa(name, '으로/로')} 지우거나(실행 중이면 -f), 다른 --name을 쓰세요.`,
  }),
  'invalid-name': () => ({
    why: '이름은 영문자, 숫자, "_", ".", "-"를 두 글자 이상 쓰고, 영문자나 숫자로 시작해야 해요.',
    tryThis: '띄어쓰기나 다른 기호가 없는 --name을 쓰세요.',
  }),
  'no-such-container': ({ name }) => ({
    why: `데몬에 ${josa(name, '이라/라')}는 컨테이너가 없어요. 잘못 입력했거나 이미 지워졌어요(--rm이면 끝날 때 지워져요).`,
    tryThis: 'docker ps -a는 끝난 컨테이너까지 모두 보여 줘요.',
  }),
  'no-such-object': ({ name }) => ({
    why: `컨테이너에도 이미지에도 ${josa(name, '이라/라')}는 이름이 없어요.`,
    tryThis: '컨테이너는 docker ps -a, 이미지는 docker images로 찾아보세요.',
  }),
  'no-such-image': ({ name }) => ({
    why: `이 호스트에 ${josa(name, '이라/라')}는 이미지가 없어요. 이 명령은 레지스트리에 물어보지 않고 여기에서만 찾아요.`,
    tryThis: `지금 있는 이미지는 docker images로 볼 수 있어요. 레지스트리에 있다면 docker pull ${josa(name, '으로/로')} 받을 수 있어요.`,
  }),
  'image-not-pulled': ({ name }) => ({
    why: `이 호스트에 ${name} 이미지가 없고, 레지스트리에서도 받지 못했어요.`,
    tryThis: '이름과 태그를 확인하세요. 지금 있는 이미지는 docker images로 볼 수 있어요.',
  }),
  'container-running': ({ name }) => ({
    why: `${name} 컨테이너가 실행 중이에요. 지우면 살아 있는 프로세스의 파일이 사라져요.`,
    tryThis: `먼저 docker stop ${name}, 아니면 docker rm -f ${name}(SIGKILL 후 삭제)을 쓰세요.`,
  }),
  'container-not-running': ({ name }) => ({
    why: `${name} 컨테이너에는 지금 프로세스가 없어요. 컨테이너는 PID 1이 살아 있는 동안만 살아요.`,
    tryThis: `docker start ${name}. 바로 끝나 버리면 docker logs ${name}에서 이유를 찾으세요.`,
  }),
  'container-paused': ({ name }) => ({
    why: `${name} 컨테이너는 일시 정지 상태예요. 프로세스가 얼어 있어서 CPU를 받지 못해요.`,
    tryThis: `docker unpause ${name}`,
  }),
  'removal-in-progress': ({ name }) => ({
    why: `다른 명령이 ${name} 컨테이너를 지우는 중이에요.`,
    tryThis: '기다리면 곧 사라져요.',
  }),
  'option-after-image': ({ option }) => ({
    why: `이미지 뒤에 오는 것은 컨테이너 안에서 실행할 명령이에요. 그래서 ${josa(option, '을/를')} 프로그램으로 알아들었어요.`,
    tryThis: `${josa(option, '을/를')} 이미지 앞에 두세요: docker run ${option} … IMAGE`,
  }),
  'command-not-found': ({ command }) => ({
    why: `이미지 안에 ${josa(command, '이라/라')}는 프로그램이 없어요. 호스트의 파일이 아니라 이미지의 파일만 쓸 수 있어요.`,
    tryThis: "철자를 확인하세요. 파이프나 &&를 쓰려면 셸이 필요해요: sh -c '…'",
  }),
  'is-a-directory': ({ path }) => ({
    why: `${josa(path, '은/는')} 디렉터리예요. 실행할 수 있는 것은 파일뿐이에요.`,
    tryThis: '프로그램의 경로를 적으세요.',
  }),
  'permission-denied': ({ path }) => ({
    why: `이 사용자에게는 실행 권한(x)이 없어서 ${josa(path, '을/를')} 실행할 수 없어요.`,
    tryThis: `이미지에서 chmod +x를 하거나 인터프리터로 실행하세요: sh ${path}`,
  }),
  'no-command': () => ({
    why: '이미지에 실행할 프로그램(CMD나 ENTRYPOINT)이 없고, 명령도 적지 않았어요.',
    tryThis: '이미지 뒤에 명령을 적으세요.',
  }),
  'no-such-exec-dir': ({ path }) => ({
    why: `컨테이너 안에 작업 디렉터리 ${josa(path, '이/가')} 없어요.`,
    tryThis: '-w에는 컨테이너 안에 실제로 있는 경로를 적으세요.',
  }),
  'unknown-user': ({ user }) => ({
    why: `사용자 이름은 이미지의 /etc/passwd에서 찾는데, ${josa(user, '은/는')} 거기에 없어요.`,
    tryThis: '이미지에 있는 사용자나 숫자를 쓰세요: -u 1000',
  }),
  'working-dir': ({ path }) => ({
    why: `${josa(path, '은/는')} 상대 경로인데, 기준이 될 곳이 없어요.`,
    tryThis: `-w /${path}`,
  }),
  'not-a-tty': () => ({
    why: '-t에는 터미널이 필요한데, 입력이 파이프나 파일에서 오고 있어요.',
    tryThis: '-t를 빼고 -i만 쓰세요.',
  }),
  'port-taken': ({ port }) => ({
    why: `호스트의 포트 하나는 한 프로그램만 받을 수 있는데 ${port}번을 이미 쓰고 있어서 컨테이너를 시작하지 못했어요.`,
    tryThis:
      '누가 쓰는지 docker ps로 보고 다른 호스트 포트를 고르세요. --rm 없이 만든 컨테이너는 남아 있으니(docker ps -a) 먼저 docker rm으로 지우세요.',
  }),
  'port-on-host': ({ port }) => ({
    why: `컨테이너가 아니라 호스트에서 실행 중인 프로그램이 ${port}번 포트를 쓰고 있어요. 그래서 docker ps에는 보이지 않아요.`,
    tryThis:
      'sudo ss -tlnp로 어느 프로그램인지 보세요. 다른 호스트 포트를 고르거나 그 프로그램을 멈추면 돼요. --rm 없이 만든 컨테이너는 남아 있으니(docker ps -a) 먼저 docker rm으로 지우세요.',
  }),
  'rate-limited': () => ({
    why: 'Docker Hub는 로그인하지 않은 사용자가 몇 시간 동안 받을 수 있는 이미지 수를 제한해요.',
    tryThis: 'docker login을 하고 다시 받거나, 이미 있는 이미지(docker images)를 쓰세요.',
  }),
  'registry-down': () => ({
    why: '레지스트리에 닿기는 했지만 지금은 제대로 동작하지 않아요(503). 명령이 잘못된 것은 아니에요.',
    tryThis: '나중에 다시 해 보세요. 이미 받아 둔 이미지는 지금도 실행할 수 있어요: docker images',
  }),
  'disk-full': () => ({
    why: 'Docker의 파일이 있는 디스크가 가득 찼어요.',
    tryThis:
      '무엇이 얼마나 차지하는지 df -h /와 docker system df로 보세요. 아무도 쓰지 않는 것은 docker system prune으로 지울 수 있어요.',
  }),
  'invalid-port': ({ port }) => ({
    why: `${josa(port, '은/는')} 포트 연결 형식이 아니에요. -p는 [주소:]호스트포트:컨테이너포트이고, 포트는 1부터 65535까지, 범위는 길이가 같아야 해요.`,
    tryThis: '-p 8080:80',
  }),
  'network-in-use': ({ name, container }) => ({
    why: `컨테이너 ${josa(container, '이/가')} 네트워크 ${name}에서 실행 중이에요.`,
    tryThis: `docker network disconnect ${name} ${container}, 아니면 컨테이너를 멈추세요.`,
  }),
  'network-exists': ({ name }) => ({
    why: `${josa(name, '이라/라')}는 네트워크가 이미 있어요.`,
    tryThis: 'docker network ls',
  }),
  'pool-overlaps': () => ({
    why: '다른 네트워크가 이 주소의 일부를 쓰고 있어요. 겹치면 패킷이 어디로 가야 할지 정할 수 없어요.',
    tryThis: '다른 --subnet을 고르거나, --subnet을 빼고 데몬에 맡기세요.',
  }),
  'own-address': () => ({
    why: '주소는 --subnet을 직접 정한 네트워크에서만 고를 수 있어요.',
    tryThis: 'docker network create --subnet 10.20.0.0/24 mynet',
  }),
  'no-such-network': ({ name }) => ({
    why: `${josa(name, '이라/라')}는 네트워크가 없어요.`,
    tryThis: `docker network ls, 또는 docker network create ${name}`,
  }),
  'memory-too-small': () => ({
    why: '6 MB보다 작은 제한은 받지 않아요. 프로세스 하나도 시작하기 어려워요.',
    tryThis: '--memory 64m (m은 MiB, g는 GiB, 글자가 없으면 바이트예요)',
  }),
  'too-many-cpus': () => ({
    why: '호스트에 있는 것보다 많은 CPU를 요구했어요.',
    tryThis: '몇 개인지는 nproc으로 볼 수 있어요.',
  }),
  'invalid-signal': ({ signal }) => ({
    why: `${josa(signal, '이라/라')}는 시그널은 없어요.`,
    tryThis: 'TERM, INT, HUP, KILL이나 번호를 쓰세요.',
  }),
  'invalid-filter-value': ({ filter }) => ({
    why: `${filter} 필터에는 이런 값을 쓸 수 없어요.`,
    tryThis: '무엇이 잘못됐는지는 Docker의 메시지에 나와 있어요.',
  }),
  'invalid-filter': ({ filter, request }) => ({
    why: `${josa(filter, '은/는')} 이 명령의 필터가 아니에요.`,
    tryThis: filtersOf(request)?.join(', ') ?? '필터는 명령마다 달라요. 이름을 확인하거나 빼세요.',
  }),
  'restart-and-rm': () => ({
    why: '--rm은 끝나면 지우라는 뜻이고 --restart는 끝나면 다시 시작하라는 뜻이라, 함께 쓸 수 없어요.',
    tryThis: '둘 중 하나를 빼세요.',
  }),
  'conflicting-options': () => ({ why: '서로 어긋나는 옵션이 있어요.', tryThis: '둘 중 하나를 빼세요.' }),
  'restart-policy': () => ({
    why: '그런 재시작 정책은 없어요.',
    tryThis: 'no, always, unless-stopped, on-failure, on-failure:3',
  }),
  'push-denied': () => ({
    why: 'Docker Hub에서는 로그인한 이름으로 시작하는 저장소에만 올릴 수 있어요.',
    tryThis: 'docker login -u 이름, 그다음 docker tag 이미지 이름/이미지, docker push 이름/이미지',
  }),
  'no-local-tag': ({ name }) => ({
    why: `올릴 이미지는 올라갈 이름 그대로 이 호스트에 있어야 하는데, ${josa(name, '이라/라')}는 이미지가 없어요.`,
    tryThis: `docker images로 확인하고 그 이름을 붙이세요: docker tag 이미지 ${name}`,
  }),
  'no-registry': ({ address }) => ({
    why: `${address}에서 기다리는 레지스트리가 없어요.`,
    tryThis: `drydock registry serve ${address} 또는 docker run -d -p 5000:5000 registry:2`,
  }),
  'http-registry': ({ address }) => ({
    why: `${address}의 레지스트리는 암호화하지 않은 HTTP를 써요. 엔진은 설정의 insecure-registries에 적힌 주소가 아니면 127.0.0.0/8에서만 이것을 허용해요.`,
    tryThis: '같은 레지스트리를 127.0.0.1:포트나 localhost:포트로 쓰세요.',
  }),
  'login-needs-terminal': () => ({
    why: '이름과 비밀번호를 물어볼 터미널이 없어요.',
    tryThis: 'echo 비밀번호 | docker login -u 이름 --password-stdin (여기에서는 어떤 비밀번호든 돼요)',
  }),
  'image-runs': ({ container }) => ({
    why: `컨테이너 ${josa(container, '이/가')} 이 이미지로 실행 중이에요. 실행 중인 컨테이너의 이미지는 -f로도 지울 수 없어요.`,
    tryThis: `docker stop ${container}, docker rm ${container}, 아니면 한 번에 docker rm -f ${container}. 그다음 다시 해 보세요.`,
  }),
  'image-in-use': ({ container }) => ({
    why: `컨테이너 ${josa(container, '이/가')} 이 이미지로 만들어져서 그 레이어를 쓰고 있어요. 멈춘 컨테이너도 마찬가지예요.`,
    tryThis: `먼저 docker rm ${josa(container, '으로/로')} 지우고(실행 중이면 -f) 다시 해 보세요.`,
  }),
  'image-many-names': ({ image }) => ({
    why: `${image}에는 여러 저장소의 이름이 붙어 있어서, ID만으로는 어느 이름을 지울지 알 수 없어요.`,
    tryThis: `이름 하나만 지우려면 docker rmi 이름:태그, 모두 지우고 이미지까지 지우려면 docker rmi -f ${image}`,
  }),
  'image-has-children': () => ({
    why: '이 이미지로 만든 다른 이미지가 그 레이어를 쓰고 있어요.',
    tryThis: '그 이미지를 먼저 docker rmi로 지우고 다시 해 보세요.',
  }),
  'invalid-reference': () => ({
    why: '이미지 이름의 형식이 아니에요. 영문 소문자, 숫자, . _ - / 다음에 :태그를 붙일 수 있어요.',
    tryThis: 'alpine, alpine:3.22, registry.example:5000/team/app:1.0',
  }),
  'no-such-volume': ({ name }) => ({ why: `${josa(name, '이라/라')}는 볼륨이 없어요.`, tryThis: 'docker volume ls' }),
  'volume-in-use': ({ name }) => ({
    why: `컨테이너가 ${name} 볼륨을 쓰고 있어요. 멈춘 컨테이너도 마찬가지예요.`,
    tryThis: '컨테이너를 먼저 지우세요: docker ps -a',
  }),
  'bind-source-missing': ({ path }) => ({
    why: `--mount는 호스트에 ${path} 디렉터리를 만들어 주지 않아요.`,
    tryThis: '직접 만들거나, 만들어 주는 -v를 쓰세요.',
  }),
  'env-file-missing': ({ path }) => ({
    why: `${josa(path, '은/는')} 클라이언트가 직접 읽는 파일인데, 찾을 수 없어요.`,
    tryThis: '경로를 확인하세요. 지금 있는 디렉터리가 기준이에요.',
  }),
  'ps-columns': () => ({
    why: 'docker top은 호스트에서 ps를 실행하고 PID 열로 컨테이너의 줄을 찾는데, 그 열이 없어요.',
    tryThis: 'PID 열을 남겨 두세요: docker top NAME -o pid,comm',
  }),
  'unknown-flag': ({ flag }) => ({
    why: `여기에서는 ${flag} 옵션을 쓸 수 없어요. Docker에 없거나, drydock이 아직 흉내 내지 않는 옵션이에요.`,
    tryThis: '명령에 --help를 붙이면 옵션이 나와요. docker의 옵션은 이미지 앞에, 프로그램의 옵션은 뒤에 두세요.',
  }),
  'flag-needs-value': ({ flag }) => ({
    why: `${flag} 옵션 뒤에는 값이 있어야 해요.`,
    tryThis: '명령에 --help를 붙여 보세요.',
  }),
  'unknown-command': ({ command }) => ({
    why: `${josa(command, '이라/라')}는 명령은 없어요. Docker에 없거나, drydock이 아직 흉내 내지 않는 명령이에요.`,
    tryThis: 'drydock --help에 명령 목록이 있어요.',
  }),
  'wrong-arguments': ({ command }) => ({
    why: '명령 뒤에 적은 인자의 개수가 맞지 않아요.',
    tryThis: `${command} --help`,
  }),
  template: () => ({
    why: '--format에는 Go 템플릿을 써요. 필드는 이중 중괄호 안에 적고 대문자로 시작해요.',
    tryThis: "--format '{{.Names}}'. 모든 필드는 --format json으로 볼 수 있어요.",
  }),
  'bad-request': () => ({ why: '데몬이 보기에 요청 자체가 잘못됐어요(400).' }),
  'not-found': () => ({ why: '데몬이 그런 이름을 알지 못해요(404).', tryThis: 'docker ps -a, docker images' }),
  conflict: () => ({ why: '지금 상태와 맞지 않는 요청이에요(409).', tryThis: '상태는 docker ps -a로 볼 수 있어요.' }),
  'server-error': () => ({ why: '데몬이 요청을 이해하고 해 봤지만 실패했어요(500).' }),
};
