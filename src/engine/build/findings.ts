import { DockerfileError } from '../../builder/dockerfile/errors.ts';
import { builtInFeatures, type Features, featuresOf } from '../../builder/dockerfile/instructions/features.ts';
import { type BaseFacts, checkDockerfile } from '../../builder/dockerfile/lint/check.ts';
import type { BuildParameters } from '../../builder/dockerfile/resolve.ts';
import { detectSyntax } from '../../builder/dockerfile/syntax.ts';
import type { LintWarning } from '../../builder/dockerfile/types.ts';
import { splitPair } from '../../builder/graph/stage-state.ts';
import { contextName } from '../../builder/graph/stages.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { imageOfBase, resolveBase } from './bases.ts';
import { matcherOf, readIgnore } from './context/ignore.ts';
import { namedContexts } from './files-of.ts';
import type { BuildJob } from './state.ts';

/** The platform that is built on, and for. */
export const platform = { os: 'linux', architecture: 'amd64' } as const;

/** What a build gives to its Dockerfile from outside. */
export function parametersOf({ request: { buildArgs, target = '' } }: BuildJob): BuildParameters {
  return { buildArgs, target, buildPlatform: platform, targetPlatform: platform };
}

/** What the frontend that the Dockerfile asks for can do; undefined: another frontend, which is not here. */
export function frontendOf({ dockerfile = '' }: BuildJob): {
  readonly image: string;
  readonly features: Features | undefined;
} {
  const syntax = detectSyntax(dockerfile);
  if (!syntax) return { image: '', features: builtInFeatures };
  return { image: syntax.image, features: featuresOf(syntax.image) };
}

const noFacts: BaseFacts = { env: {}, shellSet: false, onbuild: [] };

/** What the linter says of a build's Dockerfile; and the error that ended it. A build looks at the stages that it needs. */
export function findings(
  m: Machine,
  job: BuildJob,
): { readonly warnings: readonly LintWarning[]; readonly error?: DockerfileError } {
  return checkDockerfile(job.dockerfile ?? '', {
    parameters: parametersOf(job),
    features: frontendOf(job).features ?? builtInFeatures,
    baseOf: (name) => factsOf(m, job, name),
    isIgnored: ignoredIn(m, job),
    everyStage: job.request.check && job.request.target === undefined,
  });
}

function factsOf(m: Machine, job: BuildJob, name: string): BaseFacts {
  const context = namedContexts(job).find((each) => each.name === contextName(name));
  if (context && context.image === undefined) return noFacts;
  try {
    const found = resolveBase(m, context?.image ?? name, job.request.pull);
    if ('message' in found) {
      if (job.request.check) throw new DockerfileError('base', context ? found.message : `${name}: ${found.message}`);
      return noFacts;
    }
    const { config, os, architecture } = imageOfBase(m, found);
    return {
      env: Object.fromEntries(config.Env.map(splitPair)),
      shellSet: config.Shell !== undefined,
      onbuild: config.OnBuild ?? [],
      platform: { os, architecture },
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return noFacts;
  }
}

function ignoredIn(m: Machine, job: BuildJob): (path: string) => boolean {
  try {
    const matcher = matcherOf(readIgnore(m, job).rules);
    return (path) => matcher.ignores(path);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return () => false;
  }
}
