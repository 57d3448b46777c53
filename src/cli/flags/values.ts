import { parseDuration } from '../format/duration.ts';
import { parseSize } from '../format/size.ts';
import { parseMount } from './mounts.ts';
import { parseNetwork } from './networks.ts';
import { parseBool, parseInteger, parseNanoCpus, parseUnsigned, ValueError } from './numbers.ts';
import type { FlagSpec } from './spec.ts';
import { checkSysctl, parseGpus, parseUlimit } from './ulimit.ts';

export type FlagValue = string | number | boolean;

/** What a flag's text means, by the flag's type. Throws ValueError with the real client's words. */
export function readValue(flag: FlagSpec, text: string): FlagValue {
  switch (flag.type) {
    case 'bool':
      return parseBool(text);
    case 'int':
      return parseInteger(text);
    case 'uint':
      return parseUnsigned(text);
    case 'uint16':
      return parseUnsigned(text, 16);
    case 'uint32':
      return parseUnsigned(text, 32);
    case 'decimal':
      return parseNanoCpus(text);
    case 'bytes':
      return parseSize(text, 1024);
    case 'ulimit':
      parseUlimit(text);
      return text;
    case 'sysctl':
      return checkSysctl(text);
    case 'gpu-request':
      parseGpus(text);
      return text;
    case 'mount':
      parseMount(text);
      return text;
    case 'network':
      parseNetwork(text);
      return text;
    case 'ip':
      return address(text);
    case 'link':
      return link(text);
    case 'domain':
      return domain(text);
    case 'host':
      return extraHost(text);
    case 'swap':
      return text === '-1' ? -1 : parseSize(text, 1024);
    case 'duration':
      parseDuration(text);
      return text;
    case 'env':
      return environment(text);
    case 'label':
      return label(text);
    case 'stream':
      return stream(text);
    case 'filter':
      return filter(text);
    default:
      return text;
  }
}

/** `CONTAINER` or `CONTAINER:ALIAS`. */
function link(text: string): string {
  if (text === '') throw new ValueError('empty string specified for links');
  if (text.split(':').length > 2) throw new ValueError(`bad format for links: ${text}`);
  return text;
}

/** A domain to search names in: `.` for none, or labels of which one has a letter (transcript 70). */
function domain(text: string): string {
  const name = text.trim();
  if (name === '.') return name;
  const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
  const labels = new RegExp(`^${label}(?:\\.${label})*\\.?$`);
  if (!/[a-zA-Z]/.test(name) || !labels.test(name) || name.length >= 255) {
    throw new ValueError(`${name} is not a valid domain`);
  }
  return name.replace(/\.$/, '');
}

/** `NAME` or `NAME=value`. */
function environment(text: string): string {
  if (text === '' || text.startsWith('=')) throw new ValueError(`invalid environment variable: ${text}`);
  return text;
}

function label(text: string): string {
  if (text === '' || text.startsWith('=')) throw new ValueError(`invalid label '${text}': empty name`);
  return text;
}

/** A standard stream, in any letter case. */
function stream(text: string): string {
  const name = text.toLowerCase();
  if (!['stdin', 'stdout', 'stderr'].includes(name)) {
    throw new ValueError('valid streams are STDIN, STDOUT and STDERR');
  }
  return name;
}

/** `name=value`; the name in small letters, both without space around them. Nothing at all is no filter. */
function filter(text: string): string {
  if (text === '') return '';
  const cut = text.indexOf('=');
  if (cut < 0) throw new ValueError('bad format of filter (expected name=value)');
  return `${text.slice(0, cut).trim().toLowerCase()}=${text.slice(cut + 1).trim()}`;
}

/** An IP address. Leading zeros are refused, as by Go. */
function address(text: string): string {
  const trimmed = text.trim();
  if (!isAddress(trimmed)) throw new ValueError(`IP address is not correctly formatted: ${text}`);
  return trimmed;
}

function isAddress(text: string): boolean {
  const parts = text.split('.');
  if (parts.length === 4) return parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return /^[0-9a-f:]*:[0-9a-f:]*$/i.test(text) && text.length > 1;
}

/** `name:address` or `name=address`; the address may be `host-gateway`. */
function extraHost(text: string): string {
  const cut = text.search(/[=:]/);
  const name = text.slice(0, Math.max(cut, 0));
  if (name === '') throw new ValueError(`bad format for add-host: ${JSON.stringify(text)}`);
  const ip = text.slice(cut + 1).replace(/^\[(.*)\]$/, '$1');
  if (ip !== 'host-gateway' && !isAddress(ip))
    throw new ValueError(`invalid IP address in add-host: ${JSON.stringify(ip)}`);
  return `${name}:${ip}`;
}
