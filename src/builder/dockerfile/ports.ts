import { quoteGo } from '../../kernel/go/quote.ts';
import { DockerfileError } from './errors.ts';

const wrong = (problem: string) => new DockerfileError('port', problem);

/** A port of EXPOSE in its parts: `[address:][host port:]port[-port][/protocol]`. */
export interface ExposedPort {
  readonly raw: string;
  readonly address: string;
  readonly hostPort: string;
  readonly port: string;
  /** As written; `tcp` when none is. */
  readonly protocol: string;
}

/**
 * `80/tcp`, … for what EXPOSE names (variables filled in): ranges are spelt out, in order. Throws DockerfileError.
 * @param seen is told each port as it is written, before its numbers are looked at
 */
export function readPorts(ports: readonly string[], seen?: (port: ExposedPort) => void): string[] {
  return ports.flatMap((raw) => {
    const port = splitPort(raw);
    seen?.(port);
    return spellOut(port);
  });
}

function splitPort(raw: string): ExposedPort {
  const parts = raw.split(':');
  const [before, host, last] = [parts.slice(0, -2), parts.length > 1 ? parts.at(-2) : '', parts.at(-1)];
  const [port = '', ...more] = (last ?? '').split('/');
  const protocol = more.join('/') || 'tcp';
  const invalid = (problem: string) => wrong(`invalid port: ${quoteGo(raw)}: ${problem}`);
  if (port === '') throw invalid('no port specified');
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) throw invalid(`invalid proto: ${protocol}`);
  return { raw, address: before.join(':'), hostPort: host ?? '', port, protocol };
}

function spellOut({ address, hostPort, port, protocol }: ExposedPort): string[] {
  checkAddress(address);
  const range = readRange(port);
  if (!range) throw wrong(`invalid containerPort: ${port}`);
  const count = range.end - range.start;
  if (hostPort !== '') {
    const host = readRange(hostPort);
    if (!host) throw wrong(`invalid hostPort: ${hostPort}`);
    if (host.end - host.start !== count && count !== 0) {
      throw wrong(`invalid ranges specified for container and host Ports: ${port} and ${hostPort}`);
    }
  }
  return Array.from({ length: count + 1 }, (_none, i) => `${range.start + i}/${protocol.toLowerCase()}`);
}

function readRange(text: string): { start: number; end: number } | undefined {
  const dash = text.indexOf('-');
  const start = readNumber(dash < 0 ? text : text.slice(0, dash));
  const end = dash < 0 ? start : readNumber(text.slice(dash + 1));
  return start === undefined || end === undefined || end < start ? undefined : { start, end };
}

function readNumber(text: string): number | undefined {
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return number >= 0 && number <= 65_535 ? number + 0 : undefined;
}

function checkAddress(address: string): void {
  if (address === '') return;
  const inner = address.startsWith('[') ? /^\[(.*)\]$/.exec(address)?.[1] : address;
  if (inner === undefined) throw wrong(`invalid IP address ${address}: address ${address}:: missing ']' in address`);
  if (!isAddress(inner)) throw wrong(`invalid IP address: ${inner}`);
}

function isAddress(text: string): boolean {
  return text.includes(':') ? isIpv6(text) : isIpv4(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return false;
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const all = [...groups(head), ...groups(tail ?? '')];
  const last = all.at(-1) ?? '';
  const dotted = last.includes('.');
  const valid = all.every((group, i) =>
    dotted && i === all.length - 1 ? isIpv4(group) : /^[0-9a-fA-F]{1,4}$/.test(group),
  );
  const length = all.length + (dotted ? 1 : 0);
  return valid && (tail === undefined ? length === 8 : length <= 7);
}
