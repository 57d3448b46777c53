import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Io, StartIo } from '../makers/io.ts';
import { complain } from '../makers/io.ts';
import { busyboxBanner } from '../options.ts';
import { getopt, type OptionTable, type Parsed } from './getopt.ts';

/** Prints the help of a busybox applet (what follows `Usage: `) to standard error; returns the status. */
export function appletUsage(io: Io, usage: string, status = 1): number {
  io.err(encodeUtf8(`${busyboxBanner}\n\nUsage: ${usage}\n`));
  return status;
}

/** Reads an applet's command line; on a mistake tells it in the words of musl's getopt, and the usage, and returns the status. */
export function appletOptions(io: StartIo, table: OptionTable, usage: string): Parsed | number {
  if (io.args.length === 1 && io.args[0] === '--help') return appletUsage(io, usage, 0);
  const parsed = getopt(io.args, table);
  if (!('bad' in parsed)) return parsed;
  const option = parsed.bad.replace(/^--/, '');
  complain(io, `${parsed.why === 'unknown' ? 'unrecognized option' : 'option requires an argument'}: ${option}`);
  return appletUsage(io, usage);
}

/** The last value of an option; undefined when it was not given. */
export function lastValue(parsed: Parsed, ...names: readonly string[]): string | undefined {
  return parsed.options.findLast(([name]) => names.includes(name))?.[1];
}

/** How often an option was given. */
export function timesGiven(parsed: Parsed, name: string): number {
  return parsed.options.filter(([given]) => given === name).length;
}
