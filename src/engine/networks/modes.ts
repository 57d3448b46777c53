import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ContainerConfig, HostConfig } from '../api.ts';
import type { Verified } from '../containers/verify.ts';
import { EngineError } from '../errors.ts';
import { findContainer, lookUpContainer } from '../lookup.ts';
import { hostNetns } from '../network.ts';
import { type Container, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { hostNames } from './files.ts';

/** The container that `--network container:NAME` names, as it was written. */
export function containerMode(mode: string | undefined): string | undefined {
  return mode?.startsWith('container:') ? mode.slice('container:'.length) : undefined;
}

/** The container whose network another one shares, if it does and that one exists. */
export function joinedContainer(m: Machine, { hostConfig }: Container): Container | undefined {
  const target = containerMode(hostConfig.NetworkMode);
  return target === undefined ? undefined : lookUpContainer(m, target);
}

/** A new container's settings with `container:NAME` made `container:ID`, and what there is to warn of. */
export function settleMode(m: Machine, { host, warnings }: Verified): Verified {
  const { NetworkMode, PortBindings = {} } = host;
  const settled = settledMode(m, NetworkMode);
  const discarded = NetworkMode === 'host' && Object.keys(PortBindings).length > 0;
  const warning = 'Published ports are discarded when using host network mode';
  return {
    host: settled === undefined ? host : { ...host, NetworkMode: settled },
    warnings: discarded ? [...warnings, warning] : warnings,
  };
}

/** The network mode with a name in it made the id that it means now (it need not exist before the start). */
function settledMode(m: Machine, mode: string | undefined): string | undefined {
  const target = containerMode(mode);
  const found = target === undefined ? undefined : lookUpContainer(m, target);
  return found ? `container:${found.id}` : mode;
}

/** The network namespace for a container that starts: a new one, the host's, or that of the container it joins. */
export function netnsOf(m: Machine, container: Container): Id | 'private' {
  if (container.hostConfig.NetworkMode === 'host') return hostNetns(m);
  const target = joinedContainer(m, container);
  if (target) step(m, 'dockerd', 'join-network', { container: container.name, target: target.name });
  return (target && taskOf(m, target.id)?.netns) ?? 'private';
}

/** A container on the network of the host, or of another container, gets its host name with its first start. */
export function settleHostname(m: Machine, container: Container): Container {
  const mode = container.hostConfig.NetworkMode;
  const shared = mode === 'host' ? !container.config.Hostname : containerMode(mode) !== undefined;
  if (!shared) return container;
  const config = { ...container.config, Hostname: hostNames(m, container).name };
  return updateContainer(m, container.id, { config });
}

/** Refuses what cannot be had together with another container's network. */
export function checkMode(config: Partial<ContainerConfig>, host: Partial<HostConfig>): void {
  const target = containerMode(host.NetworkMode);
  if (target === undefined) return;
  const refuse = (why: string): EngineError => new EngineError('bad-parameter', 400, why);
  const conflict = (what: string): EngineError => refuse(`conflicting options: ${what} network mode`);
  if (target === '') throw refuse('invalid network mode: invalid container format container:<name|id>');
  if (config.Hostname) throw conflict('hostname and the');
  if (host.Dns && host.Dns.length > 0) throw conflict('dns and the');
  if (host.ExtraHosts && host.ExtraHosts.length > 0) throw conflict('custom host-to-IP mapping and the');
  if (Object.keys(host.PortBindings ?? {}).length > 0 || host.PublishAllPorts) {
    throw conflict('port publishing and the container type');
  }
  if (Object.keys(config.ExposedPorts ?? {}).length > 0) throw conflict('port exposing and the container type');
}

/** The running container whose namespace is to be joined. Throws as `docker start` says it. */
export function targetOf(m: Machine, container: Container): Container | undefined {
  const reference = containerMode(container.hostConfig.NetworkMode);
  if (reference === undefined) return undefined;
  const target = existing(m, reference);
  if (target.id === container.id) throw new EngineError('bad-parameter', 400, 'cannot join own network namespace');
  if (!taskOf(m, target.id)) {
    const why = `container ${target.name} is ${target.state.status}`;
    throw new EngineError('start-failed', 409, `cannot join network namespace of a non running container: ${why}`);
  }
  return target;
}

function existing(m: Machine, reference: string): Container {
  try {
    return findContainer(m, reference);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError('start-failed', 409, `joining network namespace of container: ${error.message}`);
  }
}
