/** A point in time as PostgreSQL shows it: `2026-01-02 03:04:05.678`, without zeros at its end. */
export function timestampOf(us: number, digits = 6): string {
  const whole = new Date(Math.floor(us / 1000)).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(Math.floor(us % 1_000_000))
    .padStart(6, '0')
    .slice(0, digits)
    .replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Reads a date or timestamp; undefined when it is none. The machine's time zone is UTC. */
export function isoTime(text: string, dateOnly: boolean, now: number, zoned: boolean): string | undefined {
  const word = text.trim().toLowerCase();
  const today = timestampOf(now);
  if (word === 'now' || word === 'today')
    return dateOnly ? today.slice(0, 10) : word === 'now' ? today : `${today.slice(0, 10)} 00:00:00`;
  const found = /^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?):(\d\d)(?::(\d\d)(\.\d{1,6})?)?)?(?:Z|[+]00(?::?00)?)?$/.exec(
    text.trim(),
  );
  if (!found) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00', fraction = ''] = found;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = `${hour.padStart(2, '0')}:${minute}:${second}`;
  const made = new Date(`${date}T${time}Z`);
  if (Number.isNaN(made.getTime()) || made.getUTCDate() !== Number(day)) return undefined;
  if (dateOnly) return date;
  const rest = fraction.replace(/\.?0+$/, '');
  return `${date} ${time}${rest}${zoned ? '+00' : ''}`;
}
