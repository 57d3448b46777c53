import { makeHost } from '../host/entry.ts';
import type { Id } from '../kernel/json.ts';
import type { Kind } from '../vm/kinds.ts';
import { serviceName as hypervisor } from '../vm/state.ts';
import type { Done, Lab } from './lab.ts';
import { serverOf } from './server.ts';
import type { WayId } from './types.ts';
import type { Work } from './works.ts';

/** How the same work is done in one way. */
export interface Way {
  /** The computer on which commands are typed, and the host whose kernel runs the program. */
  readonly computer: Id;
  readonly inner: Id;
  /** What is typed, for the reader. */
  readonly command: string;
  /** Puts the files in place: an installed package, a pulled image, a machine with a system on its disk. */
  readonly prepare: (lab: Lab) => void;
  /** Starts it; comes back with the first answer. */
  readonly start: (lab: Lab) => readonly Done[];
}

/** What the ways need beyond the work. */
export interface Surroundings {
  readonly first: Id;
  /** The executables of a computer with Docker, path → program. */
  readonly programs: { readonly [path: string]: string };
}

const port = 8080;
const name = 'web';

/** The ways in which a work is done. */
export function waysOf(work: Work, { first, programs }: Surroundings): { readonly [id in WayId]: Way } {
  const install = `apt-get update && apt-get install -y ${work.packages}`;
  // some 30 simulated seconds, then it counts as failed
  const until = (asked: number) =>
    `n=0; until ${work.ask(asked)}; do n=$((n+1)); [ $n -lt 3000 ] || exit 1; sleep 0.01; done`;
  const run = `docker run -d -p ${port}:${work.port} ${work.image}`;
  const machine = (on: Kind, forward: boolean): Way => ({
    computer: first,
    inner: `${first}/${name}`,
    command: `vm boot ${name} --on ${on}`,
    prepare: (lab) => {
      lab.line(first, `vm boot ${name} --on ${on}`);
      lab.line(`${first}/${name}`, install);
      lab.line(first, `vm stop ${name}`);
      if (forward) forwardPort(lab, first, work.port);
    },
    start: (lab) => (forward ? [lab.line(first, `vm boot ${name} > /dev/null & ${until(port)}`)] : bootOnMetal(lab)),
  });
  /** Nobody outside reaches the guest, so it is asked inside once it is up. It was ready to answer before that. */
  const bootOnMetal = (lab: Lab): readonly Done[] => {
    const from = lab.world.now;
    const booted = lab.line(first, `vm boot ${name} > /dev/null`);
    const asked = lab.line(`${first}/${name}`, until(work.port));
    const ready = lab.look(`${first}/${name}`, ({ kernel }) => serverOf(kernel, work.port).started);
    return [{ ...booted, time: ready - from }, asked];
  };
  return {
    process: {
      computer: first,
      inner: first,
      command: `sudo ${work.start}`,
      prepare: (lab) => {
        lab.line(first, `${install}; ${work.stop}; sleep 1`);
      },
      start: (lab) => [lab.line(first, `${work.start}; ${until(work.port)}`)],
    },
    container: {
      computer: first,
      inner: first,
      command: run,
      prepare: (lab) => {
        lab.line(first, `docker pull -q ${work.image}`);
      },
      start: (lab) => [lab.line(first, `${run}; ${until(port)}`)],
    },
    hosted: machine('virtualbox', true),
    metal: machine('esxi', false),
    desktop: {
      computer: 'mac',
      inner: 'mac/vm',
      command: run,
      prepare: (lab) => {
        lab.change(first, (m) => makeHost(m, { name: 'mac', kind: 'mac', bare: false }, programs));
        lab.line('mac', `docker pull -q ${work.image}`);
      },
      start: (lab) => [lab.line('mac', `${run}; ${until(port)}`)],
    },
  };
}

/** A port of the computer leads to the guest's, as a machine behind address translation needs. */
function forwardPort(lab: Lab, host: Id, guestPort: number): void {
  const shown = lab.ask(host, hypervisor, { op: 'show', name }) as {
    readonly machine: { readonly hardware: { readonly mac: string } };
  };
  const forwards = [{ name: 'web', hostIp: '', hostPort: port, guestPort }];
  const cards = [{ kind: 'nat', mac: shown.machine.hardware.mac, forwards }];
  lab.ask(host, hypervisor, { op: 'change', name, change: { cards } });
}
