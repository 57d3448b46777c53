import type { Flavour } from '../../makers/io.ts';
import { compileRegex } from '../regex/compile.ts';

export type Address =
  | { readonly a: 'line'; readonly line: number }
  | { readonly a: 'last' }
  | { readonly a: 'regex'; readonly pattern: string }
  | { readonly a: 'step'; readonly first: number; readonly step: number }
  | { readonly a: 'more'; readonly lines: number };

export type Substitution = {
  readonly pattern: string;
  readonly replacement: string;
  readonly ignoreCase: boolean;
  readonly all: boolean;
  readonly nth: number;
  readonly print: boolean;
  readonly file: string;
};

/** One command of a script; jumps and closing braces are resolved to positions in the list. */
export type Command = {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly not: boolean;
  readonly name: string;
  readonly text: string;
  readonly substitution: Substitution | null;
  /** For `b`, `t`, `T` and `{`: where to go on. */
  readonly jump: number;
};

/** A script that cannot be run; the message is busybox's. */
export class SedError extends Error {}

/** The jump of a block that has no end. */
export const unterminated = -1;

type Draft = { -readonly [K in keyof Command]: Command[K] };

/** Parses a whole script (the -e parts joined by newlines). Throws SedError. */
export function parseScript(script: string, extended: boolean, flavour: Flavour): readonly Command[] {
  return new ScriptParser(script, extended, flavour).parse();
}

class ScriptParser {
  private at = 0;
  private readonly commands: Draft[] = [];
  private readonly open: number[] = [];
  private readonly labels = new Map<string, number>();
  private readonly script: string;
  private readonly extended: boolean;
  private readonly flavour: Flavour;

  constructor(script: string, extended: boolean, flavour: Flavour) {
    this.script = script;
    this.extended = extended;
    this.flavour = flavour;
  }

  parse(): readonly Command[] {
    for (;;) {
      this.skip(/[\s;]*/y);
      if (this.at >= this.script.length) break;
      this.command();
    }
    if (this.open.length > 0 && this.flavour === 'coreutils')
      throw new SedError("-e expression #1, char 0: unmatched `{'");
    // busybox only notices when it has to skip the block.
    for (const start of this.open) Object.assign(this.commands[start] ?? {}, { jump: unterminated });
    for (const command of this.commands) {
      if (!'btT'.includes(command.name)) continue;
      const target = command.text === '' ? this.commands.length : this.labels.get(command.text);
      if (target === undefined) throw new SedError(`can't find label for jump to '${command.text}'`);
      command.jump = target;
    }
    return this.commands;
  }

  private command(): void {
    if (this.script[this.at] === '#') {
      this.skip(/[^\n]*/y);
      return;
    }
    const from = this.address(false);
    let to: Address | null = null;
    this.skip(/[ \t]*/y);
    if (from !== null && this.script[this.at] === ',') {
      this.at++;
      this.skip(/[ \t]*/y);
      to = this.address(true);
      if (to === null) throw new SedError('no address after comma');
    }
    this.skip(/[ \t]*/y);
    const not = this.skip(/(![! \t]*)?/y) !== '';
    const name = this.script[this.at++];
    if (name === undefined || name === '\n') throw new SedError('missing command');
    const command: Draft = { from, to, not, name, text: '', substitution: null, jump: 0 };
    if (name === '#') {
      this.skip(/[^\n]*/y);
      return;
    }
    if (name === '}') {
      const start = this.open.pop();
      const block = start === undefined ? undefined : this.commands[start];
      if (block === undefined) {
        if (this.flavour === 'busybox') return;
        throw new SedError("-e expression #1, char 0: unexpected `}'");
      }
      block.jump = this.commands.length;
      return;
    }
    this.operands(command);
  }

  private operands(command: Draft): void {
    const { name } = command;
    if (name === ':') {
      this.skip(/[ \t]*/y);
      this.labels.set(this.skip(/[^\n;\s]*/y), this.commands.length);
      return;
    }
    if (name === '{') this.open.push(this.commands.length);
    else if (name === 's') command.substitution = this.substitution();
    else if (name === 'y') command.text = this.transliteration();
    else if ('aic'.includes(name)) command.text = this.textBlock();
    else if ('btT'.includes(name)) command.text = this.skip(/[ \t]*[^\n;]*/y).trim();
    else if ('rw'.includes(name)) {
      command.text = this.skip(/[^\n]*/y).trim();
      if (command.text === '') throw new SedError('empty filename');
    } else if (!'=dDgGhHnNpPqQxz'.includes(name)) throw new SedError(`unsupported command ${name}`);
    else if (name === 'q' || name === 'Q')
      command.text = this.flavour === 'coreutils' ? this.skip(/[ \t]*\d*/y).trim() : '';
    this.commands.push(command);
  }

  private address(second: boolean): Address | null {
    const char = this.script[this.at];
    if (char === '$') {
      this.at++;
      return { a: 'last' };
    }
    const digits = this.skip(/\d+/y);
    if (digits !== '') {
      const step = this.flavour === 'coreutils' ? this.skip(/~\d+/y) : '';
      return step === ''
        ? { a: 'line', line: Number(digits) }
        : { a: 'step', first: Number(digits), step: Number(step.slice(1)) };
    }
    if (second && char === '+') {
      this.at++;
      return { a: 'more', lines: Number(this.skip(/\d*/y)) };
    }
    if (char !== '/' && char !== '\\') return null;
    if (char === '\\') this.at++;
    const delimiter = this.script[this.at++] ?? '';
    const pattern = regexText(this.delimited(delimiter, true), delimiter);
    const ignoreCase = this.skip(/I?/y) !== '';
    this.check(pattern);
    return { a: 'regex', pattern: (ignoreCase ? 'i' : '-') + pattern };
  }

  private check(pattern: string): void {
    if (pattern === '') return;
    const regex = compileRegex(pattern, { extended: this.extended });
    if (typeof regex === 'string') throw new SedError(`bad regex '${pattern}': ${regex}`);
  }

  /** The text up to the delimiter; a backslash keeps the next character from ending it (and is kept). */
  private delimited(delimiter: string, regex: boolean): string {
    let out = '';
    let bracket = false;
    for (; this.at < this.script.length; this.at++) {
      const char = this.script[this.at] ?? '';
      if (char === '\\' && !bracket) {
        out += char + (this.script[++this.at] ?? '');
        continue;
      }
      if (regex && char === '[' && !bracket) {
        bracket = true;
        out += char + this.skipAhead(/\^?\]?/y);
        continue;
      }
      if (bracket && char === ']') bracket = false;
      else if (char === delimiter && !bracket) {
        this.at++;
        return out;
      }
      if (regex && char === '\n' && !bracket) break;
      out += char;
    }
    throw new SedError(`unmatched '${delimiter}'`);
  }

  private skipAhead(pattern: RegExp): string {
    this.at++;
    const text = this.skip(pattern);
    this.at--;
    return text;
  }

  private substitution(): Substitution {
    const delimiter = this.script[this.at++] ?? '';
    const pattern = regexText(this.delimited(delimiter, true), delimiter);
    const replacement = replacementText(this.delimited(delimiter, false), delimiter);
    const flags = this.skip(/[gpiIeMm0-9]*/y);
    let file = '';
    if (this.script[this.at] === 'w') {
      this.at++;
      file = this.skip(/[^\n]*/y).trim();
    } else if (!/^[ \t]*([\n;}#]|$)/.test(this.script.slice(this.at)) || /[eMm]/.test(flags))
      throw new SedError('bad option in substitution expression');
    this.check(pattern);
    // For busybox, of a number and `g` the last one counts; for GNU both together mean "from the n-th on".
    const digits = (this.flavour === 'busybox' ? /\d+(?!.*g)/ : /\d+/).exec(flags)?.[0];
    const all = flags.includes('g') && !(this.flavour === 'busybox' && digits !== undefined);
    return {
      pattern,
      replacement,
      file,
      ignoreCase: /[iI]/.test(flags),
      all,
      print: flags.includes('p'),
      nth: digits === undefined ? 1 : Number(digits),
    };
  }

  /** Pairs: what is replaced, and by what, one after the other. */
  private transliteration(): string {
    const delimiter = this.script[this.at++] ?? '';
    const plain = (text: string) => [
      ...text.replace(
        /\\(.)/gs,
        (all, char: string) => ({ n: '\n', t: '\t', '\\': '\\' })[char] ?? (char === delimiter ? char : all),
      ),
    ];
    const from = plain(this.delimited(delimiter, false));
    const to = plain(this.delimited(delimiter, false));
    if (this.flavour === 'coreutils' && from.length !== to.length)
      throw new SedError("strings for `y' command are different lengths");
    return from.flatMap((char, i) => (to[i] === undefined ? [] : [char, to[i]])).join('');
  }

  /** What `a`, `i` and `c` print: the rest of the line, lines that end in a backslash going on. */
  private textBlock(): string {
    this.skip(/[ \t]*/y);
    const escaped = this.skip(/(\\\n?)?/y) !== '';
    if (!escaped) this.skip(/[ \t]*/y);
    let out = '';
    while (this.at < this.script.length) {
      const char = this.script[this.at++] ?? '';
      if (char === '\n') break;
      if (char !== '\\') out += char;
      else {
        const next = this.script[this.at++] ?? '';
        out += next === 'n' ? '\n' : next === 't' ? '\t' : next;
      }
    }
    return out;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.script)?.[0] ?? '';
    this.at += text.length;
    return text;
  }
}

/** In a pattern `\n`, `\t` and `\r` are the characters themselves, inside brackets too. */
function regexText(text: string, delimiter: string): string {
  let bracket = false;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    const next = text[i + 1] ?? '';
    if (char === '\\' && (next === 'n' || next === 't' || next === 'r') && next !== delimiter) {
      out += { n: '\n', t: '\t', r: '\r' }[next];
      i++;
    } else if (char === '\\' && !bracket) {
      out += char + next;
      i++;
    } else {
      if (char === '[' && !bracket) bracket = true;
      else if (char === ']' && bracket && !/\[\^?$/.test(out)) bracket = false;
      out += char;
    }
  }
  return out;
}

function replacementText(text: string, delimiter: string): string {
  return text.replace(/\\([\s\S])/g, (all, char: string) =>
    char === 'n' && delimiter !== 'n'
      ? '\n'
      : char === 't'
        ? '\t'
        : char === 'r'
          ? '\r'
          : char === delimiter && char !== '&'
            ? char
            : all,
  );
}
