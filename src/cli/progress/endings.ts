import type { Trace } from './trace.ts';

/** What is printed of the steps that failed. */
export function failureLines({ failures }: Trace): readonly string[] {
  return failures.flatMap(({ name, lines }) => ['------', ` > ${name}:`, ...lines, '------']);
}

/** The linter's findings at the end of a build. */
export function warningLines({ warnings }: Trace, color: boolean): readonly string[] {
  if (warnings.length === 0) return [];
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
  const title = `${count} found (use docker --debug to expand):`;
  const [first = '', ...more] = warnings.map(({ short }) => ` - ${short}`);
  return ['', color ? ` \x1b[33m${title}` : ` ${title}`, color ? `\x1b[0m${first}` : first, ...more];
}
