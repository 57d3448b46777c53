import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { fileOf, setFile } from '../../kernel/fs/inodes.ts';
import type { TreeNode } from '../../kernel/fs/node.ts';
import { filesystem } from '../../kernel/fs/overlay.ts';
import { readFile } from '../../kernel/fs/sys-files.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { namespaceOf } from '../../kernel/namespaces.ts';
import { embeddedServer, nameServers } from '../../kernel/net/dns.ts';
import { defaultBridge } from '../network.ts';
import { type Container, engineState, taskOf } from '../state.ts';
import { linkLines } from './links.ts';
import { joinedContainer } from './modes.ts';
import { userNetworks } from './store.ts';
import type { Endpoint } from './types.ts';

/** Writes resolv.conf, hostname and hosts, which are bound into the container, into the file system for them. */
export function writeNetworkFiles(m: Machine, files: Id, container: Container, endpoints: readonly Endpoint[]): void {
  const target = joinedContainer(m, container);
  const theirs = target && taskOf(m, target.id)?.files;
  const meta = { mode: 0o644, uid: 0, gid: 0, mtime: m.world.now };
  const file = (text: string): TreeNode => ({ t: 'file', ...meta, data: encodeUtf8(text) });
  const { name } = hostNames(m, container);
  const entries: { [name: string]: TreeNode } =
    theirs === undefined
      ? {
          'resolv.conf': file(resolvConf(m, container, endpoints)),
          hostname: file(`${name}\n`),
          hosts: file(hostsFile(m, container, endpoints)),
        }
      : filesystem(m, theirs).root.entries;
  m.draft.own(m.draft.own(m.kernel, 'filesystems'), files).root = { t: 'dir', ...meta, mode: 0o710, entries };
}

/** A running container came to a network, or left one: its hosts and resolv.conf follow, and those of whoever shares them. */
export function editNetworkFiles(m: Machine, container: Container, change: { came?: Endpoint; left?: Endpoint }): void {
  const task = taskOf(m, container.id);
  if (task?.files === undefined) return;
  const sharing = Object.values(engineState(m).tasks).filter(({ netns }) => netns === task.netns);
  for (const { files } of sharing) {
    if (files === undefined) continue;
    editFile(m, files, '/hosts', (text) => {
      const lines = text.split('\n').filter((line) => !change.left || !line.startsWith(`${change.left.ip}\t`));
      return change.came ? `${lines.join('\n')}${hostLine(m, container, change.came)}\n` : lines.join('\n');
    });
    if (change.came && hasResolver(m, [change.came])) {
      editFile(m, files, '/resolv.conf', (text) =>
        nameServers(text).includes(embeddedServer) ? text : resolvConf(m, container, [change.came as Endpoint]),
      );
    }
  }
}

function editFile(m: Machine, fs: Id, path: string, edit: (text: string) => string): void {
  const file = fileOf(m, { fs, path });
  if (!file) return;
  const before = decodeUtf8(file.data);
  const after = edit(before);
  if (after !== before) setFile(m, { fs, path }, { ...file, data: encodeUtf8(after), mtime: m.world.now });
}

/** The container's host name, and with its domain. */
export function hostNames(m: Machine, container: Container): { readonly name: string; readonly full: string } {
  const { config, hostConfig, id } = container;
  const target = joinedContainer(m, container);
  if (target) return hostNames(m, target);
  const host = (hostConfig.NetworkMode === 'host' || hostConfig.UTSMode === 'host') && !config.Hostname;
  const name = host ? hostName(m) : config.Hostname || id.slice(0, 12);
  return { name, full: config.Domainname ? `${name}.${config.Domainname}` : name };
}

function hostName(m: Machine): string {
  return namespaceOf(m, m.kernel.processes[1]?.ns.uts ?? '', 'uts').hostname;
}

function hostLine(m: Machine, container: Container, { ip }: Endpoint): string {
  const { name, full } = hostNames(m, container);
  return `${ip}\t${full === name ? name : `${full} ${name}`}`;
}

/** A container on the host's network has the host's own list. */
function hostsFile(m: Machine, container: Container, endpoints: readonly Endpoint[]): string {
  const own =
    container.hostConfig.NetworkMode === 'host'
      ? readHost(m, '/etc/hosts')
          .split('\n')
          .filter((line, i, all) => line !== '' || i < all.length - 1)
      : [
          '127.0.0.1\tlocalhost',
          '::1\tlocalhost ip6-localhost ip6-loopback',
          'fe00::\tip6-localnet',
          'ff00::\tip6-mcastprefix',
          'ff02::1\tip6-allnodes',
          'ff02::2\tip6-allrouters',
        ];
  const addresses = endpoints.filter(({ ip }) => ip !== '').map((endpoint) => hostLine(m, container, endpoint));
  const links = container.links ? linkLines(m, container) : [];
  return `${[...own, ...extraHosts(container), ...links, ...addresses].join('\n')}\n`;
}

/** `--add-host`; `host-gateway` is the default bridge's address. */
function extraHosts({ hostConfig }: Container): readonly string[] {
  return (hostConfig.ExtraHosts ?? []).map((entry) => {
    const cut = entry.indexOf(':');
    const ip = entry.slice(cut + 1);
    return `${ip === 'host-gateway' ? defaultBridge.gateway : ip}\t${entry.slice(0, cut)}`;
  });
}

function hasResolver(m: Machine, endpoints: readonly Endpoint[]): boolean {
  return endpoints.some(({ networkId }) => userNetworks(m)[networkId]);
}

/** On a user network the embedded name server answers; elsewhere those of the host, or the ones asked for. */
function resolvConf(m: Machine, { hostConfig }: Container, endpoints: readonly Endpoint[]): string {
  const { Dns = [], DnsSearch = [], DnsOptions = [], NetworkMode } = hostConfig;
  const internal = hasResolver(m, endpoints);
  const host = readHost(m, '/etc/resolv.conf');
  const servers = Dns.length > 0 ? Dns : nameServers(host);
  const hostSearch = /^search[ \t]+(.*)$/m.exec(host)?.[1]?.split(/\s+/) ?? [];
  const search = DnsSearch.length > 0 ? DnsSearch.filter((domain) => domain !== '.') : hostSearch;
  const given = DnsOptions.some((option) => option.startsWith('ndots:'));
  const options = [...DnsOptions, ...(internal && !given ? ['ndots:0'] : [])];
  const external = servers.map((ip) => (Dns.length > 0 ? ip : `host(${ip})`));
  const overrides = [
    ...(Dns.length > 0 ? ['nameservers'] : []),
    ...(DnsSearch.length > 0 ? ['search'] : []),
    ...(DnsOptions.length > 0 ? ['options'] : []),
  ];
  const kind = internal ? ' (internal resolver)' : NetworkMode === 'host' ? '' : ' (legacy)';
  return [
    '# Generated by Docker Engine.',
    '# This file can be edited; Docker Engine will not make further changes once it',
    '# has been modified.',
    '',
    ...(internal ? [embeddedServer] : servers).map((ip) => `nameserver ${ip}`),
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
    `# Based on host file: '/etc/resolv.conf'${kind}`,
    ...(internal ? [`# ExtServers: [${external.join(' ')}]`] : []),
    `# Overrides: [${overrides.join(' ')}]`,
    ...(given ? ['# Option ndots from: override'] : internal ? ['# Option ndots from: internal'] : []),
    '',
  ].join('\n');
}

function readHost(m: Machine, path: string): string {
  const daemon = m.kernel.processes[engineState(m).daemon];
  const read = daemon && readFile(m, daemon, path);
  return !read || isErrno(read) ? '' : decodeUtf8(read.bytes);
}
