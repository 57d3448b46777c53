import { canonicalPath, commandCatalog } from './help/catalog.ts';

/** Words that are further apart than this are not meant for each other; in short ones two letters are half the word. */
const furthest = (word: string) => (word.length <= 4 ? 1 : 2);

/**
 * What a command line with an unknown command may have meant: `docker run` for `rnu alpine`. Undefined when the command
 * is known or nothing is near. `args` is what follows `docker`.
 */
export function suggestCommand(args: readonly string[]): string | undefined {
  let path = '';
  for (const word of args) {
    if (word.startsWith('-')) return undefined;
    const entry = commandCatalog().get(path);
    if (!entry || entry.commands.length === 0) return undefined;
    const next = canonicalPath(path, word);
    if (next === undefined)
      return nearest(
        path,
        word,
        entry.commands.map((command) => command.name),
      );
    path = next;
  }
  return undefined;
}

/** The flag of a command that was meant by one that it does not have (`--detatch`): undefined when none is near. */
export function suggestFlag(args: readonly string[], flag: string): string | undefined {
  let path = '';
  for (const word of args) {
    const next = word.startsWith('-') ? undefined : canonicalPath(path, word);
    if (next === undefined) break;
    path = next;
  }
  const names =
    commandCatalog()
      .get(path)
      ?.flags.map(({ name }) => `--${name}`) ?? [];
  const meant = nearest('', flag, names);
  return meant?.replace(/^docker /, '');
}

/** What was meant by a command line that docker did not understand, by what it printed. `args`: as above. */
export function suggestByErrors(args: readonly string[], errors: string): string | undefined {
  const flag = /^unknown flag: (--[\w-]+)/m.exec(errors)?.[1];
  return flag === undefined ? suggestCommand(args) : suggestFlag(args, flag);
}

function nearest(path: string, word: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: lettersApart(word, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (!best || best.distance > Math.min(furthest(word), best.name.length - 1)) return undefined;
  return ['docker', path, best.name].filter(Boolean).join(' ');
}

/** How many letters have to be put in, left out, replaced or swapped with their neighbour. */
export function lettersApart(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_x, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : at(-1, -1);
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped));
    }
  }
  return at(a.length, b.length);
}
