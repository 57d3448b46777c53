import type { Language } from '../language.ts';
import type { Style } from '../layout.ts';

/** How a view is shown. */
export interface ViewOptions {
  readonly lang: Language;
  /** Columns to keep within. */
  readonly width: number;
  /** ASCII only. */
  readonly plain: boolean;
  readonly style: Style;
  /** Bytes as docker writes them (`8.31MB`). */
  readonly size: (bytes: number) => string;
}
