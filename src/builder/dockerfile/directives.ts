import { DockerfileError } from './errors.ts';
import type { Directive, EscapeToken } from './types.ts';

const form = /^#[\t\n\f\r ]*([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=([^\n]+)$/;
const ends = /^[\t\n\f\r ]+|[\t\n\f\r ]+$/g;

/** Reads `# syntax=…`, `# escape=…` and `# check=…`, which only the first lines of a file can be. */
export class DirectiveReader {
  readonly found: Directive[] = [];
  escape: EscapeToken = '\\';
  #done = false;

  /** Was this line (blanks in front taken off, counted from 1) a directive? Throws on a repeated or wrong one. */
  read(text: string, line: number): boolean {
    if (this.#done) return false;
    const [, word = '', rest = ''] = form.exec(text) ?? [];
    const name = directiveName(word.toLowerCase());
    if (name === undefined) {
      this.#done = true;
      return false;
    }
    if (this.found.some((directive) => directive.name === name)) {
      throw new DockerfileError('directive', `only one ${name} parser directive can be used`);
    }
    const value = rest.replace(ends, '') || rest.slice(-1);
    if (name === 'escape') this.escape = escapeToken(value);
    this.found.push({ name, value, line });
    return true;
  }
}

function directiveName(word: string): Directive['name'] | undefined {
  return word === 'syntax' || word === 'escape' || word === 'check' ? word : undefined;
}

function escapeToken(value: string): EscapeToken {
  if (value === '\\' || value === '`') return value;
  throw new DockerfileError('directive', `invalid escape token '${value}' does not match \` or \\`);
}
