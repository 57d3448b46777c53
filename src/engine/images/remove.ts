import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { findImage, fullReference } from '../lookup.ts';
import { type Container, engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { familiar, isDigestReference, referencesOf, repositoryOf } from './references.ts';
import { dropImage, dropReference } from './store.ts';

/** One line of what a removal did. */
export type Removed = { readonly Untagged: string } | { readonly Deleted: Id };

/**
 * DELETE /images/ID: the name that was given, and with the image's last name the image and its free layers. Refusals
 * as recorded in transcripts 01 and 14. `force` lets stopped containers keep what they need, and takes all names.
 */
export function removeImage(m: Machine, reference: string, query: { readonly [key: string]: string }): ApiResponse {
  const { force = '', platforms } = query;
  const image = findImage(m, reference);
  if (platforms !== undefined) {
    throw new EngineError('not-simulated', 501, 'drydock: removing one platform of an image is not simulated');
  }
  const byId = image.id.startsWith(reference) || image.id.slice(7).startsWith(reference);
  const removed = byId ? removeById(m, image, force === '1') : removeByName(m, image, reference, force === '1');
  const gone = !Object.hasOwn(engineState(m).images, image.id);
  const parents = gone && query.noprune !== '1' ? removeParents(m, image) : [];
  return { status: 200, body: [...removed, ...parents] };
}

/** The images that a removed one was made from go too, as far as nothing else needs them. */
export function removeParents(m: Machine, { parent = '' }: Image): readonly Removed[] {
  const image = engineState(m).images[parent];
  if (!image || referencesOf(m, parent).length > 0 || refusal(m, image, false)) return [];
  return [...remove(m, image), ...removeParents(m, image)];
}

function removeByName(m: Machine, image: Image, reference: string, force: boolean): readonly Removed[] {
  const user = usersOf(m, image)[0];
  if (user && !force && isOneName(referencesOf(m, image.id))) {
    throw conflict(
      `unable to remove repository reference "${reference}" (must force) - container ${short(user.id)} is using its ` +
        `referenced image ${short(image.id)}`,
    );
  }
  const name = fullReference(reference);
  const removed: Removed[] = [untag(m, name)];
  const left = referencesOf(m, image.id);
  const same = left.filter((other) => repositoryOf(other) === repositoryOf(name));
  // with a repository's last tag go its digests
  if (!isDigestReference(name) && same.every(isDigestReference)) removed.push(...same.map((other) => untag(m, other)));
  if (referencesOf(m, image.id).length > 0) return removed;
  if (refusal(m, image, force)) return removed;
  return [...removed, ...remove(m, image)];
}

function removeById(m: Machine, image: Image, force: boolean): readonly Removed[] {
  const names = referencesOf(m, image.id);
  const single = isOneName(names);
  const why = refusal(m, image, force) ?? (names.length > 0 && !single && !force ? severalNames : undefined);
  if (why) {
    throw conflict(
      `unable to delete ${short(image.id)} (${why.hard ? 'cannot be forced' : 'must be forced'}) - ${why.text}`,
    );
  }
  return remove(m, image);
}

interface Refusal {
  readonly hard: boolean;
  readonly text: string;
}

const severalNames: Refusal = { hard: false, text: 'image is referenced in multiple repositories' };

/** Why the image itself has to stay: a container that runs always keeps it, a stopped one unless it is forced. */
function refusal(m: Machine, image: Image, force: boolean): Refusal | undefined {
  if (hasChildren(m, image)) return { hard: true, text: 'image has dependent child images' };
  const users = usersOf(m, image);
  const running = users.find(({ id }) => Object.hasOwn(engineState(m).tasks, id));
  if (running) return { hard: true, text: `image is being used by running container ${short(running.id)}` };
  const [stopped] = users;
  if (!stopped || force) return undefined;
  return { hard: false, text: `image is being used by stopped container ${short(stopped.id)}` };
}

/** Were other images committed from this one? */
export function hasChildren(m: Machine, { id }: Image): boolean {
  return Object.values(engineState(m).images).some(({ parent }) => parent === id);
}

/** Containers of an image, the newest first. */
export function usersOf(m: Machine, image: Image): readonly Container[] {
  return Object.values(engineState(m).containers)
    .filter((container) => container.image === image.id)
    .sort((a, b) => b.created - a.created);
}

/** Takes an image with all its names and free layers; tells what went. */
export function remove(m: Machine, image: Image): readonly Removed[] {
  const untagged = referencesOf(m, image.id).map((name) => untag(m, name));
  const layers = dropImage(m, image);
  noteEvent(m, 'image', 'delete', image.id, { name: image.id });
  step(m, 'dockerd', 'remove-image', {
    image: image.id,
    removed: layers.length,
    shared: image.layers.length - layers.length,
  });
  return [...untagged, { Deleted: image.id }, ...layers.map((Deleted) => ({ Deleted }))];
}

/** Takes all names of an image away; it stays for the images that were made from it. */
export function untagAll(m: Machine, image: Image): readonly Removed[] {
  return referencesOf(m, image.id).map((name) => untag(m, name));
}

function untag(m: Machine, name: string): Removed {
  const { [name]: image = '' } = engineState(m).tags;
  dropReference(m, name);
  noteEvent(m, 'image', 'untag', image, { name: image });
  step(m, 'dockerd', 'untag', { name: familiar(name) });
  return { Untagged: familiar(name) };
}

/** Is there one tag at most, and are all digests of its repository? */
function isOneName(names: readonly string[]): boolean {
  const tags = names.filter((name) => !isDigestReference(name));
  const repositories = new Set(names.map(repositoryOf));
  return tags.length <= 1 && repositories.size <= 1;
}

function short(id: Id): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

function conflict(text: string): EngineError {
  return new EngineError('image-conflict', 409, `conflict: ${text}`);
}
