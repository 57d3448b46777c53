import type { Language } from '../explain/language.ts';

/** What a script has in it, from top to bottom. */
export type Item =
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'command'; readonly line: string; readonly number: number };

/** A script that cannot be played: the line that is wrong, counted from 1. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly code: 'too-long' | 'too-many' | 'binary';
  readonly line: number;

  constructor(code: ScriptError['code'], line: number) {
    super(`${code} (line ${line})`);
    this.code = code;
    this.line = line;
  }
}

const longestScript = 262_144; // characters
const mostCommands = 1000;

/**
 * Reads a plain text script: one shell command a line (a backslash at its end continues it), remarks behind `#`. `#en` and
 * `#ko` begin remarks in one language only. Remarks on consecutive lines are one text. Throws ScriptError.
 */
export function parseScript(source: string, lang: Language): readonly Item[] {
  if (source.length > longestScript) throw new ScriptError('too-long', 1);
  const items: Item[] = [];
  const lines = source.replace(/^\ufeff/, '').split(/\r?\n/);
  let remark: string[] = [];
  let commands = 0;
  const endRemark = () => {
    if (remark.length > 0) items.push({ kind: 'remark', text: remark.join(' ') });
    remark = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const number = i + 1;
    let line = (lines[i] ?? '').trim();
    if (/[\x00-\x08\x0b-\x1f\x7f]/.test(line)) throw new ScriptError('binary', number);
    if (line.startsWith('#')) {
      const text = remarkIn(line, lang);
      if (text !== '' && text !== undefined) remark.push(text);
      else if (text === '') endRemark();
      continue;
    }
    endRemark();
    if (line === '') continue;
    while (line.endsWith('\\') && i + 1 < lines.length) line = `${line.slice(0, -1)}${(lines[++i] ?? '').trim()}`;
    commands += 1;
    if (commands > mostCommands) throw new ScriptError('too-many', number);
    items.push({ kind: 'command', line, number });
  }
  endRemark();
  return items;
}

/** The text of a remark; undefined when it is for readers of another language. */
function remarkIn(line: string, lang: Language): string | undefined {
  const marked = /^#(en|ko)(?:\s+(.*))?$/.exec(line);
  if (marked) return marked[1] === lang ? (marked[2] ?? '') : undefined;
  return line.replace(/^#+!?\s*/, '');
}
