import type { BuildRequest } from '../../../engine/build/state.ts';
import type { Rec } from '../../../kernel/json.ts';
import { CliError } from '../../errors.ts';
import { namedFields } from '../../flags/fields.ts';
import { parseBool, ValueError } from '../../flags/numbers.ts';
import { type Flags, listFlag } from '../../flags/parse.ts';
import { buildError, driverHint, invalidValue, refused } from './errors.ts';

/**
 * `--cache-from` and `--cache-to`. The docker driver reads caches that stand in images, and writes nothing but those
 * (`type=inline`). Throws CliError in buildx's words.
 */
export function cachesOf(flags: Flags, buildArgs: Rec<string>): Pick<BuildRequest, 'cacheFrom' | 'inlineCache'> {
  const exports = listFlag(flags, 'cache-to').filter(Boolean).map(readEntry).filter(isThere);
  if (exports.some(({ type }) => type !== 'inline')) throw driverHint('Cache export', 'build-cache-backends');
  const argument = isTrue(buildArgs.BUILDKIT_INLINE_CACHE ?? '');
  const cacheFrom = listFlag(flags, 'cache-from').filter(Boolean).map(readEntry).filter(isThere).map(imported);
  return { cacheFrom, inlineCache: argument || exports.length > 0 };
}

/** As Go reads it; what is neither yes nor no is no. */
function isTrue(text: string): boolean {
  try {
    return parseBool(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return false;
  }
}

interface Entry {
  readonly text: string;
  readonly type: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Outside of GitHub's runners buildx leaves their cache out. */
function isThere({ type }: Entry): boolean {
  return type !== 'gha';
}

/** `type=registry,ref=…`; a name alone is that of an image. */
function readEntry(text: string): Entry {
  if (!text.includes('=')) return { text, type: 'registry', fields: new Map([['ref', text]]) };
  const fields = namedFields(text, invalidValue);
  const type = fields.get('type');
  if (type === undefined || type === '') throw new CliError(`ERROR: type required form> ${JSON.stringify(text)}`);
  return { text, type, fields };
}

function imported({ fields, text, type }: Entry): string {
  if (type === 'registry') {
    const reference = fields.get('ref');
    if (reference === undefined || reference === '') throw buildError('registry cache importer requires ref');
    return reference;
  }
  if (type === 'local' && !fields.has('src')) throw buildError('local cache importer requires src');
  throw refused(`docker build --cache-from ${text}`);
}
