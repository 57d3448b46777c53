import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Termios, Wait } from '../../kernel/program.ts';
import type { Client } from '../client.ts';
import { scanForDetach } from './detach-keys.ts';
import { demultiplex } from './frames.ts';
import { makeRaw, restore } from './terminal.ts';

/** A connection to a container's streams: input goes up, output comes down and is printed. Plain data. */
export interface Session {
  readonly [key: string]: Json | undefined;
  readonly fd: number;
  /** The container has a terminal: its output is not framed. */
  readonly tty: boolean;
  /** `open`: what comes in is passed on. `ended`: the other side was told that nothing more comes. */
  readonly input: 'open' | 'ended' | 'none';
  /** Input that the stream had no room for yet. */
  readonly unsent: ByteString;
  /** The beginning of a frame whose rest has not come. */
  readonly partial: ByteString;
  /** Keys that end the connection, where keys are passed on one by one; and how many of them have come. */
  readonly keys?: ByteString;
  readonly matched: number;
  /** The terminal's modes from before, while it is raw. */
  readonly modes?: { readonly [name: string]: boolean };
}

export type Progress = { readonly session: Session } & { readonly state: 'open' | 'ended' | 'detached' };

/** How much is read at a time, bytes. */
const chunk = 65_536;

/** Begins to serve a stream. With a terminal on both sides the client's becomes raw and the detach keys count. */
export function openSession(
  client: Client,
  fd: number,
  options: { readonly tty: boolean; readonly stdin: boolean; readonly keys: ByteString },
): Session {
  const { tty, stdin, keys } = options;
  client.sys.onSignal('SIGPIPE', 'ignore'); // of a broken connection one learns by its error
  const modes = tty && stdin ? makeRaw(client.sys) : undefined;
  return {
    fd,
    tty,
    input: stdin ? 'open' : 'none',
    unsent: '',
    partial: '',
    matched: 0,
    ...(tty && stdin ? { keys } : {}),
    ...(modes ? { modes: { ...modes } } : {}),
  };
}

/** What the connection waits for. */
export function sessionWait(session: Session): Wait {
  const readable = [session.fd];
  if (session.input === 'open' && session.unsent === '') readable.push(0);
  return { readable, ...(session.unsent === '' ? {} : { writable: [session.fd] }) };
}

/** Moves bytes both ways as far as it goes at once. */
export function serve(client: Client, session: Session): Progress {
  const sent = sendInput(client, session);
  if (sent.state === 'detached') return sent;
  return receive(client, sent.session);
}

/** Ends the connection: the terminal gets its modes back. */
export function closeSession(client: Client, session: Session): void {
  restore(client.sys, session.modes as Termios | undefined);
  client.sys.close(session.fd);
}

function sendInput(client: Client, start: Session): Progress {
  const { sys } = client;
  let session = start;
  while (session.input === 'open') {
    if (session.unsent !== '') {
      const taken = sys.write(session.fd, session.unsent);
      if (taken === 'again') break;
      // nobody reads there any more: what was typed is lost, as on a broken connection
      session = { ...session, unsent: isErrno(taken) ? '' : session.unsent.slice(taken) };
      continue;
    }
    const got = sys.read(0, chunk);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) {
      sys.net.shutdown(session.fd);
      session = { ...session, input: 'ended' };
    } else if (session.keys === undefined) {
      session = { ...session, unsent: got.bytes };
    } else {
      const scan = scanForDetach(session.keys, session.matched, got.bytes);
      session = { ...session, unsent: scan.pass, matched: scan.matched };
      if (scan.detached) {
        if (scan.pass !== '') sys.write(session.fd, scan.pass);
        return { session, state: 'detached' };
      }
    }
  }
  return { session, state: 'open' };
}

function receive(client: Client, session: Session): Progress {
  const got = client.sys.read(session.fd, chunk);
  if (got === 'again') return { session, state: 'open' };
  if (got === 'eof' || isErrno(got)) return { session, state: 'ended' };
  if (session.tty) {
    client.output.push([1, got.bytes]);
    return { session, state: 'open' };
  }
  const { output, rest } = demultiplex(session.partial + got.bytes);
  client.output.push(...output);
  return { session: { ...session, partial: rest }, state: 'open' };
}
