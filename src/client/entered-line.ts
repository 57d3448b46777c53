import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { commandsIn } from './classroom-machine.ts';
import { stepsWithoutPassword, withoutPassword } from './passwords.ts';

const mostPrinted = 65_536;
const mostSteps = 5000;

/** A command line between Enter and the next prompt. */
export interface Line {
  readonly label: string;
  /** The world before it. */
  readonly before: World;
  readonly steps: Step[];
  printed: string;
  /** It is a step of the history already. */
  begun: boolean;
  /** It was explained while it went on. */
  told: boolean;
  /** How often it was interrupted for doing too much. */
  stopped: number;
}

/** A line that was just entered, in this world; passwords are left out of it. */
export function newLine(label: string, before: World): Line {
  return { label: withoutPassword(label), before, steps: [], printed: '', begun: false, told: false, stopped: 0 };
}

/** Notes what a line did in a turn, as far as anybody wants to be told. */
export function addTo(line: Line, steps: readonly Step[], shown: string): void {
  line.steps.push(...stepsWithoutPassword(steps.slice(0, Math.max(0, mostSteps - line.steps.length))));
  line.printed = (line.printed + shown).slice(-mostPrinted);
}

/** How the program of a single `docker run -d` ended, if it did so at once; the command itself was a success. */
export function statusBehind(commands: readonly (readonly string[])[], steps: readonly Step[]): number {
  const [argv] = commands;
  if (commands.length !== 1 || !/^docker (?:container )?run /.test(argv?.slice(0, 3).join(' ') ?? '')) return 0;
  const exit = steps.find(({ action }) => action === 'container-exit');
  return exit ? (exit.data as { readonly code: number }).code : 0;
}

/** A program in a container has the terminal. (A build runs programs too, but has the terminal to itself.) */
export function isAttended(steps: readonly Step[]): boolean {
  const commands = commandsIn(steps);
  const [argv] = commands;
  if (commands.length !== 1 || argv?.[0] !== 'docker') return false;
  const verb = argv.slice(1).find((word) => word !== 'container' && !word.startsWith('-'));
  if (!/^(?:run|start|exec|attach)$/.test(verb ?? '')) return false;
  const detached = argv.some((word) => /^(?:-[a-zA-Z]*d[a-zA-Z]*|--detach(?:=true)?)$/.test(word));
  return !detached && steps.some(({ action }) => ['runc-start', 'exec-join', 'attach'].includes(action));
}
