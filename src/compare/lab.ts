import type { Id, Json, Us } from '../kernel/json.ts';
import type { Machine, Software } from '../kernel/machine.ts';
import { begin, machineOf, snapshot } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { Stage } from '../scenario/stage.ts';

const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', NO_COLOR: '1' };

/** What a command did in the lab, and how long it took there, µs. */
export interface Done {
  readonly printed: string;
  readonly status: number | undefined;
  readonly steps: readonly Step[];
  readonly time: Us;
}

/** A world in memory to try things in: nothing of it reaches the session. */
export class Lab {
  world: World;
  private readonly software: Software;

  constructor(world: World, software: Software) {
    this.world = world;
    this.software = software;
  }

  /** Gives a shell of a host one line and waits for its end. Throws when it fails: then the model cannot do the comparison. */
  line(host: Id, text: string): Done {
    const before = this.world.now;
    const stage = new Stage(this.world, this.software, { host, env, root: true });
    const { printed, status, steps } = stage.line(text);
    const time = stage.world.now - before;
    stage.close();
    this.world = stage.world;
    if (status !== 0) throw new Error(`${host}: ${text}: ${printed}`);
    return { printed, status, steps, time };
  }

  /** Asks a service of a host, as a program of root would. Throws when it refuses. */
  ask(host: Id, service: string, request: object): Json {
    return this.change(host, (m) => {
      const answer = m.software.services.get(service)?.request(m, 1, request as Json);
      if (!answer || !('reply' in answer)) throw new Error(`${service}: ${JSON.stringify(request)}`);
      return answer.reply;
    });
  }

  /** Changes a host. */
  change<T>(host: Id, f: (m: Machine) => T): T {
    const sim = begin(this.world, this.software);
    const result = f(machineOf(sim, host));
    this.world = snapshot(sim);
    return result;
  }

  /** Looks at a host. */
  look<T>(host: Id, f: (m: Machine) => T): T {
    return f(machineOf(begin(this.world, this.software), host));
  }
}
