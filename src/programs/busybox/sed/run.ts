import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Io } from '../../makers/io.ts';
import { compileRegex } from '../regex/compile.ts';
import type { Match } from '../regex/match.ts';
import { findMatch } from '../regex/match.ts';
import { subjectOf } from '../regex/text.ts';
import type { Address, Command, Substitution } from './parse.ts';
import { unterminated } from './parse.ts';

/** What a script works on, kept from line to line. */
export type Work = {
  readonly pattern: ByteString;
  readonly hold: ByteString;
  readonly number: number;
  /** For each command that has a range: the line that ends it, -1 while a pattern is waited for, 0 when not inside. */
  readonly ranges: { readonly [command: string]: number };
  readonly lastRegex: string;
  /** What `a` and `r` print at the end of the cycle. */
  readonly append: ByteString;
  /** Where to go on when the next line has come: a command's position; null: a new cycle. */
  readonly resume: { readonly at: number; readonly join: boolean } | null;
  readonly substituted: boolean;
  /** The last line had no newline at its end. */
  readonly missingNewline: boolean;
};

export interface Script {
  readonly commands: readonly Command[];
  readonly extended: boolean;
  readonly quiet: boolean;
}

/** What came of a line: the next state, and whether the script has said to end. */
export interface Ran {
  readonly work: Work;
  readonly quit?: number;
}

/** Most commands that one line may take: a script that only jumps would never end. */
const maxCommands = 100_000;

/** Runs the script on a line. `last`: no line comes after it. `put` prints what sed prints. */
export function runLine(
  script: Script,
  from: Work,
  line: ByteString,
  last: boolean,
  put: (bytes: ByteString, newline: boolean) => void,
  io: Io,
): Ran {
  return new Cycle(script, from, last, put, io).run(line);
}

class Cycle {
  private pattern: ByteString;
  private hold: ByteString;
  private readonly number: number;
  private readonly ranges: { [command: string]: number };
  private lastRegex: string;
  private append: ByteString;
  private substituted: boolean;
  private readonly script: Script;
  private readonly from: Work;
  private readonly last: boolean;
  private readonly put: (bytes: ByteString, newline: boolean) => void;
  private readonly io: Io;

  constructor(script: Script, from: Work, last: boolean, put: (bytes: ByteString, newline: boolean) => void, io: Io) {
    this.script = script;
    this.from = from;
    this.last = last;
    this.put = put;
    this.io = io;
    this.pattern = from.pattern;
    this.hold = from.hold;
    this.number = from.number + 1;
    this.ranges = { ...from.ranges };
    this.lastRegex = from.lastRegex;
    this.append = from.append;
    this.substituted = from.substituted;
  }

  run(line: ByteString): Ran {
    const { resume } = this.from;
    if (resume === null) this.substituted = false;
    this.pattern = resume?.join ? `${this.pattern}\n${line}` : line;
    let at = resume?.at ?? 0;
    const { commands } = this.script;
    for (let steps = 0; ; steps++) {
      if (steps > maxCommands) {
        this.io.err('sed: the script goes round without end\n');
        return { work: this.work(null), quit: 1 };
      }
      const command = commands[at];
      if (command === undefined) break;
      if (this.selected(command, at) === command.not) {
        if (command.name === '{' && command.jump === unterminated) {
          this.io.err('sed: unterminated {\n');
          return { work: this.work(null), quit: 1 };
        }
        at = command.name === '{' ? command.jump : at + 1;
        continue;
      }
      at++;
      switch (command.name) {
        case 'd':
          return this.end(false);
        case 'D': {
          const newline = this.pattern.indexOf('\n');
          if (newline < 0) return this.end(false);
          this.pattern = this.pattern.slice(newline + 1);
          this.flush();
          at = 0;
          break;
        }
        case 'n':
          if (this.last)
            return this.script.quiet || this.io.style.flavour === 'busybox'
              ? this.end(!this.script.quiet, 0)
              : this.end(true, 0);
          if (!this.script.quiet) this.print(this.pattern);
          this.flush();
          return { work: this.work({ at, join: false }) };
        case 'N':
          if (this.last) return this.end(!this.script.quiet, 0);
          this.flush();
          return { work: this.work({ at, join: true }) };
        case 'q':
          return this.end(!this.script.quiet, Number(command.text));
        case 'Q':
          return { work: this.work(null), quit: Number(command.text) };
        case 'b':
          at = command.jump;
          break;
        case 't':
        case 'T':
          if (this.substituted === (command.name === 't')) at = command.jump;
          this.substituted = false;
          break;
        case 'c':
          if (
            command.to === null ||
            command.not ||
            this.ranges[at - 1] === 0 ||
            this.ranges[at - 1] === undefined ||
            this.last
          )
            this.printText(command.text);
          return this.end(false);
        default:
          this.simple(command);
      }
    }
    return this.end(!this.script.quiet);
  }

  private simple(command: Command): void {
    switch (command.name) {
      case 's':
        if (command.substitution) this.substitute(command.substitution);
        break;
      case 'p':
        this.print(this.pattern);
        break;
      case 'P':
        this.put(this.pattern.split('\n', 1)[0] ?? '', true);
        break;
      case '=':
        this.put(String(this.number), true);
        break;
      case 'i':
        this.printText(command.text);
        break;
      case 'a':
        this.append += `${encodeUtf8(command.text)}\n`;
        break;
      case 'r': {
        const file = this.io.sys.fs.readFile(command.text);
        if (!isErrno(file)) this.append += file.bytes;
        break;
      }
      case 'w':
        this.writeTo(command.text);
        break;
      case 'g':
        this.pattern = this.hold;
        break;
      case 'G':
        this.pattern += `\n${this.hold}`;
        break;
      case 'h':
        this.hold = this.pattern;
        break;
      case 'H':
        this.hold += `\n${this.pattern}`;
        break;
      case 'x':
        [this.pattern, this.hold] = [this.hold, this.pattern];
        break;
      case 'z':
        this.pattern = '';
        break;
      case 'y':
        this.transliterate([...command.text]);
        break;
    }
  }

  private transliterate(pairs: readonly string[]): void {
    const table = new Map<string, string>();
    for (let i = 0; i < pairs.length; i += 2) table.set(pairs[i] ?? '', pairs[i + 1] ?? '');
    const { text, encode } = subjectOf(this.pattern);
    this.pattern = encode([...text].map((char) => table.get(char) ?? char).join(''));
  }

  private work(resume: Work['resume']): Work {
    const { pattern, hold, number, ranges, lastRegex, append, substituted } = this;
    return {
      pattern,
      hold,
      number,
      ranges,
      lastRegex,
      append,
      resume,
      substituted,
      missingNewline: this.from.missingNewline,
    };
  }

  private end(print: boolean, quit?: number): Ran {
    if (print) this.print(this.pattern);
    this.flush();
    return { work: this.work(null), ...(quit !== undefined && { quit }) };
  }

  private flush(): void {
    if (this.append === '') return;
    const whole = this.append.endsWith('\n');
    this.put(whole ? this.append.slice(0, -1) : this.append, whole);
    this.append = '';
  }

  private print(bytes: ByteString): void {
    this.put(bytes, !(this.last && this.from.missingNewline));
  }

  private printText(text: string): void {
    this.put(encodeUtf8(text), true);
  }

  private writeTo(path: string): void {
    if (path === '/dev/stdout') this.put(this.pattern, true);
    else this.io.sys.fs.writeFile(path, `${this.pattern}\n`, { append: true });
  }

  private selected(command: Command, at: number): boolean {
    const { from, to } = command;
    if (from === null) return true;
    if (to === null) return this.matches(from);
    const until = this.ranges[at] ?? 0;
    if (until === 0) {
      const startsAtZero =
        this.io.style.flavour === 'coreutils' && from.a === 'line' && from.line === 0 && this.number === 1;
      if (!startsAtZero && !this.matches(from)) return false;
      if (to.a === 'regex') this.ranges[at] = startsAtZero && this.matches(to) ? 0 : -1;
      else if (to.a === 'last') this.ranges[at] = this.last ? 0 : -2;
      else {
        const end = to.a === 'line' ? to.line : to.a === 'more' ? this.number + to.lines : this.number;
        this.ranges[at] = end > this.number ? end : 0;
      }
      return true;
    }
    if (until === -1) {
      if (this.matches(to)) this.ranges[at] = 0;
    } else if (until === -2) {
      if (this.last) this.ranges[at] = 0;
    } else {
      if (this.number >= until) this.ranges[at] = 0;
      return this.number <= until || this.matches(from);
    }
    return true;
  }

  private matches(address: Address): boolean {
    switch (address.a) {
      case 'line':
        return this.number === address.line;
      case 'last':
        return this.last;
      case 'step':
        return address.step === 0
          ? this.number === address.first
          : this.number >= address.first && (this.number - address.first) % address.step === 0;
      case 'more':
        return false;
      case 'regex':
        return (
          this.find(address.pattern.slice(1), address.pattern.startsWith('i'), subjectOf(this.pattern).text, 0) !==
          undefined
        );
    }
  }

  private find(pattern: string, ignoreCase: boolean, text: string, from: number): Match | undefined {
    const source = pattern === '' ? this.lastRegex : pattern;
    this.lastRegex = source;
    const regex = compileRegex(source, { extended: this.script.extended, ignoreCase });
    return typeof regex === 'string' ? undefined : findMatch(regex, text, from);
  }

  private substitute(how: Substitution): void {
    const { text, bytewise, encode } = subjectOf(this.pattern);
    const replacement = bytewise ? encodeUtf8(how.replacement) : how.replacement;
    let out = '';
    let at = 0;
    let count = 0;
    let changed = false;
    let lastEnd = -1;
    while (at <= text.length) {
      const match = this.find(how.pattern, how.ignoreCase, text, at);
      if (match === undefined) break;
      const empty = match.end === match.start;
      if (!(empty && match.start === lastEnd)) {
        count++;
        out += text.slice(at, match.start);
        const replaced = count === how.nth || (how.all && count > how.nth);
        out += replaced ? expand(replacement, match, text) : text.slice(match.start, match.end);
        changed ||= replaced;
        at = match.end;
        lastEnd = match.end;
        if (replaced && !how.all) break;
      } else if (match.start > at) {
        out += text.slice(at, match.start);
        at = match.start;
      }
      if (empty) {
        if (at >= text.length) break;
        out += text.slice(at, at + 1);
        at++;
      }
    }
    if (!changed) return;
    this.pattern = encode(out + text.slice(at));
    this.substituted = true;
    if (how.print) this.print(this.pattern);
    if (how.file !== '') this.writeTo(how.file);
  }
}

function expand(replacement: string, match: Match, text: string): string {
  return replacement.replace(/\\([\s\S])|&/g, (all, char: string | undefined) => {
    const number = all === '&' ? 0 : /\d/.test(char ?? '') ? Number(char) : undefined;
    if (number === undefined) return char ?? '';
    const group = match.groups[number];
    return group ? text.slice(group[0], group[1]) : '';
  });
}
