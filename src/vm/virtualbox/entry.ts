import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { vboxManage } from './program.ts';

/** Starts `VBoxManage`, as `Program.start` does; it never waits. */
export function startVboxManage(exec: Exec, sys: Sys): Next<Json> {
  return vboxManage.start(exec, sys);
}
