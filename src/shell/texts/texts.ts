import type { Language } from '../../explain/language.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

/** What can be wrong with a folder that is to be opened. */
export type FolderFault = 'missing' | 'no-folder' | 'too-large' | 'bad-name';

/** What the classroom shell says. */
export interface ShellTexts {
  /** At the first prompt. */
  readonly greeting: string;
  /** Rows of `help`: a heading, or what is typed and what it does. */
  readonly help: readonly (readonly [typed: string, about: string] | string)[];
  readonly folded: string;
  readonly unfolded: string;
  /** In place of an explanation that is folded. */
  readonly foldedLine: (d: { readonly lines: number }) => string;
  readonly nothingToUnfold: string;
  readonly level: { readonly off: string; readonly brief: string; readonly full: string };
  readonly explainUsage: string;
  readonly editUsage: string;
  readonly layersUsage: string;
  /** A command whose arguments were not understood. */
  readonly notHere: (d: { readonly command: string }) => string;
  readonly noScenario: (d: { readonly name: string }) => string;
  /** One lesson at a time. */
  readonly otherLesson: string;
  readonly whichShell: (d: { readonly verb: string; readonly shell: string }) => string;
  readonly startedAnew: string;
  readonly openNeedsTerminal: string;
  readonly resetDone: string;
  /** A folder of the real computer is there, as a copy. */
  readonly opened: (d: { readonly folder: string; readonly path: string; readonly files: number }) => string;
  /** So many of its entries stayed outside: links that leave it, devices, what cannot be read. */
  readonly leftOut: (d: { readonly count: number }) => string;
  readonly notOpened: { readonly [C in FolderFault]: (d: { readonly folder: string }) => string };
}

/** What the classroom shell says, in this language. */
export function shellTexts(lang: Language): ShellTexts {
  return lang === 'ko' ? ko : en;
}
