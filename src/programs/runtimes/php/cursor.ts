import { SyntaxProblem } from '../core/tree.ts';
import type { Token } from './lexer.ts';

/** Goes through a file's words. */
export interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
}
const last: Token = { t: 'end', v: '', line: 1 };

export const peek = (c: Cursor, ahead = 0): Token => c.tokens[c.at + ahead] ?? c.tokens[c.tokens.length - 1] ?? last;
export function take(c: Cursor): Token {
  const one = peek(c);
  c.at++;
  return one;
}
export const isOp = (c: Cursor, v: string, ahead = 0): boolean => peek(c, ahead).t === 'op' && peek(c, ahead).v === v;
export const isWord = (c: Cursor, v: string, ahead = 0): boolean =>
  peek(c, ahead).t === 'id' && peek(c, ahead).v.toLowerCase() === v;
/** Takes the operator, if it is next. */
export function op(c: Cursor, v: string): boolean {
  if (!isOp(c, v)) return false;
  c.at++;
  return true;
}
export function word(c: Cursor, v: string): boolean {
  if (!isWord(c, v)) return false;
  c.at++;
  return true;
}
/** Takes the operator. Throws PHP's syntax error where something else stands. */
export function expect(c: Cursor, v: string, ...others: string[]): void {
  if (!op(c, v)) unexpected(c, v, ...others);
}
export function name(c: Cursor): string {
  if (peek(c).t !== 'id') return unexpected(c);
  return take(c).v;
}

const reserved =
  /^(?:echo|if|else|elseif|while|for|foreach|function|class|return|switch|case|default|break|continue|try|catch|finally|new|use|namespace|public|private|protected|static|abstract|final|interface|trait|extends|implements|global|unset|isset|empty|print|throw|match|fn|as|and|or|xor|do|endif|endwhile|endfor|endforeach|const|exit|die|list|array|instanceof|clone|include|require|include_once|require_once|goto|var|yield|endswitch|declare)$/i;

/** Throws what PHP says of a word that does not belong where it is. */
export function unexpected(c: Cursor, ...wanted: string[]): never {
  const one = peek(c);
  const v = one.v;
  const open: Token[] = [];
  for (const t of c.tokens.slice(0, c.at + 1)) {
    if (t.t === 'op' && /^[([{]$/.test(t.v)) open.push(t);
    else if (t.t === 'op' && /^[)\]}]$/.test(t.v)) {
      const begun = open.pop();
      if (!begun) throw new SyntaxProblem(`Unmatched '${t.v}'`, [t.line, 0, t.line, 0]);
      if (!['()', '[]', '{}'].includes(begun.v + t.v))
        throw new SyntaxProblem(
          `Unclosed '${begun.v}'${begun.line === t.line ? '' : ` on line ${begun.line}`} does not match '${t.v}'`,
          [t.line, 0, t.line, 0],
        );
    }
  }
  const unclosed = open.at(-1);
  if (one.t === 'end' && unclosed)
    throw new SyntaxProblem(
      `Unclosed '${unclosed.v}'${unclosed.line === one.line ? '' : ` on line ${unclosed.line}`}`,
      [one.line, 0, one.line, 0],
    );
  const what =
    one.t === 'end'
      ? 'end of file'
      : one.t === 'var'
        ? `variable "$${v}"`
        : one.t === 'id'
          ? reserved.test(v)
            ? `token "${v}"`
            : `identifier "${v}"`
          : one.t === 'num'
            ? `${/^\d+$/.test(v) ? 'integer' : 'floating-point number'} "${v}"`
            : one.t === 'str'
              ? `single-quoted string "${v}"`
              : one.t === 'tpl'
                ? `double-quoted string "${v}"`
                : one.t === 'html'
                  ? 'inline html'
                  : `token "${v}"`;
  const names = wanted.map((w) => (/^\W+$/.test(w) ? `"${w}"` : w));
  const list = names.length === 0 ? '' : `, expecting ${names.join(' or ')}`;
  throw new SyntaxProblem(`syntax error, unexpected ${what}${list}`, [one.line, 0, one.line, 0]);
}
