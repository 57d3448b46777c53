import { parseDuration } from '../format/duration.ts';
import { parseSize } from '../format/size.ts';
import { parseBool, parseInteger, parseNanoCpus, parseUnsigned, ValueError } from './numbers.ts';
import type { FlagSpec } from './spec.ts';

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
