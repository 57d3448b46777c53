import type { Json } from '../../kernel/json.ts';
import type { HealthConfig } from '../api-host.ts';
import { EngineError } from '../errors.ts';

/** Nanoseconds of a millisecond: no time of a health check may be shorter. */
const least = 1_000_000;

/** Refuses times that are too short (transcript 23). */
export function checkHealth(config: HealthConfig | undefined): void {
  for (const field of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const) {
    const time = config?.[field] ?? 0;
    if (time !== 0 && time < least) {
      throw new EngineError('bad-parameter', 400, `${field} in Healthcheck cannot be less than 1ms`);
    }
  }
}

/** A container's health check: what was asked for, and the image's (`image`) in what was not. */
export function mergeHealth(given: HealthConfig | undefined, image: Json | undefined): HealthConfig | undefined {
  const inherited = image as HealthConfig | undefined;
  if (!given) return inherited;
  if (!inherited || (given.Test && given.Test.length > 0)) return given;
  const merged: { [field: string]: unknown } = { ...inherited };
  for (const [field, value] of Object.entries(given)) if (value !== 0) merged[field] = value;
  return merged as HealthConfig;
}

/** The command of a probe; undefined: the container is not looked after. `shell` is the image's. */
export function probeCommand(
  config: HealthConfig | undefined,
  shell: readonly string[] = ['/bin/sh', '-c'],
): readonly string[] | undefined {
  const [kind, ...words] = config?.Test ?? [];
  if (kind === 'CMD') return words;
  return kind === 'CMD-SHELL' ? [...shell, ...words] : undefined;
}
