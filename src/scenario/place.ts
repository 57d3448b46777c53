import { learner } from '../host/linux.ts';
import type { Id } from '../kernel/json.ts';
import { machineOf, type Simulation } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import { accountOf } from '../programs/accounts.ts';

/** Where a lesson takes place: a host, and the learner's account there. */
export interface Place {
  readonly host: Id;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** The process whose session the shell belongs to. */
  readonly parent?: number;
}

/** The host that a lesson's shell is on: the computer that was sat down at, or `first`. */
export function lessonHost(world: World, first: Id): Id {
  const { seat } = world;
  return seat !== undefined && world.hosts[seat] ? (world.hosts[seat].made?.shell ?? seat) : first;
}

/** The place of a world's lesson. */
export function placeIn(sim: Simulation, first: Id): Place {
  const host = lessonHost(sim.world, first);
  const { home, uid, gid, groups } = learner;
  if (host === first) return { host, home, uid, gid, groups };
  const m = machineOf(sim, host);
  const { user, session } = m.host.made ?? { user: learner.name };
  const account = accountOf(m, user, session) ?? { home, uid, gid, groups };
  return {
    host,
    home: account.home,
    uid: account.uid,
    gid: account.gid,
    groups: account.groups,
    ...(session === undefined ? {} : { parent: session }),
  };
}
