import type { Language } from '../language.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Messages, ProblemData } from './texts.ts';

export type { Messages, OwnFlag, OwnVerb, ProblemData, RemedyKey } from './texts.ts';

/** What drydock itself says, in this language. */
export function messages(lang: Language): Messages {
  return lang === 'ko' ? ko : en;
}

/** A session's problem in this language: `problemText(messages('ko'), error.code, error.data)`. */
export function problemText<C extends keyof ProblemData>(texts: Messages, code: C, data: ProblemData[C]): string {
  return texts.problem[code](data);
}
