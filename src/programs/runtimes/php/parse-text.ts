import type { Expr } from './ast.ts';
import { closing, escapes, lex } from './lexer.ts';
import { expr, postfix } from './parse-expr.ts';

/** A text between double quotes: what is in it as it stands, and the variables. */
export function parseText(source: string, line: number, heredoc: boolean): Expr {
  const parts: (string | Expr)[] = [];
  let plain = '';
  const done = (): void => {
    if (plain !== '') parts.push(escapes(plain, heredoc));
    plain = '';
  };
  let i = 0;
  while (i < source.length) {
    const c = source[i];
    if (c === '\\') {
      plain += source.slice(i, i + 2);
      i += 2;
      continue;
    }
    if (c === '{' && source[i + 1] === '$') {
      done();
      const end = closing(source, i);
      const cursor = { tokens: lex(source.slice(i + 1, end), true, line), at: 0 };
      parts.push(postfix(cursor, expr(cursor)));
      i = end + 1;
      continue;
    }
    const simple = c === '$' ? /^\$(\{)?([A-Za-z_\x80-\xff][\w\x80-\xff]*)/.exec(source.slice(i, i + 200)) : null;
    if (!simple) {
      plain += c;
      i++;
      continue;
    }
    done();
    i += simple[0].length;
    let e: Expr = { k: 'var', name: simple[2] ?? '', line };
    if (simple[1]) i++;
    else {
      const rest = source.slice(i, i + 200);
      const index = /^\[(?:(-?\d+)|([A-Za-z_]\w*)|\$([A-Za-z_]\w*))\]/.exec(rest);
      const prop = /^(\??)->([A-Za-z_]\w*)/.exec(rest);
      if (index) {
        const [whole, number, text, variable] = index;
        const key: Expr =
          variable !== undefined
            ? { k: 'var', name: variable, line }
            : { k: 'const', v: number !== undefined ? Number(number) : (text ?? ''), line };
        e = { k: 'index', obj: e, key, line };
        i += whole.length;
      } else if (prop) {
        e = { k: 'prop', obj: e, name: prop[2] ?? '', safe: prop[1] === '?', line };
        i += prop[0].length;
      }
    }
    parts.push(e);
  }
  done();
  if (parts.length === 0) return { k: 'const', v: '', line };
  const [only] = parts;
  return parts.length === 1 && typeof only === 'string' ? { k: 'const', v: only, line } : { k: 'text', parts, line };
}
