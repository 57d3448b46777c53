import { matches } from '../../shell/pattern.ts';
import type { Course, Event } from '../player.ts';
import type { Act } from './acts.ts';
import type { ApkLine } from './arguments.ts';
import type { ApkSystem, Installed } from './database.ts';

/** `apk info`: what is installed, or what is known of a package. */
export function info(line: ApkLine, system: ApkSystem): Course<Act> {
  const { words, letters } = line;
  const names = [...system.installed.keys()].sort();
  if (letters.has('W')) return owners(words, system);
  if (words.length === 0) {
    const shown = names.map((name) => (letters.has('v') ? `${name}-${system.installed.get(name)?.version}` : name));
    return { events: [{ out: lines(shown) }], status: 0 };
  }
  if (letters.has('e')) {
    const present = words.filter((name) => system.installed.has(name));
    return { events: [{ out: lines(present) }], status: words.length - present.length };
  }
  const events: Event<Act>[] = [];
  let missing = 0;
  for (const name of words) {
    const one: Installed | undefined = system.installed.get(name);
    const pack = one ?? system.table.packages.get(name);
    if (!pack) {
      missing += 1;
      continue;
    }
    events.push({ out: describe(`${pack.name}-${pack.version}`, pack, one?.files ?? [], letters) });
  }
  return { events, status: missing };
}

function describe(
  title: string,
  pack: { readonly description: string; readonly installed: number; readonly depends: readonly string[] },
  files: readonly string[],
  letters: ReadonlySet<string>,
): string {
  const parts: string[] = [];
  const all = letters.has('a');
  const none = !['d', 's', 'R', 'L'].some((letter) => letters.has(letter)) && !all;
  if (all || none || letters.has('d')) parts.push(`${title} description:\n${pack.description}\n\n`);
  if (all || none || letters.has('s')) {
    const kib = pack.installed / 1024;
    const size = kib < 8192 ? `${Math.round(kib)} KiB` : `${(kib / 1024).toFixed(0)} MiB`;
    parts.push(`${title} installed size:\n${size}\n\n`);
  }
  if (all || letters.has('R')) parts.push(`${title} depends on:\n${lines(pack.depends)}\n`);
  if (all || letters.has('L')) parts.push(`${title} contains:\n${lines(files.map((path) => path.slice(1)))}\n`);
  return parts.join('');
}

function owners(paths: readonly string[], system: ApkSystem): Course<Act> {
  const events: Event<Act>[] = [];
  let missing = 0;
  for (const path of paths) {
    const owner = [...system.installed.values()].find(({ files }) => files.includes(path));
    if (owner) events.push({ out: `${path} is owned by ${owner.name}-${owner.version}\n` });
    else {
      events.push({ err: `ERROR: ${path}: Could not find owner package\n` });
      missing += 1;
    }
  }
  return { events, status: missing };
}

/** `apk list`. */
export function list({ words, letters }: ApkLine, system: ApkSystem): Course<Act> {
  const known = [...system.table.packages.values()].map(({ name, version }) => ({ name, version }));
  const own = [...system.installed.values()].filter(({ name }) => !system.table.packages.has(name));
  const chosen = [...known, ...own]
    .filter(({ name }) => words.length === 0 || words.some((pattern) => matches(pattern, name)))
    .filter(({ name }) => !letters.has('I') || system.installed.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = chosen.map(({ name, version }) => {
    const mark = system.installed.has(name) ? ' [installed]' : '';
    return `${name}-${version} x86_64 {${name}}${mark}`;
  });
  return { events: [{ out: lines(rows) }], status: 0 };
}

/** `apk search`: names in which a word occurs. */
export function search({ words, letters }: ApkLine, system: ApkSystem): Course<Act> {
  const found = [...system.table.packages.values()]
    .filter(({ name, description }) =>
      words.every((word) =>
        letters.has('e') || letters.has('x')
          ? name === word
          : /[*?]/.test(word)
            ? matches(word, name)
            : name.includes(word) || (letters.has('d') && description.includes(word)),
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = found.map(({ name, version, description }) =>
    letters.has('v') ? `${name}-${version} - ${description}` : `${name}-${version}`,
  );
  return { events: [{ out: lines(rows) }], status: 0 };
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}
