import type { Style } from '../layout.ts';
import { printable, wrap } from '../width.ts';

/** A line of a drawn tree, what is said about it, and what hangs on it. */
export interface Branch {
  readonly text: string;
  /** Smaller lines below it. */
  readonly notes?: readonly string[];
  readonly children?: readonly Branch[];
}

export interface BranchOptions {
  /** Columns to keep within. */
  readonly width: number;
  /** ASCII only. */
  readonly plain: boolean;
  readonly style: Style;
}

interface Marks {
  readonly middle: string;
  readonly last: string;
  readonly through: string;
}

const drawn: Marks = { middle: '├─ ', last: '└─ ', through: '│  ' };
const ascii: Marks = { middle: '|- ', last: '`- ', through: '|  ' };
/** Deeper branches go no further to the right than leaves this much room for their text. */
const leastRoom = 16;

/** Trees as lines, one below the other. */
export function drawBranches(roots: readonly Branch[], options: BranchOptions): string[] {
  return roots.flatMap((root) => draw(root, '', '', options));
}

function draw(branch: Branch, first: string, further: string, options: BranchOptions): string[] {
  const { plain, style, width } = options;
  const marks = plain ? ascii : drawn;
  const children = branch.children ?? [];
  const below = further + (children.length > 0 ? marks.through : '   ');
  const room = Math.max(leastRoom, width - below.length);
  const lines = wrap(onPage(branch.text, plain), room).map(
    (line, i) => `${i === 0 ? first : below}${style.bold(line)}`,
  );
  for (const note of branch.notes ?? []) {
    for (const line of wrap(onPage(note, plain), room)) {
      lines.push(`${below}${style.dim(line)}`);
    }
  }
  children.forEach((child, i) => {
    const last = i === children.length - 1;
    // too far to the right: what is deeper stays at this depth
    const next = width - further.length - 6 < leastRoom ? '' : last ? '   ' : marks.through;
    const mark = next === '' ? '' : last ? marks.last : marks.middle;
    lines.push(...draw(child, further + mark, further + next, options));
  });
  return lines.map((line) => line.trimEnd());
}

/** Text ready to print: no control characters, in plain mode no arrows. */
export function onPage(text: string, plain: boolean): string {
  const safe = printable(text);
  return plain ? safe.replaceAll('→', '->').replaceAll('←', '<-').replaceAll('…', '...') : safe;
}
