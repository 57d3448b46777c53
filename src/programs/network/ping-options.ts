import { encodeUtf8 } from '../../kernel/bytes.ts';
import { second, type Us } from '../../kernel/json.ts';
import { complain, type StartIo } from '../makers/io.ts';
import { appletOptions, appletUsage, lastValue, timesGiven } from './command-line.ts';
import { getopt, type Parsed } from './getopt.ts';
import { usages } from './usage.ts';

export type PingOptions = {
  readonly host: string;
  readonly count: number | null;
  readonly size: number;
  readonly interval: Us;
  /** Seconds to wait for an answer to the last request. */
  readonly patience: number;
  /** Seconds after which ping ends. */
  readonly deadline: number | null;
  readonly quiet: boolean;
};

/** Reads ping's command line in either flavour; a mistake is told and gives the status. */
export function pingOptions(io: StartIo): PingOptions | number {
  return io.style.flavour === 'busybox' ? busybox(io) : iputils(io);
}

function busybox(io: StartIo): PingOptions | number {
  const parsed = appletOptions(io, { short: '46c:s:i:At:I:W:w:qp:' }, usages.ping);
  if (typeof parsed === 'number') return parsed;
  const [host] = parsed.rest;
  if (host === undefined || parsed.rest.length > 1) return appletUsage(io, usages.ping);
  for (const [option, value] of parsed.options) {
    const pattern = option === 'i' ? /^\d+(\.\d+)?$/ : /^\d+$/;
    if ('cstWwi'.includes(option) && !pattern.test(value)) return complain(io, `invalid number '${value}'`);
    if (option === '6') return complain(io, `bad address '${host}'`);
  }
  return settle(parsed, host, 10);
}

function iputils(io: StartIo): PingOptions | number {
  const parsed = getopt(io.args, { short: '46c:s:i:At:I:W:w:qp:n' });
  if ('bad' in parsed) {
    const letter = parsed.bad.replace(/^-*/, '').charAt(0);
    io.err(`ping: ${parsed.why === 'unknown' ? 'invalid option' : 'option requires an argument'} -- '${letter}'\n`);
    return 2;
  }
  const [host] = parsed.rest;
  if (host === undefined) return complain(io, 'usage error: Destination address required', 1);
  for (const [option, value] of parsed.options) {
    if (!'cstWwi'.includes(option)) continue;
    const pattern = option === 'i' || option === 'W' ? /^\d+(\.\d+)?$/ : /^\d+$/;
    if (!pattern.test(value)) {
      io.err(encodeUtf8(`ping: invalid argument: '${value}'\n`));
      return 1;
    }
    if (option === 'c' && Number(value) < 1)
      return complain(io, `invalid argument: '${value}': out of range: 1 <= value <= 9223372036854775807`);
  }
  return settle(parsed, host, 10);
}

function settle(parsed: Parsed, host: string, patience: number): PingOptions {
  const number = (option: string) => {
    const value = lastValue(parsed, option);
    return value === undefined ? null : Number(value);
  };
  return {
    host,
    count: number('c'),
    size: number('s') ?? 56,
    interval: Math.max(2000, Math.round((number('i') ?? 1) * second)),
    patience: number('W') ?? patience,
    deadline: number('w'),
    quiet: timesGiven(parsed, 'q') > 0,
  };
}
