import type { Variable } from '../state.ts';
import { elementsOf } from './arrays.ts';

/** Does it have characters that only `$'…'` can show? */
function needsDollar(text: string): boolean {
  return /[\x00-\x1f\x7f]/.test(text);
}

const escapes: { readonly [c: string]: string } = {
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\E',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
};

function dollarQuote(text: string): string {
  const inner = text.replace(
    /[\x00-\x1f\x7f\\']/g,
    (c) => escapes[c] ?? `\\${(c.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`,
  );
  return `$'${inner}'`;
}

function singleQuoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/**
 * A text as bash writes it to be read again: `always` in quotes (`${x@Q}`), `words` in quotes where needed (`set`, `-x`),
 * `double` in double quotes (`declare -p`), `backslash` as printf %q has it.
 */
export function quoteReusable(text: string, how: 'always' | 'words' | 'double' | 'backslash'): string {
  if (needsDollar(text)) return dollarQuote(text);
  if (how === 'double') return `"${text.replace(/["$`\\]/g, '\\$&')}"`;
  if (how === 'always') return singleQuoted(text);
  if (text === '') return "''";
  if (how === 'backslash')
    return text.replace(/^[~#]|(?<=[=:])~|[^\w%+./:=@^~#\u0080-\u{10ffff}-]|\^/gu, '\\$&').replace(/^\\#/, '\\#');
  return /^[\w%+./:@^,=\u0080-\u{10ffff}~#-]+$/u.test(text) && !/^[~#]|^=/.test(text) ? text : singleQuoted(text);
}

/** `name=value` or `name=([0]="x" …)`, as `declare -p` and `set` write it; without a value just the name. */
export function assignmentText(name: string, known: Variable, quote: '"' | "'" | 'words'): string {
  if (known.a || known.h) {
    const items = elementsOf(known).map(([key, value]) => {
      const shown = /^[\w.+:@%^/-]+$/.test(key) || known.a ? key : quoteReusable(key, 'double');
      return `[${shown}]=${quoteReusable(value, 'double')}`;
    });
    return `${name}=(${items.join(' ')}${known.h && items.length > 0 ? ' ' : ''})`;
  }
  if (known.v === undefined) return name;
  if (known.v === '' && quote === 'words') return `${name}=`;
  return `${name}=${quoteReusable(known.v, quote === '"' ? 'double' : quote === "'" ? 'always' : 'words')}`;
}
