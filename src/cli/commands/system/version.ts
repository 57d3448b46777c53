import type { Json } from '../../../kernel/json.ts';
import { say } from '../../client.ts';
import { noArgs } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import type { Verb } from '../../verb.ts';
import { askEngine, type ClientFacts, ended, factsOf, printBy } from './facts.ts';

interface Component {
  readonly Name: string;
  readonly Version: string;
  readonly Details: { readonly [name: string]: string };
}

/** docker version: the client, and the engine with its helpers. */
export const version: Verb = {
  names: ['version'],
  usage: '[OPTIONS]',
  flags: 'format,f:string',
  arity: noArgs,
  run(client, flags) {
    const format = textFlag(flags, 'format') ?? '';
    const asked = askEngine(client, '/version');
    if (format !== '') {
      const server = 'body' in asked ? { Server: asked.body } : {};
      printBy(client, format, 'versionInfo', { Client: factsOf(client), ...server }, 'version');
      return ended(client, asked);
    }
    const engine = 'body' in asked ? serverLines(asked.body) : [];
    for (const line of [...clientLines(factsOf(client)), ...engine]) say(client, line);
    return ended(client, asked);
  },
};

function clientLines(facts: ClientFacts): readonly string[] {
  const { ApiVersion, Arch, BuildTime, Context, GitCommit, GoVersion, Os, Platform, Version } = facts;
  const rows = [
    ['Version:', Version],
    ['API version:', ApiVersion],
    ['Go version:', GoVersion],
    ['Git commit:', GitCommit],
    ['Built:', BuildTime],
    ['OS/Arch:', `${Os}/${Arch}`],
    ['Context:', Context],
  ];
  return [`Client: ${Platform.Name}`.trimEnd(), ...rows.map(([name = '', value]) => ` ${name.padEnd(19)}${value}`)];
}

function serverLines(body: Json): readonly string[] {
  const { Platform, Components } = body as unknown as { Platform: { Name: string }; Components: readonly Component[] };
  const lines = ['', `Server:${Platform.Name === '' ? '' : ` ${Platform.Name}`}`];
  for (const { Name, Version, Details } of Components) {
    lines.push(` ${Name}:`);
    const rows =
      Name === 'Engine'
        ? [
            ['Version:', Version],
            ['API version:', `${Details.ApiVersion} (minimum version ${Details.MinAPIVersion})`],
            ['Go version:', Details.GoVersion],
            ['Git commit:', Details.GitCommit],
            ['Built:', Details.BuildTime],
            ['OS/Arch:', `${Details.Os}/${Details.Arch}`],
            ['Experimental:', Details.Experimental],
          ]
        : [
            ['Version:', Version],
            ['GitCommit:', Details.GitCommit],
          ];
    lines.push(...rows.map(([name = '', value]) => `  ${name.padEnd(18)}${value}`));
  }
  return lines;
}
