import { firstHost } from '../../src/client/first-host.ts';
import { firstWorld } from '../../src/client/first-world.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { installedSoftware } from '../../src/client/software.ts';
import { addImage } from '../../src/engine/images/store.ts';
import { learner } from '../../src/host/linux.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/kernel/bytes.ts';
import { endRun, feedRun, type RunInput, startRun } from '../../src/kernel/client-run.ts';
import { isErrno } from '../../src/kernel/errno.ts';
import type { Us } from '../../src/kernel/json.ts';
import { drainRun } from '../../src/kernel/runs.ts';
import { advance, begin, machineOf, snapshot } from '../../src/kernel/simulation.ts';
import type { World } from '../../src/kernel/state.ts';
import type { Step } from '../../src/kernel/trace.ts';
import { assemble } from '../../src/registry/assemble.ts';
import { lookUp } from '../../src/registry/catalog.ts';
import { serveRegistry } from '../../src/registry/serve.ts';

export const software = installedSoftware();

/** When test worlds begin: 2026-01-02T03:04:05Z. */
export const epoch: Us = 1_767_323_045_000_000;

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
  readonly steps: readonly Step[];
}

/** A new world whose engine has nothing in it yet. */
export function emptyEngine(): World {
  return firstWorld(software, epoch, 'test');
}

/** The world with an empty registry that listens on an address of its host, as after `drydock registry serve`. */
export function besideRegistry(world: World, address = '127.0.0.1:5000'): World {
  const sim = begin(world, software);
  serveRegistry(machineOf(sim, firstHost), address);
  advance(sim, { until: sim.world.now, ops: 1_000_000 });
  return snapshot(sim);
}

/** A new world in which alpine and busybox were pulled before. */
function stockedWorld(): World {
  const sim = begin(emptyEngine(), software);
  for (const name of ['alpine', 'busybox']) {
    const found = lookUp(`library/${name}`, 'latest');
    if (!found.found) throw new Error(`the catalog has no ${name}`);
    const { image, trees } = assemble(found.image);
    addImage(machineOf(sim, firstHost), image, trees, [`${name}:latest`, `${name}@${found.image.digest}`]);
  }
  return snapshot(sim);
}

interface Options {
  readonly stdin?: string;
  readonly tty?: boolean;
  /** As root instead of the learner. */
  readonly root?: boolean;
  readonly ops?: number;
  readonly env?: { readonly [name: string]: string };
}

/** A simulated machine in memory, for tests: commands run on it at once, on its own clock. */
export class Sandbox {
  world: World;

  constructor(world: World = stockedWorld()) {
    this.world = world;
  }

  /** A docker command: `docker('run', 'alpine', 'true')`. */
  docker(...words: string[]): Outcome {
    return this.exec('/usr/bin/docker', ['docker', ...words]);
  }

  /** A line for the host's shell. */
  shell(line: string, options: Options = {}): Outcome {
    return this.exec('/usr/bin/sh', ['sh', '-c', line], options);
  }

  exec(path: string, argv: readonly string[], options: Options = {}): Outcome {
    const live = this.start(path, argv, options);
    if (options.stdin !== undefined) live.feed({ bytes: encodeUtf8(options.stdin) });
    if (!options.tty) live.feed({ eof: true });
    const first = live.run(options.ops);
    live.end();
    return first;
  }

  /** Starts a command and leaves it running, to be fed and advanced. */
  start(path: string, argv: readonly string[], options: Options = {}): Live {
    const sim = begin(this.world, software);
    const user = options.root ? { uid: 0, gid: 0, groups: [0] } : learner;
    const id = startRun(machineOf(sim, firstHost), {
      exec: { path, argv, env: { ...simulatedEnv(argv, {}), ...options.env } },
      cwd: learner.home,
      uid: user.uid,
      gid: user.gid,
      groups: user.groups,
      budget: 20_000_000,
      client: 1,
      ...(options.tty ? { tty: { fds: [0, 1, 2], cols: 80, rows: 24 } } : {}),
    });
    if (isErrno(id)) throw new Error(`${path}: ${id.errno}`);
    this.world = snapshot(sim);
    return new Live(this, id);
  }

  /** Lets simulated time pass. */
  pass(seconds: number): void {
    const sim = begin(this.world, software);
    advance(sim, { until: sim.world.now + seconds * 1_000_000, ops: 50_000_000 });
    this.world = snapshot(sim);
  }
}

/** A command that is running in a sandbox. */
export class Live {
  private readonly sandbox: Sandbox;
  readonly id: string;
  private steps: Step[] = [];

  constructor(sandbox: Sandbox, id: string) {
    this.sandbox = sandbox;
    this.id = id;
  }

  feed(input: RunInput): void {
    const sim = begin(this.sandbox.world, software);
    feedRun(machineOf(sim, firstHost), this.id, input);
    this.sandbox.world = snapshot(sim);
  }

  /** Types at its terminal, or into its input, and lets it go on for a moment. */
  type(text: string): Outcome {
    this.feed({ bytes: encodeUtf8(text) });
    return this.wait(0.05);
  }

  /** Goes on until it is over (or `ops` µs of processor time are used). */
  run(ops = 20_000_000): Outcome {
    return this.advance(Number.POSITIVE_INFINITY, ops);
  }

  /** Goes on for so many simulated seconds. */
  wait(seconds: number): Outcome {
    return this.advance(this.sandbox.world.now + seconds * 1_000_000, 20_000_000);
  }

  private advance(until: Us, ops: number): Outcome {
    const sim = begin(this.sandbox.world, software);
    const out = { 1: '', 2: '' };
    for (let left = ops; ; left -= 1_000_000) {
      const stopped = advance(sim, { until, ops: Math.min(left, 1_000_000), run: this.id });
      for (const { fd, bytes } of drainRun(machineOf(sim, firstHost), this.id)) out[fd] += bytes;
      if (stopped !== 'output' && !(stopped === 'ops' && left > 1_000_000)) break;
    }
    const code = sim.world.runs[this.id]?.exit?.code;
    this.steps = [...this.steps, ...sim.trace.filter((step) => step.run === this.id)];
    this.sandbox.world = snapshot(sim);
    return { stdout: decodeUtf8(out[1]), stderr: decodeUtf8(out[2]), code, steps: this.steps };
  }

  /** Forgets the run, as the client does when it has printed everything. */
  end(): void {
    const sim = begin(this.sandbox.world, software);
    endRun(machineOf(sim, firstHost), this.id);
    this.sandbox.world = snapshot(sim);
  }
}
