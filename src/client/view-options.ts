import { humanSize } from '../cli/format/size.ts';
import type { ViewOptions } from '../explain/views/options.ts';
import type { Options } from './options.ts';
import { style } from './style.ts';
import { terminalFds, terminalSize } from './terminal.ts';

/** How drydock's views are shown on `fd`: as wide as the terminal, or 100 columns without one. */
export async function viewOptions(options: Options, fd: 1 | 2 = 1): Promise<ViewOptions> {
  return withSizes({
    lang: options.lang,
    width: terminalFds().includes(1) ? Math.max(20, terminalSize().cols) : 100,
    plain: options.plain,
    style: await style(options, fd),
  });
}

/** With bytes as docker writes them, to three digits. */
export function withSizes(look: Omit<ViewOptions, 'size'>): ViewOptions {
  return { ...look, size: (bytes) => humanSize(bytes, 3) };
}
