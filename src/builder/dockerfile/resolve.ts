import { quoteGo } from '../../kernel/go/quote.ts';
import { InvalidReference, parseReference, type Reference, withDefaultTag } from '../../oci/reference.ts';
import { formatPlatform, InvalidPlatform, type Platform, parsePlatform } from '../platform.ts';
import { DockerfileError, located } from './errors.ts';
import { type Expansion, expandWord } from './expand/word.ts';
import { checkStages } from './lint/commands.ts';
import { type Linter, noLinter } from './lint/linter.ts';
import { rules } from './lint/rules.ts';
import { suggest } from './suggest.ts';
import type { Dockerfile, EscapeToken, Stage } from './types.ts';

/** What a build gives to the Dockerfile from outside. */
export interface BuildParameters {
  /** `--build-arg` */
  readonly buildArgs: { readonly [name: string]: string };
  /** `--target`; empty: the last stage. */
  readonly target: string;
  readonly buildPlatform: Platform;
  readonly targetPlatform: Platform;
}

/** A stage whose FROM has its variables filled in. */
export interface ResolvedStage {
  readonly stage: Stage;
  /** An image, an earlier stage or `scratch`. */
  readonly base: string;
  readonly platform?: Platform;
}

export interface Resolved {
  /** ARGs before the first FROM and the platform's, with their values. */
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly stages: readonly ResolvedStage[];
}

/**
 * Fills in the variables of the FROM lines, and runs the rules that look at stages and their bases.
 * @throws DockerfileError at the FROM or ARG that is wrong
 */
export function resolveStages(dockerfile: Dockerfile, given: BuildParameters, linter: Linter = noLinter): Resolved {
  checkStages(linter, dockerfile);
  checkDefaults(linter, dockerfile, predefinedArgs(dockerfile, given));
  const globalArgs = globalArguments(dockerfile, given);
  return { globalArgs, stages: resolveBases(dockerfile, globalArgs, given.buildPlatform, linter) };
}

/** The values that FROM sees, and ARGs in stages take on. Throws DockerfileError at the ARG that is wrong. */
function globalArguments(dockerfile: Dockerfile, given: BuildParameters): ReadonlyMap<string, string> {
  const values = new Map(predefinedArgs(dockerfile, given));
  addGlobals(values, dockerfile, given.buildArgs);
  return values;
}

/** The stages with `globalArgs` filled in. Throws DockerfileError at the FROM that is wrong. */
function resolveBases(
  dockerfile: Dockerfile,
  globalArgs: ReadonlyMap<string, string>,
  host: Platform,
  linter: Linter = noLinter,
): readonly ResolvedStage[] {
  const declared = new Set(dockerfile.globalArgs.flatMap(({ args }) => args.map(({ key }) => key)));
  const from = { globalArgs, declared, linter, escape: dockerfile.escape, host };
  return dockerfile.stages.map((stage) => resolveStage(stage, from));
}

/** `BUILDPLATFORM`, `TARGETARCH`, … and `TARGETSTAGE`; a --build-arg of such a name takes its place. */
function predefinedArgs({ stages }: Dockerfile, given: BuildParameters): ReadonlyMap<string, string> {
  const { buildArgs, buildPlatform: build, targetPlatform: target } = given;
  const args: readonly [string, string][] = [
    ['BUILDPLATFORM', formatPlatform({ os: build.os, architecture: build.architecture, ...variantOf(build) })],
    ['BUILDOS', build.os],
    ['BUILDOSVERSION', build.osVersion ?? ''],
    ['BUILDARCH', build.architecture],
    ['BUILDVARIANT', build.variant ?? ''],
    ['TARGETPLATFORM', formatPlatform(target)],
    ['TARGETOS', target.os],
    ['TARGETOSVERSION', target.osVersion ?? ''],
    ['TARGETARCH', target.architecture],
    ['TARGETVARIANT', target.variant ?? ''],
    ['TARGETSTAGE', given.target || stages.at(-1)?.stageName || 'default'],
  ];
  return new Map(args.map(([name, value]) => [name, Object.hasOwn(buildArgs, name) ? (buildArgs[name] ?? '') : value]));
}

function variantOf({ variant }: Platform): { variant?: string } {
  return variant === undefined ? {} : { variant };
}

/** Adds the ARGs before the first FROM to `values`. */
function addGlobals(
  values: Map<string, string>,
  { globalArgs, escape: token }: Dockerfile,
  given: { readonly [name: string]: string },
): void {
  for (const { args, range } of globalArgs) {
    for (const { key, value } of args) {
      const set = Object.hasOwn(given, key)
        ? given[key]
        : value === undefined
          ? undefined
          : located(range, () => expandWord(value, (name) => values.get(name), { escape: token }).text);
      if (set !== undefined) values.set(key, set);
    }
  }
}

/** Would the bases be names of images if no build argument were given? */
function checkDefaults(linter: Linter, dockerfile: Dockerfile, predefined: ReadonlyMap<string, string>): void {
  try {
    const values = new Map(predefined);
    addGlobals(values, dockerfile, {});
    for (const { base, range } of dockerfile.stages) {
      const { text } = expandWord(base, (name) => values.get(name), { escape: dockerfile.escape });
      if (isReference(text)) continue;
      const message = `Default value for ARG ${base} results in empty or invalid base image name`;
      linter.report(rules.invalidDefault, range, message);
    }
  } catch (error) {
    // what cannot be expanded is an error soon, and no warning
    if (!(error instanceof DockerfileError)) throw error;
  }
}

/** The image that a stage stands on (when its base is neither a stage nor `scratch`). Throws DockerfileError. */
export function baseReference({ base, stage }: Pick<ResolvedStage, 'base' | 'stage'>): Reference {
  try {
    return withDefaultTag(parseReference(base));
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new DockerfileError('base', `failed to parse stage name ${quoteGo(base)}: ${error.message}`, [stage.range]);
  }
}

/**
 * What `COPY --from` means: the number of a stage, or undefined for an image. Throws DockerfileError, without places: so
 * BuildKit reports it.
 */
export function copySource(from: string, stages: readonly Stage[], escapeToken: EscapeToken): number | undefined {
  if (expandWord(from, () => undefined, { escape: escapeToken }).text !== from) {
    const instead = 'define a new stage with FROM using ARG from global scope as a workaround';
    throw new DockerfileError('expansion', `variable expansion is not supported for --from, ${instead}`);
  }
  if (!/^[+-]?[0-9]+$/.test(from)) {
    const named = stages.findLastIndex((stage) => stage.stageName === from.toLowerCase());
    return named < 0 ? undefined : named;
  }
  const number = Number(from);
  if (number >= 0 && number < stages.length) return number;
  throw new DockerfileError('unknown-stage', `invalid stage index ${number}`);
}

/** Numbers of the stages that a target (its name, or empty for the last one) needs, itself included; none if there is none. */
export function neededStages(
  stages: readonly ResolvedStage[],
  target: string,
  escapeToken: EscapeToken,
): ReadonlySet<number> {
  const written = stages.map(({ stage }) => stage);
  const named = (name: string, before = stages.length) =>
    written.slice(0, before).findLastIndex((stage) => stage.stageName === name);
  const needed = new Set([target === '' ? stages.length - 1 : named(target.toLowerCase())]);
  for (const number of needed) {
    const { stage, base } = stages[number] ?? {};
    if (base !== undefined) needed.add(named(base, number));
    for (const each of stage?.instructions ?? []) {
      if (each.kind === 'copy' && each.from) needed.add(copySource(each.from, written, escapeToken) ?? -1);
      if (each.kind === 'run') for (const { from = '' } of each.mounts) needed.add(named(from.toLowerCase()));
    }
  }
  needed.delete(-1);
  return needed;
}

function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof InvalidReference) return false;
    throw error;
  }
}

interface FromScope {
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly declared: ReadonlySet<string>;
  readonly linter: Linter;
  readonly escape: EscapeToken;
  readonly host: Platform;
}

function resolveStage(stage: Stage, from: FromScope): ResolvedStage {
  const { text: base } = expandFrom(stage, stage.base, from, '');
  if (base === '') {
    throw new DockerfileError('base', `base name (${stage.base}) should not be blank`, [stage.range]);
  }
  const platform = stage.platform === undefined ? {} : { platform: platformOf(stage, stage.platform, from) };
  return { stage, base, ...platform };
}

/** Expands a word of FROM, and reports the variables that nobody has declared. */
function expandFrom({ range }: Stage, word: string, from: FromScope, before: string): Expansion {
  const missing = new Set<string>();
  const lookUp = (name: string) => {
    const value = from.globalArgs.get(name);
    if (value === undefined && !from.declared.has(name)) missing.add(name);
    return value;
  };
  try {
    return located(range, () => expandWord(word, lookUp, { escape: from.escape }), before);
  } finally {
    const names = [...from.declared, ...from.globalArgs.keys()];
    for (const name of missing) {
      const meant = suggest(name, names);
      const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      from.linter.report(rules.undefinedInFrom, range, `FROM argument '${name}' is not declared${hint}`);
    }
  }
}

/** The base image is of another platform than the one asked for. */
export function checkBasePlatform(
  linter: Linter,
  { stage }: ResolvedStage,
  expected: Platform,
  actual: Platform,
): void {
  if (expected.os === actual.os && expected.architecture === actual.architecture) return;
  const [wanted, found] = [formatPlatform(expected), formatPlatform(actual)].map((platform) => quoteGo(platform));
  const message = `Base image ${stage.base} was pulled with platform ${found}, expected ${wanted} for current build`;
  linter.report(rules.basePlatform, stage.range, message);
}

function platformOf(stage: Stage, written: string, from: FromScope): Platform {
  const { range, stageName = '' } = stage;
  const { linter, globalArgs, host } = from;
  const { text, used, missing } = expandFrom(stage, written, from, 'failed to process arguments for platform : ');
  const [only] = used;
  if (used.size === 1 && missing.size === 0 && only === 'TARGETPLATFORM' && text === globalArgs.get(only)) {
    const message = `Setting platform to predefined ${written} in FROM is redundant as this is the default behavior`;
    linter.report(rules.redundantPlatform, range, message);
  }
  const isConstant = used.size === 0 && missing.size === 0;
  const meant = [...missing].map((name) => suggest(name, [...globalArgs.keys()])).find((name) => name !== undefined);
  if (text === '') {
    // the constant check passes over what is no platform
    throw new DockerfileError('platform', `empty platform value from expression ${written}`, [range], meant);
  }
  try {
    const platform = parsePlatform(text, host);
    if (isConstant && !stageName.includes(platform.os) && !stageName.includes(platform.architecture)) {
      const message = `FROM --platform flag should not use constant value ${quoteGo(text)}`;
      linter.report(rules.constantPlatform, range, message);
    }
    return platform;
  } catch (error) {
    if (!(error instanceof InvalidPlatform)) throw error;
    const problem = `failed to parse platform ${written}: ${error.message}`;
    throw new DockerfileError('platform', problem, [range, range], meant);
  }
}
