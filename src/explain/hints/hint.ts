import type { Language } from '../language.ts';
import { shortId } from '../quantities.ts';
import { en } from './en.ts';
import type { Advice, HintData, HintKind, HintTexts } from './kinds.ts';
import { ko } from './ko.ts';
import { type Failure, recognise } from './recognise.ts';

export type { Failure };

/** Advice with the words that it is introduced by. */
export interface Hint extends Advice {
  readonly kind: HintKind;
  readonly labels: { readonly why: string; readonly tryThis: string };
}

const labels: { readonly [L in Language]: Hint['labels'] } = {
  en: { why: 'why', tryThis: 'try' },
  ko: { why: '이유', tryThis: '해 볼 일' },
};

/** Why a command failed and what to try, or undefined when there is nothing to add to Docker's words. */
export function hint(failure: Failure, lang: Language): Hint | undefined {
  const found = recognise(failure);
  if (!found) return undefined;
  const texts = lang === 'ko' ? ko : en;
  return { kind: found.kind, labels: labels[lang], ...adviceOn(found, texts) };
}

function adviceOn<K extends HintKind>(
  found: { readonly kind: K; readonly data: HintData[K] },
  texts: HintTexts,
): Advice {
  const short = Object.fromEntries(Object.entries(found.data).map(([name, value]) => [name, shortId(String(value))]));
  return texts[found.kind](short as HintData[K]);
}
