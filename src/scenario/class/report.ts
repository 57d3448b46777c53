import type { Language } from '../../explain/language.ts';
import { columns, pad, printable } from '../../explain/width.ts';
import { lessonTexts } from '../texts/texts.ts';
import { noCount, type ProgressFile, type ScenarioProgress, type StepCount } from './progress-file.ts';

/** A learner's file, and whether somebody has changed it. */
export interface Handed {
  readonly file: ProgressFile;
  readonly changed: boolean;
}

/** Where a learner is: the scenario that was worked on last. */
interface Place {
  readonly scenario: string;
  readonly progress: ScenarioProgress;
}

/** A table of who is where, and which steps hold people up; lines without ends. */
export function reportLines(handed: readonly Handed[], lang: Language): readonly string[] {
  const { report } = lessonTexts(lang);
  const rows = [...handed].sort((a, b) => (a.file.name < b.file.name ? -1 : 1)).map((each) => learnerRow(each, lang));
  const lines = table([report.learnerTitles, ...rows]);
  const held = heldUp(handed.map(({ file }) => file));
  if (held.length === 0) return lines;
  return [...lines, '', report.heldUp, ...table([report.stepTitles, ...held])];
}

function learnerRow({ file, changed }: Handed, lang: Language): readonly string[] {
  const { report } = lessonTexts(lang);
  const name = `${printable(file.name)}${changed ? ' (!)' : ''}`;
  const all = Object.entries(file.scenarios);
  const complete = all.filter(([, { done, of }]) => done >= of).length;
  const place = placeOf(file);
  if (!place) return [name, `${complete}`, report.nowhere, '-', '-', '-'];
  const { scenario, progress } = place;
  const { done, of } = progress;
  const now = progress.steps[done] ?? noCount;
  const where = done >= of ? `${scenario} ${report.complete}` : `${scenario} ${done + 1}/${of}`;
  const hints = all.flatMap(([, { steps }]) => steps).reduce((sum, step) => sum + step.hints, 0);
  const attempts = done >= of ? '-' : `${now.lines}`;
  const hardest = hardestOf(file);
  return [name, `${complete}`, where, attempts, `${hints}`, hardest === undefined ? '-' : hardest];
}

/** The step that has cost somebody most. */
function hardestOf({ scenarios }: ProgressFile): string | undefined {
  const steps = Object.entries(scenarios).flatMap(([name, { steps: counts }]) =>
    counts.map((count, i) => ({ where: `${name} ${i + 1}`, effort: effortOf(count) })),
  );
  const most = steps.reduce((a, b) => (b.effort > a.effort ? b : a), { where: '', effort: 2 });
  return most.where === '' ? undefined : most.where;
}

/** Hints and being shown weigh more than another try. */
function effortOf({ lines, checks, hints, solved }: StepCount): number {
  return lines + checks + 3 * hints + 6 * solved;
}

function placeOf({ scenarios }: ProgressFile): Place | undefined {
  const all = Object.entries(scenarios).map(([scenario, progress]) => ({ scenario, progress }));
  const open = all.filter(({ progress }) => progress.done < progress.of);
  return (open.length > 0 ? open : all).sort((a, b) => b.progress.at - a.progress.at)[0];
}

/** The steps at which people are or that cost them most, the worst first: learners there now, tries and hints per learner. */
function heldUp(files: readonly ProgressFile[]): readonly (readonly string[])[] {
  const steps = new Map<string, { now: number; people: number; lines: number; hints: number; effort: number }>();
  for (const file of files) {
    const place = placeOf(file);
    for (const [name, { done, of, steps: counts }] of Object.entries(file.scenarios)) {
      for (const [i, count] of counts.entries()) {
        const key = `${name} ${i + 1}/${of}`;
        const sum = steps.get(key) ?? { now: 0, people: 0, lines: 0, hints: 0, effort: 0 };
        if (place?.scenario === name && done === i) sum.now += 1;
        sum.people += 1;
        sum.lines += count.lines;
        sum.hints += count.hints;
        sum.effort += effortOf(count);
        steps.set(key, sum);
      }
    }
  }
  const mean = (sum: number, people: number) => (sum / people).toFixed(1);
  return [...steps]
    .filter(([, { effort, people }]) => effort / people > 2)
    .sort(([, a], [, b]) => b.effort / b.people - a.effort / a.people || b.now - a.now)
    .slice(0, 8)
    .map(([key, { now, people, lines, hints }]) => [key, `${now}`, mean(lines, people), mean(hints, people)]);
}

/** A row for each step of each learner, for a spreadsheet (RFC 4180). */
export function reportCsv(handed: readonly Handed[]): string {
  const head = ['name', 'changed', 'scenario', 'step', 'of', 'state', 'lines', 'checks', 'hints', 'solved', 'last'];
  const rows = handed.flatMap(({ file, changed }) =>
    Object.entries(file.scenarios).flatMap(([scenario, { at, done, of, steps }]) =>
      Array.from({ length: of }, (_, i) => {
        const { lines, checks, hints, solved } = steps[i] ?? noCount;
        const state = i < done ? 'done' : i === done ? 'now' : 'open';
        const last = new Date(at * 1000).toISOString().slice(0, 19);
        const counts = [lines, checks, hints, solved].map(String);
        return [file.name, changed ? 'yes' : 'no', scenario, `${i + 1}`, `${of}`, state, ...counts, last];
      }),
    ),
  );
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for a formula is made a text. */
function field(text: string): string {
  const plain = printable(text).replace(/^[=+\-@]/, "'$&");
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => columns(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
