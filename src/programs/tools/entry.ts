import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Sys, Wake } from '../../kernel/program.ts';
import { bundler, gem } from './bundler.ts';
import { cargo } from './cargo.ts';
import { gradle } from './java/gradle.ts';
import { isJarMode, jarMode } from './java/layers.ts';
import { maven } from './java/maven.ts';
import { fetchTool, wrapperCall } from './java/wrapper.ts';
import { jq } from './jq/jq.ts';
import { jsTool } from './js/tool.ts';
import { make, stepMake } from './make/make.ts';
import { npm, npx } from './npm/npm.ts';
import { corepack, pnpm } from './npm/pnpm.ts';
import { yarn } from './npm/yarn.ts';
import { openssl } from './openssl.ts';
import { composer } from './php/composer.ts';
import { apacheSwitch, pecl, phpExtension } from './php/extensions.ts';
import { pipenv, poetry, pythonTool, uv } from './python/tools.ts';
import { refuse } from './say.ts';
import { goOn } from './sequence.ts';
import { git, settlers } from './system.ts';

type Start = (exec: Exec, sys: Sys) => Next<Json>;

const once =
  (act: (exec: Exec, sys: Sys) => number): Start =>
  (exec, sys) => ({ exit: act(exec, sys) });

const programs: { readonly [name: string]: Start | undefined } = {
  npm: (exec, sys) => ((exec.argv[0] ?? '').endsWith('npx') ? npx(exec, sys) : npm(exec, sys)),
  npx,
  yarn,
  yarnpkg: yarn,
  pnpm,
  pnpx: (exec, sys) => npx(exec, sys),
  corepack,
  'js-tool': jsTool,
  mvn: maven,
  gradle,
  composer,
  uv,
  uvx: (exec, sys) => uv({ ...exec, argv: ['uv', 'run', ...exec.argv.slice(1)] }, sys),
  poetry,
  pipenv,
  'python-tool': pythonTool,
  pecl: once(pecl),
  cargo: once(cargo),
  bundle: once(bundler),
  bundler: once(bundler),
  gem: once(gem),
  git: once(git),
  ...Object.fromEntries(Object.entries(settlers).map(([name, act]) => [name, once(act)])),
};

/** Begins a package manager or build tool by its name. */
export function startTool(name: string, exec: Exec, sys: Sys): Next<Json> {
  const start = Object.hasOwn(programs, name) ? programs[name] : alike(name);
  return start?.(exec, sys) ?? { exit: refuse(sys, name) };
}

/** Programs that go by several names. */
function alike(name: string): Start | undefined {
  if (name.startsWith('docker-php-')) return once(phpExtension);
  // they only move files of settings that are not read here
  if (/^php(?:en|dis)mod$/.test(name)) return once(() => 0);
  return /^a2(?:en|dis)/.test(name) ? once(apacheSwitch) : undefined;
}

/** `jq`, which waits for its input. */
export function startJq(exec: Exec, sys: Sys): Next<Json> {
  return jq.start(exec, sys);
}

/** Goes on with it. */
export function stepJq(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return jq.step(state, wake, sys);
}

/**
 * Begins a build tool when a command line of java is that of its wrapper (gradlew, mvnw) or of the tools in a jar of Spring
 * Boot; undefined when it is none.
 */
export function startWrapper(exec: Exec, sys: Sys): Next<Json> | undefined {
  if (isJarMode(exec.argv)) return { exit: jarMode(exec, sys) };
  const call = wrapperCall(exec.argv);
  if (call === undefined) return undefined;
  if (!fetchTool(exec, sys, call.tool)) return { exit: 1 };
  return startTool(call.tool, { ...exec, argv: [call.tool, ...call.args] }, sys);
}

/** `make`, which runs what a makefile says. */
export function startMake(exec: Exec, sys: Sys): Next<Json> {
  return make(exec, sys);
}

/** Goes on with it. */
export function resumeMake(state: Json, sys: Sys): Next<Json> {
  return stepMake(state, sys);
}

/** `openssl`, which may wait for its input. */
export function startOpenssl(exec: Exec, sys: Sys): Next<Json> {
  return openssl.start(exec, sys);
}

/** Goes on with it. */
export function stepOpenssl(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return openssl.step(state, wake, sys);
}

/** Goes on with one that runs others. */
export function stepTool(state: Json, sys: Sys): Next<Json> {
  return goOn(sys, state);
}
