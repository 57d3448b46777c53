import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Us } from '../../../kernel/json.ts';
import type { StartIo } from '../../makers/io.ts';

/** A time as RFC 3339 has it, with nanoseconds or with seconds only. */
export function timeText(at: Us, fraction: boolean): string {
  const text = new Date(Math.floor(at / 1000)).toISOString();
  return fraction
    ? text.replace(/\.\d+Z$/, `.${String(Math.floor(at % 1_000_000)).padStart(6, '0')}000Z`)
    : text.replace(/\.\d+Z$/, 'Z');
}

/** What runc logs when it fails (logrus' text format); ends with `status`. */
export function logError(io: StartIo, message: string, status = 1): { readonly exit: number } {
  const quoted = message.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  io.err(encodeUtf8(`time="${timeText(io.sys.now, false)}" level=error msg="${quoted}"\n`));
  return { exit: status };
}
