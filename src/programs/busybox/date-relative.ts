import type { Us } from '../../kernel/json.ts';
import { calendar, daysFromCivil } from './date-format.ts';
import { parseDate } from './date-parse.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const seconds: { readonly [unit: string]: number } = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
};

/**
 * A time as GNU date understands it besides the forms of `parseDate`: `6 May 2024`, `jan 2 3pm`, `yesterday 10:00`,
 * `2024-01-31 +1 month`, `2 days ago`, `next monday`. UTC. Undefined: not a date.
 */
export function parseGnuDate(text: string, now: Us): Us | undefined {
  const plain = parseDate(text, now);
  if (plain !== undefined) return plain;
  let rest = ` ${text.toLowerCase().replace(/,/g, ' ')} `;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found) rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    return found;
  };
  const today = calendar(now);
  let [year, month, day] = [today.year, today.month, today.day];
  let clock: number | undefined;
  let dated = false;
  const iso = take(/ (\d{4})-(\d{1,2})-(\d{1,2})(?=[ t])/);
  if (iso) {
    [year, month, day] = [Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])];
    rest = rest.replace(/ t(?=\d)/, ' ');
    dated = true;
  }
  const time = take(/ (\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([ap])m)?(?= |z)/);
  const short = time ? null : take(/ (\d{1,2}) ?([ap])m(?= )/);
  if (time) clock = hours(time[1], time[4]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0);
  else if (short) clock = hours(short[1], short[2]) * 3600;
  take(/ (?:utc|gmt|z|\+00:?00)(?= )/);
  const named = take(
    new RegExp(` (?:(\\d{1,2})[ -])?(${months.join('|')})[a-z]*(?:[ -](\\d{1,2})(?!\\d|:))?(?:[ -](\\d{4}))?(?= )`),
  );
  if (named && (named[1] ?? named[3]) !== undefined) {
    [year, month, day] = [Number(named[4] ?? year), months.indexOf(named[2] ?? ''), Number(named[1] ?? named[3])];
    dated = true;
  }
  let shift = 0;
  for (;;) {
    const item = take(
      / (?:([-+]?) ?(\d+) ?|(next|last|this) )(sec(?:ond)?|min(?:ute)?|hour|day|week|fortnight|month|year)s?( ago)?(?= )/,
    );
    if (!item) break;
    const count = item[3] === 'next' ? 1 : item[3] === 'last' ? -1 : item[3] === 'this' ? 0 : Number(item[2]);
    const by = count * (item[1] === '-' ? -1 : 1) * (item[5] === undefined ? 1 : -1);
    const unit = item[4] ?? '';
    if (unit === 'month') month += by;
    else if (unit === 'year') year += by;
    else shift += by * (seconds[unit] ?? 0);
  }
  const word = take(/ (now|today|yesterday|tomorrow|midnight|noon)(?= )/)?.[1];
  if (word === 'yesterday') shift -= 86_400;
  if (word === 'tomorrow') shift += 86_400;
  if (word === 'midnight') clock = 0;
  if (word === 'noon') clock = 43_200;
  const week = take(new RegExp(` (next|last|this)? ?(${weekdays.join('|')})[a-z]*(?= )`));
  if (rest.trim() !== '') return undefined;
  const kept = today.hour * 3600 + today.minute * 60 + today.second;
  let days = daysFromCivil(year, month, day);
  if (week) {
    const ahead = (weekdays.indexOf(week[2] ?? '') - ((((days + 4) % 7) + 7) % 7) + 7) % 7;
    days +=
      week[1] === 'last' ? (ahead || 7) - 7 * (ahead === 0 ? 2 : 1) : week[1] === 'next' && ahead === 0 ? 7 : ahead;
    dated = true;
  }
  const within = clock ?? (dated ? 0 : kept);
  return (days * 86_400 + within + shift) * 1_000_000;
}

function hours(text: string | undefined, half: string | undefined): number {
  const hour = Number(text);
  return half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
}
