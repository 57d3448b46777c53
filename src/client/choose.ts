import { messages } from '../explain/messages/messages.ts';
import type { Options } from './options.ts';

/** Lets the person choose one of the names on the terminal; undefined when they would rather not (Ctrl-C). */
export async function choose(names: readonly string[], options: Options): Promise<string | undefined> {
  const { select } = await import('@inquirer/prompts');
  try {
    return await select({ message: messages(options.lang).scenario.choose, choices: [...names] });
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return undefined; // Ctrl-C
    throw error;
  }
}
