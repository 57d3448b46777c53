import type { ByteString } from '../../kernel/bytes.ts';

/** One header line: the name as written, and the value without the blanks around it. */
export type Header = readonly [name: string, value: string];

/** The first part of a message. Bytes and text are the same here: HTTP heads are ASCII (or Latin-1). */
export type Head = {
  /** Request line or status line. */
  readonly first: string;
  readonly headers: readonly Header[];
};

/** Splits a message's head from what follows; undefined while its empty line has not come. Accepts LF for CRLF. */
export function parseHead(bytes: ByteString): { readonly head: Head; readonly rest: ByteString } | undefined {
  const end = /\r?\n\r?\n/.exec(bytes);
  if (!end) return undefined;
  const [first = '', ...lines] = bytes.slice(0, end.index).split(/\r?\n/);
  const headers = lines.map((line): Header => {
    const colon = line.indexOf(':');
    return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { head: { first, headers }, rest: bytes.slice(end.index + end[0].length) };
}

/** A head as bytes, with its empty line. */
export function formatHead({ first, headers }: Head): ByteString {
  return `${[first, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

/** The value of the first header of this name, whatever its case. */
export function header(head: Head, name: string): string | undefined {
  return head.headers.find(([found]) => found.toLowerCase() === name.toLowerCase())?.[1];
}

/** The parts of a status line; undefined when it is none. */
export function parseStatus(first: string): { version: string; status: number; reason: string } | undefined {
  const parts = /^HTTP\/(\d(?:\.\d)?) +(\d{3})(?: (.*))?$/.exec(first);
  return parts ? { version: parts[1] ?? '', status: Number(parts[2]), reason: parts[3] ?? '' } : undefined;
}

/** The parts of a request line; undefined when it is none. The target is as sent: with its query, still percent-encoded. */
export function parseRequest(first: string): { method: string; target: string; version: string } | undefined {
  const parts = /^([A-Za-z]+) +(\S+)(?: +HTTP\/(\d\.\d))?$/.exec(first);
  return parts ? { method: parts[1] ?? '', target: parts[2] ?? '', version: parts[3] ?? '0.9' } : undefined;
}

/** How a message's body ends. `left` counts down. */
export type Framing =
  | { readonly by: 'length'; readonly left: number }
  | { readonly by: 'chunks'; readonly left: number; readonly last: boolean }
  | { readonly by: 'close' };

/** How the body of a response ends (RFC 9112, 6.3). */
export function responseFraming(method: string, status: number, head: Head): Framing {
  if (method === 'HEAD' || status === 204 || status === 304) return { by: 'length', left: 0 };
  if (/\bchunked\b/i.test(header(head, 'transfer-encoding') ?? '')) return { by: 'chunks', left: 0, last: false };
  const length = header(head, 'content-length');
  return length !== undefined && /^\d+$/.test(length) ? { by: 'length', left: Number(length) } : { by: 'close' };
}

export interface BodyPart {
  readonly body: ByteString;
  /** What belongs to no body yet (an unfinished chunk header), or to the next message. */
  readonly rest: ByteString;
  readonly framing: Framing;
  readonly done: boolean;
}

/** Takes as much of the body as is there. */
export function takeBody(bytes: ByteString, framing: Framing): BodyPart {
  if (framing.by === 'close') return { body: bytes, rest: '', framing, done: false };
  if (framing.by === 'length') {
    const body = bytes.slice(0, framing.left);
    const left = framing.left - body.length;
    return { body, rest: bytes.slice(body.length), framing: { by: 'length', left }, done: left === 0 };
  }
  return takeChunks(bytes, framing.left, framing.last);
}

function takeChunks(bytes: ByteString, left: number, last: boolean): BodyPart {
  let body = '';
  let rest = bytes;
  const more = (): BodyPart => ({ body, rest, framing: { by: 'chunks', left, last }, done: false });
  for (;;) {
    if (last) {
      const line = /^([^\n]*)\n/.exec(rest);
      if (!line) return more();
      rest = rest.slice(line[0].length);
      if (line[1] === '' || line[1] === '\r') return { ...more(), done: true };
    } else if (left > 0) {
      // `left` includes the CRLF after the chunk
      const data = rest.slice(0, Math.max(0, left - 2));
      body += data;
      const taken = Math.min(rest.length, left);
      rest = rest.slice(taken);
      left -= taken;
      if (left > 0) return more();
    } else {
      const size = /^([0-9a-fA-F]+)[^\n]*\n/.exec(rest);
      if (!size) return more();
      rest = rest.slice(size[0].length);
      const length = Number.parseInt(size[1] ?? '0', 16);
      if (length === 0) last = true;
      else left = length + 2;
    }
  }
}

/** A point in time as HTTP writes it (`Sun, 22 Nov 2026 19:11:35 GMT`). Microseconds since 1970. */
export function httpDate(at: number): string {
  return new Date(at / 1000).toUTCString();
}

/** Percent-decoding of a path; undefined when an escape is malformed. */
export function percentDecode(text: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
