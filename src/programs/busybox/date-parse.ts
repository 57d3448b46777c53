import type { Us } from '../../kernel/json.ts';
import { calendar, daysFromCivil } from './date-format.ts';

/**
 * The dates that busybox's date and touch understand: `@SECONDS`, `[YYYY-]MM-DD hh:mm[:ss]`, `YYYY-MM-DD`, `hh:mm[:ss]`,
 * `[[YY]YY]MMDDhhmm[.ss]`, with a `T` between date and time and a `Z` behind, too. UTC. Undefined: not a date.
 */
export function parseDate(text: string, now: Us): Us | undefined {
  const today = calendar(now);
  const epoch = /^@(-?\d+)(\.\d+)?$/.exec(text);
  if (epoch) return Number(epoch[1]) * 1_000_000 + Math.floor(Number(epoch[2] ?? 0) * 1_000_000);
  const iso = /^(?:(\d{4})[-.])?(\d{1,2})[-.](\d{1,2})(?:[ T-](\d{1,2}):(\d{2})(?::(\d{2}))?)?(?: ?(?:Z|UTC))?$/.exec(
    text,
  );
  if (iso) {
    const [, year = String(today.year), month, day, hour = '0', minute = '0', second = '0'] = iso;
    return point(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  }
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock)
    return point(today.year, today.month + 1, today.day, Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0));
  const digits = /^(?:(\d{2}|\d{4}))?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (digits) {
    const [, short, month, day, hour, minute, second = '0'] = digits;
    const year =
      short === undefined
        ? today.year
        : short.length === 4
          ? Number(short)
          : Number(short) + (Number(short) < 69 ? 2000 : 1900);
    return point(year, Number(month), Number(day), Number(hour), Number(minute), Number(second));
  }
  return undefined;
}

function point(year: number, month: number, day: number, hour: number, minute: number, second: number): Us | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  return (daysFromCivil(year, month - 1, day) * 86400 + hour * 3600 + minute * 60 + second) * 1_000_000;
}
