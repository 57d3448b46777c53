import type { Failure } from '../sql/errors.ts';

const most = 60;
const least = 10;

/** An error as psql prints it: with the line of the text and a mark below the place, detail and hint. */
export function showFailure(failure: Failure, text: string): string {
  const lines = [`${failure.severity}:  ${failure.message}`];
  if (failure.at !== undefined) lines.push(...placeLines(text, failure.at));
  if (failure.detail !== undefined) lines.push(`DETAIL:  ${failure.detail}`);
  if (failure.hint !== undefined) lines.push(`HINT:  ${failure.hint}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The line with the place, cut at either side when it is long (60 characters, 10 of them after the place), and its mark. */
function placeLines(text: string, at: number): readonly string[] {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const next = text.indexOf('\n', at);
  const line = text.slice(begin, next < 0 ? undefined : next).replaceAll('\t', ' ');
  const place = at - begin;
  let [from, to] = [0, line.length];
  if (to > most) {
    if (most >= place + least) to = most;
    else {
      to = Math.min(to, place + least);
      from = Math.max(to - most, 0);
    }
  }
  const head = `LINE ${text.slice(0, begin).split('\n').length}: ${from > 0 ? '...' : ''}`;
  const shown = `${head}${line.slice(from, to)}${to < line.length ? '...' : ''}`;
  return [shown, `${' '.repeat(head.length + place - from)}^`];
}
