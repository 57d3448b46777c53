import type { Answer } from '../sql/engine.ts';

/** A result between lines, as on a terminal. Columns that may be null have room for the word. */
export function box({ columns = [], rows = [] }: Answer): string {
  const widths = columns.map(({ name, nullable }, i) =>
    Math.max([...name].length, nullable ? 4 : 0, ...rows.map((row) => [...(row[i] ?? 'NULL')].length)),
  );
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (cells: readonly string[], right: boolean) =>
    `|${cells.map((cell, i) => ` ${right && columns[i]?.right ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)} `).join('|')}|\n`;
  const names = columns.map(({ name }) => name);
  return `${rule}${line(names, false)}${rule}${rows
    .map((row) =>
      line(
        row.map((cell) => cell ?? 'NULL'),
        true,
      ),
    )
    .join('')}${rule}`;
}

/** A result with tabs between its cells, for pipes. */
export function tabs({ columns = [], rows = [] }: Answer, names: boolean): string {
  const cell = (text: string | null) =>
    (text ?? 'NULL').replace(/\\/g, '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
  const lines = rows.map((row) => row.map(cell).join('\t'));
  if (names) lines.unshift(columns.map(({ name }) => name).join('\t'));
  return lines.map((text) => `${text}\n`).join('');
}

/** Each row on lines of its own (`\\G`). */
export function vertical({ columns = [], rows = [] }: Answer): string {
  const width = Math.max(...columns.map(({ name }) => [...name].length));
  const stars = '*'.repeat(27);
  const cells = (row: readonly (string | null)[]) =>
    columns.map(({ name }, i) => `${name.padStart(width)}: ${row[i] ?? 'NULL'}\n`).join('');
  return rows.map((row, i) => `${stars} ${i + 1}. row ${stars}\n${cells(row)}`).join('');
}
