import { second } from '../../../kernel/json.ts';
import type { StartIo } from '../../makers/io.ts';
import { reachesOutside } from '../outside.ts';
import type { Package } from '../package.ts';
import type { Course, Event } from '../player.ts';
import { type Act, indexFiles } from './acts.ts';
import type { ApkLine } from './arguments.ts';
import { type ApkSystem, type Installed, recordOf } from './database.ts';
import { choose, meets, parseConstraint, planAdd, planDelete, scriptsOf } from './plan.ts';
import { counter, okLine } from './words.ts';

/** Bytes a second that a mirror sends. */
const mirrorSpeed = 12_000_000;

/** Fetching the indices, when apk does that by itself or is told to; `reached` is false when nothing answers. */
export function indices(
  io: StartIo,
  system: ApkSystem,
  keep: boolean,
  asked: boolean,
): { readonly events: Event<Act>[]; readonly reached: boolean } {
  const reached = reachesOutside(io.sys);
  const urls = ['main', 'community'].map((part) => `https://dl-cdn.alpinelinux.org/alpine/v${system.branch}/${part}`);
  const index = (url: string) => `${url}/x86_64/APKINDEX.tar.gz`;
  if (!reached) {
    const how = keep ? (asked ? 'updating and opening' : 'opening from cache') : 'fetching';
    return {
      reached,
      events: urls.flatMap((url): Event<Act>[] =>
        system.modern
          ? [{ after: 2 * second, err: `WARNING: ${how} ${index(url)}: DNS: transient error (try again later)\n` }]
          : [
              { out: `fetch ${index(url)}\n` },
              {
                after: 2 * second,
                err: `WARNING: ${how === 'opening from cache' ? 'updating and opening' : how} ${url}: temporary error (try again later)\n`,
              },
            ],
      ),
    };
  }
  const bytes = indexFiles.reduce((sum, [, size]) => sum + size, 0);
  const time = Math.round((bytes / mirrorSpeed) * second);
  return {
    reached,
    events: [
      ...urls.map((url) => ({ after: time / 2, ...(system.modern ? {} : { out: `fetch ${index(url)}\n` }) })),
      ...(keep ? [{ act: { do: 'index' as const, bytes } }] : []),
    ],
  };
}

/** `apk add`. */
export function addCourse(io: StartIo, line: ApkLine, system: ApkSystem): Course<Act> | number {
  const fetched =
    line.words.length === 0 && line.virtual === undefined
      ? { events: [], reached: true }
      : indices(io, system, line.cache, line.update);
  const constraints = [];
  for (const word of line.words) {
    const constraint = parseConstraint(word);
    if (!constraint) {
      io.err(
        `ERROR: '${word}' is not a valid ${line.virtual === undefined ? 'world' : 'package'} dependency, format is name${line.virtual === undefined ? '(@tag)' : ''}([<>~=]version)\n`,
      );
      return 1;
    }
    constraints.push(constraint);
  }
  const now = new Date(io.sys.now / 1000).toISOString();
  const stamp = `${now.slice(0, 10).replaceAll('-', '')}.${now.slice(11, 19).replaceAll(':', '')}`;
  const owner = line.virtual === undefined ? 'world' : `${line.virtual}-${stamp}`;
  const roots: Package[] = [];
  const problems: string[] = [];
  for (const { name, test } of constraints.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const present = system.installed.get(name);
    const pack = fetched.reached ? choose(system.table, name) : undefined;
    const version = present?.version ?? pack?.version ?? '';
    if (!present && !pack) problems.push(`  ${name} (no such package):\n    required by: ${owner}[${name}${test}]\n`);
    else if (!meets(version, test) && !pack?.unknown)
      problems.push(`  ${name}-${version}:\n    breaks: ${owner}[${name}${test}]\n`);
    else if (pack) roots.push(pack);
  }
  const quiet = (events: readonly Event<Act>[]) =>
    line.quiet ? events.map(({ out: _out, ...event }) => event) : events;
  if (problems.length > 0) {
    const err = `ERROR: unable to select packages:\n${problems.join('')}`;
    return { events: quiet([...fetched.events, { err }]), status: problems.length };
  }
  const order = planAdd(system, roots);
  const names = constraints.map(({ name }) => name);
  const added =
    line.virtual === undefined
      ? constraints.map(({ name, test }): [string, string] => [name, test])
      : [[line.virtual, `=${stamp}`] as [string, string]];
  const world = new Map([...system.world, ...added]);
  const events = [...fetched.events, ...installing(system, order, line.virtual, stamp, names)];
  const after = new Map<string, Installed>([
    ...system.installed,
    ...order.map((pack): [string, Installed] => [pack.name, recordOf(pack, [])]),
  ]);
  if (line.virtual !== undefined) {
    after.set(line.virtual, {
      name: line.virtual,
      version: stamp,
      installed: 0,
      depends: names,
      description: '',
      files: [],
    });
  }
  const unknown = order.filter((pack) => pack.unknown).map(({ name }) => name);
  const bytes = order.reduce((sum, { installed }) => sum + installed, 0);
  const last: Event<Act>[] = [
    { act: { do: 'world', entries: [...world] } },
    ...(order.length > 0 ? [{ act: { do: 'told' as const, count: order.length, bytes, unknown } }] : []),
    { out: okLine(system, after.values()) },
  ];
  const all = [...events, ...last];
  return { events: quiet(line.simulate ? all.map(({ act: _act, ...event }) => event) : all), status: 0 };
}

function installing(
  system: ApkSystem,
  order: readonly Package[],
  virtual: string | undefined,
  stamp: string,
  names: readonly string[],
): Event<Act>[] {
  const total = order.length + (virtual === undefined ? 0 : 1);
  const indent = system.modern ? '  ' : '';
  const events = order.flatMap((pack, i): Event<Act>[] => [
    {
      after: Math.round((pack.download / mirrorSpeed) * second) + 12_000,
      out: `${counter(system, i + 1, total)} Installing ${pack.name} (${pack.version})\n`,
      act: { do: 'add', name: pack.name },
    },
    ...scriptsOf(system.table, pack.name).map((script) => ({
      out: `${indent}Executing ${pack.name}-${pack.version}.${script}\n`,
    })),
  ]);
  if (virtual !== undefined) {
    const act = { do: 'virtual' as const, name: virtual, version: stamp, depends: names };
    events.push({ out: `${counter(system, total, total)} Installing ${virtual} (${stamp})\n`, act });
  }
  if (total > 0) events.push(...triggerLines(system));
  const certs = order.find(({ name }) => name === 'ca-certificates');
  if (certs) events.push({ after: 30_000, out: `Executing ca-certificates-${certs.version}.trigger\n` });
  return events;
}

function triggerLines(system: ApkSystem): Event<Act>[] {
  const busybox = system.installed.get('busybox');
  return busybox ? [{ after: 20_000, out: `Executing busybox-${busybox.version}.trigger\n` }] : [];
}

/** `apk del`. */
export function deleteCourse(line: ApkLine, system: ApkSystem): Course<Act> {
  const unknown = line.words.filter(
    (name) => !system.installed.has(name) && !system.table.packages.has(name) && !system.world.has(name),
  );
  if (unknown.length > 0) {
    return { events: unknown.map((name) => ({ err: `ERROR: No such package: ${name}\n` })), status: unknown.length };
  }
  const world = new Map([...system.world].filter(([name]) => !line.words.includes(name)));
  const gone = planDelete(system, world.keys());
  const left = [...system.installed.values()].filter(({ name }) => !gone.some((one) => one.name === name));
  const stay = line.words.filter((name) => left.some((one) => one.name === name));
  const held = stay.map((name) => {
    const holders = left.filter((one) => one.depends.includes(name)).map((one) => one.name);
    return `  ${name}: ${holders.filter((holder) => world.has(holder)).join(' ')}\n`;
  });
  const kept =
    held.length > 0 ? `World updated, but the following packages are not removed due to:\n${held.join('')}\n` : '';
  const bytes = gone.reduce((sum, { installed }) => sum + installed, 0);
  const events: Event<Act>[] = [
    ...(kept === '' ? [] : [{ out: kept }]),
    ...gone.map((one, i) => ({
      after: 8_000,
      out: `${counter(system, i + 1, gone.length)} Purging ${one.name} (${one.version})\n`,
      act: { do: 'delete' as const, name: one.name },
    })),
    ...(gone.length > 0 ? triggerLines(system) : []),
    { act: { do: 'world', entries: [...world] } },
    ...(gone.length > 0 ? [{ act: { do: 'told-deleted' as const, count: gone.length, bytes } }] : []),
    { out: okLine(system, left) },
  ];
  return { events: line.quiet ? events.map(({ out: _out, ...event }) => event) : events, status: 0 };
}
