import { freeOnDisk } from '../../kernel/fs/capacity.ts';
import { type Id, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { clearTimer, setTimer } from '../../kernel/process.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { randomHex } from '../../kernel/world.ts';
import { hexOf } from '../../oci/digest.ts';
import { familiarName, familiarReference, formatReference, nameOf, type Reference } from '../../oci/reference.ts';
import type { ApiRequest, ProgressMessage } from '../api.ts';
import { EngineError } from '../errors.ts';
import { parsed } from '../lookup.ts';
import { closeProgress, openProgress, sendProgress } from '../progress.ts';
import { locateToRead } from '../registry/locate.ts';
import { type RemoteImage, remoteImage, remoteTags } from '../registry/remote.ts';
import { noteSources } from '../registry/sources.ts';
import { countPull } from '../registry/trouble.ts';
import { engine, engineState, serviceName } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { downloads, type TimedMessage, type WantedLayer } from './download.ts';
import { wantedPlatform } from './platform.ts';
import { familiar } from './references.ts';
import { type Shortage, shortage } from './shortage.ts';
import { addImage, setReference } from './store.ts';

/** The time that it takes to ask a registry for a manifest. */
const askTime: Us = 0.3 * second;

/** Images on their way from a registry, as the engine's state has them. */
export interface Pull {
  readonly id: Id;
  /** The stream to the client, and the run that it belongs to. */
  readonly stream: Id;
  readonly run: Id;
  /** The registry's id, and what is asked of it, full references: the first one is on its way, others come after it. */
  readonly registry: Id;
  readonly wanted: readonly string[];
  /** How the last line calls it, and whether something was new. */
  readonly name: string;
  readonly updated: boolean;
  /** When the layers began to come, what they are, and how many of the messages about them were sent. */
  readonly since: Us;
  readonly layers: readonly WantedLayer[];
  readonly sent: number;
  /** What the tag meant when it was asked for. */
  readonly digest: Id;
  /** For which platform, when that is not the engine's own. */
  readonly platform?: string;
  /** The disk will be full after that time since the layers began to come: what is said then. */
  readonly full?: Shortage;
}

/**
 * POST /images/create: brings an image (`fromImage` with `tag`, which may be a digest), or without a tag all of a
 * repository, out of a registry. Answers with a stream of progress; what the registry does not have is told before it.
 */
export function pullImage(
  m: Machine,
  client: number,
  query: { readonly [key: string]: string },
  auth?: ApiRequest['auth'],
): ServiceAnswer {
  const { fromImage = '', tag = '' } = query;
  const platform = wantedPlatform(query.platform ?? '');
  const name = parsed(fromImage);
  if (familiarName(name) === 'scratch') throw new EngineError('bad-parameter', 400, "'scratch' is a reserved name");
  const registry = locateToRead(m, name.domain);
  countPull(m, registry, auth);
  const wanted =
    tag === '' ? remoteTags(m, registry, name).map((each) => ({ ...name, tag: each })) : [withTag(name, tag)];
  const [first] = wanted;
  if (!first) throw new EngineError('no-such-image', 404, `no tags in ${familiarName(name)}`);
  const image = remoteImage(m, registry, first, platform); // throws before anything is sent
  const id = randomHex(m, 16);
  const { id: stream, answer } = openProgress(m, client, `pull:${id}`);
  const pull: Pull = {
    id,
    stream,
    run: m.run ?? '',
    registry,
    wanted: wanted.map(formatReference),
    name: tag === '' ? familiarName(name) : familiarReference(first),
    updated: false,
    since: 0,
    layers: [],
    sent: 0,
    digest: '',
    ...(platform === undefined ? {} : { platform }),
  };
  begin(m, pull, first, image);
  return answer;
}

/** An engine that has images already pulls on: the next message is due, or the image is there. */
export function pullTimer(m: Machine, id: Id): void {
  const pull = engineState(m).pulls[id];
  if (!pull) return;
  m.run = pull.run === '' ? undefined : pull.run;
  goOn(m, pull);
  m.run = undefined;
}

/** The client has gone: the pull is given up. */
export function pullMoved(m: Machine, id: Id, event: 'room' | 'gone'): void {
  if (event === 'room') return;
  drop(m, id);
  clearTimer(m, serviceName, `pull:${id}`);
}

function begin(m: Machine, pull: Pull, reference: Reference, image: RemoteImage): void {
  const name = familiarReference(reference);
  step(m, 'dockerd', 'resolve-image', { name, registry: reference.domain, digest: image.digest });
  if (image.derivedFrom !== undefined) step(m, 'dockerd', 'derived-image', { name, from: image.derivedFrom });
  const layers = wantedLayers(m, image);
  const since = m.world.now + askTime;
  const { full: _, ...rest } = pull;
  const full = freeOnDisk(m) === undefined ? undefined : shortage(m, layers, image);
  keep(m, { ...rest, since, layers, sent: 0, digest: image.digest, ...(full ? { full } : {}) });
  setTimer(m, serviceName, `pull:${pull.id}`, since);
}

/** Sends what is due; then sleeps until the next message, ends the image, or the whole pull. */
function goOn(m: Machine, pull: Pull): void {
  const [current = ''] = pull.wanted;
  const reference = parsed(current);
  const messages = messagesOf(pull, reference);
  let { sent } = pull;
  for (; sent < messages.length && pull.since + (messages[sent]?.at ?? 0) <= m.world.now; sent++) {
    sendProgress(m, pull.stream, { ...messages[sent]?.message });
  }
  const next = messages[sent];
  if (next) {
    keep(m, { ...pull, sent });
    setTimer(m, serviceName, `pull:${pull.id}`, pull.since + next.at);
  } else if (pull.full) {
    closeProgress(m, pull.stream, pull.full.error);
    drop(m, pull.id);
  } else arrived(m, pull, reference);
}

/** All that is told of one image, from the first line to its digest. */
function messagesOf({ layers, digest, full }: Pull, reference: Reference): readonly TimedMessage[] {
  const where = reference.digest === undefined ? (reference.tag ?? '') : formatReference(reference);
  const { messages, duration } = downloads(layers);
  const first: ProgressMessage = { status: `Pulling from ${reference.path}`, id: where };
  if (full) return [{ at: 0, message: first }, ...messages.filter(({ at }) => at <= full.at)];
  return [{ at: 0, message: first }, ...messages, { at: duration, message: { status: `Digest: ${digest}` } }];
}

/** The image is put into the store; then comes the next one, or the end. */
function arrived(m: Machine, pull: Pull, reference: Reference): void {
  const { domain, path } = reference;
  try {
    const now = remoteImage(m, pull.registry, reference, pull.platform);
    // somebody may have pushed another one under this tag meanwhile
    const same = now.digest === pull.digest;
    const image = same ? now : remoteImage(m, pull.registry, { domain, path, digest: pull.digest }, pull.platform);
    const updated = store(m, pull, reference, image) || pull.updated;
    const [, ...wanted] = pull.wanted;
    const [next] = wanted;
    if (next !== undefined) {
      begin(m, { ...pull, wanted, updated }, parsed(next), remoteImage(m, pull.registry, parsed(next), pull.platform));
      return;
    }
    const status = `Status: ${updated ? 'Downloaded newer image' : 'Image is up to date'} for ${pull.name}`;
    sendProgress(m, pull.stream, { status });
    closeProgress(m, pull.stream);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    closeProgress(m, pull.stream, error.message);
  }
  drop(m, pull.id);
}

/** Puts an image and its names in place; tells whether the tag meant another image before. */
function store(m: Machine, { layers }: Pull, reference: Reference, remote: RemoteImage): boolean {
  const { tag: _tag, digest: asked, ...name } = reference;
  const digestName = `${nameOf(name)}@${remote.digest}`;
  const references = asked === undefined ? [formatReference(reference), digestName] : [digestName];
  const { images, tags } = engineState(m);
  const { image } = remote;
  const known = tags[references[0] ?? ''] === image.id;
  if (images[image.id]) for (const each of references) setReference(m, each, image.id);
  else addImage(m, image, remote.trees(), references);
  noteSources(m, reference, image);
  const pulled = familiar(references[0] ?? '');
  noteEvent(m, 'image', 'pull', pulled, { ...image.config.Labels, name: pulled.replace(/[:@][^/]*$/, '') });
  const missing = layers.filter(({ present }) => !present);
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  step(m, 'dockerd', 'fetch-layers', {
    image: pulled,
    fetched: missing.length,
    present: image.layers.length - missing.length,
    bytes: sum(missing.map(({ size }) => size)),
    unpacked: sum(missing.map(({ diskSize }) => diskSize)),
  });
  return !known;
}

/** The layers that something is told of: none of an image that is there already. */
function wantedLayers(m: Machine, { image, blobs }: RemoteImage): readonly WantedLayer[] {
  const { images, layers: store } = engineState(m);
  if (Object.hasOwn(images, image.id)) return [];
  return blobs.map(({ digest, size }, i) => ({
    id: hexOf(digest).slice(0, 12),
    size,
    diskSize: image.layers[i]?.size ?? 0,
    present: Object.hasOwn(store, image.layers[i]?.chainId ?? ''),
  }));
}

function withTag(name: Reference, tag: string): Reference {
  return parsed(`${nameOf(name)}${tag.includes(':') ? '@' : ':'}${tag}`);
}

function keep(m: Machine, pull: Pull): void {
  (m.draft.own(engine(m), 'pulls') as { [id: string]: Pull })[pull.id] = pull;
}

function drop(m: Machine, id: Id): void {
  if (engineState(m).pulls[id]) delete (m.draft.own(engine(m), 'pulls') as { [id: string]: Pull })[id];
}
