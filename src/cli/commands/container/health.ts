import type { HealthConfig } from '../../../engine/api-host.ts';
import { CliError } from '../../errors.ts';
import { boolFlag, type Flags, numberFlag, textFlag } from '../../flags/parse.ts';
import { parseDuration } from '../../format/duration.ts';

/** The flags of run and create about health checks. */
export const healthFlags = `
  health-cmd:string health-interval:duration health-retries:int health-start-interval:duration
  health-start-period:duration health-timeout:duration no-healthcheck`;

/** What they ask for; nothing when none is there. Throws CliError. */
export function readHealth(flags: Flags): { readonly Healthcheck?: HealthConfig } {
  const command = textFlag(flags, 'health-cmd') ?? '';
  const time = (name: string): number => {
    const text = textFlag(flags, name);
    return text === undefined ? 0 : Math.round(parseDuration(text) * 1e9);
  };
  const times = {
    Interval: time('health-interval'),
    Timeout: time('health-timeout'),
    StartPeriod: time('health-start-period'),
    StartInterval: time('health-start-interval'),
  };
  const Retries = numberFlag(flags, 'health-retries') ?? 0;
  const asked = command !== '' || Retries !== 0 || Object.values(times).some((value) => value !== 0);
  if (boolFlag(flags, 'no-healthcheck')) {
    if (asked) throw new CliError('--no-healthcheck conflicts with --health-* options');
    return { Healthcheck: { Test: ['NONE'] } };
  }
  if (!asked) return {};
  const given: readonly (readonly [flag: string, value: number])[] = [
    ['interval', times.Interval],
    ['timeout', times.Timeout],
    ['retries', Retries],
    ['start-period', times.StartPeriod],
    ['start-interval', times.StartInterval],
  ];
  const negative = given.find(([, value]) => value < 0);
  if (negative) throw new CliError(`--health-${negative[0]} cannot be negative`);
  const set = Object.entries({ ...times, Retries }).filter(([, value]) => value !== 0);
  return { Healthcheck: { ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }), ...Object.fromEntries(set) } };
}
