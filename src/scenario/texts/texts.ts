import type { Language } from '../../explain/language.ts';
import { english } from './en.ts';
import { korean } from './ko.ts';

/** What drydock says around a lesson. One paragraph each. */
export interface LessonTexts {
  readonly minutes: (d: { readonly minutes: number }) => string;
  /** In a list. */
  readonly duration: (d: { readonly minutes: number }) => string;
  readonly step: (d: { readonly number: number; readonly of: number }) => string;
  readonly predict: string;
  readonly footer: string;
  /** How words and keys are used. */
  readonly keys: string;
  readonly sure: string;
  readonly still: (d: { readonly what: string }) => string;
  /** The solution would fail: something that it needs was removed, or something is in its way. */
  readonly astray: string;
  readonly noWhy: string;
  readonly done: string;
  readonly right: string;
  readonly wrong: (d: { readonly answer: string }) => string;
  readonly unasked: (d: { readonly answer: string }) => string;
  readonly over: string;
  readonly after: string;
  readonly next: (d: { readonly name: string }) => string;
  readonly yourTurn: (d: { readonly name: string }) => string;
  readonly hint: (d: { readonly number: number; readonly of: number }) => string;
  readonly missing: string;
  readonly noted: (d: { readonly choice: string }) => string;
  readonly noQuestion: string;
  readonly solving: string;
  /** At the end of a lesson that is complete. */
  readonly byeForGood: string;
  readonly bye: (d: { readonly name: string }) => string;
  readonly levels: { readonly [level in 'beginner' | 'intermediate' | 'advanced']: string };
  readonly notBegun: string;
  readonly finished: string;
  readonly reached: (d: { readonly step: number; readonly of: number }) => string;
  readonly listHelp: string;
  readonly unknown: (d: { readonly name: string; readonly names: readonly string[] }) => string;
  readonly noFile: (d: { readonly path: string }) => string;
  readonly lintGood: (d: { readonly file: string }) => string;
  readonly faults: (d: { readonly count: number }) => string;
  readonly resetDone: (d: { readonly name: string }) => string;
  readonly made: (d: { readonly path: string }) => string;
  readonly exists: (d: { readonly path: string }) => string;
  readonly badName: (d: { readonly name: string }) => string;
  readonly startFailed: (d: { readonly command: string }) => string;
  readonly inTheWay: (d: { readonly name: string }) => string;
  readonly handout: { readonly hints: string; readonly solution: string; readonly learned: string };
  readonly report: {
    readonly learnerTitles: readonly string[];
    readonly stepTitles: readonly string[];
    readonly heldUp: string;
    readonly nowhere: string;
    readonly complete: string;
    readonly changed: (d: { readonly file: string }) => string;
    readonly fault: {
      readonly [F in 'no-progress' | 'newer' | 'unreadable']: (d: { readonly file: string }) => string;
    };
    readonly written: (d: { readonly file: string }) => string;
    readonly cannotWrite: (d: { readonly file: string }) => string;
    readonly nobody: string;
  };
  readonly portable: {
    readonly exported: (d: { readonly file: string; readonly kilobytes: number }) => string;
    readonly imported: (d: { readonly name: string }) => string;
    readonly cannotWrite: (d: { readonly file: string }) => string;
    readonly fault: {
      readonly [F in 'no-session-file' | 'too-large' | 'newer' | 'older' | 'damaged' | 'unreadable']: (d: {
        readonly file: string;
      }) => string;
    };
  };
  readonly begin: (d: { readonly name: string }) => string;
}

/** drydock's words around a lesson, in a language. */
export function lessonTexts(lang: Language): LessonTexts {
  return lang === 'ko' ? korean : english;
}
