import { noStyle, type Style } from '../explain/layout.ts';
import type { Options } from './options.ts';
import { terminalFds } from './terminal.ts';

/** How words stand out in what is printed on `fd`: not at all unless it is a terminal and colours are wanted. */
export async function style(options: Options, fd: 1 | 2 = 2): Promise<Style> {
  if (!options.colour || !terminalFds().includes(fd)) return noStyle;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { dim: (text) => chalk.dim(text), bold: (text) => chalk.bold(text) };
}
