import { CliError } from '../../errors.ts';
import type { Value } from '../../format/go/types.ts';
import { type Header, type ListFormat, listFormat, listLines } from '../../format/table.ts';

/** Reads a list's format for a command of buildx. Throws CliError, marked as buildx marks errors. */
export function buildxFormat(text: string): ListFormat {
  return marked(() => listFormat(text));
}

/** The lines of a list of buildx. Throws CliError, marked as buildx marks errors. */
export function buildxLines(format: ListFormat, header: Header, rows: readonly Value[]): string {
  return marked(() => listLines(format, header, rows));
}

function marked<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`ERROR: ${error.message}`);
  }
}
