import type { PortBinding } from '../../engine/api.ts';
import { CliError } from '../errors.ts';

/** What `-p` and `--expose` ask for, keyed by the container's port (`80/tcp`). */
export interface Ports {
  readonly exposed: { readonly [port: string]: Record<string, never> };
  readonly bindings: { readonly [port: string]: readonly PortBinding[] };
}

/**
 * Ports from `-p [[IP:]HOST:]CONTAINER[/PROTO]` with ranges or `-p published=HOST,target=CONTAINER`, and from `--expose`.
 * Rules and wordings as in docker/go-connections' nat package (transcripts 16 and 70). Throws CliError.
 */
export function readPorts(publish: readonly string[], expose: readonly string[]): Ports {
  const exposed: { [port: string]: Record<string, never> } = {};
  const bindings: { [port: string]: PortBinding[] } = {};
  for (const spec of publish.map(shortForm)) {
    for (const [port, binding] of parsePublish(spec)) {
      exposed[port] = {};
      bindings[port] = [...(bindings[port] ?? []), binding];
    }
  }
  for (const spec of expose) {
    const [range, proto] = splitProto(spec);
    const ports = parseRange(range);
    if (typeof ports === 'string') throw new CliError(`invalid range format for --expose: ${spec}, error: ${ports}`);
    for (let port = ports.first; port <= ports.last; port++) exposed[`${port}/${proto}`] ??= {};
  }
  return { exposed, bindings };
}

/** `published=8080,target=80,protocol=tcp` in the usual form. */
function shortForm(spec: string): string {
  if (!spec.includes('=')) return spec;
  const fields = new Map([['protocol', 'tcp']]);
  for (const field of spec.split(',')) {
    const cut = field.indexOf('=');
    if (cut <= 0) throw new CliError(`invalid publish opts format (should be name=value but got '${field}')`);
    fields.set(field.slice(0, cut), field.slice(cut + 1));
  }
  const of = (name: string): string => fields.get(name) ?? '';
  return `${of('published')}:${of('target')}/${of('protocol')}`;
}

function parsePublish(spec: string): [port: string, binding: PortBinding][] {
  const [address, proto] = splitProto(spec);
  const parts = address.split(':');
  const container = parts.at(-1) ?? '';
  const host = parts.at(-2) ?? '';
  const ip = parseIp(parts.slice(0, -2).join(':'));
  if (container === '') throw new CliError(`No port specified: ${spec}<empty>`);
  const to = parseRange(container);
  if (typeof to === 'string') throw new CliError(`Invalid containerPort: ${container}`);
  const from = host === '' ? undefined : parseRange(host);
  if (typeof from === 'string') throw new CliError(`Invalid hostPort: ${host}`);
  const differ = from && to.last - to.first !== from.last - from.first;
  if (differ && to.last !== to.first) {
    throw new CliError(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
  }
  if (!['tcp', 'udp', 'sctp'].includes(proto)) throw new CliError(`Invalid proto: ${proto}`);
  if (proto === 'sctp') throw new CliError('drydock: SCTP ports are not simulated');
  const found: [string, PortBinding][] = [];
  for (let offset = 0; offset <= to.last - to.first; offset++) {
    const HostPort = from === undefined ? '' : differ ? host : String(from.first + offset);
    found.push([`${to.first + offset}/${proto}`, { HostIp: ip, HostPort }]);
  }
  return found;
}

function splitProto(spec: string): [rest: string, proto: string] {
  const cut = spec.lastIndexOf('/');
  return cut < 0 || cut === spec.length - 1
    ? [spec.replace(/\/$/, ''), 'tcp']
    : [spec.slice(0, cut), spec.slice(cut + 1).toLowerCase()];
}

function parseIp(text: string): string {
  if (text === '') return '';
  const bracketed = /^\[(.*)\]$/.exec(text)?.[1];
  if (bracketed === undefined && text.includes(':')) {
    throw new CliError(`Invalid ip address ${text}: address ${text}:: too many colons in address`);
  }
  const ip = bracketed ?? text;
  const isIp4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(ip) && ip.split('.').every((part) => Number(part) <= 255);
  if (!isIp4 && !/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(ip)) throw new CliError(`Invalid ip address: ${ip}`);
  if (!isIp4) throw new CliError(`drydock: publishing on an IPv6 address (${ip}) is not simulated`);
  return ip;
}

/** `80` or `80-82`; otherwise Go's words for what is wrong with it. */
function parseRange(text: string): { readonly first: number; readonly last: number } | string {
  if (text === '') return 'Empty string specified for ports.';
  const [a = '', b = a] = text.split('-', 2);
  for (const part of [a, b]) {
    if (!/^\d+$/.test(part)) return `strconv.ParseUint: parsing "${part}": invalid syntax`;
    if (Number(part) > 65535) return `strconv.ParseUint: parsing "${part}": value out of range`;
  }
  const [first, last] = [Number(a), Number(b)];
  return last < first ? `Invalid range specified for the Port: ${text}` : { first, last };
}
