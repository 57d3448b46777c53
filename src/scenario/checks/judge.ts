import { josa } from '../../explain/josa.ts';
import { engineOf } from '../../host/engine-host.ts';
import type { Check } from '../schema/check.ts';
import { fits } from '../schema/parts.ts';
import { both, joined, type Text } from '../text.ts';
import { checkCgroup } from './cgroup.ts';
import { checkContainer } from './container.ts';
import { checkImage } from './image.ts';
import { checkFile, checkHttp, checkNetwork, checkVolume } from './places.ts';
import { containersOf, type Verdict, type View } from './view.ts';
import { checkVm } from './vm.ts';

/** Is it so in the world that is looked at? Says what is missing if not, in the author's words where there are some. */
export function judge(check: Check, view: View): Verdict {
  const verdict = usual(check, view);
  return !verdict.ok && !verdict.open && check.otherwise ? { ok: false, says: check.otherwise } : verdict;
}

function usual(check: Check, view: View): Verdict {
  if ('all' in check) {
    const verdicts = check.all.map((each) => judge(each, view));
    const missing = verdicts.filter(({ ok }) => !ok);
    const told = missing.length > 0 ? missing : verdicts;
    return {
      ok: missing.length === 0,
      says: joined(
        told.map(({ says }) => says),
        '; ',
      ),
    };
  }
  if ('any' in check) {
    const verdicts = check.any.map((each) => judge(each, view));
    const good = verdicts.find(({ ok }) => ok);
    if (good) return good;
    return { ok: false, says: noneUsed(check.any) ?? joined([...told(verdicts)], both('; or else: ', ' / 아니면 ')) };
  }
  if ('not' in check) {
    const { ok, says, open } = judge(check.not, view);
    if (open) return { ok, says, open };
    return { ok: !ok, says: ok ? both(`this should not be so: ${says.en}`, `이러면 안 돼요: ${says.ko}`) : says };
  }
  if ('computer' in check) return elsewhere(check, view);
  return leaf(check, view);
}

/** Is it so on another computer? */
function elsewhere({ computer, is }: Extract<Check, { computer: unknown }>, view: View): Verdict {
  if (!view.m.world.hosts[computer]) {
    return {
      ok: false,
      says: both(`there is no computer ${computer}`, `${josa(computer, '이라/라')}는 컴퓨터가 없어요`),
    };
  }
  const verdict = judge(is, { ...view, m: view.m.peer(computer) });
  return { ...verdict, says: both(`${computer}: ${verdict.says.en}`, `${computer}: ${verdict.says.ko}`) };
}

/** What verdicts say, each text once. */
function told(verdicts: readonly Verdict[]): Iterable<Text> {
  return new Map(verdicts.map(({ says }) => [says.en, says])).values();
}

/** That none of several commands has been used, in one sentence; undefined when the author has words of their own, or it is about more. */
function noneUsed(checks: readonly Check[]): Text | undefined {
  const commands = checks.map((check) => ('used' in check && !check.otherwise ? plainly(check.used) : ''));
  if (commands.length < 2 || commands.includes('')) return undefined;
  const all = [...new Set(commands)];
  return notUsed(all.join(' or '), all.join(' 또는 '));
}

function notUsed(en: string, ko: string): Text {
  return both(`${en} has not been used in this step`, `이 단계에서 ${josa(ko, '을/를')} 아직 쓰지 않았어요`);
}

/** The words of a command without what stands for anything. */
function plainly(wanted: string): string {
  return wanted.replaceAll('*', '').replace(/\s+/g, ' ').trim();
}

function leaf(
  check: Exclude<Check, { all: unknown } | { any: unknown } | { not: unknown } | { computer: unknown }>,
  view: View,
): Verdict {
  const m = engineOf(view.m);
  const engine = { ...view, m: m ?? view.m };
  if (!m && ('container' in check || 'image' in check || 'network' in check || 'volume' in check))
    return { ok: false, says: both('Docker is not installed here', '여기에는 Docker가 설치되어 있지 않아요') };
  if ('container' in check) return checkContainer(check, engine);
  if ('image' in check) return checkImage(check, engine);
  if ('network' in check) return checkNetwork(check, engine);
  if ('volume' in check) return checkVolume(check, engine);
  if ('vm' in check) return checkVm(check, view);
  if ('cgroup' in check) return checkCgroup(check, view);
  if ('file' in check) return checkFile(check, view);
  if ('http' in check) return checkHttp(check, view);
  if ('process' in check) return checkProcess(check.process, view);
  if ('status' in check) return checkStatus(check.status, view);
  if ('printed' in check) return checkPrinted(check.printed, view);
  if ('used' in check) return checkUsed(check.used, engine);
  return checkCached(check.cached, view);
}

function checkProcess(wanted: string, { m }: View): Verdict {
  const found = Object.values(m.kernel.processes).some(
    ({ argv, status }) => !('zombie' in status) && argv.join(' ').includes(wanted),
  );
  return {
    ok: found,
    says: found
      ? both(`"${wanted}" runs`, `"${wanted}" 프로세스가 실행 중이에요`)
      : both(`no process "${wanted}" runs`, `"${wanted}" 프로세스가 실행되고 있지 않아요`),
  };
}

function checkStatus(wanted: number, { seen: { status } }: View): Verdict {
  if (status === wanted)
    return { ok: true, says: both(`the exit status was ${status}`, `종료 코드는 ${josa(`${status}`, '이에요/예요')}`) };
  const says =
    status === undefined
      ? both('no command has been run in this step yet', '이 단계에서 아직 실행한 명령이 없어요')
      : both(
          `the last command ended with ${status}, wanted is ${wanted}`,
          `마지막 명령이 종료 코드 ${josa(`${status}`, '으로/로')} 끝났어요. ${josa(`${wanted}`, '이/가')} 되어야 해요`,
        );
  return { ok: false, says };
}

function checkPrinted(wanted: string, { seen }: View): Verdict {
  const ok = seen.printed.replaceAll('\r', '').includes(wanted);
  return {
    ok,
    says: ok
      ? both(`"${wanted}" was printed`, `${josa(`"${wanted}"`, '이/가')} 출력됐어요`)
      : both(
          `"${wanted}" has not been printed in this step`,
          `이 단계에서 ${josa(`"${wanted}"`, '이/가')} 아직 출력되지 않았어요`,
        ),
  };
}

/** Other words may stand in between: `docker logs web` is there in `docker logs -f web`. */
function checkUsed(wanted: string, { m, seen }: View): Verdict {
  const words = wanted.trim().split(/\s+/);
  const names = new Set(containersOf(m).map(({ name }) => name));
  const ok = seen.commands.some((argv) => {
    const plain = argv.filter(
      (word, i) => !(i > 0 && i < 3 && (word === 'container' || word === 'image') && !names.has(word)),
    );
    return hasWords(plain, words) || hasWords(argv, words);
  });
  const shown = plainly(wanted);
  return {
    ok,
    says: ok ? both(`${shown} was used`, `${josa(shown, '을/를')} 썼어요`) : notUsed(shown, shown),
  };
}

/** The command's own name comes first, with or without the folder that it is in. */
function hasWords([path = '', ...argv]: readonly string[], [name = '', ...words]: readonly string[]): boolean {
  if (!fits(name, path) && !fits(name, path.slice(path.lastIndexOf('/') + 1))) return false;
  let at = 0;
  for (const word of words) {
    const found = argv.findIndex((each, i) => i >= at && fits(word, each));
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

function checkCached(wanted: number, { seen: { hits } }: View): Verdict {
  if (hits !== undefined && hits >= wanted)
    return { ok: true, says: both(`${hits} steps came from the cache`, `${hits}단계를 캐시에서 가져왔어요`) };
  if (hits === undefined)
    return {
      ok: false,
      says: both('nothing was built in this step', '이 단계에서 아직 빌드하지 않았어요'),
      open: true,
    };
  return {
    ok: false,
    says: both(
      `${hits} steps of the last build came from the cache, ${wanted} are wanted`,
      `마지막 빌드에서 캐시로 처리한 단계가 ${hits}개예요. ${wanted}개가 필요해요`,
    ),
  };
}
