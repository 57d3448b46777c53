import { quoteGo } from '../../../kernel/go/quote.ts';
import { DockerfileError } from '../errors.ts';
import type { LineRange, LintWarning } from '../types.ts';
import type { LintRule } from './rules.ts';

/** What to look for, as `# check=skip=A,B;error=true;experimental=all` says. */
export interface LintOptions {
  readonly skip: 'all' | readonly string[];
  readonly experimental: 'all' | readonly string[];
  /** Warnings fail the build. */
  readonly error: boolean;
}

/** Collects what rules find, in the order in which it is found. */
export interface Linter {
  readonly warnings: readonly LintWarning[];
  report(rule: LintRule, range: LineRange, message: string): void;
  /** The error that the warnings are, when they were asked to be one. */
  failure(): DockerfileError | undefined;
}

/** Reads the value of the `check` directive (or of the build argument `BUILDKIT_DOCKERFILE_CHECK`). Throws DockerfileError. */
export function parseLintOptions(check: string): LintOptions {
  const options: { -readonly [Key in keyof LintOptions]: LintOptions[Key] } = {
    skip: [],
    experimental: [],
    error: false,
  };
  if (check.trim() === '') return options;
  const invalid = (what: string) =>
    new DockerfileError('lint', `failed to parse check options: invalid check option ${quoteGo(what)}`);
  for (const part of atMostThree(check.trim())) {
    const equals = part.indexOf('=');
    if (equals < 0) throw invalid(part);
    const key = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    if (key === 'skip' || key === 'experimental') options[key] = namesIn(value);
    else if (key === 'error') options.error = goBoolean(value, part);
    else throw invalid(key);
  }
  return options;
}

function atMostThree(text: string): string[] {
  const parts = text.split(';');
  return [...parts.slice(0, 2), ...(parts.length > 2 ? [parts.slice(2).join(';')] : [])];
}

function namesIn(value: string): 'all' | string[] {
  return value === 'all' ? 'all' : value.split(',').map((name) => name.trim());
}

function goBoolean(value: string, part: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  const problem = `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`;
  throw new DockerfileError(
    'lint',
    `failed to parse check options: failed to parse check option ${quoteGo(part)}: ${problem}`,
  );
}

/** A linter that has found nothing yet. */
export function createLinter(options: LintOptions): Linter {
  const warnings: LintWarning[] = [];
  const asked = (rule: LintRule) =>
    rule.experimental
      ? options.experimental === 'all' || options.experimental.includes(rule.name)
      : options.skip !== 'all' && !options.skip.includes(rule.name);
  return {
    warnings,
    report: (rule, range, message) => {
      if (!asked(rule)) return;
      warnings.push({ rule: rule.name, description: rule.description, url: rule.url, message, range });
    },
    failure: () => {
      if (!options.error || warnings.length === 0) return undefined;
      const names = [...new Set(warnings.map((warning) => warning.rule))].join(', ');
      return new DockerfileError('lint', `lint violation found for rules: ${names}`);
    },
  };
}

/** A linter that no rule can reach. */
export const noLinter: Linter = { warnings: [], report: () => undefined, failure: () => undefined };
