/** A reply of Redis (RESP2): a simple string, an error, an integer, bytes (null: nil), or an array. */
export type Reply =
  | { readonly simple: string }
  | { readonly error: string }
  | { readonly int: number }
  | { readonly bulk: string | null }
  | { readonly array: readonly Reply[] };

export const ok: Reply = { simple: 'OK' };
export const nil: Reply = { bulk: null };

export function bulk(text: string): Reply {
  return { bulk: text };
}

export function int(value: number): Reply {
  return { int: value };
}

export function bulks(items: readonly (string | null)[]): Reply {
  return { array: items.map((item) => ({ bulk: item })) };
}

/** A reply as it goes over the connection. */
export function encodeReply(reply: Reply): string {
  if ('simple' in reply) return `+${reply.simple}\r\n`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  if ('int' in reply) return `:${reply.int}\r\n`;
  if ('bulk' in reply) return reply.bulk === null ? '$-1\r\n' : `$${reply.bulk.length}\r\n${reply.bulk}\r\n`;
  return `*${reply.array.length}\r\n${reply.array.map(encodeReply).join('')}`;
}

/** A command as it goes over the connection. */
export function encodeCommand(words: readonly string[]): string {
  return encodeReply(bulks(words));
}

/** The first reply in what came, and the rest; undefined while it is incomplete. */
export function parseReply(bytes: string): { readonly reply: Reply; readonly rest: string } | undefined {
  const end = bytes.indexOf('\r\n');
  if (end < 0) return undefined;
  const line = bytes.slice(1, end);
  const rest = bytes.slice(end + 2);
  switch (bytes[0]) {
    case '+':
      return { reply: { simple: line }, rest };
    case '-':
      return { reply: { error: line }, rest };
    case ':':
      return { reply: { int: Number(line) }, rest };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: nil, rest };
      if (rest.length < length + 2) return undefined;
      return { reply: bulk(rest.slice(0, length)), rest: rest.slice(length + 2) };
    }
    case '*': {
      const items: Reply[] = [];
      let left = rest;
      for (let i = 0; i < Number(line); i++) {
        const item = parseReply(left);
        if (!item) return undefined;
        items.push(item.reply);
        left = item.rest;
      }
      return { reply: { array: items }, rest: left };
    }
    default:
      return { reply: { error: 'ERR Protocol error' }, rest: '' };
  }
}

/** The first command in what came: an array of strings, or a line of words (as typed into nc). */
export function parseCommand(bytes: string): { readonly words: readonly string[]; readonly rest: string } | undefined {
  if (bytes.startsWith('*')) {
    const parsed = parseReply(bytes);
    if (!parsed) return undefined;
    const items = 'array' in parsed.reply ? parsed.reply.array : [];
    return { words: items.map((item) => ('bulk' in item ? (item.bulk ?? '') : '')), rest: parsed.rest };
  }
  const end = bytes.indexOf('\n');
  if (end < 0) return undefined;
  const words = splitWords(bytes.slice(0, end).replace(/\r$/, '')) ?? [];
  return { words, rest: bytes.slice(end + 1) };
}

/** Words of a line, quoted ones with their escapes resolved; undefined when a quote is not closed. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let i = 0;
  for (;;) {
    while (/\s/.test(line[i] ?? '')) i++;
    if (i >= line.length) return words;
    let word = '';
    const quote = line[i] === '"' || line[i] === "'" ? line[i] : undefined;
    if (quote === undefined) while (i < line.length && !/\s/.test(line[i] ?? '')) word += line[i++];
    else {
      for (i++; line[i] !== quote; i++) {
        if (i >= line.length) return undefined;
        if (line[i] === '\\' && quote === '"') {
          const next = line[++i] ?? '';
          word += { n: '\n', r: '\r', t: '\t' }[next] ?? next;
        } else word += line[i];
      }
      i++;
      if (i < line.length && !/\s/.test(line[i] ?? '')) return undefined;
    }
    words.push(word);
  }
}
