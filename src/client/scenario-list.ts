import type { Style } from '../explain/layout.ts';
import { pad, printable, wrap } from '../explain/width.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import { lessonTexts } from '../scenario/texts/texts.ts';
import { progressOf } from './lesson-progress.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { type Found, openScenario, ownScenarios } from './scenario-files.ts';
import { style } from './style.ts';
import { terminalFds, terminalSize } from './terminal.ts';

/** `drydock scenario list`: what there is, and how far one is. */
export async function listScenarios(options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const width = terminalFds().includes(1) ? Math.max(20, terminalSize().cols) : 80;
  const lines = scenarioLines({ width, style: await style(options, 1) }, options, env);
  print(1, encodeUtf8(`${lines.join('\n')}\n`));
  return 0;
}

/** The lesson to go on with: the first one behind this in the course that is not complete; undefined for a lesson of one's own. */
export function nextInCourse(name: string, options: Options, env: NodeJS.ProcessEnv): string | undefined {
  if (!ownScenarios().includes(name)) return undefined;
  const found = course(options);
  const here = found.findIndex((each) => each.name === name);
  const open = found
    .slice(here + 1)
    .find((each) => (progressOf(each.name, env)?.step ?? 0) < each.scenario.steps.length);
  return open?.name;
}

/** The lessons that come with drydock, by their place in the course. */
function course(options: Options): readonly Found[] {
  const found = ownScenarios().flatMap((name) => openScenario(name, options) ?? []);
  return found.sort((a, b) => (a.scenario.place ?? 1000) - (b.scenario.place ?? 1000));
}

/** The same in lines: by place in the course, each with its length and how far one is. `width`: columns. */
export function scenarioLines(
  { width, style: { bold } }: { readonly width: number; readonly style: Style },
  options: Options,
  env: NodeJS.ProcessEnv,
): readonly string[] {
  const texts = lessonTexts(options.lang);
  const found = course(options);
  const column = Math.max(0, ...found.map(({ name }) => name.length)) + 2;
  // beside the name, or below it where there is little room
  const beside = width >= column + 40;
  const indent = beside ? column : 2;
  const fitting = (text: string) => wrap(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`);
  const rows = found.flatMap(({ name, scenario: { title, level, minutes, steps } }) => {
    const progress = progressOf(name, env);
    const reached =
      progress && progress.step < steps.length ? { step: progress.step + 1, of: steps.length } : undefined;
    const state = progress ? (reached ? texts.reached(reached) : texts.finished) : texts.notBegun;
    const facts = `${texts.levels[level]} · ${texts.duration({ minutes })} · ${state}`;
    const [first = '', ...about] = [
      ...fitting(printable(title[options.lang])),
      ...fitting(options.plain ? facts.replaceAll('·', '-') : facts),
    ];
    return beside ? [bold(pad(name, column)) + first.slice(column), ...about] : [bold(name), first, ...about];
  });
  return [...rows, '', ...wrap(texts.listHelp, width)];
}
