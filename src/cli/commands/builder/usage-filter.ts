import type { CacheUse } from '../../../engine/build/cache-calls.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { ValueError } from '../../flags/numbers.ts';
import { parseDuration } from '../../format/duration.ts';

/** What a filter looks at; undefined: the result does not have it. What is yes or no is there without a value. */
const fields: { readonly [name: string]: (use: CacheUse) => string | undefined } = {
  description: ({ Description }) => Description,
  id: ({ ID }) => ID,
  immutable: ({ Mutable }) => (Mutable ? undefined : ''),
  inuse: ({ InUse }) => (InUse ? '' : undefined),
  mutable: ({ Mutable }) => (Mutable ? '' : undefined),
  parents: ({ Parents }) => Parents.join(';'),
  private: ({ Shared }) => (Shared ? undefined : ''),
  shared: ({ Shared }) => (Shared ? '' : undefined),
  type: ({ Type }) => Type,
};

type Test = (use: CacheUse) => boolean;

/**
 * `docker buildx du --filter`: all of them must fit. `NAME=VALUE`, `NAME!=VALUE` and `NAME~=PATTERN` are those of
 * containerd. Throws CliError.
 */
export function usageFilter(filters: readonly string[]): Test {
  const tests = filters.map(readFilter);
  return (use) => tests.every((test) => test(use));
}

function readFilter(text: string): Test {
  const cut = text.indexOf('=');
  const [, name = '', mark = ''] = /^(.*?)([!~]?)$/.exec(text.slice(0, cut)) ?? [];
  const value = text.slice(cut + 1);
  if (name === 'until') {
    checkDuration(value);
    // the engine of this version does not look at it
    return () => true;
  }
  if (!/^[\w/-][\w./:-]*$/.test(value)) throw notSimulated(`the filter ${text} of docker buildx du`);
  const get = fields[name] ?? (() => undefined);
  if (mark === '!') return (use) => get(use) !== value;
  if (mark !== '~' && name !== 'id') return (use) => get(use) === value;
  const pattern = new RegExp(value);
  return (use) => {
    const found = get(use);
    return found !== undefined && pattern.test(found);
  };
}

function checkDuration(text: string): void {
  try {
    parseDuration(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CliError(`ERROR: "until" filter expects a duration (e.g., '24h'): ${error.message}`);
  }
}
