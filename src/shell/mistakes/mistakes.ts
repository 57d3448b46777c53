import type { Language } from '../../explain/language.ts';
import { actorColumn, actorLine, type Style } from '../../explain/layout.ts';
import { engineOf } from '../../host/engine-host.ts';
import type { Machine } from '../../kernel/machine.ts';
import { dockerMistake, type Status } from './docker.ts';
import { en } from './en.ts';
import type { Mistake, MistakeData, MistakeKind, MistakeTexts } from './kinds.ts';
import { ko } from './ko.ts';
import { mayBeMistake } from './may-be.ts';
import { typingMistake } from './typing.ts';

/** How the lines are laid out. */
export interface MistakeLook {
  readonly lang: Language;
  readonly plain: boolean;
  readonly width: number;
  readonly style: Style;
}

/** What a command line did. */
export interface LineEnd {
  /** Undefined: its program has the terminal still. */
  readonly status: Status;
  /** The line itself, where a shell read it. */
  readonly line?: string;
  /** What it printed. */
  readonly printed?: string;
}

const labels: { readonly [L in Language]: { readonly why: string; readonly meant: string } } = {
  en: { why: 'why', meant: 'did you mean' },
  ko: { why: '이유', meant: '혹시' },
};

/** What was probably meant otherwise, with the reason; no lines when all looks right. `commands`: the docker commands of the line. */
export function mistakeLines(
  m: Machine,
  commands: readonly (readonly string[])[],
  end: LineEnd,
  look: MistakeLook,
): readonly string[] {
  const found = mistake(m, commands, end);
  if (!found) return [];
  const texts = look.lang === 'ko' ? ko : en;
  const { why, meant } = labels[look.lang];
  const parts: [string, string][] = [[why, reason(found, texts)]];
  if ('meant' in found.data) parts.push([meant, found.data.meant]);
  const column = actorColumn(
    parts.map(([label]) => label),
    look,
  );
  return parts.flatMap(([label, text]) => actorLine(label, text, column, look));
}

function mistake(
  m: Machine,
  commands: readonly (readonly string[])[],
  { status, line, printed = '' }: LineEnd,
): Mistake | undefined {
  const engine = engineOf(m);
  for (const argv of commands) {
    const looked = engine && argv[0] === 'docker' && mayBeMistake(argv, status);
    const found = looked ? dockerMistake(engine, argv, status) : undefined;
    if (found) return found;
  }
  return line === undefined || status === undefined ? undefined : typingMistake(m, line, status, printed);
}

function reason<K extends MistakeKind>(
  found: { readonly kind: K; readonly data: MistakeData[K] },
  texts: MistakeTexts,
): string {
  return texts[found.kind](found.data);
}
