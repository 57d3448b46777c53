import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import type { Applet, Style } from '../makers/io.ts';
import { unzip } from './archive/unzip.ts';
import { zip } from './archive/zip.ts';

// Tools that images lack mostly and that are installed when somebody needs them: loaded apart from the everyday ones.

const further: { readonly [name: string]: Applet } = {
  unzip,
  zip,
};

const made = new Map<string, Program>();

function programOf({ name, flavour }: Style): Program {
  const key = `${flavour}/${name}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const program = further[name]?.({ name, flavour });
  if (program === undefined) throw new Error(`no such applet: ${name}`);
  made.set(key, program);
  return program;
}

/** Starts one of the further applets, as `Program.start` does. */
export function startFurther(style: Style, exec: Exec, sys: Sys): Next<Json> {
  return programOf(style).start(exec, sys);
}

/** Goes on with one, as `Program.step` does. */
export function stepFurther(style: Style, state: Json, wake: Wake, sys: Sys): Next<Json> {
  return programOf(style).step(state, wake, sys);
}
