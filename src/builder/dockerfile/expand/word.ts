import { quoteGo } from '../../../kernel/go/quote.ts';
import { DockerfileError, relocated } from '../errors.ts';
import { isSpace } from '../spaces.ts';
import type { EscapeToken } from '../types.ts';
import { Characters } from './characters.ts';
import { withoutPrefix, withoutSuffix, withReplacement } from './pattern.ts';

/** The value of a variable; undefined when it is not set. */
export type LookUp = (name: string) => string | undefined;

export interface ExpandOptions {
  readonly escape: EscapeToken;
  /** Quotes stay in the result. */
  readonly keepQuotes?: boolean;
  /** Escapes stay in the result. */
  readonly keepEscapes?: boolean;
  /** Quotes mean nothing: they are text. */
  readonly plainQuotes?: boolean;
  /** What names an unset variable stays as it is written. */
  readonly keepUnset?: boolean;
}

export interface Expansion {
  readonly text: string;
  /** The text cut at unquoted white space, also at that which came out of variables. */
  readonly words: readonly string[];
  /** Variables that were found, and that were not. */
  readonly used: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
}

/**
 * Quotes, escapes and variables of a word as BuildKit's `shell.Lex` treats them: `$X`, `${X}`, `${X:-d}`, `${X-d}`,
 * `${X:+d}`, `${X+d}`, `${X:?e}`, `${X?e}`, `${X#p}`, `${X##p}`, `${X%p}`, `${X%%p}`, `${X/p/t}`, `${X//p/t}`.
 * Throws DockerfileError.
 */
export function expandWord(source: string, lookUp: LookUp, options: ExpandOptions): Expansion {
  if (isPlain(source)) return { text: source, words: source === '' ? [] : [source], used: none, missing: none };
  const state: Lexer = {
    chars: new Characters(source),
    lookUp,
    options,
    word: '',
    used: new Set(),
    missing: new Set(),
    depth: 0,
  };
  try {
    const { text, words } = readUntil(state, '', options.keepEscapes === true);
    return { text, words, used: state.used, missing: state.missing };
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw relocated(error, error.places, `failed to process ${quoteGo(source)}: `);
  }
}

const none: ReadonlySet<string> = new Set();

/** Most words have nothing in them to be treated. */
function isPlain(source: string): boolean {
  return /^[\w./:@,+=-]*$/.test(source);
}

interface Lexer {
  readonly chars: Characters;
  readonly lookUp: LookUp;
  readonly options: ExpandOptions;
  /** The word being put together: one for all depths, so a `${X:-word}` takes away what stood before it. */
  word: string;
  readonly used: Set<string>;
  readonly missing: Set<string>;
  depth: number;
}

/** Substitutions in substitutions; what goes beyond it is refused rather than overflowing the stack. */
const deepest = 500;

/** Reads until the character `stop` (gone then), or to the end when it is empty. */
function readUntil(state: Lexer, stop: string, keepEscapes: boolean): { text: string; words: string[] } {
  if (++state.depth > deepest) throw new DockerfileError('expansion', 'substitutions are nested too deeply');
  const { chars, options } = state;
  const words: string[] = [];
  let text = '';
  let inWord = false;
  state.word = '';
  const flush = () => {
    if (state.word !== '') words.push(state.word);
    state.word = '';
  };
  const addRaw = (piece: string) => {
    state.word += piece;
    inWord = true;
  };
  const add = (char: string) => {
    if (!isSpace(char)) addRaw(char);
    else if (inWord && state.word !== '') {
      flush();
      inWord = false;
    }
  };
  for (let char = chars.peek(); char !== ''; char = chars.peek()) {
    if (stop !== '' && char === stop) {
      chars.next();
      flush();
      state.depth--;
      return { text, words };
    }
    const quote = !options.plainQuotes && (char === "'" || char === '"');
    if (quote || char === '$' || char === '<') {
      const piece = quote ? readQuoted(state, char, keepEscapes) : char === '$' ? readDollar(state) : readLess(chars);
      text += piece;
      if (char === '$') for (const each of piece) add(each);
      else addRaw(piece);
      continue;
    }
    chars.next();
    if (char !== options.escape) {
      add(char);
      text += char;
      continue;
    }
    if (keepEscapes) {
      addRaw(char);
      text += char;
    }
    const escaped = chars.next();
    if (escaped === '') break;
    addRaw(escaped);
    text += escaped;
  }
  if (stop !== '') {
    throw new DockerfileError('expansion', `unexpected end of statement while looking for matching ${stop}`);
  }
  flush();
  state.depth--;
  return { text, words };
}

function readQuoted(state: Lexer, mark: string, keepEscapes: boolean): string {
  const { chars, options } = state;
  chars.next();
  const edge = options.keepQuotes ? mark : '';
  let out = edge;
  for (;;) {
    const char = chars.peek();
    if (char === '') {
      const kind = mark === "'" ? 'single' : 'double';
      throw new DockerfileError('expansion', `unexpected end of statement while looking for matching ${kind}-quote`);
    }
    if (char === '$' && mark === '"') {
      out += readDollar(state);
      continue;
    }
    chars.next();
    if (char === mark) return out + edge;
    if (mark === '"' && char === options.escape) {
      if (keepEscapes) out += char;
      const next = chars.peek();
      if (next === '') continue;
      out += next === '"' || next === '$' || next === options.escape ? chars.next() : char;
    } else out += char;
  }
}

/** `<<` and blanks stay together with what follows, so that a here-document's word is one word. */
function readLess(chars: Characters): string {
  chars.next();
  if (chars.peek() !== '<') return '<';
  chars.next();
  let out = '<<';
  while (chars.peek() === ' ' || chars.peek() === '\t' || chars.peek() === '\r') out += chars.next();
  return out;
}

function valueIn(state: Lexer, name: string): string | undefined {
  const value = state.lookUp(name);
  (value === undefined ? state.missing : state.used).add(name);
  return value;
}

function readDollar(state: Lexer): string {
  const { chars, options } = state;
  chars.next();
  if (chars.peek() !== '{') {
    const name = chars.name();
    if (name === '') return '$';
    return valueIn(state, name) ?? (options.keepUnset ? `$${name}` : '');
  }
  chars.next();
  const first = chars.peek();
  if (first === '') throw new DockerfileError('expansion', "syntax error: missing '}'");
  if (first === '{' || first === '}' || first === ':') {
    throw new DockerfileError('expansion', 'syntax error: bad substitution');
  }
  const name = chars.name();
  const modifier = chars.next();
  if (modifier === '}') return valueIn(state, name) ?? (options.keepUnset ? `\${${name}}` : '');
  if (modifier === '/') return readReplacement(state, name);
  return readModified(state, name, modifier);
}

/** `missing` when the text ends before what has to come; any other error of the inside otherwise. */
function readPart(state: Lexer, stop: string, keepEscapes: boolean, missing: string): string {
  try {
    return readUntil(state, stop, keepEscapes).text;
  } catch (error) {
    if (error instanceof DockerfileError && state.chars.peek() === '') throw new DockerfileError('expansion', missing);
    throw error;
  }
}

function readReplacement(state: Lexer, name: string): string {
  const all = state.chars.peek() === '/';
  if (all) state.chars.next();
  const pattern = readPart(state, '/', true, "syntax error: missing '/' in ${}");
  const text = readPart(state, '}', true, "syntax error: missing '}'");
  const value = valueIn(state, name);
  // BuildKit writes one slash back even where two stood
  if (value === undefined && state.options.keepUnset) return `\${${name}/${pattern}/${text}}`;
  return withReplacement(value ?? '', pattern, text, all);
}

function readModified(state: Lexer, name: string, first: string): string {
  const emptyIsUnset = first === ':';
  const modifier = emptyIsUnset ? state.chars.next() : first;
  const written = emptyIsUnset ? `:${modifier || '\ufffd'}` : first || '\ufffd';
  const isTrim = modifier === '#' || modifier === '%';
  if (!emptyIsUnset && !'+-?#%'.includes(modifier || ' ')) throw unsupported(written);
  if (emptyIsUnset && isTrim) throw unsupported(written);
  const word = readPart(state, '}', isTrim, "syntax error: missing '}'");
  const value = valueIn(state, name);
  if (value === undefined && state.options.keepUnset) return `\${${name}${written}${word}}`;
  const unset = value === undefined || (emptyIsUnset && value === '');
  switch (modifier) {
    case '-':
      return unset ? word : value;
    case '+':
      return unset ? '' : word;
    case '?': {
      if (!unset) return value;
      const problem = value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty';
      throw new DockerfileError('expansion', `${name}: ${word || problem}`);
    }
    case '#':
    case '%': {
      const longest = word.startsWith(modifier);
      const trim = modifier === '#' ? withoutPrefix : withoutSuffix;
      return trim(value ?? '', longest ? word.slice(1) : word, longest);
    }
    default:
      throw unsupported(written);
  }
}

function unsupported(modifier: string): DockerfileError {
  return new DockerfileError('expansion', `unsupported modifier (${modifier}) in substitution`);
}
