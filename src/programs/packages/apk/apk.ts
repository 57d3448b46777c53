import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Program } from '../../../kernel/program.ts';
import type { StartIo } from '../../makers/io.ts';
import { type Course, player } from '../player.ts';
import { type Act, perform } from './acts.ts';
import { addCourse, deleteCourse, indices } from './add.ts';
import { type ApkLine, parseApk } from './arguments.ts';
import { type ApkSystem, readSystem } from './database.ts';
import { info, list, search } from './query.ts';
import { okLine } from './words.ts';

/** apk, Alpine's package manager. */
export const apkProgram: Program = player<Act>({ name: 'apk', flavour: 'busybox' }, begin, perform);

function begin(io: StartIo): Course<Act> | number {
  const line = parseApk(io);
  if (typeof line === 'number') return line;
  const system = readSystem(io.sys);
  const banner = `apk-tools ${system.modern ? '3.0.6' : '2.14.9'}, compiled for x86_64.\n`;
  if (line.version) {
    io.out(banner);
    return 0;
  }
  if (line.command === undefined || line.help) {
    io.out(
      `${banner}\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n\nPackage installation and removal:\n  add        Add packages to WORLD and commit changes\n  del        Remove packages from WORLD and commit changes\n\nSystem maintenance:\n  update     Update repository indexes\n  upgrade    Install upgrades available from repositories\n\nQuerying package information:\n  info       Give detailed information about packages or repositories\n  list       List packages matching a pattern or other criteria\n  search     Search for packages by name or description\n`,
    );
    return line.help ? 0 : 1;
  }
  return run(io, line, system);
}

function run(io: StartIo, line: ApkLine, system: ApkSystem): Course<Act> | number {
  const { command = '' } = line;
  if (/^(?:add|del|update|upgrade|fix|cache)$/.test(command) && io.sys.uid !== 0 && !line.simulate) {
    io.err(
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
    );
    return 99;
  }
  switch (command) {
    case 'add':
      return addCourse(io, line, system);
    case 'del':
      return deleteCourse(line, system);
    case 'update':
      return update(io, line, system);
    case 'upgrade': {
      const { events } = indices(io, system, line.cache, line.update);
      const out = okLine(system, system.installed.values());
      return { events: [...events, line.quiet ? {} : { out }], status: 0 };
    }
    case 'info':
      return info(line, system);
    case 'list':
      return list(line, system);
    case 'search':
      return search(line, system);
    case 'cache':
    case 'fix':
    case 'policy':
    case 'version':
    case 'fetch':
    case 'index':
    case 'audit':
    case 'verify':
    case 'stats':
    case 'manifest':
    case 'dot':
      io.err(`drydock: apk ${command} is not simulated\n`);
      return 1;
    default:
      io.err(encodeUtf8(`ERROR: '${command}' is not an apk command. See 'apk --help'.\n`));
      return 1;
  }
}

function update(io: StartIo, line: ApkLine, system: ApkSystem): Course<Act> {
  const { events, reached } = indices(io, system, line.cache, true);
  const repositories = ['main', 'community'].map(
    (part, i) =>
      `v${system.branch}.2-${57 + i}-g${['5c1e0a7d3b2', '91f4c6ad08e'][i] ?? ''} [https://dl-cdn.alpinelinux.org/alpine/v${system.branch}/${part}]\n`,
  );
  const shown = line.quiet ? events.map(({ out: _out, ...event }) => event) : events;
  if (!reached) {
    const out = `2 unavailable, 0 stale; ${system.installed.size} distinct packages available\n`;
    return { events: [...shown, line.quiet ? {} : { out }], status: 2 };
  }
  const out = `${repositories.join('')}OK: 27586 distinct packages available\n`;
  return { events: [...shown, line.quiet ? {} : { out }], status: 0 };
}
