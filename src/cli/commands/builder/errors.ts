import { CliError } from '../../errors.ts';

/** What went wrong before the builder was asked, as the client words it. */
export function buildError(message: string): CliError {
  return new CliError(`ERROR: failed to build: ${message}`);
}

/** A flag's part that drydock does not have. */
export function refused(what: string): CliError {
  return buildError(`drydock: ${what} is not simulated`);
}

/** A field without `=`, where a list of `name=value` is wanted. */
export function invalidValue(field: string): CliError {
  return new CliError(`ERROR: invalid value ${field}`);
}

/** What the builder inside of the engine cannot do, and buildx says so. */
export const driverHint = (what: string, page: string): CliError =>
  buildError(
    `${what} is not supported for the docker driver.\n` +
      'Switch to a different driver, or turn on the containerd image store, and try again.\n' +
      `Learn more at https://docs.docker.com/go/${page}/`,
  );
