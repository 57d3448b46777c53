import type { BuildStory, StepTold } from '../../engine/build/story.ts';
import { printable, wrap } from '../width.ts';
import { type CacheTexts, cacheTextsEn, cacheTextsKo } from './cache-texts.ts';
import type { ViewOptions } from './options.ts';

/** Steps beyond this are listed without their details. */
const mostTold = 3;
const shownFiles = 8;
const second = 1_000_000;

/**
 * Steps of the last build: what became of them, what their keys are made of, and who has made what is kept. With more
 * than a few, one line for each. `now` in µs.
 */
export function cacheView(
  story: BuildStory | undefined,
  steps: readonly StepTold[],
  wanted: string,
  now: number,
  options: ViewOptions,
): string[] {
  const texts = options.lang === 'ko' ? cacheTextsKo : cacheTextsEn;
  if (!story) return wrap(texts.noBuild, options.width);
  const list = (of: readonly Pick<StepTold, 'name' | 'outcome'>[]): string[] =>
    of.map(({ name, outcome }) => `${outcome.toUpperCase().padEnd(12)}${oneLine(name)}`);
  if (steps.length === 0)
    return [...wrap(texts.noStep({ wanted: printable(wanted) }), options.width), ...list(story.steps)];
  const hits = story.steps.filter(({ outcome }) => outcome === 'hit').length;
  const heading = wrap(
    texts.heading({ build: printable(story.build.name), hits, steps: story.steps.length }),
    options.width,
  );
  if (steps.length > mostTold) return [...heading, '', ...list(steps)];
  return [...heading, ...steps.flatMap((step) => ['', ...stepLines(step, texts, now, options)])];
}

function stepLines(step: StepTold, texts: CacheTexts, now: number, options: ViewOptions): string[] {
  const { style, width } = options;
  const lines = wrap(oneLine(step.name), width).map((line) => style.bold(line));
  const add = (text: string): void => void lines.push(...indented(text, '  ', width));
  add(outcomeOf(step, texts));
  if (step.key === undefined) return lines;
  add(texts.key({ key: step.key }));
  add(texts.keyOf);
  for (const part of partsOf(step, texts)) {
    const [first = '', ...rest] = indented(part, '      ', width);
    lines.push(`    ${options.plain ? '-' : '·'} ${first.trimStart()}`, ...rest);
  }
  if (step.kind === 'copy') add(texts.notTimes);
  if (step.kind === 'run') add(texts.notOutside);
  const { kept } = step;
  if (!kept) {
    add(texts.notKept);
    return lines;
  }
  const ago = duration(now - kept.created, options.lang);
  add(
    kept.own
      ? texts.madeNow
      : kept.build
        ? texts.madeBefore({ build: printable(kept.build.name), ago })
        : texts.madeOnce({ ago }),
  );
  add(texts.kept({ layer: short(kept.layer), size: options.size(kept.size), uses: kept.uses }));
  return lines;
}

function outcomeOf({ outcome, reason }: StepTold, texts: CacheTexts): string {
  if (outcome === 'hit') return texts.hit;
  if (outcome === 'miss') return texts.miss(reason);
  return outcome === 'failed' ? texts.failed : texts.notReached;
}

function partsOf({ args = {}, base, kind, name, sources = {} }: StepTold, texts: CacheTexts): readonly string[] {
  const files = Object.entries(sources);
  return [
    texts.instruction({ instruction: oneLine(name.replace(/^\[[^\]]*\] /, '')) }),
    base ? texts.base({ base: oneLine(base.name), key: short(base.key) }) : texts.noBase,
    ...(kind === 'run' ? [texts.surroundings] : []),
    ...Object.entries(args).map(([key, value]) => texts.argument({ name: printable(key), value })),
    ...files.slice(0, shownFiles).map(([key, digest]) => {
      const cut = key.lastIndexOf(' ');
      return texts.file({
        path: printable(cut < 0 ? key : key.slice(0, cut)),
        digest: short(digest.split(' ').at(-1) ?? ''),
      });
    }),
    ...(files.length > shownFiles ? [texts.more({ count: files.length - shownFiles })] : []),
  ];
}

function indented(text: string, by: string, width: number): string[] {
  return wrap(text, Math.max(12, width - by.length)).map((line) => by + line);
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}

function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

function duration(time: number, lang: ViewOptions['lang']): string {
  const seconds = Math.max(0, Math.round(time / second));
  const [count, unit, word] =
    seconds < 120
      ? [seconds, 'second', '초']
      : seconds < 7200
        ? [Math.round(seconds / 60), 'minute', '분']
        : [Math.round(seconds / 3600), 'hour', '시간'];
  return lang === 'ko' ? `${count}${word}` : `${count} ${unit}${count === 1 ? '' : 's'}`;
}
