import type { MissReason } from '../../engine/build/actions.ts';
import { bytes, commandLine, plural, shortId } from '../quantities.ts';
import type { BuildBriefs, BuildTexts } from './build-texts.ts';

function listed(files: readonly string[], more: number): string {
  return `${files.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Why a step was not in the cache, as part of a sentence. */
export function reason(why: MissReason): string {
  switch (why.why) {
    case 'new':
      return 'nothing like it was built on these files before';
    case 'no-cache':
      return 'the cache was not to be used (--no-cache)';
    case 'parent':
      return `${why.parent} was done anew, and everything after it stands on its result`;
    case 'base':
      return `the base image is another one now (${why.from})`;
    case 'instruction':
      return `the instruction is another one; the last time it was ${why.before}`;
    case 'argument':
      return `the build argument ${variable(why.name, why.before, why.now)}`;
    case 'environment':
      return `the environment variable ${variable(why.name, why.before, why.now)}`;
    case 'user':
      return `the user was ${why.before || 'root'} and is ${why.now || 'root'}`;
    case 'workdir':
      return `the working directory was ${why.before} and is ${why.now}`;
    case 'settings':
      return 'it reads the same, but what an earlier instruction (ARG, ENV, SHELL, ...) or an option of the build set for it has changed';
    case 'files':
      return changedFiles(why);
  }
}

function variable(name: string, before: string | null, now: string | null): string {
  if (before === null) return `${name}=${JSON.stringify(now)} is new`;
  if (now === null) return `${name}=${JSON.stringify(before)} is gone`;
  return `${name} was ${JSON.stringify(before)} and is ${JSON.stringify(now)}`;
}

function changedFiles({ files, modes = [], more }: Extract<MissReason, { readonly why: 'files' }>): string {
  if (files.length === 0) return 'its files have changed';
  const shown = files.map((file) => (modes.includes(file) ? `${file} (only its mode)` : file));
  return `changed since the last time: ${listed(shown, more)}`;
}

/** What the builder does, in full sentences. */
export const buildSentences: BuildTexts = {
  'build-plan': (d) =>
    `BuildKit turns ${d.dockerfile} into a graph: ${plural(d.steps, 'step')} for ${d.target === '' ? 'the image' : `the stage ${d.target}`}, from ${plural(d.stages, 'stage')}.${d.skipped.length > 0 ? ` Not needed, so not built: ${d.skipped.join(', ')}.` : ''} Steps that do not stand on each other run at the same time.`,
  'build-context': (d) =>
    `The builder reads the build context from the client: ${plural(d.files, 'entry', 'entries')}, of which ${d.changed.length === 0 ? 'none is new' : `these are new or changed: ${listed(d.changed, d.more)}`}. What .dockerignore names was never sent. ${bytes(d.bytes)} went over the line.`,
  'cache-import': (d) =>
    d.steps === 0
      ? `BuildKit looks at ${d.image} (--cache-from) and finds nothing in it that could be used. Only an image that was built with --cache-to type=inline (or --build-arg BUILDKIT_INLINE_CACHE=1) tells which steps made its layers.`
      : `BuildKit looks at ${d.image} (--cache-from): the image's configuration tells of ${plural(d.steps, 'step')} that made its layers. A step that is the same on the same files is taken from there, even if this machine has never done it; its layer is fetched from the registry unless it is here already.`,
  'build-hit': (d) =>
    `HIT: ${d.step} comes from the cache. The same instruction was done on the same ground with the same files before, so its layer is taken as it is (used ${plural(d.uses, 'time')} before).`,
  'build-miss': (d) => `MISS: ${d.step} has to be done, because ${reason(d.reason)}.`,
  'build-layer': (d) =>
    `What ${d.step} has changed becomes a layer of its own: ${plural(d.files, 'file')}, ${bytes(d.bytes)}. Its name is the digest of its archive, ${shortId(d.layer)}….`,
  'build-run': (d) =>
    `RUN is a container too: process ${d.pid} of the host runs ${commandLine(d.argv)} on the layers so far, in namespaces of its own; docker ps does not list it. When it ends, only its files stay.`,
  'build-export': (d) =>
    `The image is its configuration and the list of its ${plural(d.layers, 'layer')} (${d.added} from this Dockerfile); its id, ${shortId(d.image)}…, is the digest of that configuration.${d.names.length > 0 ? ` ${d.names.join(', ')} now ${d.names.length === 1 ? 'points' : 'point'} to it.` : ' Nothing points to it yet: without -t an image has no name.'}`,
  'build-failed': (d) =>
    `The build ends here: ${d.message}. Steps that were finished before, if any, stay in the cache.`,
  'build-prune': (d) =>
    `The builder forgets ${plural(d.removed, 'result')} (${bytes(d.bytes)} free again). Images stay; the next build has to do those steps anew.`,
};

/** The same in a few words. */
export const buildBriefs: BuildBriefs = {
  ...buildSentences,
  'build-plan': (d) =>
    `${d.dockerfile} is a graph of ${plural(d.steps, 'step')}${d.skipped.length > 0 ? `; not needed: ${d.skipped.join(', ')}` : ''}`,
  'build-context': (d) =>
    `${plural(d.files, 'entry', 'entries')} of the build context${d.changed.length === 0 ? ', nothing new' : `; new or changed: ${listed(d.changed, d.more)}`}`,
  'cache-import': (d) =>
    `--cache-from ${d.image}: ${d.steps === 0 ? 'no inline cache in it' : `${plural(d.steps, 'step')} to reuse`}`,
  'build-miss': (d) => `MISS ${d.step}: ${reason(d.reason)}`,
  'build-export': (d) =>
    `image ${shortId(d.image)}: ${plural(d.layers, 'layer')}, ${d.added} of them from this Dockerfile${d.names.length > 0 ? '' : '; without -t it has no name'}`,
  'build-failed': (d) => `the build ends here: ${d.message}; steps that were finished stay in the cache`,
  'build-prune': (d) => `${plural(d.removed, 'cached result')} removed, ${bytes(d.bytes)} free again; images stay`,
  hits: (steps) => `HIT ${steps.join(', ')}: from the cache`,
  followers: (steps) => `MISS ${steps.join(', ')}: an earlier step was done anew, and these stand on it`,
};
