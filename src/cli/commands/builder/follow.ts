import type { BuildEnd, BuildResult, SolveStatus } from '../../../builder/status.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import { readTar } from '../../../oci/tar.ts';
import { type Client, complain, say } from '../../client.ts';
import { unpackLocal } from '../../copy/local-side.ts';
import { CliError } from '../../errors.ts';
import { failureLines, warningLines } from '../../progress/endings.ts';
import { type PlainState, plainStart, printPlain } from '../../progress/plain.ts';
import { copyTrace, emptyTrace, type Trace, take } from '../../progress/trace.ts';
import { drawTty, type TtyState, ttyStart } from '../../progress/tty.ts';
import { readProgress, type Following as Stream } from '../../streams/progress.ts';
import { userFiles } from '../../user-files.ts';
import type { Wanted } from './build-run.ts';
import { buildError } from './errors.ts';

/** A build that is followed: the stream, and what has been shown of it. */
export interface Following {
  readonly [key: string]: Json;
  readonly stream: Stream;
  readonly wanted: Wanted & Json;
  readonly shown: Json;
}

interface ShownState {
  readonly trace: Trace;
  readonly plain: PlainState;
  readonly tty: TtyState;
}

/** Shows what has come; at the end does what is to be done with the result. Throws CliError. */
export function follow(
  client: Client,
  following: Following,
): { readonly exit: number } | { readonly following: Following } {
  const { wanted } = following;
  const kept = following.shown as unknown as ShownState | null;
  const trace = kept ? copyTrace(kept.trace as unknown as Json) : emptyTrace();
  let plain = kept?.plain ?? plainStart;
  let tty = kept?.tty ?? ttyStart;
  const { messages, following: stream } = readProgress(client, following.stream);
  let end: BuildEnd | undefined;
  for (const message of messages) {
    if (isEnd(message)) {
      end = message as unknown as BuildEnd;
      continue;
    }
    take(trace, message as unknown as SolveStatus);
    if (wanted.mode === 'rawjson') complain(client, JSON.stringify(message));
    if (wanted.mode === 'plain') plain = printPlain(trace, plain, (line) => printBytes(client, line));
  }
  if (wanted.mode !== 'tty' && wanted.mode !== 'plain') forget(trace);
  if (wanted.mode === 'tty') tty = draw(client, wanted, trace, tty, end !== undefined);
  if (end) return { exit: finish(client, wanted, trace, end) };
  if (!stream)
    throw buildError('failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF');
  const shown = { trace, plain, tty } as unknown as Json;
  return { following: { stream, wanted, shown } };
}

/** Steps that are over are not needed where nothing is shown of them. */
function forget(trace: Trace): void {
  for (const [digest, step] of Object.entries(trace.steps))
    if (step.completed !== undefined) delete trace.steps[digest];
  trace.order.length = 0;
}

/** Draws the live view anew. */
function draw(client: Client, { color }: Wanted, trace: Trace, state: TtyState, over: boolean): TtyState {
  const size = client.sys.winsize(2);
  const { cols, rows } = isErrno(size) ? { cols: 80, rows: 24 } : size;
  const now = new Date(Math.floor(client.sys.now / 1000)).toISOString();
  const drawn = drawTty(trace, state, { cols: cols || 80, rows: rows || 24, now, color, over });
  printText(client, drawn.text);
  return drawn.state;
}

function printText(client: Client, text: string): void {
  client.output.push([2, /[^\x00-\xff]/.test(text) ? encodeUtf8(text) : text]);
}

function isEnd(message: Json): boolean {
  return typeof message === 'object' && message !== null && ('result' in message || 'failure' in message);
}

/** A line whose characters are bytes already. */
function printBytes(client: Client, line: string): void {
  client.output.push([2, `${/[^\x00-\xff]/.test(line) ? encodeUtf8(line) : line}\n`]);
}

function finish(client: Client, wanted: Wanted, trace: Trace, end: BuildEnd): number {
  const shows = wanted.mode === 'plain' || wanted.mode === 'tty';
  if (shows) for (const line of failureLines(trace)) printBytes(client, line);
  if (shows && !wanted.check) for (const line of warningLines(trace, wanted.color)) complain(client, line);
  if ('failure' in end) {
    const { excerpts, message } = end.failure;
    for (const text of excerpts) client.output.push([2, encodeUtf8(text)]);
    complain(client, `ERROR: failed to build: failed to solve: ${message}`);
    // buildx ends with 100 for gRPC's code Internal (seen on the real one)
    return message.startsWith('Internal: ') ? 100 : 1;
  }
  const { check } = end.result;
  if (check) client.output.push([1, encodeUtf8(check.stdout)], [2, encodeUtf8(check.stderr)]);
  else deliver(client, wanted, end.result);
  return check?.status ?? 0;
}

/** Puts the result where it is wanted. Throws CliError. */
function deliver(client: Client, wanted: Wanted, { archive, image, metadata, names }: BuildResult): void {
  const files = userFiles(client.sys);
  if (archive !== undefined) {
    if (wanted.tar && wanted.destination === '-') client.output.push([1, archive]);
    else if (wanted.tar) write(client, wanted.destination, archive);
    else {
      if (isErrno(files.stat(wanted.destination))) files.mkdir(wanted.destination, 0o755);
      unpackLocal(client, wanted.destination, readTar(archive));
    }
  }
  if (image === undefined) return;
  if (wanted.idFile !== undefined) write(client, wanted.idFile, image, 'writing image ID file: open');
  if (wanted.metadataFile !== undefined) {
    const text = JSON.stringify(
      {
        ...metadata,
        'containerimage.config.digest': image,
        'containerimage.digest': image,
        ...(names.length > 0 ? { 'image.name': names.map((name) => name.replace(/:latest$/, '')).join(',') } : {}),
      },
      null,
      2,
    );
    const folder = wanted.metadataFile.includes('/') ? wanted.metadataFile.replace(/\/[^/]*$/, '') || '/' : '.';
    if (isErrno(files.stat(folder)))
      throw new CliError(`ERROR: invalid output path: stat ${folder}: no such file or directory`);
    write(client, wanted.metadataFile, encodeUtf8(text));
  }
  if (wanted.mode === 'quiet') say(client, image);
}

function write(client: Client, path: string, bytes: string, what?: string): void {
  const failed = userFiles(client.sys).writeFile(path, bytes, { mode: 0o644 });
  if (!failed) return;
  const words = `${path}: ${strerror(failed).toLowerCase()}`;
  throw what === undefined ? buildError(`open ${words}`) : new CliError(`ERROR: ${what} ${words}`);
}
