/** What is printed of a step of a build: its title, then its lines. */
type Step = readonly [title: string, ...lines: string[]];

const early = [
  /^\[internal\] load build definition/,
  /^\[internal\] load metadata/,
  /^\[internal\] load \.dockerignore/,
  /^\[internal\] load build context/,
  /^\[internal\] /,
  /\] FROM /,
];
const late = early.length;

/**
 * Plain progress in one order: BuildKit works on several steps at a time and prints them interleaved, numbered as they
 * come up. Each step is put together; loading and FROM come first, neighbours from the cache go by their titles.
 */
export function normalizeBuilds(text: string): string {
  const parts = text.split(/^(?=#0 building with)/m);
  return parts.map((part) => (part.startsWith('#0 building with') ? oneBuild(part) : part)).join('');
}

function oneBuild(text: string): string {
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => /^#\d+ /.test(line));
  const steps = new Map<string, [string, ...string[]]>();
  for (const line of lines.slice(0, last + 1)) {
    const [, number = '', words = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
    const step = steps.get(number);
    if (number !== '' && !step) steps.set(number, [words]);
    else if (step && words !== '...' && words !== step[0]) step.push(words);
  }
  const [head, ...rest] = [...steps.values()].map(settled);
  const order = rest
    .map((step, place) => ({ step, rank: rankOf(step), place: placeOf(rest, place) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place || (a.step[0] < b.step[0] ? -1 : 1))
    .map(({ step }) => step);
  const all = [...(head ? [head] : []), ...order];
  const printed = all.map((step, number) => step.map((line) => `#${number} ${line}`).join('\n')).join('\n\n');
  return [printed, ...sortedWarnings(lines.slice(last + 1))].join('\n');
}

function rankOf([title]: Step): number {
  const found = early.findIndex((pattern) => pattern.test(title));
  return found < 0 ? late : found;
}

/** Where a late step stands; those from the cache that follow one another stand in one place. Early ones have no order. */
function placeOf(steps: readonly Step[], place: number): number {
  const isCached = (step: Step | undefined): boolean =>
    step !== undefined && rankOf(step) === late && step.includes('CACHED');
  if (rankOf(steps[place] ?? ['']) < late) return 0;
  let first = place;
  const before = steps.map((step, i) => (rankOf(step) === late ? i : -1)).filter((i) => i >= 0);
  for (let at = before.indexOf(place); isCached(steps[place]) && at > 0 && isCached(steps[before[at - 1] ?? 0]); at--) {
    first = before[at - 1] ?? first;
  }
  return first;
}

/** Without lines that also come out finished; transfers of FROM and warnings of the definition in one order. */
function settled([title, ...lines]: [string, ...string[]]): Step {
  const kept = lines.filter(
    (line) =>
      / done$|^(?:CACHED|CANCELED|DONE |ERROR|WARN)/.test(line) ||
      !/^(?:transferring |extracting |exporting |ID )/.test(line),
  );
  if (/^\[internal\] load build definition/.test(title)) {
    const warnings = kept.filter((line) => line.startsWith('WARN: ')).sort();
    return [title, ...kept.filter((line) => !line.startsWith('WARN: ')), ...warnings];
  }
  if (!/\] FROM |^FROM /.test(title)) return [title, ...kept];
  // which blobs had to be fetched depends on what was there before
  return [title, ...kept.filter((line) => !/^(?:resolve |ID |extracting )/.test(line))];
}

function sortedWarnings(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => /^ \d+ warnings? found/.test(line)) + 1;
  if (first === 0) return lines;
  let end = first;
  while (/^ - \w+: /.test(lines[end] ?? '')) end += 1;
  return [...lines.slice(0, first), ...lines.slice(first, end).sort(), ...lines.slice(end)];
}
