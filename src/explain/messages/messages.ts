import { englishMessages } from '../english.ts';
import { koreanMessages } from '../korean.ts';
import type { Language } from '../language.ts';
import type { Messages, ProblemData } from './texts.ts';

export type { Messages, OwnFlag, OwnVerb, ProblemData, RemedyKey } from './texts.ts';

/** What drydock itself says, in this language. */
export function messages(lang: Language): Messages {
  return lang === 'ko' ? koreanMessages() : englishMessages();
}

/** A session's problem in this language: `problemText(messages('ko'), error.code, error.data)`. */
export function problemText<C extends keyof ProblemData>(texts: Messages, code: C, data: ProblemData[C]): string {
  return texts.problem[code](data);
}
