import type { JournalLine } from './state.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time of a line as syslog has it: `Nov 23 05:10:35`. */
export function journalTime(at: number): string {
  const date = new Date(Math.floor(at / 1000));
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)}`;
}

/** A line of the journal as journalctl prints it. */
export function journalText({ at, by, text }: JournalLine, hostname: string): string {
  return `${journalTime(at)} ${hostname} ${by}: ${text}`;
}
