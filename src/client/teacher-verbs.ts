import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { printable } from '../explain/width.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Json } from '../kernel/json.ts';
import {
  noCount,
  type ProgressFile,
  readProgress,
  type ScenarioProgress,
  writeProgress,
} from '../scenario/class/progress-file.ts';
import { type Handed, reportCsv, reportLines } from '../scenario/class/report.ts';
import { handout } from '../scenario/handout.ts';
import { lessonTexts } from '../scenario/texts/texts.ts';
import { readLessons } from '../session/lessons.ts';
import { dataHome } from './commands.ts';
import { progressOf } from './lesson-progress.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { say } from './say.ts';
import { openScenario } from './scenario-files.ts';

const largest = 262_144; // bytes of a progress file

/** `drydock progress export [FILE]`: how far somebody is in all scenarios, to hand in; to the standard output without FILE. */
export function exportProgress(
  path: string | undefined,
  name: string | undefined,
  options: Options,
  env: NodeJS.ProcessEnv,
): number {
  const seconds = Math.floor(Date.now() / 1000);
  const scenarios: { [name: string]: ScenarioProgress } = {};
  for (const [key, saved] of Object.entries(readLessons(dataHome(env)))) {
    const progress = progressOf(key, env);
    if (!progress) continue;
    const kept = (typeof saved === 'object' && saved !== null ? saved : {}) as { readonly [key: string]: Json };
    const of = Math.max(progress.step, progress.counts?.length ?? 0, Number.isInteger(kept.of) ? Number(kept.of) : 0);
    const at = Number(kept.at);
    const steps = (progress.counts ?? []).map((count) => ({ ...noCount, ...count }));
    scenarios[key] = { done: progress.step, of, at: Number.isInteger(at) && at > 0 ? at : 0, steps };
  }
  const who = (name ?? env.USER ?? env.USERNAME ?? 'learner').slice(0, 80);
  const file: ProgressFile = { name: who, at: seconds, scenarios };
  const text = writeProgress(file);
  if (path === undefined) {
    print(1, encodeUtf8(text));
    return 0;
  }
  return writeNew(path, text, options);
}

/** `drydock class report FILES… [--csv FILE]`: 1 when a file could not be read. */
export function classReport(paths: readonly string[], csv: string | undefined, options: Options): number {
  const texts = lessonTexts(options.lang).report;
  let status = 0;
  const handed: Handed[] = [];
  for (const path of paths) {
    const file = printable(path);
    const text = textOf(path);
    const read = text === undefined ? ({ fault: 'unreadable' } as const) : readProgress(text);
    if ('fault' in read) {
      say([`drydock: ${texts.fault[read.fault]({ file })}`]);
      status = 1;
      continue;
    }
    if (read.changed) say([`drydock: ${texts.changed({ file })}`]);
    handed.push(read);
  }
  if (handed.length === 0) {
    say([`drydock: ${texts.nobody}`]);
    return 1;
  }
  print(1, encodeUtf8(`${reportLines(handed, options.lang).join('\n')}\n`));
  // the mark is what spreadsheets need to see that the file is UTF-8
  if (csv !== undefined && writeNew(csv, `\ufeff${reportCsv(handed)}`, options) !== 0) return 1;
  return status;
}

/** `drydock scenario handout NAME [-o FILE]`: the lesson as Markdown. */
export function writeHandout(
  name: string,
  flags: { readonly output?: string; readonly solutions?: boolean },
  options: Options,
): number {
  const found = openScenario(name, options);
  if (!found) return 1;
  const text = handout(found.scenario, found.name, { lang: options.lang, solutions: flags.solutions === true });
  if (flags.output !== undefined) return writeNew(flags.output, text, options);
  print(1, encodeUtf8(text));
  return 0;
}

/** Writes a file that is not there yet. */
function writeNew(path: string, text: string, options: Options): number {
  const texts = lessonTexts(options.lang).report;
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch {
    say([`drydock: ${texts.cannotWrite({ file: printable(path) })}`]);
    return 1;
  }
  say([texts.written({ file: printable(path) })]);
  return 0;
}

function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= largest ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
