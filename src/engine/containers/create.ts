import { mount, umount } from '../../kernel/fs/mounts.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import { newOverlay } from '../../kernel/fs/overlay.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { parseSignal } from '../../kernel/signals.ts';
import { randomHex } from '../../kernel/world.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse, ContainerConfig, ContainerCreateBody, HostConfig } from '../api.ts';
import { checkRoom } from '../disk.ts';
import { EngineError, raise } from '../errors.ts';
import { checkHealth, mergeHealth } from '../health/config.ts';
import { checkImagePlatform, platformWarnings } from '../images/platform.ts';
import { noteImageUser } from '../images/users.ts';
import { withStubs } from '../init-layer.ts';
import { findImage, lookUpContainer } from '../lookup.ts';
import { generateName } from '../names.ts';
import { newConfigs } from '../networks/configs.ts';
import { noteLinks, readLinks } from '../networks/links.ts';
import { checkMode, settleMode } from '../networks/modes.ts';
import { type Container, type ContainerLink, engine, engineState } from '../state.ts';
import { step } from '../step.ts';
import { tmpfsOptions } from '../tmpfs.ts';
import { makeVolumes } from '../volumes/fill.ts';
import { planMounts } from '../volumes/plan.ts';
import { noteContainer } from '../watch/events.ts';
import { hostConfigOf } from './host-config.ts';
import { checkName } from './name.ts';
import { checkPolicy } from './restart-policy.ts';
import type { Verified } from './verify.ts';

/** POST /containers/create: a container of an image: configuration and a writable layer; nothing runs yet. */
export function createContainer(
  m: Machine,
  query: { readonly [key: string]: string },
  body: ContainerCreateBody,
  client: number,
): ApiResponse {
  const { HostConfig: wanted = {}, NetworkingConfig, ...config } = body;
  const { host: hostConfig, warnings } = settleMode(m, validate(m, config, wanted));
  const networks = newConfigs(m, hostConfig, NetworkingConfig?.EndpointsConfig);
  const image = findImage(m, body.Image);
  const { platform = '' } = query;
  checkImagePlatform(image, body.Image, platform);
  const command = commandOf(config, image);
  if (command.length === 0) throw new EngineError('bad-parameter', 400, 'no command specified');
  const links = linksOf(m, hostConfig);
  const name = query.name ? checkName(m, query.name) : generateName(m);
  const id = randomHex(m, 64);
  const layer = randomHex(m, 64);
  checkRoom(m, `${layer}-init`);
  const base = initTree(m, image);
  step(m, 'dockerd', 'create-layer', {
    container: id,
    image: body.Image,
    layers: image.layers.length,
    driver: 'overlay2',
  });
  const volumes = [...image.config.Volumes, ...Object.keys({ ...config.Volumes })];
  const mounts = planMounts(m, client, hostConfig, volumes);
  const fs = newOverlay(m, base);
  prepareLayer(m, id, layer, fs);
  const container: Container = {
    id,
    name,
    layer,
    created: m.world.now,
    image: image.id,
    config: compact(mergeConfig(config, image)),
    hostConfig: withoutLinks(hostConfig),
    command,
    state: { status: 'created', exitCode: 0, error: '', oomKilled: false },
    restartCount: 0,
    ...(networks ? { networks } : {}),
    ...(mounts.length > 0 ? { mounts } : {}),
    ...(links.length > 0 ? { links } : {}),
    fs,
  };
  (m.draft.own(engine(m), 'containers') as { [id: string]: Container })[id] = container;
  noteImageUser(m, container.image, 1);
  (m.draft.own(engine(m), 'names') as { [name: string]: Id })[name] = id;
  if (links.length > 0) noteLinks(m, id, links, true);
  makeVolumes(m, container);
  noteContainer(m, container, 'create');
  step(m, 'dockerd', 'write-config', { container: id, files: ['config.v2.json', 'hostconfig.json'] });
  return { status: 201, body: { Id: id, Warnings: [...warnings, ...platformWarnings(image, platform)] } };
}

/** `--link`: the containers that are meant. They are kept by their ids, and no more as they were written. */
function linksOf(m: Machine, host: Partial<HostConfig>): readonly ContainerLink[] {
  if (!host.Links || host.Links.length === 0) return [];
  const read = readLinks(m, host, (name) => lookUpContainer(m, name));
  return 'links' in read ? read.links : raise(read.refused);
}

function withoutLinks({ Links: _, ...host }: Partial<HostConfig>): Partial<HostConfig> {
  return host;
}

function validate(m: Machine, config: Partial<ContainerConfig>, host: Partial<HostConfig>): Verified {
  if (config.WorkingDir && !config.WorkingDir.startsWith('/')) {
    throw new EngineError(
      'bad-parameter',
      400,
      `the working directory '${config.WorkingDir}' is invalid, it needs to be an absolute path`,
    );
  }
  if (config.StopSignal && !parseSignal(config.StopSignal)) {
    throw new EngineError('bad-parameter', 400, `invalid signal: ${config.StopSignal}`);
  }
  for (const [path, options] of Object.entries(host.Tmpfs ?? {})) tmpfsOptions(path, options);
  if (host.UTSMode === 'host' && config.Hostname) {
    throw new EngineError('bad-parameter', 400, 'conflicting options: hostname and the UTS mode');
  }
  checkHealth(config.Healthcheck);
  checkPolicy(host);
  checkMode(config, host);
  return hostConfigOf(m, host);
}

/** The image's tree with the engine's stubs on it: made once for an image, shared by all its containers. */
function initTree(m: Machine, image: Image): DirNode {
  const chain = image.layers.at(-1)?.chainId ?? '';
  const layer = engineState(m).layers[chain];
  if (!layer) throw new Error(`layer ${chain} of ${image.id} is missing`);
  if (layer.init) return layer.init;
  const init = withStubs(m, layer.tree);
  (m.draft.own(engine(m), 'layers') as { [chain: string]: typeof layer })[chain] = { ...layer, init };
  return init;
}

/** The two mounts that the engine makes while it creates the layers, and takes away again. */
function prepareLayer(m: Machine, container: Id, layer: Id, fs: Id): void {
  const ns = m.kernel.processes[engineState(m).daemon]?.ns.mnt ?? '';
  for (const suffix of ['-init', '']) {
    const point = `/var/lib/docker/overlay2/${layer}${suffix}/merged`;
    mount(m, ns, { point, fs, source: 'overlay' }, 'dockerd');
    if (suffix === '-init')
      step(m, 'dockerd', 'init-layer', {
        container,
        files: ['/etc/resolv.conf', '/etc/hosts', '/etc/hostname', '/.dockerenv'],
      });
    umount(m, ns, point, { actor: 'dockerd' });
  }
}

/** What the container is configured with: the client's words, and the image's where the client is silent. */
function mergeConfig(config: Partial<ContainerConfig>, image: Image): Partial<ContainerConfig> {
  const given = config.Env ?? [];
  const named = new Set(given.map((entry) => entry.split('=')[0]));
  const inherited = image.config.Env.filter((entry) => !named.has(entry.split('=')[0]));
  const keepsEntrypoint = !config.Entrypoint || config.Entrypoint.length === 0;
  const health = mergeHealth(config.Healthcheck, image.config.Healthcheck);
  const cmd = config.Cmd && config.Cmd.length > 0 ? config.Cmd : keepsEntrypoint ? image.config.Cmd : null;
  return {
    ...config,
    Env: [...given, ...inherited],
    Cmd: cmd,
    Entrypoint: entrypointOf(config, image),
    WorkingDir: config.WorkingDir || image.config.WorkingDir,
    User: config.User || image.config.User,
    Labels: { ...image.config.Labels, ...config.Labels },
    ...(health ? { Healthcheck: health } : {}),
    ...(image.config.Volumes.length > 0 ? { Volumes: { ...volumesOf(image), ...config.Volumes } } : {}),
    ...(image.config.StopSignal && !config.StopSignal ? { StopSignal: image.config.StopSignal } : {}),
    ...(image.config.ExposedPorts.length > 0 ? { ExposedPorts: { ...ports(image), ...config.ExposedPorts } } : {}),
  };
}

/** None at all, also when an empty word was given (`--entrypoint ''`), which takes the image's command away too. */
function entrypointOf({ Entrypoint: given }: Partial<ContainerConfig>, image: Image): readonly string[] | null {
  if (!given) return image.config.Entrypoint;
  return given.length === 0 || (given.length === 1 && given[0] === '') ? null : given;
}

function volumesOf(image: Image): NonNullable<ContainerConfig['Volumes']> {
  return Object.fromEntries(image.config.Volumes.map((path) => [path, {}]));
}

function ports(image: Image): { [port: string]: Record<string, never> } {
  return Object.fromEntries(image.config.ExposedPorts.map((port) => [port, {}]));
}

function commandOf(config: Partial<ContainerConfig>, image: Image): readonly string[] {
  const merged = mergeConfig(config, image);
  return [...(merged.Entrypoint ?? []), ...(merged.Cmd ?? [])];
}

/** Without the fields that hold nothing, so that a thousand containers stay small; inspect puts them back. */
function compact(config: Partial<ContainerConfig>): Partial<ContainerConfig> {
  const kept = Object.entries(config).filter(([, value]) => {
    if (value === null || value === undefined || value === '' || value === false) return false;
    return typeof value !== 'object' || Object.keys(value).length > 0;
  });
  return Object.fromEntries(kept) as Partial<ContainerConfig>;
}
