import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { fileOf, setFile } from '../../kernel/fs/inodes.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { setNames } from '../../kernel/net/interfaces.ts';
import type { HostConfig } from '../api.ts';
import type { Refusal } from '../errors.ts';
import { type Container, type ContainerLink, engine, engineState, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import type { Endpoint } from './types.ts';

/*
 * `--link`: the old way to find other containers, by lines in /etc/hosts and variables on the default bridge, by names
 * that only one container asks for on user networks. Rarely used: a bundle of its own begins here.
 */

const refusal = (message: string, status = 400): Refusal => ({ code: 'bad-parameter', status, message });

/** `NAME[:ALIAS]`, or (as inspect shows it) `/NAME:/PARENT/ALIAS`. */
function parts(text: string): readonly [name: string, alias: string] {
  const [name = '', alias = name] = text.split(':');
  return [name.replace(/^\//, ''), alias.slice(alias.lastIndexOf('/') + 1)];
}

/** The links that a new container asks for; or why there are none. */
export function readLinks(
  m: Machine,
  { Links = [], NetworkMode = '' }: Partial<HostConfig>,
  find: (name: string) => Container | undefined,
): { readonly links: readonly ContainerLink[] } | { readonly refused: Refusal } {
  const links = new Map<string, ContainerLink>();
  for (const text of Links) {
    const [name, alias] = parts(text);
    if (alias === '')
      return { refused: { code: 'not-simulated', status: 501, message: `drydock: the link ${text} is not simulated` } };
    const found = name === '' ? undefined : find(name);
    if (!found) {
      const why = name === '' ? 'invalid name or ID supplied: ""' : `No such container: ${name}`;
      return { refused: refusal(`could not get container for ${name}: ${why}`) };
    }
    const child = targetOf(m, found);
    const kind =
      NetworkMode === 'host'
        ? 'host type networking'
        : NetworkMode.startsWith('container:')
          ? 'container type network'
          : '';
    if (kind !== '' || child.hostConfig.NetworkMode === 'host') {
      const what = kind || 'host type networking';
      return {
        refused: refusal(
          `conflicting options: ${what} can't be used with links. This would result in undefined behavior`,
        ),
      };
    }
    // a second link of the same name is passed over
    if (!links.has(alias)) links.set(alias, { alias, child: child.id, name: child.name });
  }
  return { links: [...links.values()] };
}

/** The container whose network a container has. */
function targetOf(m: Machine, container: Container): Container {
  const { NetworkMode = '' } = container.hostConfig;
  const target = NetworkMode.startsWith('container:') ? NetworkMode.slice('container:'.length) : '';
  return engineState(m).containers[target] ?? container;
}

/** Notes whom a new container is linked to, or that it is not any more. */
export function noteLinks(m: Machine, parent: Id, links: readonly ContainerLink[], there: boolean): void {
  const state = engine(m);
  state.linked ??= m.draft.adopt({});
  const linked = m.draft.own(state, 'linked') as { [child: Id]: readonly Id[] };
  for (const { child } of links) {
    const others = (linked[child] ?? []).filter((id) => id !== parent);
    const all = there ? [...others, parent] : others;
    if (all.length > 0) linked[child] = all;
    else delete linked[child];
  }
}

/** A container is gone: so are its links, and those to it have no name any more. */
export function dropLinks(m: Machine, { id, links = [], name }: Container): void {
  noteLinks(m, id, links, false);
  for (const parent of parentsOf(m, id)) {
    const kept = (parent.links ?? []).map((link) => (link.child === id ? { ...link, name } : link));
    updateContainer(m, parent.id, { links: kept });
  }
  const state = engine(m);
  if (state.linked?.[id]) delete (m.draft.own(state, 'linked') as { [child: Id]: readonly Id[] })[id];
}

function parentsOf(m: Machine, child: Id): readonly Container[] {
  const { containers, linked = {} } = engineState(m);
  return (linked[child] ?? []).flatMap((id) => containers[id] ?? []);
}

/** What a container is called by those that are linked to it: `/web/database`. */
export function linkedNames(m: Machine, child: Id): readonly string[] {
  return parentsOf(m, child).flatMap(({ links = [], name }) =>
    links.filter((link) => link.child === child).map(({ alias }) => `/${name}/${alias}`),
  );
}

/** `HostConfig.Links` of inspect. */
export function linksJson(m: Machine, { links = [], name: parent }: Container): readonly string[] {
  const { containers } = engineState(m);
  return links.map(({ alias, child, name }) => `/${containers[child]?.name ?? name}:/${parent}/${alias}`);
}

/** What `web/database` means: the container `web`, and its link. */
export function findLink(
  m: Machine,
  path: string,
): { readonly parent: Container; readonly link: ContainerLink } | undefined {
  const { containers, names } = engineState(m);
  const [, name = '', alias = ''] = /^\/?([^/]+)\/(.+)$/.exec(path) ?? [];
  const parent = Object.hasOwn(names, name) ? containers[names[name] ?? ''] : undefined;
  const link = parent?.links?.find((each) => each.alias === alias);
  return parent && link && containers[link.child] ? { parent, link } : undefined;
}

/** `docker rm --link web/database`: the link is taken away; what is wrong when it cannot be. */
export function removeLink(m: Machine, path: string): Refusal | undefined {
  const found = findLink(m, path);
  if (!found) return { code: 'no-such-container', status: 404, message: `No such container: ${path}` };
  const { link, parent } = found;
  const links = (parent.links ?? []).filter((each) => each !== link);
  updateContainer(m, parent.id, { links });
  if (!links.some(({ child }) => child === link.child)) noteLinks(m, parent.id, [link], false);
  editHosts(m, parent, (line) => (isLineOf(line, link.alias) ? undefined : line));
  return undefined;
}

/** Are links made by /etc/hosts and variables? On the default bridge only. */
function isLegacy({ hostConfig: { NetworkMode = 'default' } }: Container): boolean {
  return NetworkMode === 'default' || NetworkMode === 'bridge';
}

interface Linked {
  readonly link: ContainerLink;
  readonly child: Container;
  readonly endpoint: Endpoint;
}

/** Linked containers that run on the default bridge, by alias. */
function running(m: Machine, container: Container): readonly Linked[] {
  if (!isLegacy(container)) return [];
  const { containers, networks } = engineState(m);
  const found = (container.links ?? []).flatMap((link) => {
    const child = containers[link.child];
    const endpoint = taskOf(m, link.child)?.endpoints?.find(({ networkId }) => networkId === networks.bridge);
    return child && endpoint ? [{ link, child, endpoint }] : [];
  });
  return found.toSorted((a, b) => (a.link.alias < b.link.alias ? -1 : 1));
}

/** Why a container cannot start with its links. */
export function linkProblem(m: Machine, container: Container): Refusal | undefined {
  if (!isLegacy(container)) return undefined;
  const there = running(m, container);
  for (const link of container.links ?? []) {
    if (there.some((each) => each.link === link)) continue;
    const { containers } = engineState(m);
    const name = containers[link.child]?.name ?? link.name;
    if (taskOf(m, link.child)) return refusal(`container ${link.child} not attached to default bridge network`, 500);
    return refusal(`Cannot link to a non running container: /${name} AS /${container.name}/${link.alias}`, 500);
  }
  return undefined;
}

/** Lines of /etc/hosts for links. */
export function linkLines(m: Machine, container: Container): readonly string[] {
  return running(m, container).map(lineOf);
}

function lineOf({ child, endpoint, link: { alias } }: Linked): string {
  const host = child.config.Hostname || child.id.slice(0, 12);
  return `${endpoint.ip}\t${[alias, host, ...(alias === child.name ? [] : [child.name])].join(' ')}`;
}

function isLineOf(line: string, alias: string): boolean {
  return line.split(/[\t ]/)[1] === alias;
}

/** Variables that tell of linked containers: addresses of exposed ports, and the other one's own variables. */
export function linkVariables(m: Machine, container: Container): readonly (readonly [name: string, value: string])[] {
  return running(m, container).flatMap((linked) => {
    const { child, endpoint, link } = linked;
    const prefix = link.alias.toUpperCase().replaceAll('-', '_');
    const own = (child.config.Env ?? []).flatMap((entry) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(entry) ?? [];
      return ['', 'HOME', 'PATH'].includes(name) ? [] : [[`${prefix}_ENV_${name}`, value] as const];
    });
    return [
      ...portVariables(prefix, endpoint.ip, child),
      [`${prefix}_NAME`, `/${container.name}/${link.alias}`],
      ...own,
    ];
  });
}

function portVariables(prefix: string, ip: string, { config }: Container): readonly (readonly [string, string])[] {
  const ports = Object.keys(config.ExposedPorts ?? {})
    .map((text) => ({ port: Number(text.split('/')[0]), proto: text.split('/')[1] ?? 'tcp' }))
    .sort((a, b) => a.port - b.port || (a.proto === 'tcp' ? -1 : 1));
  const url = ({ port, proto }: (typeof ports)[number]): string => `${proto}://${ip}:${port}`;
  const [first] = ports;
  const found: (readonly [string, string])[] = first ? [[`${prefix}_PORT`, url(first)]] : [];
  for (const each of ports) {
    const { port, proto } = each;
    const name = `${prefix}_PORT_${port}_${proto.toUpperCase()}`;
    found.push([name, url(each)], [`${name}_ADDR`, ip], [`${name}_PORT`, String(port)], [`${name}_PROTO`, proto]);
    const has = (wanted: number): boolean => ports.some((other) => other.port === wanted && other.proto === proto);
    if (has(port - 1) || !has(port + 1)) continue;
    let last = port;
    while (has(last + 1)) last += 1;
    found.push([`${name}_START`, url(each)], [`${name}_PORT_START`, String(port)]);
    found.push([`${name}_END`, url({ port: last, proto })], [`${name}_PORT_END`, String(last)]);
  }
  return found;
}

/** A container has started: whoever is linked to it finds it at its address of now; its own links are told. */
export function linksStarted(m: Machine, container: Container): void {
  for (const { child, endpoint, link } of running(m, container)) {
    step(m, 'dockerd', 'link', {
      container: container.name,
      target: child.name,
      alias: link.alias,
      address: endpoint.ip,
    });
  }
  for (const parent of parentsOf(m, container.id)) {
    const linked = running(m, parent).filter(({ child }) => child.id === container.id);
    for (const each of linked) {
      editHosts(m, parent, (line) => (isLineOf(line, each.link.alias) ? lineOf(each) : line));
    }
  }
}

function editHosts(m: Machine, container: Container, edit: (line: string) => string | undefined): void {
  const fs = taskOf(m, container.id)?.files;
  const file = fs === undefined ? undefined : fileOf(m, { fs, path: '/hosts' });
  if (fs === undefined || !file) return;
  const before = decodeUtf8(file.data);
  const after = before
    .split('\n')
    .flatMap((line) => edit(line) ?? [])
    .join('\n');
  if (after !== before) setFile(m, { fs, path: '/hosts' }, { ...file, data: encodeUtf8(after), mtime: m.world.now });
}

/** On user networks: the name server of the container's own namespace answers to the aliases that it asked for. */
export function refreshLinkNames(m: Machine, id: Id): void {
  const { containers, names, tasks } = engineState(m);
  const { endpoints = [], netns } = taskOf(m, id) ?? {};
  if (netns === undefined) return;
  const found: { [alias: string]: readonly string[] } = {};
  for (const { network, networkId } of endpoints) {
    for (const text of containers[id]?.networks?.[network]?.links ?? []) {
      const [name, alias] = parts(text);
      const child = names[name] ?? name;
      const there = tasks[child]?.endpoints?.find((each) => each.networkId === networkId);
      if (there) found[alias.toLowerCase()] = [...(found[alias.toLowerCase()] ?? []), there.ip];
    }
  }
  setNames(m, netns, found);
}
