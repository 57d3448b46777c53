import { officialText } from './data/official.ts';

/** Tags that stand for one and the same image. */
export interface OfficialEntry {
  readonly tags: readonly string[];
  /** Tags that this image shares with images of other systems (Windows). */
  readonly shared: readonly string[];
  /** As `linux/arm64/v8` or `windows/amd64`. */
  readonly architectures: readonly string[];
}

interface Lines {
  readonly architectures: readonly (readonly string[])[];
  readonly repositories: ReadonlyMap<string, string>;
}

let lines: Lines | undefined;
const entries = new Map<string, readonly OfficialEntry[]>();

function read(): Lines {
  if (lines) return lines;
  const [first = '', ...rest] = officialText().split('\n');
  const architectures = first.split(' ').map((set) => set.split(',').map(platformOf));
  const repositories = new Map(rest.map((line) => splitAt(line, '=')));
  lines = { architectures, repositories };
  return lines;
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** The names by which docker-library calls architectures, as platforms of an image index. */
function platformOf(architecture: string): string {
  const [, arm, variant] = /^(arm)(?:32|64)(v\d)$/.exec(architecture) ?? [];
  if (arm !== undefined) return `linux/${architecture.startsWith('arm64') ? 'arm64' : 'arm'}/${variant}`;
  if (architecture === 'i386') return 'linux/386';
  return architecture.startsWith('windows-') ? architecture.replace('-', '/') : `linux/${architecture}`;
}

/** The names of all official repositories (without `library/`), in their order. */
export function officialNames(): readonly string[] {
  return [...read().repositories.keys()];
}

/** What the tags of an official repository stand for; undefined when there is no such repository. */
export function officialEntries(repository: string): readonly OfficialEntry[] | undefined {
  const known = entries.get(repository);
  if (known) return known;
  const { architectures, repositories } = read();
  const line = repositories.get(repository);
  if (line === undefined) return undefined;
  const list = line === '' ? [] : line.split(';').map((part) => readEntry(part, architectures));
  entries.set(repository, list);
  return list;
}

function readEntry(part: string, architectures: Lines['architectures']): OfficialEntry {
  const [set, text] = splitAt(part, ':');
  const [tags, shared] = splitAt(text, '|');
  return {
    tags: expand(tags),
    shared: shared === '' ? [] : shared.split(' '),
    architectures: architectures[Number(set)] ?? [],
  };
}

/** `1,1.2{,-slim} x` as `1`, `1-slim`, `1.2`, `1.2-slim`, `x`. */
function expand(text: string): readonly string[] {
  return text.split(' ').flatMap((word) => {
    const [heads, tails] = splitAt(word, '{');
    if (!word.includes('{')) return word;
    const ends = tails.slice(0, -1).split(',');
    return heads.split(',').flatMap((head) => ends.map((end) => head + end));
  });
}
