// The worlds of a whole class, each after a whole lesson, in one process: how much memory they take.
import { readFileSync } from 'node:fs';
import { firstHost } from '../../src/client/first-host.ts';
import { firstWorld, hostPrograms } from '../../src/client/first-world.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { installedSoftware } from '../../src/client/software.ts';
import type { World } from '../../src/kernel/state.ts';
import { readScenario } from '../../src/scenario/schema/scenario.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { startingWorld } from '../../src/scenario/start.ts';

const sessions = 100;
const mostMegabytes = 1024;
const lessons = ['cache-and-order', 'volumes', 'networks', 'multi-stage', 'deploy'];

const software = installedSoftware();
const options = { host: firstHost, env: simulatedEnv([], {}), programs: hostPrograms() };
const scenarios = lessons.map((name) => {
  const { scenario } = readScenario(
    readFileSync(new URL(`../../scenarios/${name}/scenario.yaml`, import.meta.url), 'utf8'),
  );
  if (!scenario) throw new Error(name);
  return scenario;
});

/** A world after all steps of a lesson. */
function after(number: number): World {
  const scenario = scenarios[number % scenarios.length];
  if (!scenario) throw new Error(`${number}`);
  const fresh = firstWorld(software, 1_767_323_045_000_000 + number, `class-${number}`);
  const stage = new Stage(startingWorld(scenario, fresh, software, options), software, options);
  for (const command of scenario.steps.flatMap(({ solution }) => solution)) stage.line(command);
  stage.close();
  return stage.world;
}

const began = performance.now();
const worlds = Array.from({ length: sessions }, (_, i) => after(i));
const seconds = (performance.now() - began) / 1000;
globalThis.gc?.();
const megabytes = process.memoryUsage().rss / 1_000_000;
const containers = worlds.filter((world) => Object.keys(world.hosts).length > 0).length;
console.log(
  `${containers} sessions, each after a whole lesson, in one process: ${Math.round(megabytes)} MB (at most ${mostMegabytes}), ` +
    `${seconds.toFixed(1)} s`,
);
if (megabytes > mostMegabytes) process.exitCode = 1;
