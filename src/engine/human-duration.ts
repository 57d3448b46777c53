import { second, type Us } from '../kernel/json.ts';

/** A span of time as go-units' HumanDuration words it: the engine's Status and the client's tables. */
export function humanDuration(span: Us): string {
  const seconds = Math.trunc(span / second);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(seconds / 3600 / 24 / 365)} years`;
}

/** A point in time as the API gives it: RFC 3339 with nanoseconds, without trailing zeros (Go's time.RFC3339Nano). */
export function apiTime(at: Us | undefined): string {
  if (at === undefined) return '0001-01-01T00:00:00Z';
  const whole = Math.floor(at / second);
  const iso = new Date(whole * 1000).toISOString().slice(0, 19);
  const fraction = String(at - whole * second)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${iso}${fraction === '' ? '' : `.${fraction}`}Z`;
}
