import type { Machine } from '../kernel/machine.ts';

/** Where the host keeps it: with what the world's services know, so that undo takes it back with everything else. */
const place = 'lesson-step';

/** Notes in the world which step of the lesson it is at, from 0. */
export function markStep(m: Machine, step: number): void {
  m.draft.own(m.host, 'services')[place] = step;
}

/** The step that the world is at; undefined for a world that no lesson has marked. */
export function markedStep(m: Machine): number | undefined {
  const step = m.host.services[place];
  return typeof step === 'number' ? step : undefined;
}
