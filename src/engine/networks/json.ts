import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { inspectPorts } from '../ports.ts';
import { type Container, engineState, type Task, taskOf } from '../state.ts';
import { configsOf } from './configs.ts';
import { predefined } from './store.ts';
import type { Endpoint, EndpointConfig } from './types.ts';

/** `NetworkSettings.Networks`: every network of a container by name; addresses while it runs. */
export function networksJson(m: Machine, container: Container): { readonly [network: string]: Json } {
  const endpoints = taskOf(m, container.id)?.endpoints ?? [];
  const entries = Object.entries(configsOf(container)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, config]) => {
      const endpoint = endpoints.find(({ network }) => network === key);
      return [key, endpointJson(config, endpoint, networkId(m, container, key, config))];
    }),
  );
}

/** The network's id, which a container knows once it was started on it. */
function networkId(m: Machine, { state }: Container, key: string, config: EndpointConfig): string {
  if (config.networkId !== '') return config.networkId;
  const builtin = state.startedAt !== undefined && config.ipam === null && Object.hasOwn(predefined, key);
  return builtin ? (engineState(m).networks[key] ?? '') : '';
}

function endpointJson(config: EndpointConfig, endpoint: Endpoint | undefined, id: string): Json {
  const { ipam, aliases, driverOpts, gwPriority, dnsNames } = config;
  return {
    IPAMConfig: ipam === null ? null : { ...ipam },
    Links: config.links ?? null,
    Aliases: aliases,
    MacAddress: endpoint?.mac ?? '',
    DriverOpts: driverOpts,
    GwPriority: gwPriority,
    NetworkID: endpoint?.networkId ?? id,
    EndpointID: endpoint?.endpointId ?? '',
    Gateway: endpoint?.gateway ?? '',
    IPAddress: endpoint?.ip ?? '',
    IPPrefixLen: endpoint?.prefix ?? 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: dnsNames,
  };
}

/** `NetworkSettings` of inspect. The fields without a network's name are those of the default bridge. */
export function networkSettings(m: Machine, container: Container, task: Task | undefined): Json {
  const sandbox = task?.sandbox ?? '';
  const onBridge = task?.endpoints?.find(({ network }) => network === 'bridge');
  const key = container.hostConfig.NetworkMode === 'host' ? 'default' : sandbox.slice(0, 12);
  return {
    Bridge: '',
    SandboxID: sandbox,
    SandboxKey: sandbox === '' ? '' : `/var/run/docker/netns/${key}`,
    Ports: inspectPorts(container, task),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: onBridge?.endpointId ?? '',
    Gateway: onBridge?.gateway ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: onBridge?.ip ?? '',
    IPPrefixLen: onBridge?.prefix ?? 0,
    IPv6Gateway: '',
    MacAddress: onBridge?.mac ?? '',
    Networks: networksJson(m, container),
  };
}

/** The test of `docker ps --filter network=`: a network's name, or the beginning of its id. */
export function onNetwork(m: Machine, value: string): (container: Container) => boolean {
  return (container) =>
    Object.entries(configsOf(container)).some(([key, config]) => {
      const id = networkId(m, container, key, config);
      return key === value || (id !== '' && id.startsWith(value));
    });
}
