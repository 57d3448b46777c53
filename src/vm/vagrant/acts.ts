import type { ByteString } from '../../kernel/bytes.ts';
import type { Json } from '../../kernel/json.ts';
import type { GuestCommand, VmRequest } from '../requests.ts';
import type { KnownMachine } from './store.ts';

/**
 * What a command of Vagrant does, one thing after the other: plain data, so that it can be left and gone on with at any point. A
 * `plan` is made into further acts when its turn comes, for it depends on what was done before.
 */
export type Act =
  | { readonly do: 'write'; readonly fd: 1 | 2; readonly bytes: ByteString }
  /** Time passes, microseconds. */
  | { readonly do: 'pass'; readonly time: number }
  /** Asks the hypervisor, and waits until the machine's console is closed where there is one. `about`: how a refusal is told. */
  | {
      readonly do: 'ask';
      readonly request: VmRequest;
      readonly about: readonly string[];
      /** What is done as soon as it has been granted. */
      readonly meanwhile?: readonly Act[];
    }
  /** Runs something in the guest. `prefix`: lines are told with it; null: as they come. */
  | {
      readonly do: 'run';
      readonly vm: string;
      readonly command: GuestCommand;
      readonly prefix: string | null;
      readonly input: boolean;
      /** A status other than 0 is an error that ends everything; else it is the command's own. */
      readonly strict: boolean;
    }
  /** Asks the user; `yes` is done when they say so, else `no`. */
  | { readonly do: 'confirm'; readonly question: string; readonly yes: readonly Act[]; readonly no: readonly Act[] }
  | { readonly do: 'remember'; readonly machine: KnownMachine; readonly forget: boolean }
  | { readonly do: 'share'; readonly vm: string; readonly name: string; readonly host: string; readonly guest: string }
  /** A step for the explanation. */
  | { readonly do: 'note'; readonly action: string; readonly data: Json }
  | { readonly do: 'plan'; readonly plan: PlanName; readonly machine: string; readonly options: PlanOptions }
  /** The program goes on as another one. */
  | { readonly do: 'become'; readonly argv: readonly string[] }
  | { readonly do: 'exit'; readonly status: number }
  /** The status that the command ends with when nothing else goes wrong. */
  | { readonly do: 'status'; readonly status: number };

export type PlanName = 'up' | 'start' | 'booted' | 'provision' | 'halt' | 'destroy' | 'resume';

export interface PlanOptions {
  /** Whether provisioners run: always, never, or as the machine's history says. */
  readonly provision?: boolean;
  readonly with?: readonly string[];
  readonly force?: boolean;
  /** The machine has just been made. */
  readonly fresh?: boolean;
}
