import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Completions } from '../line-editor.ts';

/** The service, where there is one, that knows earlier lines and further completions of a shell's line editor. */
export const lineService = 'line-editor';

/** What a shell on a terminal asks it, or tells it. */
export type LineRequest =
  /** Lines of earlier shells. Reply: a list of them, the oldest first. */
  | { readonly ask: 'history' }
  /** Ways to complete; `cwd` is the shell's. Reply: Completions, or null when the shell is to do it as usual. */
  | { readonly ask: 'complete'; readonly line: string; readonly cursor: number; readonly cwd: string }
  /** A line was entered. No reply. */
  | { readonly ask: 'note'; readonly line: string };

function ask(sys: Sys, request: LineRequest): Json {
  const answer = sys.request(lineService, request as unknown as Json);
  return isErrno(answer) || !('reply' in answer) ? null : answer.reply;
}

/** Lines of earlier shells, the oldest first. */
export function earlierLines(sys: Sys): readonly string[] {
  const lines = ask(sys, { ask: 'history' });
  return Array.isArray(lines) ? (lines as readonly string[]) : [];
}

/** Tells of a line that was entered. */
export function noteLine(sys: Sys, line: string): void {
  ask(sys, { ask: 'note', line });
}

/** What the service has to say to a Tab; undefined: nothing. */
export function furtherCompletions(sys: Sys, line: string, cursor: number, cwd: string): Completions | undefined {
  return (ask(sys, { ask: 'complete', line, cursor, cwd }) as Completions | null) ?? undefined;
}
