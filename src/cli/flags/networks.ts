import { parseInteger, ValueError } from './numbers.ts';

/** One `--network` of run and create. */
export interface NetworkWish {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ip: string;
  readonly mac: string;
  readonly gwPriority: number;
}

/**
 * `NAME`, or `name=NAME,alias=…,ip=…,mac-address=…,gw-priority=…`. Throws ValueError with the real client's words, or
 * for a field that is not simulated.
 */
export function parseNetwork(text: string): NetworkWish {
  const nothing = { aliases: [], ip: '', mac: '', gwPriority: 0 };
  if (!/\w+=\w+(,\w+=\w+)*/.test(text)) return { ...nothing, name: text };
  const fields = text.split(',').map(readField);
  const last = (key: string): string => fields.findLast((field) => field.key === key)?.value ?? '';
  if (last('name') === '') throw new ValueError('network name/id is not specified');
  const priority = last('gw-priority');
  return {
    name: last('name'),
    aliases: fields.flatMap(({ key, value }) => (key === 'alias' ? [value] : [])),
    ip: last('ip'),
    mac: last('mac-address'),
    gwPriority: priority === '' ? 0 : parseInteger(priority),
  };
}

const known = ['name', 'alias', 'ip', 'mac-address', 'gw-priority'];
const notSimulated = ['ip6', 'link-local-ip', 'driver-opt'];

function readField(field: string): { readonly key: string; readonly value: string } {
  const cut = field.indexOf('=');
  const key = field.slice(0, Math.max(cut, 0)).trim().toLowerCase();
  if (key === '') throw new ValueError(`invalid field ${field}`);
  if (notSimulated.includes(key)) throw new ValueError(`drydock: the field ${key} is not simulated`);
  if (!known.includes(key)) throw new ValueError(`invalid field key ${key}`);
  return { key, value: field.slice(cut + 1).trim() };
}
