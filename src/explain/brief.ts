import type { BootPlan } from '../vm/plan.ts';
import type { KnownStep } from './actions.ts';
import { type BriefLine, mainProgram, topicLines, topics } from './brief-topics.ts';
import type { Catalog } from './catalog/catalog.ts';
import { actorColumn, actorLine, block, type Page } from './layout.ts';

/** The most lines that a brief narration has. */
export const briefLimit = 10;

/** From this width on the limit counts lines on the screen; a narrower page may wrap more. */
const fullWidth = 80;

/** Verbs that start a container: a virtual machine's way to the same program is told beside it. */
const starters: readonly string[] = ['run', 'start', 'restart'];

/** A line that stands for others of the same run and is said when it is the only thing: `attach` and `wait` are part of `run`. */
const onlyAlone: readonly string[] = ['attach', 'wait'];

/**
 * The steps of one command in at most ten lines: what belongs together is one line, and when there is still too much the
 * least telling lines go first.
 */
export function brief(
  steps: readonly KnownStep[],
  verb: string,
  catalog: Catalog,
  page: Page,
  plan?: BootPlan,
): string[] {
  const groups = topics(steps);
  const starts = groups.has('program') || groups.has('layer');
  const lines: BriefLine[] = [];
  for (const [key, group] of groups) {
    if (starts && onlyAlone.includes(key)) continue;
    lines.push(...topicLines(key, group, catalog.brief));
  }
  const program = starters.includes(verb) ? mainProgram(steps) : undefined;
  const vm =
    program === undefined || !plan
      ? []
      : [{ actor: catalog.labels.vm, text: catalog.brief.vm({ program, plan }), weight: 0 }];
  const column = actorColumn(
    [...lines, ...vm].map((line) => catalog.actor(line.actor)),
    page,
  );
  const set = (line: BriefLine) => actorLine(catalog.actor(line.actor), line.text, column, page);
  const pointer = lines.length > 2 ? actorLine('drydock why', catalog.brief.why, 12, page) : [];
  const tail = [...vm.flatMap(set), ...pointer];
  const size = (line: BriefLine) => (page.width >= fullWidth ? set(line).length : 1);
  const tailSize = page.width >= fullWidth ? tail.length : vm.length + (pointer.length > 0 ? 1 : 0);
  const { kept, dropped } = leaveOut(lines, briefLimit - tailSize, size);
  const more = dropped > 0 ? block(catalog.brief.more({ count: dropped }), column + 2, page) : [];
  return [...kept.flatMap(set), ...more, ...tail];
}

/** Leaves out the lightest lines, of equals the last, until the rest has room. Those of little weight are not missed. */
function leaveOut(lines: readonly BriefLine[], room: number, size: (line: BriefLine) => number) {
  const kept = [...lines];
  let dropped = 0;
  const used = () => kept.reduce((sum, line) => sum + size(line), dropped > 0 ? 1 : 0);
  while (kept.length > 1 && used() > room) {
    const lightest = kept.reduce(
      (least, line, index) => (line.weight <= (kept[least]?.weight ?? 0) ? index : least),
      0,
    );
    const [gone] = kept.splice(lightest, 1);
    if (gone && gone.weight >= 5) dropped += 1;
  }
  return { kept, dropped };
}
