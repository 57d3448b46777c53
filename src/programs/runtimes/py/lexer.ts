import { escaped } from '../core/lexer.ts';
import { type At, SyntaxProblem } from '../core/tree.ts';

/** A word, number, text, sign of Python, or the beginning and end of lines and blocks. */
export interface PyToken {
  readonly k: 'name' | 'number' | 'text' | 'sign' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly v: string;
  readonly at: At;
  /** A text's prefix letters, lower case. */
  readonly prefix?: string;
  /** Where the inside of a text stands. */
  readonly from?: number;
}

const signs =
  '**= //= >>= <<= ... == != <= >= -> := += -= *= /= %= &= |= ^= @= ** // << >> + - * / % @ & | ^ ~ < > ( ) [ ] { } , : . ; ='.split(
    ' ',
  );

/** Splits a program into tokens. Throws SyntaxProblem with CPython's words. */
export function tokenizePy(text: string, oneExpression = false, baseLine = 1, baseColumn = 0): PyToken[] {
  const tokens: PyToken[] = [];
  const indents = [0];
  let line = baseLine;
  let lineFrom = -baseColumn;
  let i = 0;
  let depth = oneExpression ? 1 : 0;
  let atStart = !oneExpression;
  const push = (k: PyToken['k'], v: string, to: number, more: Partial<PyToken> = {}) => {
    const inside = text.slice(i, to);
    const breaks = inside.split('\n').length - 1;
    const column = breaks > 0 ? to - (i + inside.lastIndexOf('\n') + 1) : to - lineFrom;
    tokens.push({ k, v, at: [line, i - lineFrom, line + breaks, column], ...more });
    if (breaks > 0) lineFrom = i + inside.lastIndexOf('\n') + 1;
    line += breaks;
    i = to;
  };
  const problem = (message: string) => new SyntaxProblem(message, [line, i - lineFrom, line, i - lineFrom + 1]);
  while (i < text.length) {
    if (atStart) {
      const indent = /^[ \t]*/.exec(text.slice(i))?.[0] ?? '';
      const rest = text[i + indent.length];
      if (rest === '\n' || rest === '#' || rest === '\r' || rest === undefined) {
        const end = text.indexOf('\n', i);
        if (end < 0) break;
        i = end + 1;
        line++;
        lineFrom = i;
        continue;
      }
      i += indent.length;
      atStart = false;
      const width = indent.replaceAll('\t', '        ').length;
      if (width > (indents.at(-1) ?? 0)) {
        indents.push(width);
        push('indent', '', i);
      }
      while (width < (indents.at(-1) ?? 0)) {
        indents.pop();
        push('dedent', '', i);
        if (width > (indents.at(-1) ?? 0))
          throw new SyntaxProblem('IndentationError: unindent does not match any outer indentation level', [
            line,
            i - lineFrom,
            line,
            i - lineFrom,
          ]);
      }
    }
    const c = text[i] ?? '';
    if (c === '\n') {
      if (depth === 0) {
        push('newline', '\n', i);
        atStart = true;
      }
      i++;
      line++;
      lineFrom = i;
    } else if (c === ' ' || c === '\t' || c === '\r' || c === '\f') i++;
    else if (c === '#') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (c === '\\' && text[i + 1] === '\n') {
      i += 2;
      line++;
      lineFrom = i;
    } else {
      const quoted = /^([rRbBfFuU]{0,2})("""|'''|"|')/.exec(text.slice(i, i + 5));
      if (quoted) {
        const [all, prefix = '', quote = ''] = quoted;
        const from = i + all.length;
        const end = closing(text, from, quote);
        if (end < 0)
          throw problem(
            quote.length === 3
              ? 'unterminated triple-quoted string literal'
              : `unterminated string literal (detected at line ${line})`,
          );
        push('text', text.slice(from, end), end + quote.length, { prefix: prefix.toLowerCase(), from });
      } else if (/[\p{L}_]/u.test(c)) {
        const word = /^[\p{L}\p{N}_]+/u.exec(text.slice(i, i + 200))?.[0] ?? c;
        push('name', word, i + word.length);
      } else if (/\d/.test(c) || (c === '.' && /\d/.test(text[i + 1] ?? ''))) {
        const number =
          /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.?[\d_]*(?:[eE][+-]?\d+)?)/.exec(
            text.slice(i, i + 400),
          )?.[0] ?? c;
        push('number', number, i + number.length);
      } else {
        const sign = signs.find((one) => text.startsWith(one, i));
        if (sign === undefined) throw problem('invalid syntax');
        if ('([{'.includes(sign) && ++depth > 200) throw problem('too many nested parentheses');
        if (')]}'.includes(sign)) {
          if (depth === 0) throw problem(`unmatched '${sign}'`);
          depth--;
        }
        push('sign', sign, i + sign.length);
      }
    }
  }
  i = text.length;
  if (!oneExpression) {
    if (depth > 0) {
      const open = lastOpen(tokens);
      if (open) throw new SyntaxProblem(`'${open.v}' was never closed`, open.at);
    }
    if (tokens.at(-1)?.k !== 'newline') push('newline', '', i);
    while (indents.length > 1) {
      indents.pop();
      push('dedent', '', i);
    }
  }
  push('end', '', i);
  return tokens;
}

function lastOpen(tokens: readonly PyToken[]): PyToken | undefined {
  const open: PyToken[] = [];
  for (const one of tokens) {
    if (one.k !== 'sign') continue;
    if ('([{'.includes(one.v)) open.push(one);
    else if (')]}'.includes(one.v)) open.pop();
  }
  return open.at(-1);
}

function closing(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(quote, i)) return i;
    else if (text[i] === '\n' && quote.length === 1) return -1;
  }
  return -1;
}

/** A text's value with its escapes resolved. */
export function unescaped(raw: string, bytes: boolean): string {
  let out = '';
  for (let i = 0; i < raw.length; ) {
    const c = raw[i] ?? '';
    if (c !== '\\') {
      out += c;
      i++;
    } else if (/[\\'"abfnrtv\nxuU0-7]/.test(raw[i + 1] ?? '') && !(bytes && /[uU]/.test(raw[i + 1] ?? ''))) {
      const [value, to] = raw[i + 1] === '0' && !/[0-7]/.test(raw[i + 2] ?? '') ? ['\0', i + 2] : escaped(raw, i);
      out += value;
      i = to;
    } else {
      out += c;
      i++;
    }
  }
  return out;
}
