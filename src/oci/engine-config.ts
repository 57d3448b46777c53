import { type ByteString, decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import type { Json } from '../kernel/json.ts';
import { type Digest, digestOf } from './digest.ts';
import { type Document, goJson } from './manifest.ts';

/** A JSON object as it was read. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The object in a document; an empty one when there is none. */
export function objectOf(document: ByteString): JsonObject {
  const value = JSON.parse(decodeUtf8(document)) as Json;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

const zero = { text: '', flag: false, list: null };
// the fields of Go's container.Config in their order; those without a value here are left out when they have none
const fields: readonly (readonly [name: string, otherwise?: string | boolean | null])[] = [
  ['Hostname', zero.text],
  ['Domainname', zero.text],
  ['User', zero.text],
  ['AttachStdin', zero.flag],
  ['AttachStdout', zero.flag],
  ['AttachStderr', zero.flag],
  ['ExposedPorts'],
  ['Tty', zero.flag],
  ['OpenStdin', zero.flag],
  ['StdinOnce', zero.flag],
  ['Env', zero.list],
  ['Cmd', zero.list],
  ['Healthcheck'],
  ['ArgsEscaped'],
  ['Image', zero.text],
  ['Volumes', zero.list],
  ['WorkingDir', zero.text],
  ['Entrypoint', zero.list],
  ['NetworkDisabled'],
  ['OnBuild', zero.list],
  ['Labels', zero.list],
  ['StopSignal'],
  ['StopTimeout'],
  ['Shell'],
];
const sets = new Set(['ExposedPorts', 'Volumes', 'Labels']);

/** A container's configuration as the engine writes it into the images that it makes itself: all fields, in Go's order. */
export function containerConfigJson(config: JsonObject): Json {
  const out: { [name: string]: Json } = {};
  for (const [name, otherwise] of fields) {
    const value = config[name];
    if (value !== undefined && value !== null) out[name] = sets.has(name) ? sortedJson(value) : value;
    else if (otherwise !== undefined) out[name] = otherwise;
  }
  return out;
}

function sortedJson(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as Json;
}

/** A configuration with other layers: the same document but for `rootfs.diff_ids`. */
export function withDiffIds(document: ByteString, diffIds: readonly string[]): Document {
  const object = objectOf(document);
  return documentOf({ ...object, rootfs: { type: 'layers', diff_ids: diffIds } });
}

function documentOf(value: JsonObject): Document {
  const bytes = encodeUtf8(goJson(value as Json));
  return { bytes, digest: digestOf(bytes) };
}

/** What the engine says in the configuration of an image that it makes itself, by `docker commit` or `docker import`. */
export interface EngineMade {
  readonly architecture: string;
  readonly variant?: string;
  readonly os: string;
  readonly author?: string;
  readonly comment?: string;
  readonly config: JsonObject;
  /** The container that it was committed from, and what that was configured with. */
  readonly container?: string;
  readonly containerConfig: JsonObject;
  readonly created: string;
  readonly history: readonly Json[];
  readonly diffIds: readonly string[];
}

/** The version of the engine that images are made with. */
const engineVersion = '28.5.2+dfsg4';

/** The configuration of an image that the engine makes itself: keys in the order of the alphabet, as Docker 28.5 writes it. */
export function engineDocument(image: EngineMade): Document {
  const { architecture, author, comment, config, container, containerConfig, created, history, os, variant } = image;
  return documentOf({
    architecture,
    ...(author ? { author } : {}),
    ...(comment ? { comment } : {}),
    config: containerConfigJson(config),
    ...(container ? { container } : {}),
    container_config: containerConfigJson(containerConfig),
    created,
    docker_version: engineVersion,
    history,
    os,
    rootfs: { type: 'layers', ...(image.diffIds.length > 0 ? { diff_ids: image.diffIds } : {}) },
    ...(variant ? { variant } : {}),
  });
}

/**
 * The description of each layer in the format of Docker before 1.10, which `docker save` still writes beside the rest:
 * all but the top one are empty. `chain`: the layers' chain ids, lowest first.
 */
export function legacyDescriptions(document: ByteString, chain: readonly string[]): readonly Document[] {
  const image = objectOf(document);
  const made: Document[] = [];
  let parent: Digest | undefined;
  chain.forEach((chainId, i) => {
    const top = i === chain.length - 1;
    const { comment, created, container, docker_version, author, config, architecture, variant, os } = image;
    // Go marshals the struct in this order and leaves out what is empty
    const body: JsonObject = {
      ...(top && comment ? { comment } : {}),
      created: top ? created : '1970-01-01T00:00:00Z',
      ...(top && container ? { container } : {}),
      container_config: containerConfigJson(top ? ((image.container_config ?? {}) as JsonObject) : {}),
      ...(top && docker_version ? { docker_version } : {}),
      ...(top && author ? { author } : {}),
      ...(top && config ? { config: containerConfigJson(config as JsonObject) } : {}),
      ...(top && architecture ? { architecture } : {}),
      ...(top && variant ? { variant } : {}),
    };
    const id = legacyId({ ...body, ...(top && os ? { os } : {}) }, chainId, parent);
    const ids = { id: id.slice(7), ...(parent ? { parent: parent.slice(7) } : {}) };
    made.push(documentOf({ ...ids, ...body, ...(os ? { os } : {}) }));
    parent = id;
  });
  return made;
}

function legacyId(body: JsonObject, layer: string, parent: Digest | undefined): Digest {
  const all: JsonObject = { ...body, layer_id: layer, ...(parent ? { parent } : {}) };
  return documentOf(sortedJson(all as Json) as JsonObject).digest;
}
