import { humanSize } from './size.ts';

/** So wide must a terminal be for the bar to be shown. */
const roomForBar = 110;

/** A layer that was loaded, as the client draws it on a terminal: a line of its own, written from the line below. */
export function loadingLine(
  { id, status, current, total }: { id: string; status: string; current: number; total: number },
  columns: number,
): string {
  const bar = columns > roomForBar ? `[${'='.repeat(50)}>]  ` : '';
  const done = `${humanSize(current, 4)}/${humanSize(total, 4)}`;
  return `\n\x1b[1A\x1b[2K\r${id}: ${status}  ${bar}${done}\r\x1b[1B`;
}
