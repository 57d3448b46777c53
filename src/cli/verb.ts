import type { Json, Rec } from '../kernel/json.ts';
import type { Wait, Wake } from '../kernel/program.ts';
import type { Client } from './client.ts';
import type { Arity } from './flags/arity.ts';
import type { Flags } from './flags/parse.ts';

/** A command of the docker client. */
export interface Verb<S extends Json = Json> {
  /** All that it can be called by, after `docker`; the first of each place is its own name (`container ls`). */
  readonly names: readonly string[];
  /** What follows the name in its usage line. */
  readonly usage: string;
  readonly arity: Arity;
  /** What its usage and errors call it after `docker`, whatever it was called by. */
  readonly path?: string;
  /** What stands before the message about a wrong number of arguments. */
  readonly errors?: string;
  /** The flags that are simulated, in short notation (see flags/spec.ts). */
  readonly flags: string;
  /** Flags end at the first argument: the rest belongs to a command inside a container. */
  readonly argumentsEndFlags?: true;
  /** Does it, as far as it goes at once; `env` is the client's environment. Throws CliError. */
  run(client: Client, flags: Flags, args: readonly string[], env: Rec<string>): Turn<S>;
  /** Goes on after a wait. Throws CliError. */
  resume?(state: S, wake: Wake, client: Client): Turn<S>;
}

/** The command is over, or it sleeps. */
export type Turn<S extends Json = Json> = { readonly exit: number } | { readonly state: S; readonly wait: Wait };

/** The command is over and all went well. */
export const done = { exit: 0 } as const;
