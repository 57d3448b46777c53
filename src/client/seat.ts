import { messages } from '../explain/messages/messages.ts';
import { engineHostOf } from '../host/engine-host.ts';
import { learner } from '../host/linux.ts';
import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Exec } from '../kernel/program.ts';
import { machineOf, type Simulation } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import { type Account, accountOf } from '../programs/accounts.ts';
import { firstHost } from './first-host.ts';
import type { Options } from './options.ts';
import type { Seat } from './playing.ts';
import { say } from './say.ts';

/** The host that commands run on, and that drydock's views show. */
export function hostInUse(world: World): Id {
  const { seat } = world;
  return seat !== undefined && world.hosts[seat] ? (world.hosts[seat].made?.shell ?? seat) : firstHost;
}

/** The host whose engine the docker client in use talks to; undefined without one. */
export function engineHost(world: World): Id | undefined {
  return engineHostOf(world, hostInUse(world));
}

/** The same for drydock's views: says so when there is no engine. */
export function engineHostOr(world: World, options: Options): Id | undefined {
  const host = engineHost(world);
  if (host === undefined) say([`drydock: ${messages(options.lang).hosts.noEngine({ name: hostInUse(world) })}`]);
  return host;
}

/** Where the learner works: on the first host, or as its user on the one in use, in the groups that its files say now. */
export function seatIn(sim: Simulation): Seat {
  const host = hostInUse(sim.world);
  if (host === firstHost) return { host, ...learner };
  const m = machineOf(sim, host);
  const { user, session } = m.host.made ?? { user: learner.name };
  const account: Account = accountOf(m, user, session) ?? { ...learner, shell: '/bin/sh' };
  const { home, uid, gid, groups } = account;
  return { host, home, uid, gid, groups, ...(session === undefined ? {} : { parent: session }) };
}

/** The command as the host of a seat has it: its folders of programs and its home. A docker that is missing is looked up by name. */
export function execAt(m: Machine, { home, parent = 1 }: Seat, exec: Exec): Exec {
  if (home === learner.home && m.hostId === firstHost) return exec;
  const files = fileCalls(m, parent);
  const env = exec.env.HOME === learner.home ? { ...exec.env, HOME: home } : exec.env;
  const name = exec.path.slice(exec.path.lastIndexOf('/') + 1);
  const path = [exec.path, `/usr/local/bin/${name}`, `/bin/${name}`].find((each) => !isErrno(files.stat(each)));
  if (path !== undefined) return { ...exec, env, path };
  const handler = '/usr/lib/command-not-found';
  return isErrno(files.stat(handler)) ? exec : { path: handler, argv: [handler, '--', name], env };
}
