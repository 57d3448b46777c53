import type { Json } from '../kernel/json.ts';
import type { Step } from '../kernel/trace.ts';

/** Was a password typed in the line itself (`docker login -p …`)? */
export function hasPassword(line: string): boolean {
  return /\blogin\b.*\s(?:-p|--password(?![\w-]))/s.test(line);
}

/** The line as it may be written down. */
export function withoutPassword(line: string): string {
  return hasPassword(line)
    ? line.replace(/(\s(?:-p\s*|--password[=\s]\s*))(?:'[^']*'|"[^"]*"|[^\s;&|]+)/g, '$1***')
    : line;
}

/** Steps as they may be written down: of a `docker login` no word of its command line after its name. */
export function stepsWithoutPassword(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => {
    const data = step.data as { readonly argv?: readonly string[] } | null;
    if (step.action !== 'execve' || !data?.argv?.includes('login')) return step;
    const kept = data.argv.slice(0, data.argv.indexOf('login') + 1);
    return { ...step, data: { ...data, argv: [...kept, '***'] } as Json };
  });
}
