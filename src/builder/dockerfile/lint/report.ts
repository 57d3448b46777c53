import type { DockerfileError } from '../errors.ts';
import { excerpt } from '../excerpt.ts';
import type { LineRange, LintWarning } from '../types.ts';

/** A file as excerpts name and show it. */
export interface ShownFile {
  readonly name: string;
  readonly text: string;
}

/** A warning in one line, as a build tells it: `JSONArgsRecommended: … (line 2)`. */
export function warningLine({ rule, message, range }: LintWarning): string {
  return `${rule}: ${message} (line ${range.start})`;
}

/** What `docker build --check` prints on its two outputs; its exit status is 1 unless there was nothing to say. */
export function checkReport(
  file: ShownFile,
  warnings: readonly LintWarning[],
  error: DockerfileError | undefined,
): { stdout: string; stderr: string; status: 0 | 1 } {
  const sorted = warnings.toSorted((a, b) => a.range.start - b.range.start);
  const shown = sorted.map((warning) => warningText(file, warning)).join('');
  const said = warnings.length > 0 || !error ? `${headline(warnings.length)}\n${shown}` : '';
  const status = said === `${headline(0)}\n` ? 0 : 1;
  if (!error) return { stdout: said, stderr: '', status };
  const where = excerpt(file.name, file.text, merged(error.places));
  return { stdout: said === '' ? '' : `${said}\n`, stderr: `ERROR: ${error.message}\n${where}\n`, status: 1 };
}

function headline(count: number): string {
  if (count === 0) return 'Check complete, no warnings found.';
  return `Check complete, ${count} ${count === 1 ? 'warning has' : 'warnings have'} been found!`;
}

function warningText(file: ShownFile, { rule, url, message, range }: LintWarning): string {
  const page = url === '' ? '' : ` - ${url}`;
  return `\nWARNING: ${rule}${page}\n${message}\n${excerpt(file.name, file.text, [range])}`;
}

/** Places that overlap are one. */
function merged(places: readonly LineRange[]): LineRange[] {
  const out: LineRange[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && place.start <= last.end)
      out[out.length - 1] = { start: last.start, end: Math.max(last.end, place.end) };
    else out.push(place);
  }
  return out;
}
