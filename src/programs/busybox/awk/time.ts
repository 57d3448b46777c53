import { second } from '../../../kernel/json.ts';
import { formatTime as formatDate } from '../date-format.ts';

/** strftime's text for seconds since 1970, in UTC. */
export function formatTime(format: string, seconds: number): string {
  return formatDate(Math.floor(seconds) * second, format);
}

/** mktime's seconds for `YYYY MM DD HH MM SS`; -1 for anything else. */
export function makeTime(text: string): number {
  const parts = text.trim().split(/\s+/).map(Number);
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN, hour = 0, minute = 0, seconds = 0] = parts;
  const time = Date.UTC(year, month - 1, day, hour, minute, seconds);
  return Number.isNaN(time) || parts.length < 6 ? -1 : time / 1000;
}
