import { columns, printable, wrap } from './width.ts';

/** How parts are made to stand out; the caller gives colours or the identity. Nothing is told by it alone. */
export interface Style {
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** No colour at all. */
export const noStyle: Style = { dim: (text) => text, bold: (text) => text };

export interface Page {
  /** Columns of the terminal; Infinity for no wrapping. */
  readonly width: number;
  /** ASCII marks only: nothing that a screen reader stumbles over, no colour. */
  readonly plain: boolean;
  readonly style: Style;
}

/** Two columns that set narration apart from Docker's words. */
const mark = (page: Page) => (page.plain ? '| ' : '┆ ');

/** The fewest columns that text is laid out in; on a page too narrow for that the lines become longer than the page. */
const narrowest = 12;

/** Text ready to print on this page: no control characters, in plain mode no arrows or ellipses. */
function onPage(text: string, page: Page): string {
  const safe = printable(text);
  return page.plain
    ? safe.replaceAll('→', '->').replaceAll('…', '...').replaceAll('’', "'").replaceAll('×', 'x')
    : safe;
}

/** Columns for the actors of lines that belong together: at least the widest name, at most a third of the page. */
export function actorColumn(actors: readonly string[], page: Page): number {
  const widest = Math.max(10, ...actors.map(columns));
  return Math.min(widest, Math.max(6, Math.floor(page.width / 3)));
}

/** `┆ actor      text`, wrapped so that further lines begin where the text began; on a narrow page the actor has a line of its own. */
export function actorLine(actor: string, text: string, column: number, page: Page): string[] {
  const name = onPage(actor, page);
  const indent = column + 2;
  const room = page.width - 2 - indent;
  if (room < narrowest || columns(name) > column) {
    return [...block(name, 0, page, page.style.bold), ...block(text, 2, page)];
  }
  const { dim, bold } = stylesOf(page);
  const lines = wrap(onPage(text, page), room);
  return lines.map((line, index) => {
    const left = index === 0 ? bold(name) + ' '.repeat(indent - columns(name)) : ' '.repeat(indent);
    return (dim(mark(page)) + left + line).trimEnd();
  });
}

/** Text behind the mark, every line moved in by so many columns. */
export function block(text: string, indent: number, page: Page, look?: (text: string) => string): string[] {
  const inward = Math.min(indent, Math.max(0, page.width - 2 - narrowest));
  const { dim } = stylesOf(page);
  const shown = page.plain || !look ? (line: string) => line : look;
  const lines = wrap(onPage(text, page), Math.max(narrowest, page.width - 2 - inward));
  return lines.map((line) => dim(mark(page)) + ' '.repeat(inward) + shown(line));
}

function stylesOf(page: Page): Style {
  return page.plain ? noStyle : page.style;
}
