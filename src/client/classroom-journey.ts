import { messages } from '../explain/messages/messages.ts';
import type { World } from '../kernel/state.ts';
import type { Turn } from '../session/turn.ts';
import { shellTexts } from '../shell/texts/texts.ts';
import { restartClock, wallClock } from './clock.ts';
import type { Options } from './options.ts';
import { problemLine } from './say.ts';

/** Where the classroom's world can go. */
export type Journey = 'undo' | 'redo' | 'reset';

/** The world that a journey leads to, on this moment's clock, and what is said of it; without a world when there is none to go to. */
export function journeyTo(
  where: Journey,
  history: Turn,
  options: Options,
): { readonly line: string; readonly world?: World } {
  if (where === 'reset') {
    return { line: shellTexts(options.lang).resetDone, world: restartClock(history.reset('reset'), wallClock()) };
  }
  const texts = messages(options.lang);
  try {
    const { world, step } = where === 'redo' ? history.redo() : history.undo();
    const steps = history.history()[where].length;
    const line = (where === 'redo' ? texts.redone : texts.undone)({ command: step.label, steps });
    return { line, world: restartClock(world, wallClock()) };
  } catch (error) {
    const line = problemLine(error, options);
    if (line === undefined) throw error;
    return { line };
  }
}
