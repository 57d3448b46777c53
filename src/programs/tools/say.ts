import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Sys } from '../../kernel/program.ts';
import { tell } from '../actions.ts';

/** EX_SOFTWARE: cannot be taken for the tool's own status. */
export const notSimulated = 70;

/** Writes text to standard output (1) or standard error (2). */
export function write(sys: Sys, fd: 1 | 2, text: string): void {
  if (text !== '') sys.write(fd, encodeUtf8(text));
}

/** Refuses something by its name; the exit status. */
export function refuse(sys: Sys, what: string): number {
  write(sys, 2, `drydock: ${what} is not simulated\n`);
  return notSimulated;
}

/** Something that only the internet outside has is missing; the exit status. */
export function outside(sys: Sys, tool: string, what: string): number {
  write(sys, 2, `drydock: ${tool}: ${what} is outside of this simulated network, so it cannot be had\n`);
  return notSimulated;
}

/**
 * Says that a tool was not run: what stands in its output folder has the names that its configuration gives, but not what
 * the tool would have made. `from` is what it was told to read.
 */
export function standIn(sys: Sys, tool: string, from: string, made: string, files: number): void {
  write(
    sys,
    2,
    `drydock: ${tool} is not run here: ${made} is made from what ${from} says, with stand-ins for its code\n`,
  );
  tell(sys, tool, 'output-stands-in', { tool, from, made, files });
}

/** What a file says that stands for a tool's output. Programs that run it recognise the beginning. */
export function standInText(tool: string, from: string): string {
  return `// drydock: stands for what ${tool} makes of ${from}; tools are read, not run\n`;
}

/** Is there a way out of this network? Package managers have their tables, but need one all the same. */
export function offline(sys: Sys): boolean {
  return !sys.net.routes().some(({ to }) => to === 'default' || to === '0.0.0.0/0');
}
