import type { Machine } from '../../kernel/machine.ts';
import { contains, networkOf, parseCidr } from '../../kernel/net/address.ts';
import { EngineError } from '../errors.ts';
import { allNetworks, predefined } from './store.ts';
import type { NetworkCreateBody, PoolConfig } from './types.ts';

const bridgeOption = 'com.docker.network.bridge.';

/** What a network's bridge can be told; others of the engine's own options are refused. */
export const networkOptions = {
  name: `${bridgeOption}name`,
  icc: `${bridgeOption}enable_icc`,
  masquerade: `${bridgeOption}enable_ip_masquerade`,
  hostBinding: `${bridgeOption}host_binding_ipv4`,
  mtu: 'com.docker.network.driver.mtu',
} as const;

/** Refuses what the engine refuses, in its order and words, and what is not simulated. */
export function checkNetwork(m: Machine, body: NetworkCreateBody): void {
  const { Name, Driver = 'bridge', Scope = '', EnableIPv4 = true, EnableIPv6 = false, IPAM = {} } = body;
  if (Name.trim() === '') throw bad('invalid name: name is empty');
  if (Object.hasOwn(predefined, Name) || Name === 'default') {
    throw new EngineError('predefined-network', 403, `operation is not permitted on predefined ${Name} network`);
  }
  checkPools(IPAM.Config ?? []);
  if (allNetworks(m).some(({ name }) => name === Name)) {
    throw new EngineError('network-exists', 409, `network with name ${Name} already exists`);
  }
  if (Scope === 'swarm') throw bad('cannot create a swarm scoped network when swarm is not active');
  if (body.Ingress) throw bad('Ingress network can only be global scope network');
  if (body.ConfigOnly) throw notSimulated('a network that is only a configuration');
  if (body.ConfigFrom && !allNetworks(m).some(({ name }) => name === body.ConfigFrom?.Network)) {
    throw bad(`configuration network "${body.ConfigFrom.Network}" does not exist`);
  }
  if (body.ConfigFrom) throw notSimulated('a network with the configuration of another one');
  checkDriver(Driver, IPAM.Driver ?? 'default');
  if (EnableIPv6) throw notSimulated('IPv6 in networks');
  if (!EnableIPv4) throw bad('IPv4 or IPv6 must be enabled');
  if (Scope !== '' && Scope !== 'local') throw notSimulated(`the network scope ${Scope}`);
  checkOptions(body.Options ?? {});
}

function bad(message: string): EngineError {
  return new EngineError('bad-parameter', 400, message);
}

function notSimulated(what: string): EngineError {
  return new EngineError('not-simulated', 501, `drydock: ${what} is not simulated`);
}

/** Only bridges are simulated; networks of several hosts need a swarm, as the real engine says. */
function checkDriver(driver: string, ipam: string): void {
  if (driver === 'host' || driver === 'null') {
    throw new EngineError('predefined-network', 403, `only one instance of "${driver}" network is allowed`);
  }
  if (driver === 'overlay') {
    const advice = 'Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
    throw new EngineError('bad-parameter', 503, `This node is not a swarm manager. ${advice}`);
  }
  if (driver === 'macvlan' || driver === 'ipvlan') throw notSimulated(`the network driver ${driver}`);
  if (driver !== 'bridge' && driver !== '') {
    throw new EngineError('no-such-plugin', 404, `plugin ${JSON.stringify(driver)} not found`);
  }
  if (ipam === 'null') throw notSimulated('the IPAM driver null');
  if (ipam !== 'default' && ipam !== '') {
    throw new EngineError('no-such-plugin', 404, `plugin ${JSON.stringify(ipam)} not found`);
  }
}

function checkPools(pools: readonly PoolConfig[]): void {
  if (pools.some(({ Subnet }) => Subnet.includes(':'))) throw notSimulated('IPv6 in networks');
  const problems = pools.flatMap(poolProblems);
  if (problems.length > 0) throw bad(`invalid network config:\n${joined(problems)}`);
  if (pools.length > 1) throw bad("bridge driver doesn't support multiple subnets");
}

/** Several errors in one, as Go's joined errors are shown. */
export function joined(problems: readonly string[]): string {
  return problems.length === 1 ? (problems[0] ?? '') : problems.map((problem) => `* ${problem}`).join('\n');
}

function poolProblems({ Subnet, IPRange, Gateway, AuxiliaryAddresses = {} }: PoolConfig): string[] {
  const subnet = cidr(Subnet);
  if (!subnet) return [`invalid subnet ${Subnet}: invalid CIDR block notation`];
  const problems: string[] = [];
  const wanted = `${networkOf(subnet.ip, subnet.prefix)}/${subnet.prefix}`;
  if (wanted !== Subnet) problems.push(`invalid subnet ${Subnet}: it should be ${wanted}`);
  if (IPRange !== undefined) problems.push(...rangeProblems(IPRange, Subnet, subnet.prefix));
  for (const [what, ip] of [['gateway', Gateway], ...Object.entries(AuxiliaryAddresses)] as const) {
    if (ip === undefined || contains(Subnet, ip)) continue;
    const kind = what === 'gateway' ? 'gateway' : 'auxiliary address';
    problems.push(`invalid ${kind} ${ip}: parent subnet ${Subnet} doesn't contain this address`);
  }
  return problems;
}

function rangeProblems(text: string, subnet: string, longest: number): string[] {
  const range = cidr(text);
  if (!range) return [`invalid ip-range ${text}: invalid CIDR block notation`];
  const problems: string[] = [];
  if (range.prefix < longest) {
    problems.push(`invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${subnet}`);
  } else if (!contains(subnet, range.ip)) {
    problems.push(`invalid ip-range ${text}: parent subnet ${subnet} doesn't contain ip-range`);
  }
  const wanted = `${networkOf(range.ip, range.prefix)}/${range.prefix}`;
  if (wanted !== text) problems.push(`invalid ip-range ${text}: it should be ${wanted}`);
  return problems;
}

function cidr(text: string) {
  return text.includes('/') ? parseCidr(text) : undefined;
}

function checkOptions(options: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(options)) {
    const failed = (why: string): EngineError => bad(`failed to parse ${name} value: ${value} (${why})`);
    const quoted = JSON.stringify(value);
    switch (name) {
      case networkOptions.name:
        // the kernel's IFNAMSIZ: 15 characters and the zero at the end
        if (value.length > 15) throw bad('numerical result out of range');
        break;
      case networkOptions.icc:
      case networkOptions.masquerade:
        if (parseBool(value) === undefined) throw failed(`strconv.ParseBool: parsing ${quoted}: invalid syntax`);
        break;
      case networkOptions.mtu:
        if (!/^[+-]?\d+$/.test(value)) throw failed(`strconv.Atoi: parsing ${quoted}: invalid syntax`);
        break;
      case networkOptions.hostBinding:
        if (!parseCidr(value)) throw notSimulated(`the host address ${value}`);
        break;
      default:
        // the bridge driver passes over names that it does not know
        if (name.startsWith('com.docker.network.')) throw notSimulated(`the network option ${name}`);
    }
  }
}

/** What Go's ParseBool makes of a text. */
export function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text) ? false : undefined;
}
