import type { Us } from '../../kernel/json.ts';
import type { Healthcheck } from '../dockerfile/types.ts';

const escapes: { readonly [char: string]: string } = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

/** A string as Go's `%q` prints it. */
export function quoted(text: string): string {
  const inner = text.replace(/["\\\x00-\x1f\x7f]/g, (char) => {
    return escapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${inner}"`;
}

/** A list of strings as Go's `%q` prints it. */
export function quotedList(words: readonly string[]): string {
  return `[${words.map(quoted).join(' ')}]`;
}

/** A duration as Go prints it: `1m30s`, `1.5s`, `0s`. */
export function durationText(time: Us): string {
  if (time === 0) return '0s';
  if (time < 1000) return `${time}µs`;
  if (time < 1_000_000) return `${time / 1000}ms`;
  const hours = Math.floor(time / 3_600_000_000);
  const minutes = Math.floor(time / 60_000_000) % 60;
  const seconds = (time % 60_000_000) / 1_000_000;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}

/** A health check as `%q` prints the pointer to its structure: the row of the history has it so. */
export function healthWords(health: Healthcheck): string {
  const { test, interval = 0, timeout = 0, startPeriod = 0, startInterval = 0, retries = 0 } = health;
  const times = [interval, timeout, startPeriod, startInterval].map((time) => quoted(durationText(time)));
  const rune =
    retries < 32 || retries === 127 ? `\\x${retries.toString(16).padStart(2, '0')}` : String.fromCodePoint(retries);
  return `&{${quotedList(test)} ${times.join(' ')} '${rune}'}`;
}
