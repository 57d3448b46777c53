import type { Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Exec, Next, ServiceAnswer, Sys } from '../kernel/program.ts';
import { answer } from './http-api.ts';
import { startRegistry, stepRegistry } from './program.ts';
import { registryIn, setRegistry } from './store.ts';

// Functions, so that whoever knows that there are registries need not load one before it runs.

/** Starts the program `registry`, as `Program.start` does. */
export function beginRegistry(exec: Exec, sys: Sys): Next<Json> {
  return startRegistry(exec, sys);
}

/** Goes on with it, as `Program.step` does. */
export function resumeRegistry(state: Json, sys: Sys): Next<Json> {
  return stepRegistry(state, sys);
}

/** A request of the program `registry` about the contents `store`: what HTTP reply it is to give. */
export function answerRegistry(m: Machine, message: Json): ServiceAnswer {
  const { store, method, target } = message as { readonly [key: string]: string };
  const { reply, registry } = answer(registryIn(m, store ?? ''), { method: method ?? '', target: target ?? '' });
  if (registry) setRegistry(m, store ?? '', registry);
  return { reply: reply as unknown as Json };
}
