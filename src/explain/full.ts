import { type Action, type Actions, type AnyStep, isKnown } from './actions.ts';
import { calls } from './calls.ts';
import type { Catalog } from './catalog/catalog.ts';
import { actorColumn, actorLine, block, type Page } from './layout.ts';
import { duration } from './quantities.ts';
import { type TermKey, termFor } from './terms.ts';
import { pad } from './width.ts';

/** The call and the meaning of one step. */
export interface FullStep {
  readonly call: string;
  readonly sentence: string;
}

/** What a step is as a call, and what it means. (Generic, so that action and data stay together.) */
export function explainStep<A extends Action>(
  step: { readonly action: A; readonly data: Actions[A] },
  catalog: Catalog,
): FullStep {
  return { call: calls[step.action](step.data), sentence: catalog.sentences[step.action](step.data) };
}

/**
 * Every step in order: the time since the first one, who did it, the call, and a sentence of meaning; after them the
 * words of the field that came up. Steps that nobody has a sentence for are shown by their name.
 */
export function full(steps: readonly AnyStep[], catalog: Catalog, page: Page): string[] {
  const start = steps[0]?.at ?? 0;
  const times = steps.map((step) => `+${duration(step.at - start)}`);
  const timeColumn = Math.max(0, ...times.map((time) => time.length));
  const labels = steps.map((step, index) => `${pad(times[index] ?? '', timeColumn)}  ${catalog.actor(step.actor)}`);
  const column = actorColumn(labels, page);
  const words = new Set<TermKey>();
  const lines: string[] = [];
  steps.forEach((step, index) => {
    const label = labels[index] ?? '';
    if (!isKnown(step)) {
      lines.push(...actorLine(label, step.action, column, page), ...block(catalog.labels.unknownStep, 4, page));
      return;
    }
    const { call, sentence } = explainStep(step, catalog);
    lines.push(...actorLine(label, call, column, page), ...block(sentence, 4, page));
    const word = termFor(step);
    if (word) words.add(word);
  });
  if (words.size > 0) lines.push(...block('', 0, page), ...block(catalog.labels.words, 0, page, page.style.bold));
  for (const key of words) {
    const { word, gloss } = catalog.terms[key];
    lines.push(...block(`${word}: ${gloss}`, 2, page));
  }
  return lines.map((line) => line.trimEnd());
}
