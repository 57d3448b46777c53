import { SyntaxProblem } from '../core/tree.ts';
import { float, integer, type Value } from '../core/values.ts';

/** A word of a program. `tpl` is a text with variables in it, its source as it stands between the quotes. */
export interface Token {
  readonly t: 'html' | 'var' | 'id' | 'num' | 'str' | 'tpl' | 'op' | 'end';
  readonly v: string;
  readonly line: number;
  readonly n?: Value;
  /** How a text with variables was quoted: `"` or a heredoc. */
  readonly heredoc?: boolean;
}

const operators =
  '<<<= **= ... <=> === !== <<= >>= ??= ?-> ++ -- -> => :: == != <> <= >= && || ?? += -= *= /= .= %= &= |= ^= << >> **'
    .split(' ')
    .concat([...';,()[]{}=+-*/%.<>!?:&|^~@$#\\']);

/** Reads a file's words; what stands outside `<?php … ?>` is a word of its own. `inCode`: it begins inside. */
export function lex(source: string, inCode = false, firstLine = 1): readonly Token[] {
  const out: Token[] = [];
  let line = firstLine;
  let i = 0;
  const push = (t: Token['t'], v: string, more: Partial<Token> = {}): void => void out.push({ t, v, line, ...more });
  const skip = (text: string): void => {
    for (const c of text) if (c === '\n') line++;
    i += text.length;
  };
  const html = (): void => {
    const open = /<\?(?:php(?=\s|$)|=)/g;
    open.lastIndex = i;
    const found = open.exec(source);
    const end = found?.index ?? source.length;
    if (end > i) {
      const text = source.slice(i, end);
      push('html', text);
      skip(text);
    }
    if (!found) return;
    i += found[0].length;
    if (found[0] === '<?=') push('id', 'echo');
  };
  if (!inCode) {
    if (source.startsWith('#!')) skip(/^[^\n]*\n?/.exec(source)?.[0] ?? '');
    html();
  }
  while (i < source.length) {
    const rest = source.slice(i, i + 400);
    const space = /^(?:\s+|\/\/(?:(?!\?>)[^\n])*|#(?!\[)(?:(?!\?>)[^\n])*)/.exec(rest)?.[0];
    if (space !== undefined) {
      skip(space);
      continue;
    }
    if (rest.startsWith('/*')) {
      const end = source.indexOf('*/', i + 2);
      skip(source.slice(i, end < 0 ? source.length : end + 2));
      continue;
    }
    if (rest.startsWith('#[')) {
      const end = source.indexOf(']', i);
      skip(source.slice(i, end < 0 ? source.length : end + 1));
      continue;
    }
    if (rest.startsWith('?>')) {
      push('op', ';');
      skip(/^\?>\n?/.exec(rest)?.[0] ?? '?>');
      html();
      continue;
    }
    const variable = /^\$([A-Za-z_\x80-\xff][\w\x80-\xff]*)/.exec(rest);
    if (variable) {
      push('var', variable[1] ?? '');
      i += variable[0].length;
      continue;
    }
    const name = /^\\?[A-Za-z_\x80-\xff][\w\x80-\xff]*(?:\\[A-Za-z_\x80-\xff][\w\x80-\xff]*)*/.exec(rest);
    if (name) {
      push('id', name[0]);
      i += name[0].length;
      continue;
    }
    const number =
      /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*\.?(?:[eE][+-]?\d+)?)/.exec(
        rest,
      );
    if (number && /\d/.test(number[0])) {
      push('num', number[0], { n: numberOf(number[0].replaceAll('_', '')) });
      i += number[0].length;
      continue;
    }
    if (rest.startsWith('<<<') && heredoc()) continue;
    const quote = rest[0];
    if (quote === "'" || quote === '"' || quote === '`') {
      const begin = i + 1;
      let end = begin;
      while (end < source.length && source[end] !== quote) {
        if (quote === '"' && source.startsWith('{$', end)) end = closing(source, end) + 1;
        else end += source[end] === '\\' ? 2 : 1;
      }
      if (end >= source.length) throw new SyntaxProblem(`syntax error, unexpected end of file`, [line, 0, line, 0]);
      const text = source.slice(begin, end);
      if (quote === '`') throw new SyntaxProblem('a command in backquotes', [-line, 0, line, 0]);
      if (quote === "'") push('str', text.replace(/\\([\\'])/g, '$1'));
      else push('tpl', text);
      skip(source.slice(i, end + 1));
      continue;
    }
    const op = operators.find((one) => rest.startsWith(one));
    if (op === undefined)
      throw new SyntaxProblem(
        `syntax error, unexpected character 0x${rest.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
        [line, 0, line, 0],
      );
    push('op', op);
    i += op.length;
  }
  push('end', '');
  return out;

  function heredoc(): boolean {
    const head = /^<<<[ \t]*(["']?)([A-Za-z_]\w*)\1\n/.exec(source.slice(i, i + 200));
    if (!head) return false;
    const begin = i + head[0].length;
    const closing = new RegExp(`(?:^|\\n)([ \\t]*)${head[2]}\\b`, 'g');
    closing.lastIndex = begin - 1;
    const end = closing.exec(source);
    if (!end) throw new SyntaxProblem('syntax error, unexpected end of file', [line, 0, line, 0]);
    const indent = end[1]?.length ?? 0;
    const body = source.slice(begin, Math.max(begin, end.index)).split('\n');
    const short = body.findIndex((one) => one.trim() !== '' && one.length - one.trimStart().length < indent);
    if (short >= 0)
      throw new SyntaxProblem(`Invalid body indentation level (expecting an indentation level of at least ${indent})`, [
        line + 1 + short,
        0,
        line + 1 + short,
        0,
      ]);
    const text = source
      .slice(begin, Math.max(begin, end.index))
      .split('\n')
      .map((one) => one.slice(Math.min(indent, one.length - one.trimStart().length)))
      .join('\n');
    line++;
    push(head[1] === "'" ? 'str' : 'tpl', text, { heredoc: true });
    line--;
    skip(source.slice(i, end.index + end[0].length));
    return true;
  }
}

/** A number as it is written. Too large integers have a point. */
function numberOf(text: string): Value {
  if (/^0[xXbBoO]/.test(text) || /^\d+$/.test(text)) {
    const value = /^0\d/.test(text) ? BigInt(`0o${text.slice(1) || '0'}`) : BigInt(text.toLowerCase());
    return value > 9223372036854775807n ? float(Number(value)) : integer(value);
  }
  return float(Number(text));
}

/** What backslashes stand for between double quotes. */
export function escapes(text: string, heredoc: boolean): string {
  return text.replace(
    /\\(?:([nrtvef\\$])|(")|([0-7]{1,3})|x([\da-fA-F]{1,2})|u\{([\da-fA-F]+)\})/g,
    (whole, simple: string, quote: string, octal: string, hex: string, wide: string) => {
      if (simple)
        return (
          ({ n: '\n', r: '\r', t: '\t', v: '\v', e: '\x1b', f: '\f' } as { [c: string]: string })[simple] ?? simple
        );
      if (quote) return heredoc ? whole : '"';
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
      if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
      return [...new TextEncoder().encode(String.fromCodePoint(Number.parseInt(wide, 16)))]
        .map((c) => String.fromCharCode(c))
        .join('');
    },
  );
}

/** Where the brace at `from` is closed, past texts in quotes; the end when it is not. */
export function closing(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    const c = source[i];
    if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return i;
    else if (c === "'" || c === '"') {
      const end = source.indexOf(c, i + 1);
      if (end > 0) i = end;
    }
  }
  return source.length;
}
