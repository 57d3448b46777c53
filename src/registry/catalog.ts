import type { Digest } from '../oci/digest.ts';
import { digestOf, isDigest } from '../oci/digest.ts';
import type { HistoryEntry, ImageConfig } from '../oci/image.ts';
import { type DerivedImage, derive, derivedDigests, type Wanted } from './derive.ts';
import { diskSizeOf, layerRows } from './disk-size.ts';
import { type OfficialEntry, officialEntries } from './official.ts';
import { type RecordedImage, recordedOf } from './recorded.ts';
import type { LayerFiles, LayerPlan } from './rootfs/layer.ts';
import { mayBeOlderTag } from './tags.ts';

/** A layer of the catalog. */
export interface CatalogLayer {
  /** Of the compressed blob, as `docker pull` shows it. */
  readonly digest: Digest;
  /** Compressed bytes: what is downloaded. */
  readonly size: number;
  /** Bytes on disk that are aimed at; a layer of scripts only has what these take. */
  readonly diskSize: number;
  /** The bytes on disk are estimated (see disk-size.ts). */
  readonly estimated: boolean;
  /** The row of a Dockerfile that made it. */
  readonly instruction: string;
  /** What it holds, when that is not to be read from its row. */
  readonly content?: (plan: LayerPlan) => LayerFiles;
}

/** An image as Docker Hub has it, for one platform. */
export interface CatalogImage {
  /** Without `library/`. */
  readonly repository: string;
  readonly tags: readonly string[];
  /** Of the image index: what `docker pull` prints, and what a repository digest has. */
  readonly digest: Digest;
  readonly manifestDigest: Digest;
  /** The image's id. */
  readonly configDigest: Digest;
  /** As `linux/amd64`; all that there are in `platforms`. */
  readonly platform: string;
  readonly platforms: readonly string[];
  readonly created: string;
  readonly config: ImageConfig;
  readonly history: readonly HistoryEntry[];
  /** Lowest first, one for each row of the history that is not empty. */
  readonly layers: readonly CatalogLayer[];
  /** Set when nothing but the name is recorded: what the image was made up from. */
  readonly derived?: { readonly from: string };
}

/** Why there is no image: no such repository, tag or digest; or none for the platform. */
export type Missing = 'repository' | 'tag' | 'digest' | 'platform';

export type LookUp =
  | { readonly found: true; readonly image: CatalogImage }
  | { readonly found: false; readonly missing: Missing };

const defaultPlatform = 'linux/amd64';
const described = new Map<string, CatalogImage>();

/**
 * The image that Docker Hub has under a tag or a digest of a repository. `path` is the path of a reference
 * (`library/nginx`); only official images are known. `platform` as `linux/arm64`.
 */
export function lookUp(path: string, tagOrDigest: string, platform: string = defaultPlatform): LookUp {
  const repository = path.startsWith('library/') ? path.slice('library/'.length) : undefined;
  const entries = repository === undefined ? undefined : officialEntries(repository);
  if (repository === undefined || !entries || entries.length + recordedOf(repository).length === 0)
    return none('repository');
  if (tagOrDigest.includes(':')) return byDigest(repository, entries, tagOrDigest, platform);
  const source = byTag(repository, entries, tagOrDigest);
  return source ? onPlatform(source, platform) : none('tag');
}

function none(missing: Missing): LookUp {
  return { found: false, missing };
}

/** Where an image comes from: the records, or a wish to be derived. */
type Source = RecordedImage | Wanted;

function isRecorded(source: Source): source is RecordedImage {
  return 'layers' in source;
}

function byTag(repository: string, entries: readonly OfficialEntry[], tag: string): Source | undefined {
  const recorded = recordedOf(repository).find((image) => image.tags.includes(tag));
  if (recorded) return recorded;
  // a tag shared with Windows means the Linux image
  const own = entries.find((entry) => entry.tags.includes(tag));
  const shared = entries.filter((entry) => entry.shared.includes(tag));
  const entry =
    own ?? shared.find(({ architectures }) => architectures.some((a) => a.startsWith('linux/'))) ?? shared[0];
  if (entry) return wantedOf(repository, entry);
  if (!mayBeOlderTag(repository, tag)) return undefined;
  const usual = entries.find(({ architectures }) => architectures.includes(defaultPlatform)) ?? entries[0];
  return { repository, tag, tags: [tag], architectures: usual?.architectures ?? [defaultPlatform] };
}

function wantedOf(repository: string, { tags, shared, architectures }: OfficialEntry): Wanted {
  return { repository, tag: tags[0] ?? '', tags: [...tags, ...shared], architectures };
}

function byDigest(repository: string, entries: readonly OfficialEntry[], digest: string, platform: string): LookUp {
  if (!isDigest(digest)) return none('digest');
  const has = (image: { readonly indexDigest: string; readonly manifestDigest: string }) =>
    image.indexDigest === digest || image.manifestDigest === digest;
  const recorded = recordedOf(repository).find(has);
  if (recorded) return onPlatform(recorded, platform);
  const wanted = entries.map((entry) => wantedOf(repository, entry)).find((entry) => has(derivedDigests(entry)));
  return wanted ? onPlatform(wanted, platform) : none('digest');
}

function onPlatform(source: Source, platform: string): LookUp {
  const found = source.architectures.find((known) => known === platform || known.startsWith(`${platform}/`));
  if (found === undefined) return none('platform');
  const name = isRecorded(source) ? source.name : `${source.repository}:${source.tag}`;
  const key = `${found} ${name}`;
  let image = described.get(key);
  if (!image) {
    image = describe(isRecorded(source) ? source : derive(source), found);
    described.set(key, image);
  }
  return { found: true, image };
}

function describe(image: RecordedImage | DerivedImage, platform: string): CatalogImage {
  const other = platform === defaultPlatform ? undefined : platform;
  // what is recorded is the image for amd64
  const digest = (own: Digest): Digest => (other === undefined ? own : digestOf(`${own} for ${other}`));
  const rows = layerRows(image);
  const from = 'from' in image ? image.from : other === undefined ? undefined : image.name;
  return {
    repository: image.repository,
    tags: image.tags,
    digest: image.indexDigest,
    manifestDigest: digest(image.manifestDigest),
    configDigest: digest(image.configDigest),
    platform,
    platforms: image.architectures,
    created: image.created,
    config: configOf(image),
    history: image.history.map(({ created, instruction, emptyLayer }) => ({
      created,
      createdBy: createdBy(instruction),
      comment: isBuildkit(instruction) ? 'buildkit.dockerfile.v0' : '',
      emptyLayer,
    })),
    layers: image.layers.map((layer, i) => {
      const instruction = rows[i] ?? '';
      const { bytes, estimated } = diskSizeOf(layer, instruction);
      return { digest: digest(layer.digest), size: layer.size, diskSize: bytes, estimated, instruction };
    }),
    ...(from === undefined ? {} : { derived: { from } }),
  };
}

function configOf(image: RecordedImage): ImageConfig {
  return {
    Env: image.env,
    Cmd: image.cmd,
    Entrypoint: image.entrypoint,
    WorkingDir: image.workdir,
    User: image.user,
    Labels: image.labels,
    ExposedPorts: image.exposedPorts,
    Volumes: image.volumes,
    ...(image.stopSignal === undefined ? {} : { StopSignal: image.stopSignal }),
  };
}

/** Rows that tools other than BuildKit wrote have no such mark. */
function isBuildkit(instruction: string): boolean {
  return !/^(?:RUN (?:# debian\.sh|umoci|BusyBox)|ADD file:)/.test(instruction);
}

/** A row as `docker history` has it: the records leave out the shell that BuildKit writes into RUN rows. */
function createdBy(instruction: string): string {
  if (!isBuildkit(instruction))
    return instruction
      .replace(/^RUN /, '')
      .replace(/ \(\S+ \S+\) in /, ' in ')
      .replace(/^(?=ADD file:)/, '/bin/sh -c #(nop) ');
  return instruction.replace(/^RUN (?!\[|\/bin\/)/, 'RUN /bin/sh -c ');
}
