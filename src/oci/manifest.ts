import { type ByteString, decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import type { Json } from '../kernel/json.ts';
import { chainIds, type Digest, digestOf } from './digest.ts';
import type { HistoryEntry, Image, ImageConfig } from './image.ts';

export const mediaTypes = {
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerManifestList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** A document as it is stored: its bytes and their digest. */
export interface Document {
  readonly bytes: ByteString;
  readonly digest: Digest;
}

/** What points to a blob. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes of the blob. */
  readonly size: number;
}

/** A manifest of one image, either of Docker's schema 2 or of the OCI. */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

type Described = Pick<Image, 'created' | 'architecture' | 'os' | 'config' | 'history' | 'author' | 'comment'>;

/**
 * An image's configuration as BuildKit writes it: keys in the order of the alphabet at the top, in that of the image
 * specification below `config`, empty ones left out. Its digest is the image's id.
 */
export function configDocument(image: Described, diffIds: readonly string[]): Document {
  const { architecture, author, comment, config, created, history, os } = image;
  return jsonDocument({
    architecture,
    ...(author ? { author } : {}),
    ...(comment ? { comment } : {}),
    config: configJson(config),
    created,
    history: history.map(historyJson),
    os,
    rootfs: { type: 'layers', diff_ids: diffIds },
  });
}

function configJson(config: ImageConfig): Json {
  const { Env, Cmd, Entrypoint, WorkingDir, User, Labels, ExposedPorts, Volumes } = config;
  const { ArgsEscaped, StopSignal, Healthcheck, OnBuild, Shell } = config;
  return {
    ...(User === '' ? {} : { User }),
    ...(ExposedPorts.length === 0 ? {} : { ExposedPorts: setJson(ExposedPorts) }),
    ...(Env.length === 0 ? {} : { Env }),
    ...(Entrypoint === null ? {} : { Entrypoint }),
    ...(Cmd === null ? {} : { Cmd }),
    ...(Volumes.length === 0 ? {} : { Volumes: setJson(Volumes) }),
    ...(WorkingDir === '' ? {} : { WorkingDir }),
    ...(Object.keys(Labels).length === 0 ? {} : { Labels: sorted(Labels) }),
    ...(StopSignal === undefined ? {} : { StopSignal }),
    ...(ArgsEscaped ? { ArgsEscaped } : {}),
    ...(Healthcheck === undefined ? {} : { Healthcheck }),
    ...(OnBuild === undefined ? {} : { OnBuild }),
    ...(Shell === undefined ? {} : { Shell }),
  };
}

/** Go writes the keys of a map in their order. */
function sorted<T>(record: { readonly [key: string]: T }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function setJson(names: readonly string[]): Json {
  return sorted(Object.fromEntries(names.map((name) => [name, {}])));
}

function historyJson({ created, createdBy, comment, emptyLayer, author }: HistoryEntry): Json {
  return {
    created,
    ...(createdBy === '' ? {} : { created_by: createdBy }),
    ...(author ? { author } : {}),
    ...(comment === '' ? {} : { comment }),
    ...(emptyLayer ? { empty_layer: true } : {}),
  };
}

/** Schema 2 as `docker push` sends it: indented by three spaces. */
export function dockerManifest(config: Descriptor, layers: readonly Descriptor[]): Document {
  const manifest: Manifest = { schemaVersion: 2, mediaType: mediaTypes.dockerManifest, config, layers };
  return textDocument(JSON.stringify(manifest, ordered, 3));
}

/** An OCI manifest in one line, as `docker save` writes it. */
export function ociManifest(config: Descriptor, layers: readonly Descriptor[]): Document {
  const manifest: Manifest = { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers };
  return textDocument(JSON.stringify(manifest, ordered));
}

/** Descriptors come from everywhere; their keys are written in one order (that of Docker: type, size, digest). */
function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('digest' in value) || !('size' in value)) return value;
  const { mediaType, size, digest } = value as Descriptor;
  return mediaType.includes('.oci.') ? { mediaType, digest, size } : { mediaType, size, digest };
}

/** Plain data as a document without spaces, escaped as Go's encoding/json does. */
export function jsonDocument(value: Json): Document {
  return textDocument(goJson(value));
}

/** Plain data without spaces, escaped as Go's encoding/json does. */
export function goJson(value: Json): string {
  return goEscape(JSON.stringify(value));
}

const escapes: { readonly [char: string]: string } = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function goEscape(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => escapes[char] ?? char);
}

function textDocument(text: string): Document {
  const bytes = encodeUtf8(text);
  return { bytes, digest: digestOf(bytes) };
}

/** What describes a document that is a blob. */
export function describe(mediaType: string, { bytes, digest }: Document): Descriptor {
  return { mediaType, size: bytes.length, digest };
}

/** A configuration that cannot be used. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/**
 * The image that a configuration document describes; `sizes` are the bytes on disk of its layers, lowest first. Throws
 * InvalidConfig when it is no JSON or says nothing of layers.
 */
export function imageOf(bytes: ByteString, sizes: readonly number[], repoDigests: readonly string[] = []): Image {
  const json = parseObject(bytes);
  const diffIds = strings(object(json.rootfs).diff_ids);
  const chain = chainIds(diffIds);
  if (json.rootfs === undefined) throw new InvalidConfig('invalid image JSON, no RootFS key');
  const author = text(json.author);
  const comment = text(json.comment);
  return {
    id: digestOf(bytes),
    created: text(json.created),
    architecture: text(json.architecture),
    os: text(json.os),
    config: readConfig(object(json.config)),
    layers: diffIds.map((diffId, i) => ({ diffId, chainId: chain[i] ?? diffId, size: sizes[i] ?? 0 })),
    history: array(json.history).map((row) => readHistory(object(row))),
    repoDigests,
    ...(author === '' ? {} : { author }),
    ...(comment === '' ? {} : { comment }),
  };
}

interface JsonObject {
  readonly [key: string]: Json | undefined;
}

function parseObject(bytes: ByteString): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes));
  } catch {
    throw new InvalidConfig('invalid JSON');
  }
  return object(value as Json);
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function array(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function strings(value: Json | undefined): readonly string[] {
  return array(value).filter((item) => typeof item === 'string');
}

function readConfig(json: JsonObject): ImageConfig {
  const list = (key: string) => (Array.isArray(json[key]) ? strings(json[key]) : null);
  const onBuild = list('OnBuild');
  const shell = list('Shell');
  const healthcheck = json.Healthcheck;
  const labels = Object.entries(object(json.Labels)).map(([key, value]) => [key, text(value)]);
  return {
    Env: strings(json.Env),
    Cmd: list('Cmd'),
    Entrypoint: list('Entrypoint'),
    WorkingDir: text(json.WorkingDir),
    User: text(json.User),
    Labels: Object.fromEntries(labels),
    ExposedPorts: Object.keys(object(json.ExposedPorts)),
    Volumes: Object.keys(object(json.Volumes)),
    ...(text(json.StopSignal) === '' ? {} : { StopSignal: text(json.StopSignal) }),
    ...(json.ArgsEscaped === true ? { ArgsEscaped: true } : {}),
    ...(healthcheck ? { Healthcheck: healthcheck } : {}),
    ...(onBuild && onBuild.length > 0 ? { OnBuild: onBuild } : {}),
    ...(shell ? { Shell: shell } : {}),
  };
}

function readHistory(json: JsonObject): HistoryEntry {
  const author = text(json.author);
  return {
    created: text(json.created),
    createdBy: text(json.created_by),
    comment: text(json.comment),
    emptyLayer: json.empty_layer === true,
    ...(author === '' ? {} : { author }),
  };
}
