import { messages } from '../explain/messages/messages.ts';
import type { Json } from '../kernel/json.ts';
import { advance, begin, machineOf, snapshot } from '../kernel/simulation.ts';
import { type Served, serveRegistry } from '../registry/serve.ts';
import { catchUp, wallClock } from './clock.ts';
import { openCurrent } from './commands.ts';
import { turnOps } from './limits.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { hostInUse } from './seat.ts';
import { installedSoftware } from './software.ts';
import { explain } from './tell.ts';

/**
 * `drydock registry serve ADDRESS`: a private registry on the simulated host, as a service that stays until the session
 * ends. Returns the exit status.
 */
export async function serveOnHost(address: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const label = `drydock registry serve ${address}`;
  const software = installedSoftware();
  const { served, steps } = await openCurrent(env, software).transact((turn) => {
    const sim = begin(turn.world, software);
    catchUp(sim, wallClock());
    const m = machineOf(sim, hostInUse(sim.world));
    const run = `registry-${process.pid}`;
    const result = serveRegistry(m, address);
    if (!('pid' in result)) return { world: turn.world, result: { served: result, steps: [] } };
    const again = result.did === 'there-already';
    turn.begin(run, label);
    const data = { address: result.address, pid: result.pid, again };
    const told = { at: m.world.now, actor: 'registry', action: 'registry-serve', data };
    advance(sim, { until: sim.world.now, ops: turnOps });
    turn.end(run, { label, trace: [told] as unknown as Json, changed: !again });
    return { world: snapshot(sim), result: { served: result as Served, steps: [told] } };
  });
  const texts = messages(options.lang).registry;
  if (!('pid' in served)) {
    say([`drydock: ${texts.wrong[served.did]({ address: served.address })}`]);
    return 1;
  }
  if (options.level !== 'off')
    await explain({ exit: { code: 0 }, steps, errors: '', notices: [] }, 'registry', options);
  return 0;
}
