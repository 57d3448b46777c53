import type { Id, Json, Us } from '../../kernel/json.ts';
import { apiTime } from '../human-duration.ts';

/** What a container's health checks have found, since it was started last. */
export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  /** Failures in a row. */
  readonly streak: number;
  /** The last results, at most five. */
  readonly log: readonly ProbeResult[];
  /** The probe that runs now. */
  readonly probe?: Probe;
}

export interface Probe {
  readonly exec: Id;
  readonly start: Us;
  readonly output: string;
}

export interface ProbeResult {
  readonly start: Us;
  readonly end: Us;
  /** -1: the probe did not come to an end. */
  readonly code: number;
  readonly output: string;
}

/** `State.Health` of inspect. */
export function healthJson({ status, streak, log }: Health): Json {
  return {
    Status: status,
    FailingStreak: streak,
    Log: log.map(({ start, end, code, output }) => ({
      Start: apiTime(start),
      End: apiTime(end),
      ExitCode: code,
      Output: output,
    })),
  };
}
