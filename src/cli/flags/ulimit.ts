import type { Ulimit } from '../../engine/api-host.ts';
import { parseInteger, ValueError } from './numbers.ts';

const names = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

/** `NAME=SOFT[:HARD]`, as go-units reads it. Throws ValueError. */
export function parseUlimit(text: string): Ulimit {
  const cut = text.indexOf('=');
  if (cut < 0) throw new ValueError(`invalid ulimit argument: ${text}`);
  const [name, value] = [text.slice(0, cut), text.slice(cut + 1)];
  if (!names.includes(name)) throw new ValueError(`invalid ulimit type: ${name}`);
  const limits = value.split(':');
  if (limits.length > 2) {
    throw new ValueError(`too many limit value arguments - ${value}, can only have up to two, \`soft[:hard]\``);
  }
  const [soft = 0, hard = soft] = limits.map((limit) => parseInteger(limit));
  const above = 'ulimit soft limit must be less than or equal to hard limit';
  if (hard !== -1 && soft === -1) throw new ValueError(`${above}: soft: -1 (unlimited), hard: ${hard}`);
  if (hard !== -1 && soft > hard) throw new ValueError(`${above}: ${soft} > ${hard}`);
  return { Name: name, Hard: hard, Soft: soft };
}

const sysctls = [
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
];

/** `NAME=VALUE` for a parameter that has a namespace of its own. Throws ValueError. */
export function checkSysctl(text: string): string {
  const name = text.split('=')[0] ?? '';
  const known = sysctls.includes(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.');
  if (!known || !text.includes('=')) throw new ValueError(`sysctl '${text}' is not allowed`);
  return text;
}

/** What `--gpus` asks for: `all`, a number, or fields. Throws ValueError. */
export function parseGpus(text: string): { readonly [field: string]: string | number | readonly string[] | null } {
  if (text === '') throw new ValueError('EOF');
  const request = { Driver: '', Count: 0, DeviceIDs: null as readonly string[] | null };
  for (const field of text.split(',')) {
    const cut = field.indexOf('=');
    const [key, value] = cut < 0 ? ['count', field] : [field.slice(0, cut).toLowerCase(), field.slice(cut + 1)];
    if (key === 'count') request.Count = gpuCount(value);
    else if (key === 'device') request.DeviceIDs = [...(request.DeviceIDs ?? []), value];
    else if (key === 'driver') request.Driver = value;
    else if (key !== 'capabilities' && key !== 'options') {
      throw new ValueError(`unexpected key '${key}' in '${field}'`);
    }
  }
  return request;
}

function gpuCount(text: string): number {
  if (text === 'all') return -1;
  if (/^[+-]?\d+$/.test(text)) return parseInteger(text);
  throw new ValueError(`invalid count (${text}): value must be either "all" or an integer: invalid syntax`);
}
