import { parseDuration } from '../../../kernel/go/duration.ts';
import { quoteGo } from '../../../kernel/go/quote.ts';
import type { Us } from '../../../kernel/json.ts';
import { DockerfileError } from '../errors.ts';
import type { Healthcheck } from '../types.ts';
import { readFlags } from './flags.ts';

const wrong = (problem: string) => new DockerfileError('healthcheck', problem);

/** What HEALTHCHECK says. Throws DockerfileError. */
export function readHealthcheck(args: readonly string[], json: boolean, flagWords: readonly string[]): Healthcheck {
  const [word = '', ...rest] = args;
  const type = word.toUpperCase();
  if (type === 'NONE') {
    // its flags are not even looked at
    if (rest.length > 0) throw wrong('HEALTHCHECK NONE takes no arguments');
    return { test: [type] };
  }
  const flags = readFlags(flagWords, {
    interval: 'value',
    timeout: 'value',
    'start-period': 'value',
    'start-interval': 'value',
    retries: 'value',
  });
  if (type !== 'CMD') throw wrong(`Unknown type ${quoteGo(type)} in HEALTHCHECK (try CMD)`);
  if (rest.length === 0) throw wrong('Missing command after HEALTHCHECK CMD');
  const times = {
    interval: span('interval', flags.value('interval')),
    timeout: span('timeout', flags.value('timeout')),
    startPeriod: span('start-period', flags.value('start-period')),
    startInterval: span('start-interval', flags.value('start-interval')),
    retries: count(flags.value('retries')),
  };
  const given = Object.entries(times).filter(([, value]) => value !== 0);
  return { test: json ? ['CMD', ...rest] : ['CMD-SHELL', rest.join(' ')], ...Object.fromEntries(given) };
}

const shortest: Us = 1000;

function span(name: string, value: string | undefined): Us {
  if (!value) return 0;
  const read = parseDuration(value);
  if ('problem' in read) throw wrong(read.problem);
  const time = Math.round(read.seconds * 1e6);
  if (time !== 0 && time < shortest) throw wrong(`Interval ${quoteGo(name)} cannot be less than 1ms`);
  return time;
}

function count(value: string | undefined): number {
  if (!value) return 0;
  const unread = (why: string) => wrong(`strconv.ParseInt: parsing ${quoteGo(value)}: ${why}`);
  if (!/^[+-]?[0-9]+$/.test(value)) throw unread('invalid syntax');
  const number = Number(value);
  if (number > 0x7fff_ffff || number < -0x8000_0000) throw unread('value out of range');
  if (number < 0) throw wrong(`--retries cannot be negative (${number})`);
  return number;
}
