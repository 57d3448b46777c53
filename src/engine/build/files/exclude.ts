import { globMatches } from '../../images/glob.ts';

/** `COPY --exclude`: is a path left out? Patterns are relative to the source. */
export function ignoreExcluded(patterns: readonly string[], source: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const root = source.replace(/\/+$/, '');
  const whole = patterns.map((pattern) => pattern.replace(/^\//, ''));
  return (path) => {
    const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path.slice(1);
    return whole.some((pattern) => matches(pattern, name));
  };
}

/** `**` stands for any number of folders; a pattern also fits what is below what it fits. */
function matches(pattern: string, name: string): boolean {
  const parts = name.split('/');
  const fits = (from: readonly string[], words: readonly string[]): boolean => {
    const [word, ...more] = words;
    if (word === undefined) return true;
    if (word === '**') return from.some((_, i) => fits(from.slice(i), more)) || more.length === 0;
    const [part, ...rest] = from;
    return part !== undefined && globMatches(word, part) && fits(rest, more);
  };
  return fits(parts, pattern.split('/'));
}
