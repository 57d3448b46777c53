import { type Id, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { clearTimer, setTimer } from '../../kernel/process.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { randomHex } from '../../kernel/world.ts';
import { hexOf } from '../../oci/digest.ts';
import type { Image } from '../../oci/image.ts';
import { familiarName, familiarReference, formatReference, nameOf, type Reference } from '../../oci/reference.ts';
import { hasBlob, withBlob, withManifest } from '../../registry/registry.ts';
import { hubId, registryIn, setRegistry } from '../../registry/store.ts';
import type { ApiRequest } from '../api.ts';
import { EngineError } from '../errors.ts';
import type { TimedMessage } from '../images/download.ts';
import { isDigestReference, repositoryOf } from '../images/references.ts';
import { setReference } from '../images/store.ts';
import { parsed } from '../lookup.ts';
import { closeProgress, openProgress, sendProgress } from '../progress.ts';
import { engine, engineState, serviceName } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { blobsFor, manifestFor, withBlobs } from './layers.ts';
import { locate } from './locate.ts';
import { noteSources, sourcesOf } from './sources.ts';
import { unavailable } from './trouble.ts';
import { preparing, retries, type UploadLayer, uploads } from './upload.ts';

/** Images on their way to a registry, as the engine's state has them. */
export interface Push {
  readonly id: Id;
  readonly stream: Id;
  readonly run: Id;
  readonly registry: Id;
  /** Full references with tags: the first one is on its way. */
  readonly wanted: readonly string[];
  /** The registry does not let this user write to the repository. */
  readonly denied: boolean;
  /** It does not answer: it is asked a few times more. */
  readonly down?: true;
  readonly since: Us;
  readonly layers: readonly UploadLayer[];
  readonly sent: number;
}

/** The time that the first question to a registry takes, and the answer that it is not allowed. */
const askTime: Us = 0.2 * second;

/**
 * POST /images/NAME/push: sends an image (one `tag`, or all tags of the repository) to the registry in its name. Answers
 * with a stream of progress; whatever goes wrong is its last message, as with the real engine.
 */
export function pushImage(
  m: Machine,
  name: string,
  client: number,
  { tag = '' }: { readonly [key: string]: string },
  auth: ApiRequest['auth'],
): ServiceAnswer {
  const { domain, path } = parsed(name);
  const repository: Reference = { domain, path };
  const id = randomHex(m, 16);
  const { id: stream, answer } = openProgress(m, client, `push:${id}`);
  sendProgress(m, stream, { status: `The push refers to repository [${nameOf(repository)}]` });
  try {
    const wanted = localTags(m, repository, tag);
    const registry = locate(m, domain);
    const denied = registry === hubId && !(auth && path.startsWith(`${auth.username.toLowerCase()}/`));
    const down = registryIn(m, registry).trouble?.state === 'down' ? ({ down: true } as const) : {};
    begin(m, { id, stream, run: m.run ?? '', registry, wanted, denied, ...down, since: 0, layers: [], sent: 0 });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    closeProgress(m, stream, error.message);
  }
  return answer;
}

/** The next message of a push is due, or it is through. */
export function pushTimer(m: Machine, id: Id): void {
  const push = engineState(m).pushes?.[id];
  if (!push) return;
  m.run = push.run === '' ? undefined : push.run;
  goOn(m, push);
  m.run = undefined;
}

/** The client has gone: the push is given up. */
export function pushMoved(m: Machine, id: Id, event: 'room' | 'gone'): void {
  if (event === 'room') return;
  drop(m, id);
  clearTimer(m, serviceName, `push:${id}`);
}

/** The references that are to be pushed. Throws EngineError with the words of the real engine when there are none. */
function localTags(m: Machine, repository: Reference, tag: string): readonly string[] {
  const full = nameOf(repository);
  const own = Object.keys(engineState(m).tags).filter((reference) => repositoryOf(reference) === full);
  if (own.length === 0) {
    const text = `An image does not exist locally with the tag: ${familiarName(repository)}`;
    throw new EngineError('no-such-image', 404, text);
  }
  if (tag === '') return own.filter((reference) => !isDigestReference(reference)).sort();
  const wanted = `${full}:${tag}`;
  if (own.includes(wanted)) return [wanted];
  throw new EngineError('no-such-image', 404, `tag does not exist: ${familiarReference({ ...repository, tag })}`);
}

function begin(m: Machine, push: Push): void {
  const reference = parsed(push.wanted[0] ?? '');
  const image = imageFor(m, reference);
  if (!image) throw new EngineError('no-such-image', 404, `tag does not exist: ${familiarReference(reference)}`);
  const since = m.world.now + askTime;
  keep(m, { ...push, layers: uploadsOf(m, push, reference, image), since, sent: 0 });
  setTimer(m, serviceName, `push:${push.id}`, since);
}

function imageFor(m: Machine, reference: Reference): Image | undefined {
  const { images, tags } = engineState(m);
  const image = images[tags[formatReference(reference)] ?? ''];
  return image && withBlobs(m, image);
}

/** Each layer once, the highest first, with what the registry says of it. */
function uploadsOf(m: Machine, { registry }: Push, { domain, path }: Reference, image: Image): readonly UploadLayer[] {
  const contents = registryIn(m, registry);
  const seen = new Set<Id>();
  return image.layers.toReversed().flatMap(({ diffId, size, blob }): UploadLayer[] => {
    if (seen.has(diffId)) return [];
    seen.add(diffId);
    const layer = { id: hexOf(diffId).slice(0, 12), size: blob?.size ?? 0, archive: size };
    const digest = blob?.digest ?? '';
    if (hasBlob(contents, path, digest)) return [{ ...layer, state: 'exists' }];
    const from = sourcesOf(m, diffId)
      .filter((source) => source.startsWith(`${domain}/`))
      .map((source) => source.slice(domain.length + 1))
      // of Docker Hub's own repositories it is known that they have what came from them
      .find((source) => source !== path && (hasBlob(contents, source, digest) || registry === hubId));
    return [from === undefined ? { ...layer, state: 'sent' } : { ...layer, state: 'mounted', from }];
  });
}

function goOn(m: Machine, push: Push): void {
  const { messages, duration } = push.down
    ? retries(push.layers)
    : push.denied
      ? { messages: preparing(push.layers), duration: askTime }
      : uploads(push.layers);
  let { sent } = push;
  for (; sent < messages.length && due(push, messages[sent]) <= m.world.now; sent++) {
    sendProgress(m, push.stream, { ...messages[sent]?.message });
  }
  const next = messages[sent] === undefined ? push.since + duration : due(push, messages[sent]);
  if (next > m.world.now) {
    keep(m, { ...push, sent });
    setTimer(m, serviceName, `push:${push.id}`, next);
  } else if (push.down) end(m, push, `received unexpected HTTP status: ${unavailable}`);
  else if (push.denied) end(m, push, 'denied: requested access to the resource is denied');
  else finish(m, push);
}

function due({ since }: Push, message: TimedMessage | undefined): Us {
  return since + (message?.at ?? 0);
}

/** The manifest is sent: only now has the registry the image. Then comes the next tag. */
function finish(m: Machine, push: Push): void {
  const [first = '', ...wanted] = push.wanted;
  const reference = parsed(first);
  const image = imageFor(m, reference);
  if (!image) {
    end(m, push, `tag does not exist: ${familiarReference(reference)}`);
    return;
  }
  const { path, tag = '' } = reference;
  const manifest = manifestFor(image);
  let contents = registryIn(m, push.registry);
  for (const [digest, blob] of blobsFor(m, image)) contents = withBlob(contents, path, digest, blob);
  setRegistry(m, push.registry, withManifest(contents, path, manifest, tag));
  setReference(m, `${nameOf(reference)}@${manifest.digest}`, image.id);
  noteSources(m, reference, image);
  const name = familiarReference(reference);
  noteEvent(m, 'image', 'push', name, { ...image.config.Labels, name: name.replace(/:[^:/]*$/, '') });
  told(m, push, reference, manifest.digest);
  const size = manifest.bytes.length;
  sendProgress(m, push.stream, { status: `${tag}: digest: ${manifest.digest} size: ${size}` });
  sendProgress(m, push.stream, { progressDetail: {}, aux: { Tag: tag, Digest: manifest.digest, Size: size } });
  if (wanted.length === 0) {
    end(m, push);
    return;
  }
  try {
    begin(m, { ...push, wanted });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    end(m, push, error.message);
  }
}

function told(m: Machine, { layers }: Push, reference: Reference, digest: string): void {
  const by = (state: UploadLayer['state']) => layers.filter((layer) => layer.state === state);
  step(m, 'dockerd', 'push-layers', {
    name: familiarReference(reference),
    registry: reference.domain,
    sent: by('sent').length,
    exist: by('exists').length,
    mounted: by('mounted').length,
    bytes: by('sent').reduce((sum, { size }) => sum + size, 0),
  });
  step(m, 'dockerd', 'push-manifest', { name: familiarReference(reference), registry: reference.domain, digest });
}

function end(m: Machine, push: Push, error?: string): void {
  if (error?.startsWith('denied')) {
    const { domain, path } = parsed(push.wanted[0] ?? '');
    step(m, 'dockerd', 'push-denied', { repository: path, registry: domain });
  }
  closeProgress(m, push.stream, error);
  drop(m, push.id);
}

function keep(m: Machine, push: Push): void {
  engine(m).pushes = { ...engineState(m).pushes, [push.id]: push };
}

function drop(m: Machine, id: Id): void {
  const { [id]: _gone, ...others } = engineState(m).pushes ?? {};
  engine(m).pushes = others;
}
