import { engineState } from '../../engine/state.ts';
import { josa } from '../../explain/josa.ts';
import type { FileCheck, HttpCheck, NetworkCheck, VolumeCheck } from '../schema/check.ts';
import { fits } from '../schema/parts.ts';
import { both } from '../text.ts';
import { networksOf } from './container.ts';
import { containersOf, hostFile, textOf, type Verdict, type View, volumeFolder } from './view.ts';

/** Is there such a network, with these containers on it? */
export function checkNetwork({ network, containers = [] }: NetworkCheck, { m }: View): Verdict {
  const { networks, userNetworks } = engineState(m);
  const names = [...Object.keys(networks), ...Object.values(userNetworks ?? {}).map(({ name }) => name)];
  const found = names.filter((name) => fits(network, name));
  if (found.length === 0)
    return { ok: false, says: both(`there is no network ${network}`, `${network} 네트워크가 없어요`) };
  const all = containersOf(m);
  const away = containers.filter(
    (pattern) =>
      !all.some((each) => fits(pattern, each.name) && networksOf(m, each).some((name) => found.includes(name))),
  );
  const [name = ''] = found;
  if (away.length === 0) return { ok: true, says: both(`there is the network ${name}`, `${name} 네트워크가 있어요`) };
  const who = away.join(', ');
  return {
    ok: false,
    says: both(
      `there is a network ${name}, but ${who} ${away.length === 1 ? 'is' : 'are'} not on it`,
      `${name} 네트워크는 있지만 ${josa(who, '은/는')} 연결돼 있지 않아요`,
    ),
  };
}

/** Is there such a volume, with this file in it? */
export function checkVolume({ volume, file, contains }: VolumeCheck, { m }: View): Verdict {
  const names = Object.keys(engineState(m).volumes ?? {}).filter((name) => fits(volume, name));
  const [first] = names;
  if (first === undefined) return { ok: false, says: both(`there is no volume ${volume}`, `${volume} 볼륨이 없어요`) };
  if (file === undefined) return { ok: true, says: both(`there is the volume ${first}`, `${first} 볼륨이 있어요`) };
  const nodes = names.map((name) => hostFile(m, volumeFolder(name) + file)).filter((node) => node !== undefined);
  const but = (en: string, ko: string): Verdict => ({
    ok: false,
    says: both(`there is a volume ${first}, but ${en}`, `${first} 볼륨은 있지만 ${ko}`),
  });
  if (nodes.length === 0) return but(`it has no ${file}`, `${josa(file, '이/가')} 없어요`);
  if (contains !== undefined && !nodes.some((node) => textOf(node).includes(contains)))
    return but(
      `its ${file} does not contain "${contains}"`,
      `${file}에 ${josa(`"${contains}"`, '이/가')} 들어 있지 않아요`,
    );
  return { ok: true, says: both(`${file} is in the volume ${first}`, `${first} 볼륨에 ${josa(file, '이/가')} 있어요`) };
}

/** Is there such a file on the host? */
export function checkFile({ file, contains }: FileCheck, { m }: View): Verdict {
  const node = hostFile(m, file);
  if (!node) return { ok: false, says: both(`the host has no ${file}`, `호스트에 ${josa(file, '이/가')} 없어요`) };
  if (contains !== undefined && !textOf(node).includes(contains))
    return {
      ok: false,
      says: both(
        `${file} does not contain "${contains}"`,
        `${file}에 ${josa(`"${contains}"`, '이/가')} 들어 있지 않아요`,
      ),
    };
  return { ok: true, says: both(`the host has ${file}`, `호스트에 ${josa(file, '이/가')} 있어요`) };
}

/** Does an address inside the simulation answer so? */
export function checkHttp({ http, status = 200, contains }: HttpCheck, { fetch }: View): Verdict {
  const answer = fetch(http);
  if (!answer) return { ok: false, says: both(`nothing answers at ${http}`, `${http}에서 아무것도 응답하지 않아요`) };
  if (answer.status !== status)
    return {
      ok: false,
      says: both(
        `${http} answers with status ${answer.status}, not ${status}`,
        `${http}의 응답 코드가 ${josa(`${status}`, '이/가')} 아니라 ${josa(`${answer.status}`, '이에요/예요')}`,
      ),
    };
  if (contains !== undefined && !answer.body.includes(contains))
    return {
      ok: false,
      says: both(
        `${http} answers, but without "${contains}"`,
        `${http}에서 응답이 오지만 ${josa(`"${contains}"`, '이/가')} 없어요`,
      ),
    };
  return { ok: true, says: both(`${http} answers`, `${http}에서 응답이 와요`) };
}
