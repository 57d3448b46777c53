/** What a key holds. Sorted sets are kept in order of score, then name. */
export type Value =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'hash'; readonly fields: { readonly [field: string]: string } }
  | { readonly type: 'set'; readonly members: readonly string[] }
  | { readonly type: 'zset'; readonly scores: readonly (readonly [member: string, score: number])[] };

export type Entry = {
  readonly value: Value;
  /** Milliseconds since 1970 when it goes. */
  readonly expires?: number;
};

export type Database = { readonly [key: string]: Entry };

/** The databases by their number; one that is empty is not there. */
export type Databases = { readonly [index: string]: Database };

/** An entry that has not expired. */
export function alive(database: Database, key: string, now: number): Entry | undefined {
  const entry = Object.hasOwn(database, key) ? database[key] : undefined;
  return entry && (entry.expires === undefined || entry.expires > now) ? entry : undefined;
}

/** The keys that have not expired. */
export function aliveKeys(database: Database, now: number): string[] {
  return Object.keys(database).filter((key) => alive(database, key, now) !== undefined);
}

/** Redis's glob patterns: `*`, `?`, `[…]`. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  try {
    return new RegExp(`^${source}$`).test(text);
  } catch {
    return pattern === text;
  }
}
