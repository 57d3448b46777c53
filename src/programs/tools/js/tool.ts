import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { notSimulated, write } from '../say.ts';
import { bundlers } from './bundlers.ts';
import { compilers } from './compilers.ts';
import { frameworks } from './frameworks.ts';
import { helpers } from './helpers.ts';
import { runners } from './runners.ts';

/** What a command of a package does: at once, giving its status, or by running others. */
export type JsTool = (exec: Exec, sys: Sys, args: readonly string[]) => number | Next<Json>;

const all: { readonly [command: string]: JsTool | undefined } = {
  ...bundlers,
  ...compilers,
  ...frameworks,
  ...helpers,
  ...runners,
};

/**
 * The commands that packages of npm bring, by the name under which they are called: those that make files leave stand-ins
 * where their configuration says; others say that they are not acted out.
 */
export function jsTool(exec: Exec, sys: Sys): Next<Json> {
  const command = (exec.argv[0] ?? '').replace(/^.*\//, '').replace(/\.[cm]?js$/, '');
  const tool = Object.hasOwn(all, command) ? all[command] : undefined;
  if (tool === undefined) {
    write(
      sys,
      2,
      `drydock: ${command} is a program of a package, which drydock does not act out (it does not run code)\n`,
    );
    return { exit: notSimulated };
  }
  const done = tool(exec, sys, exec.argv.slice(1));
  return typeof done === 'number' ? { exit: done } : done;
}
