import { second } from '../../../kernel/json.ts';
import type { StartIo } from '../../makers/io.ts';
import { reachesOutside } from '../outside.ts';
import type { Course } from '../player.ts';
import type { Act } from './acts.ts';
import type { AptLine } from './arguments.ts';
import { listFile, type Release } from './release.ts';
import { aptSize, reading } from './words.ts';

/** Bytes a second that a mirror sends. */
export const mirrorSpeed = 12_000_000;

/** `apt-get update`. */
export function updateCourse(io: StartIo, line: AptLine, release: Release, apt: boolean): Course<Act> {
  const terminal = io.sys.isatty(1);
  const quiet = line.quiet > 1;
  const say = (text: string) => (quiet ? {} : { out: text });
  const done = apt
    ? `${reading(terminal).slice(reading(terminal).indexOf('\n') + 1)}All packages are up to date.\n`
    : '';
  const lists = `Reading package lists...${terminal ? ' Done' : ''}\n`;
  if (!reachesOutside(io.sys)) {
    return { events: unreachable(release, apt, quiet, lists + done), status: 0 };
  }
  const fetched: { readonly text: string; readonly bytes: number; readonly file: string; readonly size: number }[] = [];
  for (const index of release.indices) {
    const text = `${index.uri} ${index.suite} InRelease`;
    fetched.push({ text, bytes: index.release, file: listFile(index, 'InRelease'), size: index.release });
  }
  for (const index of release.indices) {
    const text = `${index.uri} ${index.suite}/main amd64 Packages`;
    fetched.push({ text, bytes: index.packages, file: listFile(index, 'Packages'), size: index.kept });
  }
  const total = fetched.reduce((sum, { bytes }) => sum + bytes, 0);
  const time = total / mirrorSpeed;
  const kept = fetched.reduce((sum, { size }) => sum + size, 0);
  return {
    events: [
      ...fetched.map(({ text, bytes, file, size }, i) => ({
        after: Math.round((bytes / mirrorSpeed) * second) + 20_000,
        ...say(`Get:${i + 1} ${text} [${aptSize(bytes)}]\n`),
        act: { do: 'list' as const, file, size },
      })),
      say(`Fetched ${aptSize(total)} in ${Math.max(1, Math.round(time))}s (${aptSize(total / Math.max(1, time))}/s)\n`),
      { after: 400_000, ...say(lists), act: { do: 'listed' as const, bytes: kept } },
      say(done),
    ],
    status: 0,
  };
}

/** Without a way out every attempt fails; apt calls that a warning. */
function unreachable(release: Release, apt: boolean, quiet: boolean, end: string): Course<Act>['events'] {
  const hosts = release.indices.map(({ uri, suite }) => ({
    text: `${uri} ${suite} InRelease`,
    url: `${uri}/dists/${suite}/InRelease`,
    host: /\/\/([^/]+)/.exec(uri)?.[1] ?? '',
  }));
  const warning = apt ? 'Warning' : 'W';
  const tries = [hosts, hosts.toReversed(), hosts].flatMap((order) =>
    order.map((one) => ({ after: 300_000, ...(quiet ? {} : { out: `Ign:${hosts.indexOf(one) + 1} ${one.text}\n` }) })),
  );
  return [
    ...tries,
    ...hosts.toReversed().map((one) => {
      const text = `Err:${hosts.indexOf(one) + 1} ${one.text}\n  Temporary failure resolving '${one.host}'\n`;
      return { after: 300_000, ...(quiet ? {} : { out: text }) };
    }),
    quiet ? {} : { out: end },
    ...hosts.map((one) => ({
      err: `${warning}: Failed to fetch ${one.url}  Temporary failure resolving '${one.host}'\n`,
    })),
    { err: `${warning}: Some index files failed to download. They have been ignored, or old ones used instead.\n` },
  ];
}
