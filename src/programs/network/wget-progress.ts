import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';

/** How wide the terminal behind a descriptor is, and whether there is one. */
export interface Width {
  readonly cols: number;
  readonly terminal: boolean;
}

/** The width that busybox takes for its meter: the terminal's, else 80. */
export function toWidth(sys: Sys, fd: number): Width {
  const size = sys.winsize(fd);
  return isErrno(size) ? { cols: 80, terminal: false } : { cols: size.cols, terminal: true };
}

/** busybox's meter at the end of a download: name, bar, size (in k from 100 k on), no time left. */
export function progressLine({ cols, terminal }: Width, name: string, size: number): string {
  const bar = '*'.repeat(Math.max(0, cols - 48));
  const inK = size >= 100 * 1024;
  const amount = `${String(inK ? Math.floor(size / 1024) : size).padStart(6)}${inK ? 'k' : ' '}`;
  return `${terminal ? '\r' : ''}${name.slice(0, 20).padEnd(20)} 100% |${bar}|${amount} 0:00:00 ETA\n`;
}
