import type { ImageSummary } from '../../engine/api.ts';
import { humanDuration } from '../../engine/human-duration.ts';
import type { Us } from '../../kernel/json.ts';
import type { Value } from './go/types.ts';
import { listRow } from './row.ts';
import { humanSize } from './size.ts';
import type { Header } from './table.ts';
import { goTime } from './timestamp.ts';

export const imageHeader: Header = {
  Containers: 'CONTAINERS',
  CreatedAt: 'CREATED AT',
  CreatedSince: 'CREATED',
  Digest: 'DIGEST',
  ID: 'IMAGE ID',
  Repository: 'REPOSITORY',
  SharedSize: 'SHARED SIZE',
  Size: 'SIZE',
  Tag: 'TAG',
  UniqueSize: 'UNIQUE SIZE',
  VirtualSize: 'SIZE',
};

const none = '<none>';

/** The format by what was asked for: the usual table, `raw`, or a template of the user's. */
export function imagesFormat(format: string | undefined, options: { quiet: boolean; digests: boolean }): string {
  const { quiet, digests } = options;
  if (format === undefined || format === '' || format === 'table') {
    if (quiet) return '{{.ID}}';
    return `table {{.Repository}}\t{{.Tag}}${digests ? '\t{{.Digest}}' : ''}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}`;
  }
  if (format === 'raw') {
    if (quiet) return 'image_id: {{.ID}}';
    const fields = ['repository: {{.Repository}}', 'tag: {{.Tag}}', ...(digests ? ['digest: {{.Digest}}'] : [])];
    fields.push('image_id: {{.ID}}', 'created_at: {{.CreatedAt}}', 'virtual_size: {{.Size}}');
    return `${fields.join('\n')}\n`;
  }
  return digests && format.startsWith('table') && !format.includes('{{.Digest}}') ? `${format}\t{{.Digest}}` : format;
}

/** An image's rows: one for each of its tags, and for repositories that it has a digest of and no tag. */
export function imageRows(
  image: ImageSummary,
  options: { readonly now: Us; readonly truncate: boolean; readonly digests: boolean },
): readonly Value[] {
  return namesOf(image, options.digests).map((name) => row(image, name, options));
}

interface Name {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

function namesOf({ RepoTags, RepoDigests }: ImageSummary, digests: boolean): readonly Name[] {
  if (RepoTags.length === 0 && RepoDigests.length === 0) return [{ repository: none, tag: none, digest: none }];
  const names: Name[] = [];
  const found = RepoDigests.map((text) => {
    const cut = text.indexOf('@');
    return { repository: text.slice(0, cut), digest: text.slice(cut + 1) };
  });
  const tagged = new Set<string>();
  for (const text of RepoTags) {
    const cut = text.lastIndexOf(':');
    const [repository, tag] = [text.slice(0, cut), text.slice(cut + 1)];
    tagged.add(repository);
    const own = digests ? found.filter((other) => other.repository === repository) : [];
    for (const { digest } of own.length > 0 ? own : [{ digest: none }]) names.push({ repository, tag, digest });
  }
  for (const { repository, digest } of found) {
    if (!tagged.has(repository)) names.push({ repository, tag: none, digest: digests ? digest : '' });
  }
  return names;
}

function row(image: ImageSummary, name: Name, { now, truncate }: { now: Us; truncate: boolean }): Value {
  const { Containers, Created, Id, SharedSize, Size } = image;
  return listRow('*formatter.imageContext', {
    Containers: () => (Containers === -1 ? 'N/A' : String(Containers)),
    CreatedAt: () => goTime(Created),
    CreatedSince: () => `${humanDuration(now - Created * 1e6)} ago`,
    Digest: () => name.digest,
    ID: () => (truncate ? Id.replace(/^sha256:/, '').slice(0, 12) : Id),
    Repository: () => name.repository,
    SharedSize: () => (SharedSize === -1 ? 'N/A' : humanSize(SharedSize)),
    Size: () => humanSize(Size, 3),
    Tag: () => name.tag,
    UniqueSize: () => (SharedSize === -1 ? 'N/A' : humanSize(Size - SharedSize)),
    VirtualSize: () => humanSize(Size),
  });
}
