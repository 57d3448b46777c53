/** Lines of a table, a blank between the columns; those at the places `right` are set to the right. `raw`: nothing is padded. */
export function tableLines(
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean = () => false,
  raw = false,
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, text] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, [...text].length);
  return rows.map((row) =>
    row
      .map((text, at) => {
        const pad = ' '.repeat(raw ? 0 : (widths[at] ?? 0) - [...text].length);
        return right(at) ? pad + text : text + pad;
      })
      .join(' ')
      .trimEnd(),
  );
}

/** A tree from the top down, with the branches to be drawn before each node; roots have none. */
export function treeLines<T>(
  roots: readonly T[],
  below: (node: T) => readonly T[],
): readonly { readonly node: T; readonly prefix: string }[] {
  const lines: { node: T; prefix: string }[] = [];
  const walk = (nodes: readonly T[], before: string, top: boolean): void => {
    for (const [at, node] of nodes.entries()) {
      const last = at === nodes.length - 1;
      lines.push({ node, prefix: top ? '' : `${before}${last ? '└─' : '├─'}` });
      walk(below(node), top ? '' : `${before}${last ? '  ' : '│ '}`, false);
    }
  };
  walk(roots, '', true);
  return lines;
}
