/** A command that ends with a message on stderr and an exit status. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** The engine answered with an error: its own words. */
export class ApiError extends CliError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(`Error response from daemon: ${message}`);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The engine could not be asked at all. */
export class ConnectionError extends CliError {
  constructor(message: string) {
    super(message);
    this.name = 'ConnectionError';
  }
}

/** The client does not know where its engine is: it ends at once, whatever the command. */
export class InitializeError extends Error {
  readonly exitCode = 1;
}

/** A mistake in the flags: how the command is used comes with it, and the exit status is 125. */
export function flagError(message: string, usageLine: string, path: string): CliError {
  return new CliError(`${message}\n\nUsage:  ${usageLine}\n\nRun '${path} --help' for more information`, 125);
}

/** What `docker run` and `docker create` say when they fail: the message, and where to read more. */
export function withHelp(message: string, verb: string, exitCode: number): CliError {
  return new CliError(`docker: ${message}\n\nRun 'docker ${verb} --help' for more information`, exitCode);
}

/** Several failures of one command, one line each, in the order of the arguments. */
export function joinErrors(messages: readonly string[]): CliError | undefined {
  return messages.length === 0 ? undefined : new CliError(messages.join('\n'));
}

/** Something that the real client has and drydock does not simulate. */
export function notSimulated(what: string, exitCode = 1): CliError {
  return new CliError(`drydock: ${what} is not simulated`, exitCode);
}

/** Is it an error that ends a command, in whichever bundle it was made? There `instanceof` would not know it. */
export function endsCommand(error: unknown): error is CliError | InitializeError {
  return error instanceof Error && 'exitCode' in error;
}
