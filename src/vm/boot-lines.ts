import type { GuestSelf } from './requests.ts';
import { kernelStart, type Stage, stages } from './stages.ts';

/** A line that the kernel or init of a guest wrote while it booted; `at`: microseconds after power on. */
interface BootLine {
  readonly at: number;
  readonly text: string;
}

const ofKernel = (stage: Stage) => stage.actor === 'guest kernel' || stage.id === 'init';

/** Those lines, as the console had them; `kernelOnly`: what is in the kernel's buffer, where systemd's first lines are too. */
export function bootLines(self: GuestSelf, kernelOnly: boolean): readonly BootLine[] {
  return stages
    .filter((stage) => stage.at >= kernelStart && stage.id !== 'login' && (!kernelOnly || ofKernel(stage)))
    .flatMap((stage) => stage.console(self, stage.at).map((text) => ({ at: stage.at, text })));
}
