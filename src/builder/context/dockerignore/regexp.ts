/** A regular expression that neither Go nor anybody else can read. */
export class BadExpression extends Error {
  override readonly name = 'BadExpression';
}

const posixClasses: { readonly [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const letters: { readonly [letter: string]: string } = {
  a: '\\x07',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  t: '\\t',
  v: '\\v',
  d: '0-9',
  w: '0-9A-Za-z_',
  s: '\\t\\n\\f\\r ',
};

/**
 * Compiles a regular expression in Go's notation (what patternmatcher makes of a pattern: literals, `.`, `*`, `?`, groups,
 * classes, escapes). Throws BadExpression.
 */
export function compileGoRegexp(source: string): RegExp {
  const chars = Array.from(source);
  let out = '';
  let at = 0;
  while (at < chars.length) {
    const char = chars[at++] ?? '';
    if (char === '\\') out += escaped(chars[at++], false);
    else if (char === '[') {
      const read = readClass(chars, at);
      out += read.text;
      at = read.end;
    } else if (char === '.') out += '[^\\n]';
    else out += char === ']' || char === '{' || char === '}' ? `\\${char}` : char;
  }
  try {
    return new RegExp(out, 'u');
  } catch {
    throw new BadExpression(source);
  }
}

/** What `\` and a character mean, inside or outside of a class. */
function escaped(char: string | undefined, inClass: boolean): string {
  if (char === undefined) throw new BadExpression('trailing backslash');
  if (/^[A-Za-z0-9]$/.test(char)) {
    const lower = char.toLowerCase();
    const meant = Object.hasOwn(letters, lower) ? letters[lower] : undefined;
    const isSet = 'dws'.includes(lower);
    if (meant === undefined || (char !== lower && (!isSet || inClass))) throw new BadExpression(`\\${char}`);
    if (inClass || !isSet) return meant;
    return `[${char === lower ? '' : '^'}${meant}]`;
  }
  return literal(char);
}

function literal(char: string): string {
  return /^[\^$\\.*+?()[\]{}|/-]$/.test(char) ? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}` : char;
}

function readClass(chars: readonly string[], from: number): { text: string; end: number } {
  let at = from;
  let out = '[';
  if (chars[at] === '^') {
    out += '^';
    at++;
  }
  for (let first = true; at < chars.length; first = false) {
    const char = chars[at++] ?? '';
    if (char === ']' && !first) return { text: `${out}]`, end: at };
    if (char === '\\') out += escaped(chars[at++], true);
    else if (char === '-') out += '-';
    else if (char === '[' && chars[at] === ':') {
      const rest = chars.slice(at + 1).join('');
      const name = /^([a-z]+):\]/.exec(rest)?.[1] ?? '';
      if (!Object.hasOwn(posixClasses, name)) throw new BadExpression(source(chars));
      out += posixClasses[name];
      at += name.length + 3;
    } else out += literal(char);
  }
  throw new BadExpression(source(chars));
}

function source(chars: readonly string[]): string {
  return chars.join('');
}
