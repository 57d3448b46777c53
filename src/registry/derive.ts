import { type Digest, digestOf } from '../oci/digest.ts';
import { type Base, baseFor, baseOf, baseRows, namedBase, systemBase } from './bases.ts';
import { type Family, familyOf } from './families.ts';
import { withFpm } from './fpm-rows.ts';
import type { RecordedImage, RecordedLayer, RecordedRow } from './recorded.ts';
import { recordedImages, recordedOf } from './recorded.ts';
import { substituteVersion } from './substitute.ts';
import { codeNameOf, tagParts } from './tags.ts';
import { settleYarn } from './yarn-rows.ts';

/** What of a repository is wanted: one image, by the first of its tags. */
export interface Wanted {
  readonly repository: string;
  readonly tag: string;
  /** All tags of this image, the longest version among them. */
  readonly tags: readonly string[];
  readonly architectures: readonly string[];
}

/** An image made up from the nearest recorded one. */
export interface DerivedImage extends RecordedImage {
  /** What it was made from: a recorded image or an operating system. */
  readonly from: string;
}

/**
 * An image of which nothing but its name is recorded: the rows of the nearest recorded image on the operating system that
 * the tag names, with the version that the tag names. Digests are those of a description, so that they never change;
 * layers of a recorded base keep theirs.
 */
export function derive(wanted: Wanted): DerivedImage {
  const family = recordedOf(wanted.repository).length > 0 ? {} : familyOf(wanted.repository);
  const template = templateOf(wanted, family);
  const own = template && baseOf(template);
  const named = systemBase(wanted.repository, wanted.tag) ?? baseFor(wanted.tag, template);
  const base = named ?? (family.base === undefined ? own : namedBase(family.base));
  const plain = template ? rebase(template, base) : bare(wanted, base, family);
  const sameVersions = template?.repository === wanted.repository || family.sameVersions;
  const numbered = sameVersions ? substituteVersion(plain, wanted) : plain;
  const image = withVariant(withFamily(numbered, family, wanted), wanted, template?.repository);
  return { ...withDigests(image, base, wanted), from: template?.name ?? base?.name ?? 'scratch' };
}

/** The digests that belong to a derived image, without making it: of its index, its manifest and its configuration. */
export function derivedDigests({ repository, tag }: Pick<Wanted, 'repository' | 'tag'>): {
  readonly indexDigest: Digest;
  readonly manifestDigest: Digest;
  readonly configDigest: Digest;
} {
  const digest = (what: string) => digestOf(`${what} of ${repository}:${tag}`);
  return { indexDigest: digest('index'), manifestDigest: digest('manifest'), configDigest: digest('config') };
}

function templateOf({ repository, tag }: Wanted, { template }: Family): RecordedImage | undefined {
  if (template !== undefined) return recordedImages().find(({ name }) => name === template);
  const alpine = codeNameOf(tag) === 'alpine';
  const major = tagParts(tag).version[0];
  const distance = (image: RecordedImage): number => {
    const version = image.tags.map(tagParts).find((parts) => parts.version.length > 0)?.version[0];
    const name = image.name.slice(image.name.indexOf(':'));
    return (
      Number(name.includes('alpine') !== alpine) * 10_000 +
      Number(name.includes('slim') !== tag.includes('slim')) * 1_000 +
      (major === undefined || version === undefined ? 500 : Math.abs(major - version))
    );
  };
  return recordedOf(repository).reduce<RecordedImage | undefined>(
    (best, image) => (best && distance(best) <= distance(image) ? best : image),
    undefined,
  );
}

/** Rows with which the full language images begin; slim ones and those on Alpine do without. */
const buildTools =
  /install -y --no-install-recommends (?:ca-certificates curl gnupg netbase|git mercurial|autoconf automake)/;

/** The template's own rows on another operating system. */
function rebase(template: RecordedImage, base: Base | undefined): RecordedImage {
  const own = baseOf(template);
  if (!base || base.name === own.name) return template;
  const layers = [...base.layers];
  const history = [...base.history];
  let layer = own.layers.length;
  const small = base.name.startsWith('alpine') || base.name.endsWith('-slim');
  for (const row of template.history.slice(baseRows(template))) {
    const blob = row.emptyLayer ? undefined : template.layers[layer++];
    if (small && buildTools.test(row.instruction)) continue;
    if (blob) layers.push(blob);
    history.push(base.name.startsWith('alpine') ? { ...row, instruction: inAlpine(row.instruction) } : row);
  }
  return { ...template, layers, history };
}

/** Debian's tools by Alpine's names. */
function inAlpine(instruction: string): string {
  const [, group] = /\buseradd .*?\b([a-z]+)(?: |$|;|…)/.exec(instruction)
    ? (/groupadd .*?(?<![-=\w])([a-z][\w-]*)/.exec(instruction) ?? [])
    : [];
  if (group !== undefined && !instruction.includes('apt-get')) {
    return `RUN set -eux; addgroup -S ${group}; adduser -S -D -H -G ${group} ${group} # buildkit`;
  }
  if (/apt-get|microdnf|dpkg/.test(instruction))
    return 'RUN set -eux; apk add --no-cache --virtual .build-deps coreutils …';
  return instruction;
}

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Compressed bytes of a program of which nothing is known. */
const usualProgram = 40_000_000;

/** An operating system with one layer for the application; images that are only an operating system have none. */
function bare({ repository, architectures, tags }: Wanted, base: Base | undefined, family: Family): RecordedImage {
  const created = base?.history[0]?.created ?? '2026-08-20T00:00:00Z';
  const layers = [...(base?.layers ?? [])];
  const history = [...(base?.history ?? [])];
  const program = family.entrypoint ?? family.cmd ?? [repository];
  if (!/^(?:\/(?:usr\/)?bin\/)?(?:ba)?sh$/.test(program.at(-1) ?? '') || family.entrypoint) {
    layers.push({ digest: digestOf(''), size: usualProgram });
    history.push({ created, instruction: `COPY ${repository} /usr/local/bin/ # buildkit`, emptyLayer: false });
  }
  const list = (words: readonly string[]) => JSON.stringify(words).replaceAll('","', '" "');
  const empty = (instruction: string): RecordedRow => ({ created, instruction, emptyLayer: true });
  for (const port of family.ports ?? []) history.push(empty(`EXPOSE map[${port}:{}]`));
  if (family.entrypoint) history.push(empty(`ENTRYPOINT ${list(family.entrypoint)}`));
  if (family.cmd) history.push(empty(`CMD ${list(family.cmd)}`));
  return {
    name: repository,
    repository,
    tags,
    ...derivedDigests({ repository, tag: '' }),
    created,
    architectures,
    entrypoint: null,
    cmd: null,
    env: [path],
    exposedPorts: [],
    volumes: [],
    workdir: '',
    user: '',
    labels: {},
    layers,
    history,
  };
}

function withFamily(image: RecordedImage, family: Family, wanted: Wanted): RecordedImage {
  const { cmd, entrypoint, ports } = family;
  const { diskSize: _, ...rest } = image;
  return {
    ...rest,
    name: `${wanted.repository}:${wanted.tag}`,
    repository: wanted.repository,
    tags: wanted.tags,
    architectures: wanted.architectures,
    ...(cmd === undefined ? {} : { cmd: cmd.length > 0 ? cmd : null }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(ports === undefined ? {} : { exposedPorts: ports }),
  };
}

/** Variants that start something else than the recorded image does; `family`: the repository of the template. */
function withVariant(image: RecordedImage, { repository, tag }: Wanted, family: string | undefined): RecordedImage {
  if (family === 'php' || family === 'wordpress') {
    const { stopSignal: _, ...rest } = image;
    if (tag.includes('fpm')) {
      return withFpm(without(rest, /apache|a2(?:dis|en)mod/i));
    }
    if (repository === 'php' && !tag.includes('apache')) {
      return without({ ...rest, cmd: ['php', '-a'], exposedPorts: [], workdir: '' }, /apache|a2(?:dis|en)mod/i);
    }
    if (repository === 'wordpress' && tag.includes('cli')) {
      return without({ ...rest, cmd: ['wp', 'shell'], exposedPorts: [], volumes: [] }, /apache|a2(?:dis|en)mod/i);
    }
  }
  if (repository === 'node') return settleYarn(image);
  if (repository === 'docker' && /\bcli\b/.test(tag)) {
    return { ...image, entrypoint: ['docker-entrypoint.sh'], cmd: ['sh'], exposedPorts: [], volumes: [] };
  }
  if (repository === 'rabbitmq' && !tag.includes('management')) {
    const exposedPorts = image.exposedPorts.filter((port) => !/^1567\d/.test(port) || port === '15671/tcp');
    return {
      ...without(image, /rabbitmq_management|rabbitmqadmin/),
      exposedPorts: exposedPorts.filter((port) => port !== '15671/tcp'),
    };
  }
  return image;
}

function without(image: RecordedImage, rows: RegExp): RecordedImage {
  const layers: RecordedLayer[] = [];
  let next = 0;
  const history = image.history.filter(({ instruction, emptyLayer }) => {
    const layer = emptyLayer ? undefined : image.layers[next++];
    if (rows.test(instruction)) return false;
    if (layer) layers.push(layer);
    return true;
  });
  return { ...image, layers, history };
}

/** gzip of an archive without members has the same digest everywhere. */
const emptyLayer = 32;

function withDigests(image: RecordedImage, base: Base | undefined, wanted: Wanted): RecordedImage {
  const kept = base?.layers.length ?? 0;
  const rows = image.history.filter((row) => !row.emptyLayer);
  const layers = image.layers.map((layer, i): RecordedLayer => {
    if (i < kept || layer.size === emptyLayer) return layer;
    const row = rows[i]?.instruction ?? '';
    const same = kept > 0 && base?.recorded !== undefined && buildTools.test(row);
    if (same) return layer;
    return { ...layer, digest: digestOf(`layer ${i} of ${wanted.repository}:${wanted.tag}: ${row}`) };
  });
  return { ...image, ...derivedDigests(wanted), layers };
}
