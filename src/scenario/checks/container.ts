import { parseSize } from '../../cli/format/size.ts';
import { type Container, engineState, taskOf } from '../../engine/state.ts';
import { josa } from '../../explain/josa.ts';
import { decodeUtf8 } from '../../kernel/bytes.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ContainerCheck } from '../schema/check.ts';
import { fits } from '../schema/parts.ts';
import { both, joined, type Text } from '../text.ts';
import { sameImage } from './reference.ts';
import { containerFile, containersOf, textOf, type Verdict, type View } from './view.ts';

/** Are there enough containers of which all of this is so? If not, says what is missing of the one that comes nearest. */
export function checkContainer(check: ContainerCheck, { m }: View): Verdict {
  const named = containersOf(m).filter(({ name }) => fits(check.container, name));
  const wanted = check.count ?? 1;
  const judged = named.map((container) => ({ container, missing: missingOf(check, m, container) }));
  const good = judged.filter(({ missing }) => missing.length === 0);
  if (good.length >= wanted) {
    const names = good.map(({ container }) => container.name).join(', ');
    const what = describe(check);
    const says =
      names === check.container // which one is said already
        ? both(`there is ${what.en}`, `${josa(what.ko, '이/가')} 있어요`)
        : both(`there is ${what.en}: ${names}`, `${what.ko}: ${names}`);
    return { ok: true, says };
  }
  return { ok: false, says: lacking(check, m, judged, good.length) };
}

interface Judged {
  readonly container: Container;
  readonly missing: readonly Text[];
}

function lacking(check: ContainerCheck, m: Machine, judged: readonly Judged[], good: number): Text {
  const wanted = check.count ?? 1;
  if (wanted > 1) {
    const what = describe(check);
    return both(
      `${wanted} are needed (${what.en}); so far there ${good === 1 ? 'is 1' : `are ${good}`}`,
      `${what.ko}: ${wanted}개가 필요한데 지금은 ${good}개예요`,
    );
  }
  const [nearest] = [...judged].sort((a, b) => a.missing.length - b.missing.length);
  if (nearest) {
    const { name } = nearest.container;
    const missing = joined(nearest.missing, both(', and ', '. ')); // in Korean each is a sentence
    return both(`there is a container ${name}, but ${missing.en}`, `${name} 컨테이너는 있지만 ${missing.ko}`);
  }
  const others = containersOf(m);
  const what = describe(check);
  if (check.container.includes('*'))
    return both(`there is ${what.en.replace(/^an? /, 'no ')}`, `${josa(what.ko, '이/가')} 없어요`);
  const like = others.find((each) => missingOf(check, m, each).length === 0);
  if (like)
    return both(
      `there is no container called ${check.container}; ${like.name} would do, but for its name (--name, docker rename)`,
      `이름이 ${check.container}인 컨테이너가 없어요. ${josa(like.name, '은/는')} 이름만 달라요 (--name, docker rename)`,
    );
  return both(`there is no container called ${check.container}`, `이름이 ${check.container}인 컨테이너가 없어요`);
}

function describe({ container, image, state }: ContainerCheck): Text {
  const named = container.includes('*') ? '' : ` ${container}`;
  return both(
    `a${state === 'exited' ? 'n' : ''}${state ? ` ${state}` : ''} container${named}${image === undefined ? '' : ` of ${image}`}`,
    `${image === undefined ? '' : `${image} 이미지의 `}${state ? `${states[state]} ` : ''}컨테이너${named}`,
  );
}

const states: { readonly [state: string]: string } = {
  created: '만들기만 한',
  running: '실행 중인',
  paused: '일시 정지한',
  restarting: '재시작 중인',
  exited: '종료된',
};

const conditions: { readonly [state: string]: string } = {
  running: '아직 실행 중이에요',
  paused: '일시 정지돼 있어요',
  restarting: '재시작하는 중이에요',
};

/** Everything that is missing of a container, each as the end of a sentence "but …". */
function missingOf(check: ContainerCheck, m: Machine, container: Container): readonly Text[] {
  return [...stateOf(check, container), ...settingsOf(check, m, container), ...insideOf(check, m, container)];
}

function stateOf({ state, exit, oom, health }: ContainerCheck, container: Container): readonly Text[] {
  const missing: Text[] = [];
  const { status, exitCode, oomKilled } = container.state;
  if (state !== undefined && status !== state) {
    const now =
      status === 'exited'
        ? both(`exited with ${exitCode}`, `종료 코드 ${josa(`${exitCode}`, '으로/로')} 끝났어요`)
        : undefined;
    const only =
      status === 'created' ? both('it was made and not started', '만들기만 하고 시작하지 않았어요') : undefined;
    missing.push(
      now
        ? both(`it has ${now.en}`, now.ko)
        : (only ?? both(`it is ${status}`, conditions[status] ?? `${status} 상태예요`)),
    );
  }
  if (exit !== undefined && status !== 'exited') missing.push(both('it has not ended', '아직 끝나지 않았어요'));
  else if (exit !== undefined && exitCode !== exit)
    missing.push(
      both(
        `its exit status is ${exitCode}, not ${exit}`,
        `종료 코드가 ${josa(`${exit}`, '이/가')} 아니라 ${josa(`${exitCode}`, '이에요/예요')}`,
      ),
    );
  if (oom !== undefined && oomKilled !== oom)
    missing.push(
      oom
        ? both('it was not killed for its memory', '메모리 부족으로 강제 종료되지 않았어요')
        : both('it was killed for its memory', '메모리 부족으로 강제 종료됐어요'),
    );
  if (health !== undefined && container.health?.status !== health)
    missing.push(
      both(
        `its health is ${container.health?.status ?? 'not checked'}`,
        `헬스 체크 결과가 ${josa(container.health?.status ?? '없음', '이에요/예요')}`,
      ),
    );
  return missing;
}

function settingsOf(check: ContainerCheck, m: Machine, container: Container): readonly Text[] {
  const { config, hostConfig } = container;
  const missing: Text[] = [];
  const { image, user, restart, memory } = check;
  if (image !== undefined && !sameImage(m, image, config.Image ?? '', container.image))
    missing.push(
      both(
        `its image is ${config.Image}, not ${image}`,
        `이미지가 ${josa(image, '이/가')} 아니라 ${josa(config.Image ?? '', '이에요/예요')}`,
      ),
    );
  for (const [key, value] of check.env ?? []) {
    const line = config.Env?.findLast((each) => each.startsWith(`${key}=`));
    if (line === undefined) missing.push(both(`${key} is not set in it`, `환경 변수 ${josa(key, '이/가')} 없어요`));
    else if (!fits(value, line.slice(key.length + 1)))
      missing.push(both(`${line} is set in it`, `환경 변수가 ${josa(line, '이에요/예요')}`));
  }
  for (const [key, value] of check.labels ?? []) {
    const found = config.Labels?.[key];
    if (found === undefined || !fits(value, found))
      missing.push(both(`it has no label ${key}=${value}`, `${key}=${value} 레이블이 없어요`));
  }
  if (user !== undefined && (config.User ?? '') !== user)
    missing.push(
      both(`its user is ${config.User || 'root'}`, `사용자가 ${josa(config.User || 'root', '이에요/예요')}`),
    );
  const policy = hostConfig.RestartPolicy?.Name || 'no';
  if (restart !== undefined && policy !== restart)
    missing.push(both(`its restart policy is ${policy}`, `재시작 정책이 ${josa(policy, '이에요/예요')}`));
  const limit = hostConfig.Memory ?? 0;
  if (memory !== undefined && (limit === 0 || limit > parseSize(memory, 1024)))
    missing.push(
      limit === 0
        ? both('its memory is not limited', '메모리 제한이 없어요')
        : both(
            `its memory limit is ${limit} bytes, more than ${memory}`,
            `메모리 제한이 ${limit}바이트로 ${memory}보다 커요`,
          ),
    );
  return [
    ...missing,
    ...limitsOf(check, container),
    ...portOf(check, m, container),
    ...mountOf(check, container),
    ...networkOf(check, m, container),
  ];
}

function limitsOf({ cpus, processes, restarts }: ContainerCheck, container: Container): readonly Text[] {
  const { NanoCpus = 0, PidsLimit } = container.hostConfig;
  const missing: Text[] = [];
  if (cpus !== undefined && (NanoCpus === 0 || NanoCpus / 1e9 > Number(cpus)))
    missing.push(
      NanoCpus === 0
        ? both('its processor time is not limited', 'CPU 제한이 없어요')
        : both(`it may use ${NanoCpus / 1e9} processors`, `CPU를 ${NanoCpus / 1e9}개까지 쓸 수 있어요`),
    );
  const most = PidsLimit ?? 0;
  if (processes !== undefined && (most <= 0 || most > processes))
    missing.push(
      most <= 0
        ? both('the number of its processes is not limited', '프로세스 수 제한이 없어요')
        : both(`it may have ${most} processes`, `프로세스를 ${most}개까지 만들 수 있어요`),
    );
  if (restarts !== undefined && container.restartCount < restarts)
    missing.push(
      both(
        `it was restarted ${container.restartCount} times by its policy, not ${restarts}`,
        `정책에 따라 다시 시작한 횟수가 ${restarts}번이 아니라 ${container.restartCount}번이에요`,
      ),
    );
  return missing;
}

function portOf({ port }: ContainerCheck, m: Machine, container: Container): readonly Text[] {
  if (port === undefined) return [];
  const [numbers = '', proto = 'tcp'] = port.split('/');
  const [outer, inner = outer] = numbers.split(':');
  const bindings = Object.entries(container.hostConfig.PortBindings ?? {}).flatMap(([key, list]) =>
    list.map(({ HostPort }) => ({ key, host: HostPort })),
  );
  const published = taskOf(m, container.id)?.published?.map((p) => ({ key: p.port, host: `${p.hostPort}` })) ?? [];
  const all = [...published, ...bindings];
  if (all.some((p) => p.key === `${inner}/${proto}` && (!numbers.includes(':') || p.host === outer))) return [];
  const [near] = all;
  if (!near) return [both(`it publishes no port (wanted: ${port})`, `게시한 포트가 없어요 (필요한 것: ${port})`)];
  const reversed = near.host === inner && near.key === `${outer}/${proto}`;
  return [
    reversed
      ? both(
          `it publishes ${near.host}:${near.key}: the host's port comes first, ${port}`,
          `${near.host}:${josa(near.key, '으로/로')} 게시했어요. 호스트 포트가 먼저예요: ${port}`,
        )
      : both(
          `it publishes ${near.host}:${near.key}, not ${port}`,
          `${port} 대신 ${near.host}:${josa(near.key, '을/를')} 게시했어요`,
        ),
  ];
}

function mountOf({ mount }: ContainerCheck, container: Container): readonly Text[] {
  if (!mount) return [];
  const found = container.mounts?.find(({ destination }) => destination === mount.at);
  if (!found) {
    const other = container.mounts?.[0]?.destination;
    return [
      both(
        `nothing is mounted at ${mount.at}${other === undefined ? '' : ` (but at ${other})`}`,
        `${mount.at}에 마운트한 것이 없어요${other === undefined ? '' : ` (${other}에는 있어요)`}`,
      ),
    ];
  }
  if (mount.volume !== undefined && !(found.type === 'volume' && fits(mount.volume, found.name ?? '')))
    return [
      both(
        `at ${mount.at} is ${found.type === 'volume' ? `the volume ${found.name}` : `the folder ${found.source}`}, not the volume ${mount.volume}`,
        `${mount.at}에는 ${mount.volume} 볼륨이 아니라 ${found.type === 'volume' ? `${found.name} 볼륨이` : `${found.source} 폴더가`} 있어요`,
      ),
    ];
  if (mount.from !== undefined && !(found.type === 'bind' && found.source.replace(/\/$/, '') === mount.from))
    return [
      both(
        `at ${mount.at} is ${found.type === 'volume' ? `the volume ${found.name}` : found.source}, not the folder ${mount.from}`,
        `${mount.at}에는 ${mount.from} 폴더가 아니라 ${found.type === 'volume' ? `${found.name} 볼륨이` : `${found.source} 폴더가`} 있어요`,
      ),
    ];
  if (mount.readonly !== undefined && found.rw === mount.readonly)
    return [
      mount.readonly
        ? both(`${mount.at} can be written to`, `${mount.at}에 쓸 수 있어요`)
        : both(`${mount.at} is read-only`, `${josa(mount.at, '이/가')} 읽기 전용이에요`),
    ];
  return [];
}

function networkOf({ network }: ContainerCheck, m: Machine, container: Container): readonly Text[] {
  if (network === undefined) return [];
  const names = networksOf(m, container);
  if (names.some((name) => fits(network, name))) return [];
  return [
    both(
      `it is on ${names.join(', ')}, not on ${network}`,
      `${network} 네트워크가 아니라 ${names.join(', ')}에 있어요`,
    ),
  ];
}

/** The names of the networks that a container is on, or would be if it ran. */
export function networksOf(m: Machine, container: Container): readonly string[] {
  const ends = taskOf(m, container.id)?.endpoints?.map(({ network }) => network);
  const configured = Object.keys(container.networks ?? {});
  const mode = container.hostConfig.NetworkMode || 'bridge';
  return [
    ...new Set([...(ends ?? []), ...(configured.length > 0 ? configured : [mode === 'default' ? 'bridge' : mode])]),
  ];
}

function insideOf(check: ContainerCheck, m: Machine, container: Container): readonly Text[] {
  const missing: Text[] = [];
  const { logs, process, file, lacks } = check;
  if (logs !== undefined && !logOf(m, container.id).includes(logs))
    missing.push(both(`its logs do not have "${logs}"`, `로그에 ${josa(`"${logs}"`, '이/가')} 없어요`));
  if (process !== undefined && !processesOf(m, container).some((line) => line.includes(process)))
    missing.push(both(`"${process}" does not run in it`, `안에서 "${process}" 프로세스가 실행되고 있지 않아요`));
  if (file) {
    const node = containerFile(m, container, file.path);
    if (!node) missing.push(both(`it has no ${file.path}`, `${josa(file.path, '이/가')} 없어요`));
    else if (file.contains !== undefined && !textOf(node).includes(file.contains))
      missing.push(
        both(
          `its ${file.path} does not contain "${file.contains}"`,
          `${file.path}에 ${josa(`"${file.contains}"`, '이/가')} 들어 있지 않아요`,
        ),
      );
  }
  if (lacks !== undefined && containerFile(m, container, lacks))
    missing.push(both(`it has ${lacks}`, `${josa(lacks, '이/가')} 있어요`));
  return missing;
}

function logOf(m: Machine, id: string): string {
  const log = engineState(m).logs[id];
  const entries = log ? [...log.sealed.flat(), ...log.tail] : [];
  return decodeUtf8(entries.map(({ line }) => line).join(''));
}

function processesOf(m: Machine, { id }: Container): readonly string[] {
  const cgroup = taskOf(m, id)?.cgroup;
  if (cgroup === undefined) return [];
  return Object.values(m.kernel.processes)
    .filter((p) => (p.cgroup === cgroup || p.cgroup.startsWith(`${cgroup}/`)) && !('zombie' in p.status))
    .map(({ argv }) => argv.join(' '));
}
