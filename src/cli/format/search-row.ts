import { ellipsis } from './ellipsis.ts';
import type { Value } from './go/types.ts';
import { listRow } from './row.ts';
import type { Header } from './table.ts';

/** A repository as the engine's search tells of it. */
export interface FoundRepository {
  readonly name: string;
  readonly description: string;
  /** -1: not recorded. */
  readonly star_count: number;
  readonly is_official: boolean;
}

export const searchHeader: Header = {
  Description: 'DESCRIPTION',
  IsAutomated: 'AUTOMATED',
  IsOfficial: 'OFFICIAL',
  Name: 'NAME',
  StarCount: 'STARS',
};

/** The format by what was asked for: the usual table, or a template of the user's. */
export function searchFormat(format: string | undefined): string {
  if (format !== undefined && format !== '' && format !== 'table') return format;
  return 'table {{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}';
}

/** A repository as templates see it. What is not recorded of it is left empty. */
export function searchRow(found: FoundRepository, truncate: boolean): Value {
  const description = found.description.replaceAll('\n', ' ').replaceAll('\r', ' ');
  return listRow('*formatter.SearchContext', {
    Description: () => (truncate ? ellipsis(description, 45) : description),
    IsAutomated: () => '',
    IsOfficial: () => (found.is_official ? '[OK]' : ''),
    Name: () => found.name,
    StarCount: () => (found.star_count < 0 ? '' : String(found.star_count)),
  });
}
