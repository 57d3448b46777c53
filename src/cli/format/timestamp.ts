import type { Us } from '../../kernel/json.ts';
import { ValueError } from '../flags/numbers.ts';
import { parseDuration } from './duration.ts';

/**
 * A moment as `--since` and `--until` take it, as the Engine API wants it: `SECONDS.NANOSECONDS` since 1970. It is a
 * time (RFC 3339 or a part of it, in UTC), seconds since 1970, or how long ago (`10m`). Undefined when it is none.
 */
export function timestamp(text: string, now: Us): string | undefined {
  try {
    return unixTime(BigInt(now) * 1000n - BigInt(Math.round(parseDuration(text) * 1e9)));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  return fromDate(text) ?? (/^-?\d+(\.\d+)?$/.test(text) ? text : undefined);
}

const datePattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d:\d\d)?$/;

function fromDate(text: string): string | undefined {
  const match = datePattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const good =
    new Date(ms).getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!good) return undefined;
  const offset =
    zone === 'Z' ? 0 : Number(`${zone.charAt(0)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  return unixTime(BigInt(ms / 1000 - offset * 60) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')));
}

function unixTime(nanoseconds: bigint): string {
  const second = nanoseconds / 1_000_000_000n;
  return `${second}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}`;
}

/** Seconds since 1970 as Go prints a time in UTC: `2026-11-22 10:19:20 +0000 UTC`. */
export function goTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}

/** A time of the API as Go prints it: `2026-01-02 03:04:05.123 +0000 UTC`. */
export function goMoment(text: string): string {
  return `${text.replace('T', ' ').replace(/Z$/, '')} +0000 UTC`;
}
