import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type At, type Expr, SyntaxProblem, type TextPart } from '../core/tree.ts';
import { tokenizePy, unescaped } from './lexer.ts';
import { advance, type PyCursor, spanTo, token } from './parse-cursor.ts';
import { expressions } from './parse-expr.ts';

export function texts(c: PyCursor): Expr {
  const at = token(c).at;
  const parts: (string | TextPart)[] = [];
  let bytes: string | undefined;
  let formatted = false;
  while (token(c).k === 'text') {
    const one = advance(c);
    const { prefix = '' } = one;
    const raw = prefix.includes('r');
    if (prefix.includes('b')) bytes = (bytes ?? '') + encodeBytes(raw ? one.v : unescaped(one.v, true));
    else if (prefix.includes('f')) {
      formatted = true;
      parts.push(...formattedParts(one.v, raw, one.at));
    } else parts.push(raw ? one.v : unescaped(one.v, false));
  }
  if (bytes !== undefined) return { k: 'const', v: { t: 'bytes', v: bytes }, at };
  if (!formatted) return { k: 'const', v: parts.join(''), at: spanTo(c, at) };
  return { k: 'text', parts, at: spanTo(c, at) };
}

const encodeBytes = (s: string): string => (/^[\x00-\xff]*$/.test(s) ? s : encodeUtf8(s));

function formattedParts(source: string, raw: boolean, at: At): (string | TextPart)[] {
  const parts: (string | TextPart)[] = [];
  const plain = (s: string) => (raw ? s : unescaped(s, false));
  let text = '';
  for (let i = 0; i < source.length; ) {
    const two = source.slice(i, i + 2);
    if (two === '{{' || two === '}}') {
      text += two[0];
      i += 2;
    } else if (source[i] === '}') throw new SyntaxProblem("f-string: single '}' is not allowed", at);
    else if (source[i] === '{') {
      if (text !== '') parts.push(plain(text));
      text = '';
      const { part, to } = replacement(source, i + 1, raw, at);
      parts.push(part);
      i = to;
    } else text += source[i++];
  }
  if (text !== '') parts.push(plain(text));
  return parts;
}

function replacement(source: string, from: number, raw: boolean, at: At): { part: TextPart; to: number } {
  let depth = 0;
  let i = from;
  for (; i < source.length; i++) {
    const c = source[i] ?? '';
    if (c === "'" || c === '"') i = source.indexOf(c, i + 1);
    else if ('([{'.includes(c)) depth++;
    else if (depth === 0 && (c === '}' || c === ':' || (c === '!' && source[i + 1] !== '='))) break;
    else if (')]}'.includes(c)) depth--;
    if (i < from) break;
  }
  if (i < from || i >= source.length) throw new SyntaxProblem("f-string: expecting '}'", at);
  let inner = source.slice(from, i);
  const label = /[^=!<>]=\s*$/.test(inner) ? inner : undefined;
  if (label !== undefined) inner = inner.replace(/=\s*$/, '');
  if (inner.trim() === '') throw new SyntaxProblem("f-string: valid expression required before '}'", at);
  const c: PyCursor = { tokens: tokenizePy(inner.trim(), true, at[0], at[1]), i: 0 };
  const e = expressions(c);
  if (token(c).k !== 'end') throw new SyntaxProblem('f-string: invalid syntax', at);
  let conversion: string | undefined;
  if (source[i] === '!') {
    conversion = source[i + 1];
    i += 2;
  }
  let format: (string | TextPart)[] | undefined;
  if (source[i] === ':') {
    let nested = 0;
    const start = ++i;
    for (; i < source.length && !(source[i] === '}' && nested === 0); i++)
      nested += source[i] === '{' ? 1 : source[i] === '}' ? -1 : 0;
    format = formattedParts(source.slice(start, i), raw, at);
  }
  return {
    to: i + 1,
    part: {
      e,
      ...(conversion === undefined ? (label !== undefined && !format ? { conversion: 'r' } : {}) : { conversion }),
      ...(format ? { format } : {}),
      ...(label === undefined ? {} : { label }),
    },
  };
}
