import { messages, problemText } from '../explain/messages/messages.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { SessionError } from '../session/errors.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';

/** Prints lines of drydock's own on stderr. */
export function say(lines: readonly string[]): void {
  if (lines.length > 0) print(2, encodeUtf8(`${lines.join('\n')}\n`));
}

/** One line for what went wrong outside the simulation, and the ways out. */
export function sayProblem(error: unknown, options: Options): void {
  const texts = messages(options.lang);
  if (isSessionError(error)) {
    const remedies = error.waysOut.map((way) => texts.remedy[way]);
    say([
      `drydock: ${problemText(texts, error.code, error.data)}`,
      ...(remedies.length > 0 ? [texts.tryThis({ remedies })] : []),
    ]);
    return;
  }
  say([`drydock: ${texts.internalError({ detail: error instanceof Error ? error.message : String(error) })}`]);
}

/** What went wrong with a session, in a line; undefined: it was something else. */
export function problemLine(error: unknown, { lang }: Options): string | undefined {
  return isSessionError(error) ? `drydock: ${problemText(messages(lang), error.code, error.data)}` : undefined;
}

/** By its name: the built command may have the class twice. */
function isSessionError(error: unknown): error is SessionError {
  return error instanceof Error && error.name === 'SessionError';
}
