import { instant } from '../../makers/instant.ts';
import { type Applet, complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';

const months = 'January February March April May June July August September October November December'.split(' ');
const day = 86_400_000_000;

/** `cal` of busybox: a month, or a year in rows of three. Weeks begin on Sunday; -j counts the days of the year. */
export const cal: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-jmy] [[MONTH] YEAR]', short: 'jmy', operands: [0, 2] });
    if (typeof options === 'number') return options;
    const { operands } = options;
    const [year, month] = today(io.sys.now);
    for (const [at, text] of operands.entries()) {
      const most = operands.length === 2 && at === 0 ? 12 : 9999;
      if (!/^\d+$/.test(text)) return complain(io, `invalid number '${text}'`);
      if (Number(text) < 1 || Number(text) > most) return complain(io, `number ${text} is not in 1..${most} range`);
    }
    const [first, second] = operands.map(Number);
    const how = { julian: options.has('j'), monday: options.has('m') };
    if (options.has('y') || operands.length === 1) {
      io.out(wholeYear(first ?? year, how));
      return 0;
    }
    io.out(
      `${oneMonth(second ?? year, first ?? month, how, true)
        .map((line) => `${line}\n`)
        .join('')}`,
    );
    return 0;
  });

type How = { readonly julian: boolean; readonly monday: boolean };

function today(now: number): readonly [number, number] {
  const days = Math.floor(now / day);
  let year = 1970;
  let left = days;
  for (; left >= (isLeap(year) ? 366 : 365); year++) left -= isLeap(year) ? 366 : 365;
  let month = 1;
  for (; left >= lengthOf(year, month); month++) left -= lengthOf(year, month);
  return [year, month];
}

function isLeap(year: number): boolean {
  return year <= 1752 ? year % 4 === 0 : (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function lengthOf(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The days of the month; in September 1752 eleven were left out. */
function daysOf(year: number, month: number): readonly number[] {
  const all = Array.from({ length: lengthOf(year, month) }, (_, at) => at + 1);
  return year === 1752 && month === 9 ? all.filter((n) => n < 3 || n > 13) : all;
}

/** The weekday of the first of a month, 0 being Sunday, by the calendar in force then. */
function weekday(year: number, month: number): number {
  let days = 6; // 1 January of the year 1 was a Saturday in the Julian calendar
  for (let y = 1; y < year; y++) days += y === 1752 ? 355 : isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m++) days += daysOf(year, m).length;
  return days % 7;
}

function oneMonth(year: number, month: number, { julian, monday }: How, withYear: boolean): readonly string[] {
  const cell = julian ? 3 : 2;
  const width = cell * 7 + 6;
  const names = 'Su Mo Tu We Th Fr Sa'.split(' ');
  const order = monday ? [...names.slice(1), 'Su'] : names;
  const title = `${months[month - 1]}${withYear ? ` ${year}` : ''}`;
  const lead = ' '.repeat(Math.floor((width - title.length) / 2));
  const head = [lead + title, order.map((name) => name.padStart(cell)).join(' ')];
  let before = 0;
  for (let m = 1; m < month; m++) before += daysOf(year, m).length;
  const start = (weekday(year, month) + (monday ? 6 : 0)) % 7;
  const cells = [
    ...Array.from({ length: start }, () => ''),
    ...daysOf(year, month).map((n, at) => String(julian ? before + at + 1 : n)),
  ];
  const rows = Array.from({ length: 6 }, (_, row) => {
    const week = cells.slice(row * 7, row * 7 + 7);
    if (week.length > 0)
      return week
        .map((text) => text.padStart(cell))
        .join(' ')
        .trimEnd();
    return withYear ? ' '.repeat(width + 1) : '';
  });
  return [...head, ...rows];
}

function wholeYear(year: number, how: How): string {
  const across = how.julian ? 2 : 3;
  const width = (how.julian ? 27 : 20) * across + 2 * (across - 1);
  const title = String(year);
  const lead = ' '.repeat(Math.floor((width - title.length) / 2));
  let out = `${(lead + title).padEnd(width)}\n\n`;
  for (let first = 1; first <= 12; first += across) {
    const blocks = Array.from({ length: across }, (_, at) => oneMonth(year, first + at, how, false));
    for (let row = 0; row < 8; row++) {
      const cells = blocks.map((block) => block[row] ?? '');
      const line = cells
        .map((text, at) => (at === across - 1 ? text : text.padEnd((how.julian ? 27 : 20) + 2)))
        .join('');
      // a row without any day is blank to the end of a screen's line
      const shown = line.trim() === '' ? ' '.repeat(79) : line.trimEnd();
      out += `${row === 0 ? line.padEnd(width) : shown}\n`;
    }
  }
  return out;
}
