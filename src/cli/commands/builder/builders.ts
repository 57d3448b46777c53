import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { say } from '../../client.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { atMost, exactly, noArgs } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { listRow } from '../../format/row.ts';
import type { Header } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';
import { buildxFormat, buildxLines } from './list-format.ts';

/** As the engine's own BuildKit calls itself. */
const buildkitVersion = 'v0.0.0+unknown';
/** Platforms of the builder: that of the machine, with the levels of its instruction set. */
const platforms = ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/386'];

const lsHeader: Header = {
  Buildkit: 'BUILDKIT',
  DriverEndpoint: 'DRIVER/ENDPOINT',
  LastActivity: 'LAST ACTIVITY',
  Name: 'NAME/NODE',
  Platforms: 'PLATFORMS',
  Status: 'STATUS',
};
const lsTable = 'table {{.Name}}\t{{.DriverEndpoint}}\t{{.Status}}\t{{.Buildkit}}\t{{.Platforms}}';

/** docker buildx ls: the builders; there is the engine's own, with one node. */
export const buildxLs: Verb = {
  names: ['buildx ls', 'builder ls'],
  path: 'buildx ls',
  errors: 'ERROR: ',
  usage: '',
  flags: 'debug,D format:string no-trunc',
  arity: exactly(0),
  run(client, flags) {
    const asked = textFlag(flags, 'format') ?? 'table';
    if (/\bjson\b/.test(asked)) throw notSimulated('docker buildx ls as JSON');
    const format = buildxFormat(asked === 'table' ? lsTable : asked);
    const shown = boolFlag(flags, 'no-trunc') ? platforms : shortPlatforms(platforms);
    const inTable = (text: string, plain: string): string => (format.table ? text : plain);
    const rows = [
      listRow('*commands.lsContext', {
        Name: () => inTable('default*', 'default'),
        DriverEndpoint: () => 'docker',
        Status: () => '',
        Buildkit: () => '',
        Platforms: () => '',
      }),
      listRow('*commands.lsContext', {
        Name: () => inTable(' \\_ default', 'default'),
        DriverEndpoint: () => inTable(' \\_ default', 'default'),
        Status: () => 'running',
        Buildkit: () => buildkitVersion,
        Platforms: () => (format.table ? shown : platforms).join(', '),
      }),
    ];
    client.output.push([1, encodeUtf8(buildxLines(format, lsHeader, rows))]);
    return done;
  },
};

/** `linux/amd64 (+3)` for an architecture with levels. */
function shortPlatforms(all: readonly string[]): readonly string[] {
  const roots = new Set(all.map((each) => each.split('/').slice(0, 2).join('/')));
  return [...roots].map((root) => {
    const count = all.filter((each) => each === root || each.startsWith(`${root}/`)).length;
    return count > 1 ? `${root} (+${count})` : root;
  });
}

/** docker buildx inspect: the builder `default`. */
export const buildxInspect: Verb = {
  names: ['buildx inspect', 'builder inspect'],
  path: 'buildx inspect',
  errors: 'ERROR: ',
  usage: '[NAME]',
  flags: 'bootstrap builder:string debug,D',
  arity: atMost(1),
  run(client, flags, [name = textFlag(flags, 'builder') ?? 'default']) {
    if (name !== 'default') throw new CliError(`ERROR: no builder ${JSON.stringify(name)} found`);
    const lines = [
      'Name:   default',
      'Driver: docker',
      '',
      'Nodes:',
      'Name:             default',
      'Endpoint:         default',
      'Status:           running',
      `BuildKit version: ${buildkitVersion}`,
      `Platforms:        ${platforms.join(', ')}`,
      'Labels:',
      ' org.mobyproject.buildkit.worker.moby.host-gateway-ip: 172.17.0.1',
    ];
    for (const line of lines) say(client, line);
    return done;
  },
};

/** docker buildx version. */
export const buildxVersion: Verb = {
  names: ['buildx version', 'builder version'],
  path: 'buildx version',
  errors: 'ERROR: ',
  usage: '',
  flags: 'debug,D',
  arity: noArgs,
  run(client) {
    say(client, 'github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4');
    return done;
  },
};
