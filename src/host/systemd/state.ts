import type { Id, Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { initService } from '../../vm/state.ts';

/** How the last main process of a unit that does not run ended. */
export interface Ended {
  /** Since when (µs). */
  readonly since: number;
  readonly pid?: number;
  /** When it had begun, and the processor time that it took (µs). */
  readonly began?: number;
  readonly cpu?: number;
  /** Why it counts as failed, in systemd's word for it. */
  readonly result?: 'exit-code' | 'signal';
  /** How the process ended: `exited, status=0/SUCCESS`. */
  readonly how?: string;
}

/** A line of the journal that systemd or a unit wrote. */
export interface JournalLine {
  readonly at: number;
  readonly unit: string;
  /** `systemd[1]`, or the unit's own process. */
  readonly by: string;
  readonly text: string;
}

/** What systemd remembers of its units, in `host.services.systemd`. */
interface UnitState {
  /** Units that were stopped or failed, by name. */
  readonly down: Rec<Ended>;
  /** Units of which the [Install] section has been switched to the other than it comes with. */
  readonly disabled: readonly string[];
  /** Containers that ran when dockerd was stopped. */
  readonly ran: readonly Id[];
  /** Clients that wait until dockerd has stopped, and what is to be done then. */
  readonly waiting: readonly {
    readonly pid: number;
    readonly job: Id;
    readonly start: boolean;
    readonly since: number;
  }[];
  /** The main processes that systemd has started, by pid. */
  readonly mains?: Rec<{ readonly unit: string; readonly began: number }>;
  /** Units that come back in a moment. */
  readonly returning?: readonly string[];
  readonly journal?: readonly JournalLine[];
}

/** The name under which it is kept. */
export const systemdService = initService;

/** Lines of the journal that are kept. */
const most = 200;

/** What systemd knows, to read. */
export function unitState(m: Machine): UnitState {
  const state = m.host.services[systemdService] as unknown as UnitState | undefined;
  return state ?? { down: {}, disabled: [], ran: [], waiting: [] };
}

/** Changes it. */
export function setUnitState(m: Machine, change: Partial<UnitState>): void {
  const services = m.draft.own(m.host, 'services');
  services[systemdService] = m.draft.adopt({ ...unitState(m), ...change }) as never;
}

/** Notes that a unit is not running any more; undefined: that it runs again. */
export function setDown(m: Machine, unit: string, ended: Ended | undefined): void {
  const { [unit]: _before, ...others } = unitState(m).down;
  setUnitState(m, { down: ended ? { ...others, [unit]: ended } : others });
}

/** Writes a line into the journal. */
export function writeJournal(m: Machine, unit: string, text: string, by = 'systemd[1]'): void {
  const { journal = [] } = unitState(m);
  setUnitState(m, { journal: [...journal, { at: m.world.now, unit, by, text }].slice(-most) });
}
