import { formatTime } from '../../programs/busybox/date-format.ts';
import type { JournalLine } from './state.ts';

/** A line of the journal as journalctl prints it, with the time as syslog has it: `Nov 23 05:10:35`. */
export function journalText({ at, by, text }: JournalLine, hostname: string): string {
  return `${formatTime(at, '%b %d %H:%M:%S')} ${hostname} ${by}: ${text}`;
}
