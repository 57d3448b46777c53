import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { printable } from '../explain/width.ts';
import { readScenario, type Scenario } from '../scenario/schema/scenario.ts';
import { lessonTexts } from '../scenario/texts/texts.ts';
import type { Options } from './options.ts';
import { packedFiles, packedFolder, packedText } from './packed-files.ts';
import { say } from './say.ts';

const fileName = 'scenario.yaml';
const longest = 1_048_576; // bytes that are read at all

/** A scenario and what it is called. */
export interface Found {
  readonly name: string;
  readonly path: string;
  readonly scenario: Scenario;
}

/** The folder that comes with drydock, beside that of the command (bin) or of its sources (src). */
export function scenarioFolder(): string {
  if (packedFiles()) return packedFolder;
  return join(dirname(realpathSync(process.argv[1] ?? '')), '..', 'scenarios');
}

/** The names of the scenarios that come with drydock. */
export function ownScenarios(): readonly string[] {
  const packed = packedFiles();
  if (packed)
    return Object.keys(packed)
      .flatMap((path) => /^([^/]+)\/scenario\.yaml$/.exec(path)?.[1] ?? [])
      .sort();
  const folder = scenarioFolder();
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(join(folder, each.name, fileName)))
    .map(({ name }) => name)
    .sort();
}

/** Where the file of a scenario is: one that comes with drydock, a folder of the user's, or a file. */
export function scenarioPath(name: string): string | undefined {
  if (ownScenarios().includes(name)) return join(scenarioFolder(), name, fileName);
  try {
    const path = resolve(name);
    const file = statSync(path).isDirectory() ? join(path, fileName) : path;
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a scenario file; undefined, and said, when it cannot be read. */
export function scenarioText(path: string, options: Options): string | undefined {
  const packed = packedText(path);
  if (packed !== undefined) return packed;
  try {
    if (statSync(path).size <= longest) return readFileSync(path, 'utf8');
  } catch {
    // said below
  }
  say([`drydock: ${lessonTexts(options.lang).noFile({ path: printable(path) })}`]);
  return undefined;
}

/** Reads a scenario; undefined, and what is wrong was said, when there is none or it has faults. */
export function openScenario(name: string, options: Options): Found | undefined {
  const path = scenarioPath(name);
  if (path === undefined) {
    say([`drydock: ${lessonTexts(options.lang).unknown({ name: printable(name), names: ownScenarios() })}`]);
    return undefined;
  }
  const text = scenarioText(path, options);
  if (text === undefined) return undefined;
  const { scenario, faults } = readScenario(text);
  if (scenario) return { name: lessonName(path), path, scenario };
  say(faultLines(path, faults, options));
  return undefined;
}

/** One line for each fault, as compilers print them. */
export function faultLines(
  path: string,
  faults: ReturnType<typeof readScenario>['faults'],
  options: Options,
): readonly string[] {
  const lines = faults.map(
    ({ line, column, says }) => `${printable(path)}:${line}:${column}: ${printable(says[options.lang])}`,
  );
  return [...lines, lessonTexts(options.lang).faults({ count: faults.length })];
}

/** The folder's name, as far as a session can be called so. */
function lessonName(path: string): string {
  const name = basename(path) === fileName ? basename(dirname(path)) : basename(path).replace(/\.[^.]*$/, '');
  return (
    name
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'own'
  );
}
