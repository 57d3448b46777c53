import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import { goProgram } from './go/program.ts';
import { goTool } from './go/tool.ts';
import { node } from './js/node.ts';
import { pipProgram } from './packages/pip-program.ts';
import { python } from './py/python.ts';

const programs: { readonly [name: string]: Program | undefined } = {
  go: goTool as unknown as Program,
  'go-program': goProgram as unknown as Program,
  node: node as unknown as Program,
  python3: python as unknown as Program,
  pip: pipProgram,
};

/** Begins one of the runtimes by its name. */
export function startRuntime(name: string, exec: Exec, sys: Sys): Next<Json> {
  return programs[name]?.start(exec, sys) ?? { exit: 126 };
}

/** Goes on with one. */
export function stepRuntime(name: string, state: Json, wake: Wake, sys: Sys): Next<Json> {
  return programs[name]?.step(state, wake, sys) ?? { exit: 126 };
}
