import type { Scanner } from './scanner.ts';
import { innerScanner, lineOf, needMore, problem } from './scanner.ts';
import { peek } from './tokens.ts';
import type { Command, Part } from './tree.ts';
import { readDouble } from './words.ts';

/** Does a second parenthesis follow the one that is the next token? */
export function isDoubled(scan: Scanner): boolean {
  const token = peek(scan);
  return scan.dialect.bash && token.k === 'op' && token.s === '(' && scan.text[scan.pos] === '(';
}

/** The text of `((…))` from its second parenthesis, which comes next; undefined when it is not closed by two. */
function readText(scan: Scanner): string | undefined {
  const start = scan.pos + 1;
  let depth = 0;
  for (let i = start; ; i++) {
    const c = scan.text[i];
    if (c === undefined) {
      needMore(scan);
      return undefined;
    }
    if (c === '(') depth++;
    if (c !== ')') continue;
    if (depth-- > 0) continue;
    if (scan.text[i + 1] !== ')') return undefined;
    lineOf(scan);
    scan.pos = i + 2;
    return scan.text.slice(start, i);
  }
}

/** Its text with the expansions in it. */
function expression(scan: Scanner, text: string): readonly Part[] {
  return readDouble(innerScanner(scan, text), 'arithmetic');
}

/** `((…))` as a command; undefined when it is two subshells. */
export function readArithmeticCommand(scan: Scanner): Command | undefined {
  const line = lineOf(scan);
  const text = readText(scan);
  if (text === undefined) return undefined;
  scan.token = undefined;
  return { c: 'arithmetic', line, parts: expression(scan, text), written: `((${text}))` };
}

/** The three expressions of `for ((a; b; c))`; the first parenthesis is the next token. */
export function readCount(scan: Scanner): {
  start: readonly Part[];
  test: readonly Part[];
  step: readonly Part[];
  written: readonly string[];
} {
  const text = readText(scan);
  const parts = text?.split(';');
  if (parts?.length !== 3) throw problem(scan, 'bad for loop variable', { near: '((' });
  scan.token = undefined;
  const [start = '', test = '', step = ''] = parts;
  return {
    start: expression(scan, start),
    test: expression(scan, test.trim() === '' ? '1' : test),
    step: expression(scan, step),
    written: parts.map((part) => part.trim()),
  };
}
