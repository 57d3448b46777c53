/** A mistake that javac reports: its words, and the place in the source as a character offset. */
export interface Problem {
  readonly message: string;
  readonly pos: number;
  /** Lines below the marked one (`  symbol:   variable x`). */
  readonly details?: readonly string[];
}

/** A syntax error: the parser stops at it. */
export class CompileError extends Error {
  readonly pos: number;
  constructor(message: string, pos: number) {
    super(message);
    this.pos = pos;
  }
}

/** Something of Java that is not read here; told by name, with status 70. */
export class BeyondJava extends Error {
  readonly what: string;
  readonly pos: number | undefined;
  constructor(what: string, pos?: number) {
    super(what);
    this.what = what;
    this.pos = pos;
  }
}

/** The number of the line (from 1) that holds a character. */
export function lineAt(source: string, pos: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < pos; i = source.indexOf('\n', i + 1)) line++;
  return line;
}

/** Problems as javac prints them, the first hundred of them. */
export function report(file: string, source: string, problems: readonly Problem[]): string {
  const shown = problems.slice(0, 100).map(({ message, pos, details = [] }) => {
    const start = source.lastIndexOf('\n', pos - 1) + 1;
    const end = source.indexOf('\n', start);
    const text = source.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
    const marker = `${text.slice(0, pos - start).replace(/[^\t]/g, ' ')}^`;
    const [first = '', ...more] = message.split('\n');
    return [`${file}:${lineAt(source, pos)}: error: ${first}`, ...more, text, marker, ...details].join('\n');
  });
  return shown.map((one) => `${one}\n`).join('');
}
