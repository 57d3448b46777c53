import { DockerfileError } from './errors.ts';
import { trimLeft } from './spaces.ts';

/**
 * The strings of a JSON array (`["echo", "hi"]`), as Go's encoding/json reads it; undefined when the text is none (it is
 * then meant for the shell). Throws when it is an array of something else than strings.
 */
export function readJsonArray(text: string): string[] | undefined {
  const json = trimLeft(text);
  if (!json.startsWith('[')) return undefined;
  let items: unknown;
  try {
    items = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(items) || !goAccepts(items)) return undefined;
  return items.map((item) => {
    if (typeof item === 'string') return withoutLoneSurrogates(item);
    throw new DockerfileError('syntax', 'when using JSON array syntax, arrays must be comprised of strings only');
  });
}

const deepest = 10_000;

/** Go refuses numbers that no float64 holds, and nesting beyond its limit. */
function goAccepts(items: readonly unknown[]): boolean {
  let level: unknown[] = [items];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false;
    const inner: unknown[] = [];
    for (const value of level) {
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return false;
      if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) inner.push(item);
    }
    level = inner;
  }
  return true;
}

function withoutLoneSurrogates(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
