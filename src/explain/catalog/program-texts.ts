import { among, type TextsOf } from './families.ts';

/** The steps of programs that run in containers and on the host. */
const actions = {
  'package-lists': true,
  'packages-installed': true,
  'packages-removed': true,
  'program-read': true,
  'program-beyond': true,
  'output-stands-in': true,
  'server-ready': true,
  'class-compiled': true,
  'class-verified': true,
  'method-compiled': true,
} as const;

type ProgramAction = keyof typeof actions;

/** A text for each of them. */
export type ProgramTexts = TextsOf<ProgramAction>;

/** Did a program tell of it? */
export const isProgramStep = among(actions);
