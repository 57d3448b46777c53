import type { Us } from '../../../kernel/json.ts';
import { calendar } from '../date-format.ts';

/** A line of a crontab: when, and what. `user` only in the system's own tables. */
export type CronJob = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** Days of the month and of the week are both restricted: one of them is enough. */
  readonly either: boolean;
  /** `@reboot`: once, when the daemon begins. */
  readonly reboot: boolean;
  readonly user?: string;
  readonly command: string;
};

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const dayNames = 'sun mon tue wed thu fri sat'.split(' ');
const nicknames: { readonly [name: string]: string } = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@reboot': '* * * * *',
};

const fields = [
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day-of-month', from: 1, to: 31, names: [] },
  { name: 'month', from: 1, to: 12, names: monthNames },
  { name: 'day-of-week', from: 0, to: 7, names: dayNames },
] as const;

/** The numbers that a field of crontab(5) stands for (`1-5,10-20/2`), or undefined when it is none. */
function expandField(text: string, { from, to, names }: (typeof fields)[number]): number[] | undefined {
  const numbers = new Set<number>();
  const number = (word: string) => {
    const named = (names as readonly string[]).indexOf(word.toLowerCase());
    return named >= 0 ? named + (from === 1 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  for (const part of text.split(',')) {
    const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [first = '', last] = range === '*' ? [String(from), String(to)] : range.split('-');
    const [low, high] = [number(first), last === undefined ? (part.includes('/') ? to : number(first)) : number(last)];
    if (!(low >= from && high <= to && low <= high && Number(step) > 0)) return undefined;
    for (let value = low; value <= high; value += Number(step)) numbers.add(value);
  }
  return [...numbers];
}

/** One line: a job, what is set for later ones (`NAME=VALUE`), nothing, or the name of the field that is wrong. */
export function parseCronLine(
  line: string,
  withUser: boolean,
): CronJob | { readonly set: readonly [string, string] } | { readonly bad: string } | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const [, name, value = ''] = /^([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(text) ?? [];
  if (name !== undefined) return { set: [name, value.replace(/^(["'])(.*)\1$/, '$2')] };
  const nickname = /^@\S+/.exec(text)?.[0];
  const spelled = nickname === undefined ? text : `${nicknames[nickname] ?? '?'}${text.slice(nickname.length)}`;
  const words = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(.*)$/.exec(spelled);
  const reboot = nickname === '@reboot';
  const lists: number[][] = [];
  for (const [at, field] of fields.entries()) {
    const list = expandField((words ?? spelled.split(/\s+/))[words ? at + 1 : at] ?? '', field);
    if (list === undefined) return { bad: field.name };
    lists.push(list);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = lists;
  const rest = words?.[6] ?? '';
  if (rest === '') return { bad: 'command' };
  const [, user = '', command = ''] = (withUser ? /^(\S+)\s+(.*)$/ : /^()(.*)$/).exec(rest) ?? [];
  const [, , , day, , week] = words ?? [];
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: weekdays.map((one) => one % 7),
    either: !day?.startsWith('*') && !week?.startsWith('*'),
    reboot,
    ...(withUser && { user }),
    command,
  };
}

/** Is the job due in the minute of this time? */
export function isDue(job: CronJob, time: Us): boolean {
  if (job.reboot) return false;
  const now = calendar(time);
  const [day, weekday] = [job.days.includes(now.day), job.weekdays.includes(now.weekday)];
  return (
    job.minutes.includes(now.minute) &&
    job.hours.includes(now.hour) &&
    job.months.includes(now.month + 1) &&
    (job.either ? day || weekday : day && weekday)
  );
}
