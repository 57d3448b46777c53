import type { ByteString } from '../../../kernel/bytes.ts';
import type { Platform } from '../../platform.ts';
import { DockerfileError, located } from '../errors.ts';
import type { Features } from '../instructions/features.ts';
import { parseDockerfile, parseTrigger } from '../parse.ts';
import {
  type BuildParameters,
  baseReference,
  checkBasePlatform,
  copySource,
  neededStages,
  type ResolvedStage,
  resolveStages,
} from '../resolve.ts';
import { readDirective } from '../syntax.ts';
import type { Dockerfile, Instruction, LintWarning, Variables } from '../types.ts';
import { validateInstruction } from '../validate.ts';
import { checkInstruction, checksOn, declareAndCheck, expandAndCheck, type StageChecks } from './instructions.ts';
import { createLinter, type Linter, parseLintOptions } from './linter.ts';

/** What the rules have to know of an image that a stage stands on. */
export interface BaseFacts {
  readonly env: Variables;
  readonly shellSet: boolean;
  /** ONBUILD triggers. */
  readonly onbuild: readonly string[];
  /** What it was made for; undefined when nothing is known of the image. */
  readonly platform?: Platform;
}

/** What the rules have to know besides the Dockerfile. */
export interface CheckOptions {
  readonly parameters: BuildParameters;
  readonly features: Features;
  /** The image of that name; throws a DockerfileError when it cannot be had. */
  readonly baseOf: (name: string, stage: ResolvedStage) => BaseFacts;
  /** Is a path of the build context left out by .dockerignore? */
  readonly isIgnored: (path: string) => boolean;
  /** Look at all stages when there is no target, as `--check` does; else only at those that the target needs. */
  readonly everyStage: boolean;
}

/** What `docker build --check` finds, and the error that ended it, if one did. Never throws a DockerfileError. */
export function checkDockerfile(
  source: ByteString,
  options: CheckOptions,
): { warnings: readonly LintWarning[]; error?: DockerfileError } {
  let linter: Linter | undefined;
  try {
    if (source === '') throw new DockerfileError('empty', 'the Dockerfile cannot be empty');
    linter = linterOf(source, options.parameters.buildArgs);
    const dockerfile = parseDockerfile(source, options.features, linter);
    const { stages, globalArgs } = resolveStages(dockerfile, options.parameters, linter);
    checkFromFlags(dockerfile);
    checkWanted(dockerfile, stages, globalArgs, linter, options);
    const failure = linter.failure();
    if (failure) throw failure;
    return { warnings: linter.warnings };
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    return { warnings: linter?.warnings ?? [], error };
  }
}

/** A linter as the `check` directive of a file wants it, or the build argument that takes its place. */
export function linterOf(source: ByteString, buildArgs: { readonly [name: string]: string }): Linter {
  // the directive's value ends at its first blank
  const [directive = ''] = (readDirective(source, 'check')?.value ?? '').split(' ', 1);
  const name = 'BUILDKIT_DOCKERFILE_CHECK';
  return createLinter(parseLintOptions(Object.hasOwn(buildArgs, name) ? (buildArgs[name] ?? '') : directive));
}

interface StageWalk {
  readonly checks: StageChecks;
  readonly env: Map<string, string>;
  /** Triggers first. */
  readonly instructions: readonly Instruction[];
  shellSet: boolean;
}

function checkFromFlags({ stages, escape: token }: Dockerfile): void {
  for (const { instructions } of stages) {
    for (const each of instructions) if (each.kind === 'copy' && each.from) copySource(each.from, stages, token);
  }
}

function checkWanted(
  dockerfile: Dockerfile,
  stages: readonly ResolvedStage[],
  globalArgs: ReadonlyMap<string, string>,
  linter: Linter,
  options: CheckOptions,
): void {
  const { target } = options.parameters;
  const all = options.everyStage && target === '';
  const wanted = all ? undefined : neededStages(stages, target, dockerfile.escape);
  const done = new Map<string, StageWalk>();
  const names = new Set<string>(['scratch']);
  const bases = stages.map((resolved, i) => {
    const isImage = !names.has(resolved.base);
    if (resolved.stage.stageName !== undefined) names.add(resolved.stage.stageName);
    if (!isImage || wanted?.has(i) === false) return undefined;
    baseReference(resolved);
    const facts = fromLine(() => options.baseOf(resolved.base, resolved), resolved);
    if (facts.platform) {
      const expected = resolved.platform ?? options.parameters.targetPlatform;
      checkBasePlatform(linter, resolved, expected, facts.platform);
    }
    return facts;
  });
  for (const [i, resolved] of stages.entries()) {
    if (wanted?.has(i) === false) continue;
    const walk = beginWalk(resolved, bases[i], done.get(resolved.base), linter, options.features);
    for (const written of walk.instructions) checkOne(walk, written, dockerfile, globalArgs, options);
    if (resolved.stage.stageName !== undefined) done.set(resolved.stage.stageName, walk);
  }
}

/** What goes wrong with a stage's base is told of its FROM. */
function fromLine(look: () => BaseFacts, { stage }: ResolvedStage): BaseFacts {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof DockerfileError) || error.places.length > 0) throw error;
    throw new DockerfileError(error.code, error.message, [stage.range]);
  }
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function beginWalk(
  { stage }: ResolvedStage,
  base: BaseFacts | undefined,
  below: StageWalk | undefined,
  linter: Linter,
  features: Features,
): StageWalk {
  const env = new Map(below ? below.env : Object.entries(base?.env ?? {}));
  if (!env.has('PATH')) env.set('PATH', defaultPath);
  const triggers = base?.onbuild ?? [];
  const inherited = below?.instructions.filter((each) => each.kind === 'onbuild') ?? [];
  const triggered = [...triggers, ...inherited.map((each) => each.expression)];
  return {
    checks: checksOn(linter, below?.checks),
    env,
    instructions: [...triggered.map((each) => parseTrigger(each, stage.range, features)), ...stage.instructions],
    shellSet: below?.shellSet ?? base?.shellSet ?? false,
  };
}

function checkOne(
  walk: StageWalk,
  written: Instruction,
  dockerfile: Dockerfile,
  global: ReadonlyMap<string, string>,
  options: CheckOptions,
): void {
  const { checks, env } = walk;
  const token = dockerfile.escape;
  if (written.kind === 'arg') {
    const sources = { given: options.parameters.buildArgs, global, variables: env };
    for (const arg of written.args) {
      const value = located(written.range, () => declareAndCheck(checks, written, arg, sources, token));
      if (value !== undefined) env.set(arg.key, value);
    }
    return;
  }
  const instruction = expandAndCheck(checks, written, env, token);
  const around = { shellSet: walk.shellSet, isIgnored: options.isIgnored };
  located(written.range, () => {
    checkInstruction(checks, instruction, around);
    validateInstruction(instruction);
  });
  if (instruction.kind === 'env') for (const { key, value } of instruction.pairs) env.set(key, value);
  if (instruction.kind === 'shell') walk.shellSet = true;
}
