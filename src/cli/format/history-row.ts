import type { ImageHistoryRow } from '../../engine/api.ts';
import { humanDuration } from '../../engine/human-duration.ts';
import type { Us } from '../../kernel/json.ts';
import { ellipsis } from './ellipsis.ts';
import type { Value } from './go/types.ts';
import { listRow } from './row.ts';
import { humanSize } from './size.ts';
import type { Header } from './table.ts';

export const historyHeader: Header = {
  Comment: 'COMMENT',
  CreatedAt: 'CREATED AT',
  CreatedBy: 'CREATED BY',
  CreatedSince: 'CREATED',
  ID: 'IMAGE',
  Size: 'SIZE',
};

/** The format by what was asked for: the usual table, or a template of the user's. */
export function historyFormat(format: string | undefined, options: { quiet: boolean; human: boolean }): string {
  if (format !== undefined && format !== '' && format !== 'table') return format;
  if (options.quiet) return '{{.ID}}';
  const created = options.human ? '{{.CreatedSince}}' : '{{.CreatedAt}}';
  return `table {{.ID}}\t${created}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}`;
}

/** A row of an image's history as templates see it. */
export function historyRow(
  row: ImageHistoryRow,
  { now, human, truncate }: { readonly now: Us; readonly human: boolean; readonly truncate: boolean },
): Value {
  const at = `${new Date(row.Created * 1000).toISOString().slice(0, 19)}Z`;
  return listRow('*image.historyContext', {
    Comment: () => row.Comment,
    CreatedAt: () => at,
    CreatedBy: () => {
      const command = row.CreatedBy.replaceAll('\t', ' ');
      return truncate ? ellipsis(command, 45) : command;
    },
    CreatedSince: () => (human ? `${humanDuration(now - row.Created * 1e6)} ago` : at),
    ID: () => (truncate ? row.Id.replace(/^sha256:/, '').slice(0, 12) : row.Id),
    Size: () => (human ? humanSize(row.Size, 3) : String(row.Size)),
  });
}
