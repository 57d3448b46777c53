import type { Reply } from './resp.ts';

/** A reply as redis-cli prints it where it is not on a terminal. */
export function rawReply(reply: Reply): string {
  if ('simple' in reply) return reply.simple;
  if ('error' in reply) return `${reply.error}\n`;
  if ('int' in reply) return String(reply.int);
  if ('bulk' in reply) return reply.bulk ?? '';
  return reply.array.map(rawReply).join('\n');
}

/** A reply as redis-cli prints it on a terminal: types marked, strings quoted, arrays numbered. */
export function shownReply(reply: Reply, indent = ''): string {
  if ('simple' in reply) return reply.simple;
  if ('error' in reply) return `(error) ${reply.error}`;
  if ('int' in reply) return `(integer) ${reply.int}`;
  if ('bulk' in reply) return reply.bulk === null ? '(nil)' : quoted(reply.bulk);
  if (reply.array.length === 0) return '(empty array)';
  const width = String(reply.array.length).length;
  return reply.array
    .map((item, i) => {
      const number = `${String(i + 1).padStart(width)}) `;
      return `${i === 0 ? '' : indent}${number}${shownReply(item, `${indent}${' '.repeat(number.length)}`)}`;
    })
    .join('\n');
}

function quoted(text: string): string {
  const escaped = text.replace(/[\\"\n\r\t]|[^ -~]/g, (c) => {
    const known = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[c];
    return known ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}"`;
}
