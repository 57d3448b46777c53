import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type At, SyntaxProblem } from '../core/tree.ts';

export interface Token {
  readonly k: 'name' | 'keyword' | 'int' | 'float' | 'rune' | 'string' | 'op' | 'end';
  readonly text: string;
  /** A string's bytes, a rune's number. */
  readonly value: string;
  readonly at: At;
}

const keywords: ReadonlySet<string> = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
);
const operators =
  '<<= >>= &^= ... && || <- ++ -- == != <= >= := += -= *= /= %= &= |= ^= << >> &^ + - * / % & | ^ < > = ! ( ) [ ] { } , ; . : ~'.split(
    ' ',
  );
const escapes: { readonly [c: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Cuts Go into tokens; semicolons are put in at the ends of lines as the language says. Throws SyntaxProblem. */
export function tokens(text: string): readonly Token[] {
  const out: Token[] = [];
  let i = 0;
  let line = 1;
  let start = 0;
  const here = (from: number, to: number): At => [line, from - start, line, to - start];
  const push = (k: Token['k'], from: number, to: number, value = '') =>
    out.push({ k, text: text.slice(from, to), value, at: here(from, to) });
  const endsLine = (): boolean => {
    const last = out.at(-1);
    if (!last) return false;
    if (['name', 'int', 'float', 'rune', 'string'].includes(last.k)) return true;
    if (last.k === 'keyword') return ['break', 'continue', 'fallthrough', 'return'].includes(last.text);
    return [')', ']', '}', '++', '--'].includes(last.text);
  };
  const newline = (at: number) => {
    if (endsLine()) out.push({ k: 'op', text: ';', value: 'newline', at: here(at, at) });
  };
  while (i < text.length) {
    const c = text[i] ?? '';
    if (c === '\n') {
      newline(i);
      i++;
      line++;
      start = i;
      continue;
    }
    if (c === ' ' || c === '\t' || c === '\r' || c === '\ufeff') {
      i++;
      continue;
    }
    if (text.startsWith('//', i)) {
      while (i < text.length && text[i] !== '\n') i++;
      continue;
    }
    if (text.startsWith('/*', i)) {
      const end = text.indexOf('*/', i + 2);
      if (end < 0) throw new SyntaxProblem('comment not terminated', here(i, i + 2));
      const inside = text.slice(i, end + 2);
      if (inside.includes('\n')) newline(i);
      for (let at = i; at < end + 2; at++)
        if (text[at] === '\n') {
          line++;
          start = at + 1;
        }
      i = end + 2;
      continue;
    }
    const name = /^[\p{L}_][\p{L}\p{Nd}_]*/u.exec(text.slice(i, i + 200))?.[0];
    if (name !== undefined) {
      push(keywords.has(name) ? 'keyword' : 'name', i, i + name.length);
      i += name.length;
      continue;
    }
    if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(text[i + 1] ?? ''))) {
      const number =
        /^(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:[0-9][0-9_]*)?\.?[0-9_]*(?:[eE][+-]?[0-9]+)?)/.exec(
          text.slice(i, i + 100),
        )?.[0] ?? c;
      push(!/^0[xX]/.test(number) && /[.eE]/.test(number) ? 'float' : 'int', i, i + number.length);
      i += number.length;
      continue;
    }
    if (c === '`') {
      const end = text.indexOf('`', i + 1);
      if (end < 0) throw new SyntaxProblem('string not terminated', here(i, i + 1));
      push('string', i, end + 1, encodeUtf8(text.slice(i + 1, end).replaceAll('\r', '')));
      for (let at = i; at < end; at++)
        if (text[at] === '\n') {
          line++;
          start = at + 1;
        }
      i = end + 1;
      continue;
    }
    if (c === '"' || c === "'") {
      const from = i;
      let value = '';
      let rune = 0;
      i++;
      while (text[i] !== c) {
        const one = String.fromCodePoint(text.codePointAt(i) ?? 0);
        if (i >= text.length || one === '\n')
          throw new SyntaxProblem(
            c === '"' ? 'newline in string' : 'newline in rune literal',
            here(c === '"' ? i : from, i),
          );
        if (one !== '\\') {
          value += encodeUtf8(one);
          rune = one.codePointAt(0) ?? 0;
          i += one.length;
          continue;
        }
        const [whole = '', hex, octal] =
          /^\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/.exec(text.slice(i, i + 12)) ?? [];
        if (hex !== undefined || octal !== undefined) {
          rune = Number.parseInt(hex ?? octal ?? '0', hex === undefined ? 8 : 16);
          value += String.fromCharCode(rune);
        } else if (/^\\[uU]/.test(whole)) {
          rune = Number.parseInt(whole.slice(2), 16);
          value += encodeUtf8(String.fromCodePoint(rune));
        } else {
          const plain = escapes[whole[1] ?? ''];
          if (plain === undefined) throw new SyntaxProblem('unknown escape', here(i, i + 2));
          value += plain;
          rune = plain.charCodeAt(0);
        }
        i += whole.length;
      }
      i++;
      push(c === '"' ? 'string' : 'rune', from, i, c === '"' ? value : String(rune));
      continue;
    }
    const op = operators.find((one) => text.startsWith(one, i));
    if (op === undefined)
      throw new SyntaxProblem(
        `invalid character U+${(text.codePointAt(i) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${c}'`,
        here(i, i + 1),
      );
    push('op', i, i + op.length);
    i += op.length;
  }
  newline(i);
  out.push({ k: 'end', text: 'EOF', value: '', at: here(i, i) });
  return out;
}
