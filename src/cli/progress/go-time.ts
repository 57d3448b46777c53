/** Seconds between two moments of RFC 3339 with up to nanoseconds. */
export function secondsBetween(from: string, to: string): number {
  return (nanos(to) - nanos(from)) / 1e9;
}

/** Nanoseconds of the day-independent part are enough to compare moments of one build. */
function nanos(text: string): number {
  const [, whole = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return (Date.parse(`${whole}Z`) % 1e10) * 1e6 + Number(fraction.padEnd(9, '0').slice(0, 9));
}

/** Seconds of a log line, as BuildKit prints them: 0.123, 12.35, 123.5. */
export function logSeconds(seconds: number): string {
  return seconds.toFixed(seconds < 10 ? 3 : seconds < 100 ? 2 : 1);
}
