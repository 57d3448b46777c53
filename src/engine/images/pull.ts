import { type Id, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { finishJob, setTimer } from '../../kernel/process.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { randomHex } from '../../kernel/world.ts';
import { hexOf } from '../../oci/digest.ts';
import { familiarName, familiarReference, formatReference, nameOf, type Reference } from '../../oci/reference.ts';
import { assemble } from '../../registry/assemble.ts';
import { type CatalogImage, lookUp, type Missing } from '../../registry/catalog.ts';
import type { ProgressMessage } from '../api.ts';
import { EngineError } from '../errors.ts';
import { parsed } from '../lookup.ts';
import { engine, engineState, type Pull, serviceName } from '../state.ts';
import { step } from '../step.ts';
import { downloads } from './download.ts';
import { familiar } from './references.ts';
import { addImage, setReference } from './store.ts';

/** The time that it takes to ask a registry for a manifest. */
const askTime: Us = 0.3 * second;
const platform = 'linux/amd64';

/** POST /images/create: a job that brings an image out of a registry; its answer is what there is to tell of it. */
export function pullImage(m: Machine, client: number, query: { readonly [key: string]: string }): ServiceAnswer {
  const { fromImage = '', tag = '' } = query;
  const reference = wanted(fromImage, tag);
  checkPlatform(query.platform ?? '');
  const catalog = find(reference);
  const { digest: asked, ...named } = reference;
  const digest = asked ?? catalog.digest;
  const name = familiarReference(reference);
  step(m, 'dockerd', 'resolve-image', { name, registry: reference.domain, digest });
  if (catalog.derived) step(m, 'dockerd', 'derived-image', { name, from: catalog.derived.from });
  const { layers, messages, duration } = plan(m, catalog);
  const known = engineState(m).tags[formatReference(reference)] === catalog.configDigest;
  const where = asked === undefined ? (reference.tag ?? '') : formatReference(reference);
  const told: ProgressMessage[] = [
    { status: `Pulling from ${reference.path}`, id: where },
    ...messages,
    { status: `Digest: ${digest}` },
    { status: `Status: ${known ? 'Image is up to date' : 'Downloaded newer image'} for ${name}` },
  ];
  const job = randomHex(m, 16);
  const digestName = `${nameOf(named)}@${digest}`;
  const pull: Pull = {
    client,
    run: m.run ?? '',
    path: reference.path,
    wanted: asked ?? reference.tag ?? '',
    references: asked === undefined ? [formatReference(reference), digestName] : [digestName],
    messages: told as unknown as Pull['messages'],
    layers,
  };
  (m.draft.own(engine(m), 'pulls') as { [id: string]: Pull })[job] = pull;
  setTimer(m, serviceName, `pull:${job}`, m.world.now + askTime + duration);
  return { job };
}

/** All is there: the image is put into the store, if whoever wanted it still waits. */
export function pulled(m: Machine, job: Id): void {
  const pull = engineState(m).pulls[job];
  if (!pull) return;
  delete (m.draft.own(engine(m), 'pulls') as { [id: string]: Pull })[job];
  const process = m.kernel.processes[pull.client];
  if (!process || 'zombie' in process.status) return;
  const found = lookUp(pull.path, pull.wanted, platform);
  if (!found.found) return;
  m.run = pull.run === '' ? undefined : pull.run;
  const { image, trees } = assemble(found.image);
  if (engineState(m).images[image.id]) for (const reference of pull.references) setReference(m, reference, image.id);
  else addImage(m, image, trees, pull.references);
  step(m, 'dockerd', 'fetch-layers', { image: familiar(pull.references[0] ?? ''), ...pull.layers });
  finishJob(m, pull.client, job, { status: 200, body: pull.messages });
  m.run = undefined;
}

function wanted(fromImage: string, tag: string): Reference {
  const separator = tag.includes(':') ? '@' : ':';
  return parsed(tag === '' ? `${fromImage}:latest` : `${fromImage}${separator}${tag}`);
}

function checkPlatform(text: string): void {
  if (text === '' || text === platform || text === 'linux' || text === 'amd64') return;
  throw new EngineError('not-simulated', 501, `drydock: pulling for the platform ${text} is not simulated`);
}

/** The image in the catalog. Throws EngineError with the words of the real engine and of Docker Hub. */
function find(reference: Reference): CatalogImage {
  const { domain, path } = reference;
  if (domain !== 'docker.io') throw unreachable(domain);
  const found = lookUp(path, reference.digest ?? reference.tag ?? '', platform);
  if (found.found) return found.image;
  throw new EngineError('no-such-image', 404, missing(reference, found.missing));
}

function missing(reference: Reference, what: Missing): string {
  if (what === 'repository') {
    return (
      `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login': ` +
      'denied: requested access to the resource is denied'
    );
  }
  if (what === 'platform') return `no matching manifest for ${platform} in the manifest list entries`;
  return `manifest for ${familiarReference(reference)} not found: manifest unknown: manifest unknown`;
}

/** Nothing listens on the host's own ports; other registries are not in this world. */
function unreachable(domain: string): EngineError {
  const [host = '', port = '80'] = domain.split(':');
  if (host === 'localhost' || host.startsWith('127.')) {
    const address = `${host === 'localhost' ? '127.0.0.1' : host}:${port}`;
    const text = `Get "http://${domain}/v2/": dial tcp ${address}: connect: connection refused`;
    return new EngineError('no-registry', 500, text);
  }
  return new EngineError('not-simulated', 501, `drydock: the registry ${domain} is not simulated`);
}

function plan(m: Machine, catalog: CatalogImage) {
  const { image } = assemble(catalog);
  const { images, layers: store } = engineState(m);
  // nothing is told of the layers of an image that is there
  const complete = Object.hasOwn(images, image.id);
  const layers = catalog.layers.map(({ digest, size }, i) => ({
    id: hexOf(digest).slice(0, 12),
    size,
    diskSize: image.layers[i]?.size ?? 0,
    present: complete || Object.hasOwn(store, image.layers[i]?.chainId ?? ''),
  }));
  const missingLayers = layers.filter(({ present }) => !present);
  const sum = (pick: (layer: (typeof layers)[number]) => number) =>
    missingLayers.reduce((total, layer) => total + pick(layer), 0);
  const { messages, duration } = downloads(complete ? [] : layers);
  return {
    messages,
    duration,
    layers: {
      fetched: missingLayers.length,
      present: layers.length - missingLayers.length,
      bytes: sum(({ size }) => size),
      unpacked: sum(({ diskSize }) => diskSize),
    },
  };
}
