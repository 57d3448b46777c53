import { type CatalogEntry, type CatalogFlag, canonicalPath, commandCatalog } from '../../cli/help/catalog.ts';
import { filtersOf } from '../../explain/hints/filters.ts';
import type { Machine } from '../../kernel/machine.ts';
import { containerNames, imageNames, networkNames, volumeNames, type Which } from './world.ts';

/** What may stand in the place of a word; `files`: a path may, too. */
export interface Candidates {
  readonly words: readonly string[];
  readonly files?: boolean;
  /** Nothing is put behind the word: more belongs to it (`web:`). */
  readonly open?: boolean;
}

const nothing: Candidates = { words: [] };
const paths: Candidates = { words: [], files: true };

/** What can stand behind `docker` and the words before; `current` is what was typed of the word itself. */
export function completeDocker(before: readonly string[], current: string, m: Machine): Candidates {
  let path = '';
  const args: string[] = [];
  let flag: CatalogFlag | undefined;
  let over = false; // no flags any more
  for (const word of before) {
    const entry = entryAt(path);
    if (flag) {
      flag = undefined;
      continue;
    }
    if (!over && word.startsWith('-')) {
      if (word === '--') over = true;
      else flag = wantsValue(entry, word);
      continue;
    }
    const next = entry.commands.length > 0 ? canonicalPath(path, word) : undefined;
    if (next === undefined && entry.commands.length > 0) return nothing;
    if (next !== undefined) path = next;
    else {
      args.push(word);
      over ||= commandFollows(path) && args.length > 0;
    }
  }
  if (flag) return valuesOf(path, flag, m);
  const entry = entryAt(path);
  const assigned = /^(--[a-z-]+)=(.*)$/s.exec(current);
  if (!over && assigned) {
    const known = entry.flags.find(({ name }) => `--${name}` === assigned[1]);
    const { words } = known ? valuesOf(path, known, m) : nothing;
    return { words: words.map((word) => `${assigned[1]}=${word}`) };
  }
  if (!over && current.startsWith('-')) return { words: flagNames(entry, current) };
  if (entry.commands.length > 0) return { words: commandNames(entry) };
  return argumentsOf(path, args, m);
}

/** What stands behind the first argument belongs to a program in the container. */
function commandFollows(path: string): boolean {
  return /(?:^|\s)(?:run|exec|create|top)$/.test(path) && !/^(?:network|volume|context)/.test(path);
}

function entryAt(path: string): CatalogEntry {
  const entry = commandCatalog().get(path);
  return entry ?? { path, usage: [], aliases: '', description: '', epilogue: '', flags: [], commands: [] };
}

function commandNames(entry: CatalogEntry): readonly string[] {
  const names = entry.commands.map(({ name }) => name);
  return entry.path === '' ? [...names, 'help'] : names;
}

function flagNames(entry: CatalogEntry, current: string): readonly string[] {
  const long = [...entry.flags.filter(({ deprecated }) => !deprecated).map(({ name }) => `--${name}`), '--help'];
  if (current !== '-') return long;
  return [...long, ...entry.flags.flatMap(({ short }) => (short ? `-${short}` : []))];
}

/** The flag whose value is the word after this one. */
function wantsValue(entry: CatalogEntry, word: string): CatalogFlag | undefined {
  if (word.includes('=')) return undefined;
  if (word.startsWith('--')) {
    const flag = entry.flags.find(({ name }) => `--${name}` === word);
    return flag && flag.type !== 'bool' ? flag : undefined;
  }
  for (const [i, letter] of [...word.slice(1)].entries()) {
    const flag = entry.flags.find(({ short }) => short === letter);
    if (flag?.type !== 'bool') return flag && i === word.length - 2 ? flag : undefined;
  }
  return undefined;
}

const fixed: { readonly [flag: string]: readonly string[] } = {
  restart: ['no', 'always', 'on-failure', 'unless-stopped'],
  pull: ['always', 'missing', 'never'],
  signal: ['TERM', 'KILL', 'INT', 'HUP', 'QUIT', 'USR1', 'USR2'],
  progress: ['auto', 'plain', 'tty', 'quiet'],
  format: ['json', 'table'],
  attach: ['stdin', 'stdout', 'stderr'],
  isolation: ['default'],
  'log-driver': ['json-file', 'none'],
};

const fileFlags = new Set(['file', 'env-file', 'cidfile', 'iidfile', 'label-file', 'output', 'input', 'metadata-file']);

function valuesOf(path: string, { name }: CatalogFlag, m: Machine): Candidates {
  if (name === 'network' || name === 'net') return { words: networkNames(m) };
  if (name === 'volumes-from' || name === 'link') return { words: containerNames(m, 'all') };
  if (name === 'volume') return { words: volumeNames(m).map((volume) => `${volume}:`), files: true, open: true };
  if (name === 'filter') return { words: filterKeys(path).map((key) => `${key}=`), open: true };
  if (fileFlags.has(name)) return paths;
  return { words: fixed[name] ?? [] };
}

/** The API paths of the lists that can be filtered, by command. */
const filtered: { readonly [path: string]: string } = {
  ps: '/containers/json',
  'container ls': '/containers/json',
  images: '/images/json',
  'image ls': '/images/json',
  'network ls': '/networks',
  'volume ls': '/volumes',
};

function filterKeys(path: string): readonly string[] {
  return filtersOf(filtered[path] ?? '') ?? ['label', 'until'];
}

/** Which containers a command is about, and whether it takes several. */
const ofContainers: { readonly [verb: string]: readonly [which: Which, several: boolean] } = {
  attach: ['running', false],
  commit: ['all', false],
  diff: ['all', false],
  exec: ['running', false],
  export: ['all', false],
  kill: ['running', true],
  logs: ['all', false],
  pause: ['running', true],
  port: ['running', false],
  rename: ['all', false],
  restart: ['all', true],
  rm: ['all', true],
  start: ['stopped', true],
  stats: ['running', true],
  stop: ['running', true],
  top: ['running', false],
  unpause: ['paused', true],
  update: ['all', true],
  wait: ['running', true],
};

const ofImages = new Set(['history', 'push', 'save', 'tag', 'rmi', 'image rm', 'image inspect', 'run', 'create']);
const severalImages = new Set(['save', 'rmi', 'image rm', 'image inspect']);

function argumentsOf(path: string, args: readonly string[], m: Machine): Candidates {
  const fresh = (words: readonly string[]): Candidates => ({ words: words.filter((word) => !args.includes(word)) });
  const own = path.replace(/^(?:container|image) (?=(?!ls|inspect|prune)\w+$)/, '');
  const verb = path.startsWith('image ') && own === 'rm' ? 'rmi' : own;
  if (/^(?:container |)(?:cp)$/.test(path)) {
    return { words: containerNames(m, 'all').map((name) => `${name}:`), files: true, open: true };
  }
  const containers = path.startsWith('image ') ? undefined : ofContainers[verb];
  if (containers) return args.length === 0 || containers[1] ? fresh(containerNames(m, containers[0])) : nothing;
  if (ofImages.has(verb)) {
    if (args.length === 0 || severalImages.has(verb)) return fresh(imageNames(m));
    return verb === 'run' || verb === 'create' ? paths : nothing;
  }
  if (path === 'container inspect') return fresh(containerNames(m, 'all'));
  if (path === 'inspect')
    return fresh([...containerNames(m, 'all'), ...imageNames(m), ...networkNames(m), ...volumeNames(m)]);
  if (/^network (?:connect|disconnect)$/.test(path)) {
    return args.length === 0 ? fresh(networkNames(m)) : fresh(containerNames(m, 'all'));
  }
  if (/^network (?:rm|inspect)$/.test(path)) return fresh(networkNames(m));
  if (/^volume (?:rm|inspect)$/.test(path)) return fresh(volumeNames(m));
  return /^(?:build|buildx build|image build|builder build|load|import)$/.test(path) ? paths : nothing;
}
