import type { LineRange } from './types.ts';

/**
 * The lines of a file around a place, as buildx prints them under an error, and `--check` under a warning: the lines meant
 * are marked. Empty when there is no such place.
 * @param name what the file is called
 * @param places lines that belong together (a multi-line instruction is one place)
 */
export function excerpt(name: string, text: string, places: readonly LineRange[]): string {
  const lines = text.split('\n');
  const first = Math.min(...places.map((place) => place.start));
  if (places.length === 0 || first < 1 || first > lines.length) return '';
  let start = first;
  let end = Math.min(Math.max(...places.map((place) => place.end)), lines.length);
  // one line gets two neighbours on each side, where there are any; more lines get one
  const wanted = end === start ? 4 : 2;
  for (let padded = 0; padded < wanted; padded++) {
    if (start > 1) {
      start--;
      padded++;
    }
    if (end !== lines.length) {
      end++;
      padded++;
    }
  }
  const rule = '--------------------';
  const shown = lines.slice(start - 1, end).map((line, i) => {
    const number = start + i;
    const marked = places.some((place) => place.start <= number && number <= place.end);
    return ` ${String(number).padStart(3)} | ${marked ? '>>>' : '   '} ${line}\n`;
  });
  return `${name}:${first}\n${rule}\n${shown.join('')}${rule}\n`;
}
