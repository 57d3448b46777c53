import type { ContainerCreateBody, HostConfig } from '../../../engine/api.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Client } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { parseDecimal, ValueError } from '../../flags/numbers.ts';
import { boolFlag, type Flags, listFlag, numberFlag, textFlag } from '../../flags/parse.ts';
import { type Ports, readPorts } from '../../flags/ports.ts';
import { outputSize } from '../../streams/terminal.ts';
import { readEnvironment, readLabels } from '../environment.ts';
import { healthFlags, readHealth } from './health.ts';
import { isolationFlags, readIsolation } from './isolation.ts';
import { readMounts } from './mounts.ts';
import { networkFlags, networking } from './networking.ts';

/** The flags of run and create that say how the container is to be. */
export const containerFlags = `${healthFlags} ${isolationFlags}
  ${networkFlags} attach,a:stream cidfile:string cpus:decimal domainname:string entrypoint:string env,e:env env-file:list expose:list group-add:list hostname,h:string
  interactive,i label,l:label label-file:list memory,m:bytes name:string pids-limit:int publish,p:list publish-all,P
  pull:string
  quiet,q read-only restart:string rm shm-size:bytes stop-signal:string stop-timeout:int tmpfs:list tty,t user,u:string volume,v:list mount:mount workdir,w:string`;

/** What is asked of the engine to make a container. Throws CliError. */
export function createBody(
  client: Client,
  flags: Flags,
  args: readonly string[],
  env: Rec<string>,
): ContainerCreateBody {
  const [image = '', ...command] = args;
  const streams = listFlag(flags, 'attach');
  const stdin = boolFlag(flags, 'interactive');
  const attachStdin = stdin || streams.includes('stdin');
  const entrypoint = textFlag(flags, 'entrypoint');
  const stopTimeout = numberFlag(flags, 'stop-timeout');
  const stopSignal = textFlag(flags, 'stop-signal');
  const mounts = readMounts(client, flags);
  const network = networking(client, flags);
  const ports = readPorts(listFlag(flags, 'publish'), listFlag(flags, 'expose'));
  return {
    Hostname: textFlag(flags, 'hostname') ?? '',
    Domainname: textFlag(flags, 'domainname') ?? '',
    User: textFlag(flags, 'user') ?? '',
    AttachStdin: attachStdin,
    AttachStdout: streams.length === 0 || streams.includes('stdout'),
    AttachStderr: streams.length === 0 || streams.includes('stderr'),
    Tty: boolFlag(flags, 'tty'),
    OpenStdin: stdin,
    StdinOnce: stdin && attachStdin,
    Env: readEnvironment(client, env, listFlag(flags, 'env-file'), listFlag(flags, 'env')),
    Cmd: command.length > 0 ? command : null,
    Image: image,
    Volumes: mounts.volumes,
    WorkingDir: textFlag(flags, 'workdir') ?? '',
    Entrypoint: entrypoint === undefined ? null : [entrypoint],
    OnBuild: null,
    Labels: readLabels(client, listFlag(flags, 'label-file'), listFlag(flags, 'label')),
    ...readHealth(flags),
    ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
    ...(stopTimeout === undefined ? {} : { StopTimeout: stopTimeout }),
    ...(Object.keys(ports.exposed).length > 0 ? { ExposedPorts: ports.exposed } : {}),
    ...network.body,
    HostConfig: {
      ...hostConfig(client, flags),
      ...readIsolation(client, flags),
      ...network.host,
      ...surroundings(flags),
      ...mounts.host,
      ...publishing(flags, ports),
    },
  };
}

/** What is mounted, and what stands in the container's network files. */
function surroundings(flags: Flags): Partial<HostConfig> {
  const list = (flag: string, key: 'GroupAdd'): Partial<HostConfig> => {
    const values = listFlag(flags, flag);
    return values.length > 0 ? { [key]: values } : {};
  };
  const tmpfs = listFlag(flags, 'tmpfs').map((text) => [text.replace(/:.*$/s, ''), text.replace(/^[^:]*:?/, '')]);
  const shm = numberFlag(flags, 'shm-size');
  const idFile = textFlag(flags, 'cidfile');
  return {
    ...(boolFlag(flags, 'read-only') ? { ReadonlyRootfs: true } : {}),
    ...(tmpfs.length > 0 ? { Tmpfs: Object.fromEntries(tmpfs) } : {}),
    ...(shm ? { ShmSize: shm } : {}),
    ...(idFile ? { ContainerIDFile: idFile } : {}),
    ...list('group-add', 'GroupAdd'),
  };
}

function publishing(flags: Flags, ports: Ports): Partial<HostConfig> {
  return {
    ...(Object.keys(ports.bindings).length > 0 ? { PortBindings: ports.bindings } : {}),
    ...(boolFlag(flags, 'publish-all') ? { PublishAllPorts: true } : {}),
  };
}

function hostConfig(client: Client, flags: Flags): Partial<HostConfig> {
  const memory = numberFlag(flags, 'memory');
  const cpus = numberFlag(flags, 'cpus');
  const pids = numberFlag(flags, 'pids-limit');
  const restart = restartPolicy(textFlag(flags, 'restart'));
  const autoRemove = boolFlag(flags, 'rm');
  if (autoRemove && restart && restart.Name !== 'no' && restart.Name !== '') {
    throw new CliError('conflicting options: cannot specify both --restart and --rm');
  }
  return {
    AutoRemove: autoRemove,
    ConsoleSize: outputSize(client.sys),
    ...(memory === undefined ? {} : { Memory: memory }),
    ...(cpus === undefined ? {} : { NanoCpus: cpus }),
    ...(pids === undefined ? {} : { PidsLimit: pids }),
    ...(restart ? { RestartPolicy: restart } : {}),
  };
}

/** `on-failure:3`; nothing when the flag is not there. Throws CliError. */
export function restartPolicy(text: string | undefined): HostConfig['RestartPolicy'] | undefined {
  if (text === undefined || text === '') return undefined;
  const cut = text.indexOf(':');
  const name = cut < 0 ? text : text.slice(0, cut);
  if (name === '') throw new CliError('invalid restart policy format: no policy provided before colon');
  const count = cut < 0 ? '' : text.slice(cut + 1);
  try {
    return { Name: name, MaximumRetryCount: count === '' ? 0 : parseDecimal(count) };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CliError('invalid restart policy format: maximum retry count must be an integer');
  }
}
