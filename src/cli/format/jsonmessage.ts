import type { ProgressMessage } from '../../engine/api.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import { type Client, complain, say } from '../client.ts';
import { CliError } from '../errors.ts';
import { humanSize } from './size.ts';

/** Where progress is shown: the output, and on a terminal which lines belong to which ids. Plain data. */
export interface Display {
  readonly [key: string]: Json;
  readonly fd: 1 | 2;
  /** Columns of the terminal; 0: there is none. */
  readonly cols: number;
  /** The ids whose lines can be written anew, the highest line first. */
  readonly ids: readonly string[];
}

/** From this width on there is room for a bar (moby's pkg/jsonmessage). */
const roomForBar = 110;

/** A display on standard output or standard error. */
export function newDisplay(client: Client, fd: 1 | 2): Display {
  const size = client.sys.isatty(fd) ? client.sys.winsize(fd) : undefined;
  return { fd, cols: size === undefined || isErrno(size) ? 0 : size.cols || 200, ids: [] };
}

/**
 * Shows messages as Docker's client does: a line each, and on a terminal the line of a layer is written over. Throws
 * CliError with the engine's last word when that is an error.
 */
export function showProgress(client: Client, from: Display, messages: readonly Json[]): Display {
  let display = from;
  for (const json of messages) {
    const message = json as unknown as ProgressMessage;
    if (message.aux !== undefined) continue;
    if (message.error !== undefined) throw new CliError(message.error);
    display = display.cols > 0 ? draw(client, display, message) : print(client, display, message);
  }
  return display;
}

function print(client: Client, display: Display, { id, status = '', progressDetail }: ProgressMessage): Display {
  if (progressDetail?.current !== undefined) return display;
  const line = id ? `${id}: ${status}` : status;
  if (display.fd === 1) say(client, line);
  else complain(client, line);
  return display;
}

function draw(client: Client, display: Display, { id, status = '', progressDetail }: ProgressMessage): Display {
  const put = (text: string) => client.output.push([display.fd, encodeUtf8(text)]);
  if (id === undefined || progressDetail === undefined) {
    put(`${id ? `${id}: ` : ''}${status}\n`);
    return { ...display, ids: [] };
  }
  const known = display.ids.includes(id);
  const ids = known ? display.ids : [...display.ids, id];
  const up = ids.length - ids.indexOf(id);
  const { current, total } = progressDetail;
  const bar = current === undefined ? '' : progressText(current, total ?? 0, display.cols);
  put(`${known ? '' : '\n'}\x1b[${up}A\x1b[2K\r${id}: ${status} ${bar}\r\x1b[${up}B`);
  return { ...display, ids };
}

/** `[====>      ]  4.129MB/6MB`; the bar only where there is room, the whole only as long as it is not exceeded. */
function progressText(current: number, total: number, cols: number): string {
  const done = humanSize(current).padStart(8);
  if (total <= 0) return done;
  const half = Math.min(50, Math.floor(Math.floor((current / total) * 100) / 2));
  const bar = cols > roomForBar ? `[${'='.repeat(half)}>${' '.repeat(50 - half)}] ` : '';
  return `${bar}${done}${current > total ? '' : `/${humanSize(total)}`}`;
}
