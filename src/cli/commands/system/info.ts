import type { Json } from '../../../kernel/json.ts';
import { say } from '../../client.ts';
import { noArgs } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { bytesSize } from '../../format/size.ts';
import type { Verb } from '../../verb.ts';
import { askEngine, ended, factsOf, printBy } from './facts.ts';

/** docker info: what an engine has, can do, and runs on. */
export const info: Verb = {
  names: ['info', 'system info'],
  usage: '[OPTIONS]',
  flags: 'format,f:string',
  arity: noArgs,
  run(client, flags) {
    const format = textFlag(flags, 'format') ?? '';
    const asked = askEngine(client, '/info');
    const body = 'body' in asked ? asked.body : {};
    if (format !== '') {
      const ClientInfo = { Debug: false, ...factsOf(client), Plugins: [], Warnings: null };
      printBy(client, format, 'dockerInfo', { ...(body as { [name: string]: Json }), ClientInfo }, '');
      return ended(client, asked);
    }
    const { Context, Platform, Version } = factsOf(client);
    const own = [
      `Client: ${Platform.Name}`.trimEnd(),
      ` Version:    ${Version}`,
      ` Context:    ${Context}`,
      ' Debug Mode: false',
    ];
    const lines = 'body' in asked ? serverLines(asked.body as unknown as Info) : [];
    for (const line of [...own, '', 'Server:', ...lines]) say(client, line);
    return ended(client, asked);
  },
};

/** What of an engine's answer is printed. */
interface Info {
  readonly [name: string]: Json;
  readonly DriverStatus: readonly (readonly [name: string, value: string])[];
  readonly Plugins: {
    readonly Volume: readonly string[];
    readonly Network: readonly string[];
    readonly Log: readonly string[];
  };
  readonly Runtimes: { readonly [name: string]: Json };
  readonly SecurityOptions: readonly string[];
  readonly CDISpecDirs: readonly string[];
  readonly Swarm: { readonly LocalNodeState: string };
  readonly ContainerdCommit: { readonly ID: string };
  readonly RuncCommit: { readonly ID: string };
  readonly InitCommit: { readonly ID: string };
  readonly RegistryConfig: {
    readonly InsecureRegistryCIDRs: readonly string[];
    readonly IndexConfigs: { readonly [name: string]: { readonly Name: string; readonly Secure: boolean } };
  };
  readonly MemTotal: number;
}

function serverLines(info: Info): readonly string[] {
  const { Plugins } = info;
  return [
    ` Containers: ${info.Containers}`,
    `  Running: ${info.ContainersRunning}`,
    `  Paused: ${info.ContainersPaused}`,
    `  Stopped: ${info.ContainersStopped}`,
    ` Images: ${info.Images}`,
    ` Server Version: ${info.ServerVersion}`,
    ` Storage Driver: ${info.Driver}`,
    ...info.DriverStatus.map(([name, value]) => `  ${name}: ${value}`),
    ` Logging Driver: ${info.LoggingDriver}`,
    ` Cgroup Driver: ${info.CgroupDriver}`,
    ` Cgroup Version: ${info.CgroupVersion}`,
    ' Plugins:',
    `  Volume: ${Plugins.Volume.join(' ')}`,
    `  Network: ${Plugins.Network.join(' ')}`,
    `  Log: ${Plugins.Log.join(' ')}`,
    ' CDI spec directories:',
    ...info.CDISpecDirs.map((folder) => `  ${folder}`),
    ` Swarm: ${info.Swarm.LocalNodeState}`,
    ` Runtimes: ${Object.keys(info.Runtimes).sort().join(' ')}`,
    ` Default Runtime: ${info.DefaultRuntime}`,
    ` Init Binary: ${info.InitBinary}`,
    ` containerd version: ${info.ContainerdCommit.ID}`,
    ` runc version: ${info.RuncCommit.ID}`,
    ` init version: ${info.InitCommit.ID}`,
    ' Security Options:',
    ...info.SecurityOptions.flatMap(securityLines),
    ` Kernel Version: ${info.KernelVersion}`,
    ` Operating System: ${info.OperatingSystem}`,
    ` OSType: ${info.OSType}`,
    ` Architecture: ${info.Architecture}`,
    ` CPUs: ${info.NCPU}`,
    ` Total Memory: ${bytesSize(info.MemTotal)}`,
    ` Name: ${info.Name}`,
    ` ID: ${info.ID}`,
    ` Docker Root Dir: ${info.DockerRootDir}`,
    ` Debug Mode: ${info.Debug}`,
    ` Experimental: ${info.ExperimentalBuild}`,
    ' Insecure Registries:',
    ...Object.values(info.RegistryConfig.IndexConfigs).flatMap(({ Name, Secure }) => (Secure ? [] : [`  ${Name}`])),
    ...[...info.RegistryConfig.InsecureRegistryCIDRs].sort(byVersion).map((cidr) => `  ${cidr}`),
    ` Live Restore Enabled: ${info.LiveRestoreEnabled}`,
    '',
  ];
}

/** `name=seccomp,profile=builtin` in two lines. */
function securityLines(option: string): readonly string[] {
  const [, ...settings] = option.split(',');
  const name = /^name=([^,]*)/.exec(option)?.[1] ?? option;
  return [
    `  ${name}`,
    ...settings.map((setting) => {
      const [key = '', value = ''] = setting.split('=');
      return `   ${key.charAt(0).toUpperCase()}${key.slice(1)}: ${value}`;
    }),
  ];
}

/** Networks of IPv4 come first. */
function byVersion(a: string, b: string): number {
  return Number(a.includes(':')) - Number(b.includes(':'));
}
