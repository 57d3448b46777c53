import type { Us } from '../../kernel/json.ts';

/** The days of the week, from Sunday. */
export const days: readonly string[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** The months of the year. */
export const months: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A point in time in the parts of the calendar (UTC). */
export interface Calendar {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  /** 0 to 365. */
  readonly yearday: number;
}

/** Days since 1970-01-01 of a day of the Gregorian calendar (month 0 to 11, both may overflow). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = year + Math.floor(month / 12) - (((month % 12) + 12) % 12 < 2 ? 1 : 0);
  const shifted = ((((month % 12) + 12) % 12) + 10) % 12;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + Math.floor((153 * shifted + 2) / 5) + day - 1;
  return era * 146097 + doe - 719468;
}

/** The calendar of a point in time. */
export function calendar(time: Us): Calendar {
  const seconds = Math.floor(time / 1_000_000);
  const dayNumber = Math.floor(seconds / 86400);
  const rest = seconds - dayNumber * 86400;
  const z = dayNumber + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = (mp + 2) % 12;
  const year = yoe + era * 400 + (month < 2 ? 1 : 0);
  return {
    year,
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: (((dayNumber + 4) % 7) + 7) % 7,
    yearday: dayNumber - daysFromCivil(year, 0, 1),
  };
}

/** strftime(3) in the C locale and UTC; `%N` (nanoseconds) is GNU's and only there when `nanoseconds` is set. */
export function formatTime(time: Us, format: string, nanoseconds = false): string {
  const c = calendar(time);
  const pad = (value: number, width = 2, fill = '0') => String(value).padStart(width, fill);
  const hour12 = c.hour % 12 === 0 ? 12 : c.hour % 12;
  const field = (letter: string): string | undefined => {
    switch (letter) {
      case 'a':
        return days[c.weekday]?.slice(0, 3);
      case 'A':
        return days[c.weekday];
      case 'b':
      case 'h':
        return months[c.month]?.slice(0, 3);
      case 'B':
        return months[c.month];
      case 'c':
        return formatTime(time, '%a %b %e %H:%M:%S %Y');
      case 'C':
        return pad(Math.floor(c.year / 100));
      case 'd':
        return pad(c.day);
      case 'D':
        return formatTime(time, '%m/%d/%y');
      case 'e':
        return pad(c.day, 2, ' ');
      case 'F':
        return formatTime(time, '%Y-%m-%d');
      case 'H':
        return pad(c.hour);
      case 'I':
        return pad(hour12);
      case 'j':
        return pad(c.yearday + 1, 3);
      case 'k':
        return pad(c.hour, 2, ' ');
      case 'l':
        return pad(hour12, 2, ' ');
      case 'm':
        return pad(c.month + 1);
      case 'M':
        return pad(c.minute);
      case 'n':
        return '\n';
      case 'N':
        return nanoseconds ? pad((time - Math.floor(time / 1_000_000) * 1_000_000) * 1000, 9) : undefined;
      case 'p':
        return c.hour < 12 ? 'AM' : 'PM';
      case 'P':
        return c.hour < 12 ? 'am' : 'pm';
      case 'r':
        return formatTime(time, '%I:%M:%S %p');
      case 'R':
        return formatTime(time, '%H:%M');
      case 's':
        return String(Math.floor(time / 1_000_000));
      case 'S':
        return pad(c.second);
      case 't':
        return '\t';
      case 'T':
      case 'X':
        return formatTime(time, '%H:%M:%S');
      case 'u':
        return String(c.weekday === 0 ? 7 : c.weekday);
      case 'U':
        return pad(Math.floor((c.yearday + 7 - c.weekday) / 7));
      case 'V':
        return pad(isoWeek(c).week);
      case 'G':
        return String(isoWeek(c).year);
      case 'w':
        return String(c.weekday);
      case 'W':
        return pad(Math.floor((c.yearday + 7 - ((c.weekday + 6) % 7)) / 7));
      case 'x':
        return formatTime(time, '%m/%d/%y');
      case 'y':
        return pad(c.year % 100);
      case 'Y':
        return String(c.year);
      case 'z':
        return '+0000';
      case 'Z':
        return 'UTC';
      case '%':
        return '%';
      default:
        return undefined;
    }
  };
  const known = nanoseconds ? /%([-_0^#]?)(.)/gs : /%([-_0]?)(.)/gs;
  return format.replace(known, (all, flag: string, letter: string) => {
    const text = field(letter);
    if (text === undefined) return all;
    if (flag === '^') return text.toUpperCase();
    if (flag === '#') return letter === 'Z' || letter === 'p' ? text.toLowerCase() : text.toUpperCase();
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
    return flag === '_' ? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : text;
  });
}

function isoWeek(c: Calendar): { readonly year: number; readonly week: number } {
  const thursday = c.yearday - ((c.weekday + 6) % 7) + 3;
  if (thursday < 0) return { year: c.year - 1, week: Math.floor((thursday + daysIn(c.year - 1)) / 7) + 1 };
  if (thursday >= daysIn(c.year)) return { year: c.year + 1, week: 1 };
  return { year: c.year, week: Math.floor(thursday / 7) + 1 };
}

function daysIn(year: number): number {
  return daysFromCivil(year + 1, 0, 1) - daysFromCivil(year, 0, 1);
}
