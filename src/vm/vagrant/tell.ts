import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Act } from './acts.ts';

/** Lines for the standard output, without anything before them. */
export function plain(text: string): Act {
  return { do: 'write', fd: 1, bytes: encodeUtf8(`${text}\n`) };
}

/** Lines of a machine: each begins with its name. */
export function header(machine: string, text: string): Act {
  return plain(prefixed(`==> ${machine}: `, text));
}

/** Details below them. */
export function detail(machine: string, text: string): Act {
  return plain(prefixed(`    ${machine}: `, text));
}

/** Says what is wrong, and ends the command with 1, as every error of Vagrant's own does. */
export function failure(text: string): readonly Act[] {
  return [
    { do: 'write', fd: 2, bytes: encodeUtf8(`${text}\n`) },
    { do: 'exit', status: 1 },
  ];
}

function prefixed(prefix: string, text: string): string {
  return text
    .split('\n')
    .map((line) => `${prefix}${line}`)
    .join('\n');
}
