/** What psql prints of a result. */
export interface Shown {
  readonly title?: string;
  readonly columns: readonly { readonly name: string; readonly right?: boolean }[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Instead of the number of rows. */
  readonly footers?: readonly string[];
}

export type Look = {
  readonly aligned: boolean;
  readonly tuples: boolean;
  readonly expanded: boolean;
  readonly separator: string;
};

/** The lines of a result in psql's way of printing, each with its end. */
export function showTable(shown: Shown, look: Look): string {
  if (look.expanded && shown.footers === undefined)
    return look.aligned ? expanded(shown, look) : unalignedRecords(shown, look);
  return look.aligned ? aligned(shown, look) : unaligned(shown, look);
}

function countOf(rows: readonly unknown[]): string {
  return `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`;
}

function width(text: string): number {
  let all = 0;
  for (const char of text)
    all += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char) ? 2 : 1;
  return all;
}

function pad(text: string, to: number, right = false): string {
  const blanks = ' '.repeat(Math.max(to - width(text), 0));
  return right ? blanks + text : text + blanks;
}

function aligned({ title, columns, rows, footers }: Shown, look: Look): string {
  const cells = rows.map((row) => row.map((cell) => (cell ?? '').split('\n')));
  const widths = columns.map(({ name }, i) =>
    Math.max(look.tuples ? 0 : width(name), ...cells.map((row) => Math.max(...(row[i] ?? ['']).map(width)))),
  );
  const total = widths.reduce((sum, each) => sum + each + 3, -1);
  let out = '';
  if (title !== undefined && !look.tuples)
    out += `${' '.repeat(Math.max(Math.floor((total - width(title)) / 2), 0))}${title}\n`;
  if (!look.tuples) {
    const head = columns.map(({ name }, i) => {
      const blanks = (widths[i] ?? 0) - width(name);
      const left = Math.floor(blanks / 2);
      return ` ${' '.repeat(left)}${name}${' '.repeat(blanks - left)} `;
    });
    out += `${head.join('|')}\n${widths.map((each) => '-'.repeat(each + 2)).join('+')}\n`.replace(/^\n\n/, '--\n');
  }
  for (const row of cells) {
    const height = Math.max(1, ...row.map((lines) => lines.length));
    for (let line = 0; line < height; line++) {
      const parts = columns.map((column, i) => {
        const lines = row[i] ?? [''];
        const text = lines[line] ?? '';
        const more = line < lines.length - 1;
        const last = i === columns.length - 1;
        const padded = column.right || !last || more ? pad(text, widths[i] ?? 0, column.right) : text;
        return ` ${padded}${more ? '+' : last ? '' : ' '}`;
      });
      if (columns.length > 0) out += `${parts.join('|')}\n`;
    }
  }
  if (footers) out += look.tuples ? '' : footers.map((line) => `${line}\n`).join('');
  else if (!look.tuples) out += `${countOf(rows)}\n`;
  return `${out}\n`;
}

function unaligned({ title, columns, rows, footers }: Shown, { tuples, separator }: Look): string {
  const lines = rows.map((row) => row.map((cell) => cell ?? '').join(separator));
  if (!tuples) lines.unshift(...(title === undefined ? [] : [title]), columns.map(({ name }) => name).join(separator));
  if (!tuples) lines.push(...(footers ?? [countOf(rows)]));
  return lines.map((line) => `${line}\n`).join('');
}

function expanded({ columns, rows }: Shown, { tuples }: Look): string {
  if (rows.length === 0) return tuples ? '\n' : '(0 rows)\n\n';
  const names = Math.max(...columns.map(({ name }) => width(name)));
  const values = Math.max(0, ...rows.flat().map((cell) => width(cell ?? '')));
  const rule = `${'-'.repeat(names + 1)}+${'-'.repeat(values + 1)}`;
  let out = '';
  for (const [i, row] of rows.entries()) {
    const label = `-[ RECORD ${i + 1} ]`;
    if (!tuples) out += `${label}${rule.slice(label.length)}\n`;
    else if (i > 0) out += `${rule}\n`;
    for (const [j, { name }] of columns.entries()) out += `${pad(name, names)} | ${row[j] ?? ''}\n`;
  }
  return `${out}\n`;
}

function unalignedRecords({ columns, rows }: Shown, { separator }: Look): string {
  return rows.map((row) => columns.map(({ name }, i) => `${name}${separator}${row[i] ?? ''}\n`).join('')).join('\n');
}
