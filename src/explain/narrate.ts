import type { BootPlan } from '../vm/plan.ts';
import { type AnyStep, all, isKnown } from './actions.ts';
import { brief } from './brief.ts';
import type { Catalog } from './catalog/catalog.ts';
import { englishCatalog } from './english.ts';
import { full } from './full.ts';
import { type Failure, hint } from './hints/hint.ts';
import { koreanCatalog } from './korean.ts';
import type { Language } from './language.ts';
import { actorColumn, actorLine, block, noStyle, type Page, type Style } from './layout.ts';

export type Level = 'off' | 'brief' | 'full';

export interface NarrateOptions {
  readonly level: Level;
  readonly lang: Language;
  /** Columns of the terminal; undefined: lines are not wrapped. */
  readonly width?: number | undefined;
  /** ASCII marks, no arrows, no colour. */
  readonly plain?: boolean;
  /** What makes parts stand out on a terminal; undefined: no colour. */
  readonly style?: Style | undefined;
  /** The command that was typed, without `docker`: `run`, `ps`, `container ls`. */
  readonly verb: string;
  /** What it takes to have a virtual machine up: told beside a container that starts. */
  readonly vm?: BootPlan | undefined;
  /** Docker's message when the command failed. */
  readonly failure?: Failure | undefined;
}

/** The narrowest terminal that lines are laid out for. */
const narrowest = 20;

/**
 * The explanation of a command from the steps that were taken for it: lines to print on stderr, without line ends.
 * `brief` has ten lines at most and for a failure says why and what to try; `full` has every step, with its call.
 */
export function narrate(steps: readonly AnyStep[], options: NarrateOptions): string[] {
  if (options.level === 'off') return [];
  const catalog = catalogOf(options.lang);
  const page: Page = {
    width: Math.max(narrowest, options.width ?? Number.POSITIVE_INFINITY),
    plain: options.plain ?? false,
    style: options.style ?? noStyle,
  };
  const failed = options.failure ?? refusal(steps);
  const failure = failed && { ...failed, request: all(steps.filter(isKnown), 'request').at(-1)?.path };
  const advice = failure ? adviceLines(failure, options, page) : [];
  if (options.level === 'full') {
    if (steps.length === 0 && advice.length === 0) return block(catalog.labels.nothing, 0, page);
    return [...full(steps, catalog, page), ...advice];
  }
  if (advice.length > 0) return advice;
  return brief(steps.filter(isKnown), options.verb.split(' ').at(-1) ?? '', catalog, page, options.vm);
}

/** The catalog of a language. */
function catalogOf(lang: Language): Catalog {
  return lang === 'ko' ? koreanCatalog() : englishCatalog();
}

/** A refusal by the engine, when the caller did not tell of a failure: the last request, unless a missing image was pulled. */
function refusal(steps: readonly AnyStep[]): Failure | undefined {
  const last = all(steps.filter(isKnown), 'request').at(-1);
  return last && last.status >= 400 ? { message: '', status: last.status } : undefined;
}

function adviceLines(failure: Failure, options: NarrateOptions, page: Page): string[] {
  const advice = hint(failure, options.lang);
  if (!advice) return [];
  const parts: [string, string][] = [[advice.labels.why, advice.why]];
  if (advice.tryThis !== undefined) parts.push([advice.labels.tryThis, advice.tryThis]);
  const column = actorColumn(
    parts.map(([label]) => label),
    page,
  );
  return parts.flatMap(([label, text]) => actorLine(label, text, column, page));
}
