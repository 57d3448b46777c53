import type { BuildRequest } from '../../../engine/build/state.ts';
import { CliError } from '../../errors.ts';
import { type Flags, listFlag } from '../../flags/parse.ts';
import { buildError, driverHint, refused } from './errors.ts';

/**
 * `--cache-from` and `--cache-to`. The docker driver reads caches that stand in images, and writes nothing but those
 * (`type=inline`). Throws CliError in buildx's words.
 */
export function cachesOf(flags: Flags): Pick<BuildRequest, 'cacheFrom' | 'inlineCache'> {
  const exports = listFlag(flags, 'cache-to').filter(Boolean).map(readEntry);
  if (exports.some(({ type }) => type !== 'inline')) throw driverHint('Cache export', 'build-cache-backends');
  const argument = listFlag(flags, 'build-arg').some((each) => /^BUILDKIT_INLINE_CACHE=(?:1|true)$/.test(each));
  const cacheFrom = listFlag(flags, 'cache-from').filter(Boolean).flatMap(imported);
  return { cacheFrom, inlineCache: argument || exports.length > 0 };
}

interface Entry {
  readonly type: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** `type=registry,ref=…`; a name alone is that of an image. */
function readEntry(text: string): Entry {
  if (!text.includes('=')) return { type: 'registry', fields: new Map([['ref', text]]) };
  const fields = new Map(
    text.split(',').map((field) => {
      const cut = field.indexOf('=');
      return [field.slice(0, cut).toLowerCase(), field.slice(cut + 1)] as const;
    }),
  );
  const type = fields.get('type');
  if (type === undefined || type === '') throw new CliError(`ERROR: type required form> ${JSON.stringify(text)}`);
  return { type, fields };
}

function imported(text: string): readonly string[] {
  const { fields, type } = readEntry(text);
  if (type === 'registry') {
    const reference = fields.get('ref');
    if (reference === undefined || reference === '') throw buildError('registry cache importer requires ref');
    return [reference];
  }
  // without the variables of GitHub's runners it is left out
  if (type === 'gha') return [];
  if (type === 'local' && !fields.has('src')) throw buildError('local cache importer requires src');
  throw refused(`docker build --cache-from ${text}`);
}
