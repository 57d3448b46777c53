import { encodeUtf8 } from '../../kernel/bytes.ts';
import { digestOf } from '../../oci/digest.ts';

/** What somebody did in one step of a scenario. */
export interface StepCount {
  /** Command lines. */
  readonly lines: number;
  readonly checks: number;
  readonly hints: number;
  /** Times that drydock did it instead. */
  readonly solved: number;
}

export const noCount: StepCount = { lines: 0, checks: 0, hints: 0, solved: 0 };

/** How far somebody is in one scenario. */
export interface ScenarioProgress {
  /** Steps that are done, and how many there are. */
  readonly done: number;
  readonly of: number;
  /** When something was last done in it, seconds since 1970. */
  readonly at: number;
  readonly steps: readonly StepCount[];
}

/** What a learner hands in. */
export interface ProgressFile {
  readonly name: string;
  /** When it was written, seconds since 1970. */
  readonly at: number;
  readonly scenarios: { readonly [name: string]: ScenarioProgress };
}

const format = 'drydock progress';
const version = 1;
const longest = 262_144; // characters of a file
const mostScenarios = 200;
const mostSteps = 50;
const mostCount = 1_000_000;
const longestName = 80;

/** The text of a progress file: JSON with a checksum by which accidental changes are noticed. */
export function writeProgress(file: ProgressFile): string {
  const data = { format, version, ...file };
  return `${JSON.stringify({ ...data, check: checkOf(data) }, null, 2)}\n`;
}

/** A progress file that was read; `changed`: it is not as it was written. */
export type ReadProgress =
  | { readonly file: ProgressFile; readonly changed: boolean }
  | { readonly fault: 'no-progress' | 'newer' };

/** Reads a progress file, whoever may have written it: only what is checked here comes out. */
export function readProgress(text: string): ReadProgress {
  const none = { fault: 'no-progress' } as const;
  if (text.length > longest) return none;
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return none;
  }
  if (!isMap(data) || data.format !== format || typeof data.version !== 'number') return none;
  if (data.version > version) return { fault: 'newer' };
  const { check, ...rest } = data;
  const { name, at, scenarios } = data;
  if (typeof name !== 'string' || name.length > longestName || !isCount(at, Number.MAX_SAFE_INTEGER)) return none;
  if (!isMap(scenarios) || Object.keys(scenarios).length > mostScenarios) return none;
  const read = Object.entries(scenarios).map(([key, value]) => [key, scenarioOf(key, value)] as const);
  if (read.some(([, value]) => value === undefined)) return none;
  const file = { name, at, scenarios: Object.fromEntries(read) as ProgressFile['scenarios'] };
  return { file, changed: check !== checkOf(rest) };
}

function scenarioOf(name: string, value: unknown): ScenarioProgress | undefined {
  if (!/^[A-Za-z0-9-]{1,40}$/.test(name) || !isMap(value)) return undefined;
  const { done, of, at, steps } = value;
  if (!isCount(of, mostSteps) || !isCount(done, of) || !isCount(at, Number.MAX_SAFE_INTEGER)) return undefined;
  if (!Array.isArray(steps) || steps.length > mostSteps) return undefined;
  const counts = steps.map((step: unknown): StepCount | undefined => {
    if (!isMap(step)) return undefined;
    const { lines, checks, hints, solved } = step;
    if (!isCount(lines) || !isCount(checks) || !isCount(hints) || !isCount(solved)) return undefined;
    return { lines, checks, hints, solved };
  });
  return counts.every((count) => count !== undefined) ? { done, of, at, steps: counts } : undefined;
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown, most = mostCount): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

/** Of the contents, in whatever order and with whatever blanks they stand. */
function checkOf(data: unknown): string {
  return digestOf(encodeUtf8(canonical(data))).slice('sha256:'.length, 'sha256:'.length + 16);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isMap(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
