/**
 * Lines with cells that end in a tab, in columns. A column is as wide as its widest cell and the padding, and `least`
 * at the least; it reaches over neighbouring lines only, and what follows a line's last tab is not part of a column
 * (the rules of Go's text/tabwriter without its flags; widths in characters).
 */
export function tabulate(lines: readonly string[], options: { least: number; padding: number }): string[] {
  const rows = lines.map((line) => line.split('\t'));
  const out = rows.map(() => '');
  const columns = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 0; column < columns; column++) {
    for (let first = 0, next = 1; first < rows.length; first = next) {
      next = first + 1;
      if (inColumn(rows[first], column)) while (inColumn(rows[next], column)) next++;
      const cells = rows.slice(first, next).map((row) => row[column] ?? '');
      const widest = Math.max(...cells.map(characters));
      const width = inColumn(rows[first], column) ? Math.max(options.least, widest + options.padding) : 0;
      cells.forEach((cell, i) => {
        out[first + i] += cell + ' '.repeat(Math.max(0, width - characters(cell)));
      });
    }
  }
  return out;
}

/** Does a tab end this row's cell in the column? */
function inColumn(row: readonly string[] | undefined, column: number): boolean {
  return row !== undefined && column < row.length - 1;
}

function characters(cell: string): number {
  return [...cell].length;
}
