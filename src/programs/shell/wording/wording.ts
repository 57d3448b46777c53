import type { Errno } from '../../../kernel/errno.ts';
import type { Shell } from '../run/shell.ts';
import type { SyntaxProblem } from '../syntax/scanner.ts';

/** How a flavour words what goes wrong, and the statuses that go with it. */
export interface Wording {
  /** What stands before a message of the shell: its name, the line, the built-in that complains. */
  prefix(sh: Shell, line: number): string;
  /** What stands before a message of a built-in that is a program elsewhere (`printf`, `test`, `kill`). */
  appletPrefix(sh: Shell): string;
  /** All lines about a script that cannot be parsed; `source` is the wrong line. */
  syntax(sh: Shell, problem: SyntaxProblem, source: string): string;
  /** A command that could not be started. */
  notStarted(name: string, error: Errno): { readonly message: string; readonly status: number };
  /** A redirection that failed: what could not be done with which file. */
  redirect(how: 'open' | 'create', target: string, error: Errno | 'EEXIST'): string;
  badDescriptor(target: string): string;
  readOnly(name: string): string;
  badName(name: string): string;
  unset(name: string): string;
  unsetOrNull(name: string, colon: boolean): string;
  badNumber(text: string): string;
  illegalOption(letter: string): string;
  missingValue(letter: string): string;
  noJob(name: string): string;
  cannotChange(target: string, error: Errno): string;
  /** An arithmetic expression that is wrong (ash's words for it), as a whole and where. */
  arithmetic(message: string, text: string, token: string, operand: boolean): string;
  /** A script that cannot be read. */
  noScript(zero: string, path: string, error: Errno): { readonly message: string; readonly status: number };
  /** The status after an expansion that failed. */
  readonly failed: number;
  /** Status of a redirection that failed. */
  readonly redirectFailed: number;
}
