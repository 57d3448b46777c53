import type { Measure, Part } from '../../compare/types.ts';
import type { Typical } from '../../compare/typical.ts';
import { columns, pad, wrap } from '../width.ts';
import { type CompareTexts, compareTextsEn, compareTextsKo } from './compare-texts.ts';
import type { ViewOptions } from './options.ts';

const partNames: readonly Part[] = ['kernel', 'files', 'processes', 'network', 'hostname', 'ipc', 'users'];

/** The measures of one work side by side, as a table; on a narrow page one way after the other. */
export function compareTable(
  work: string,
  measures: readonly Measure[],
  typicals: readonly Typical[],
  options: ViewOptions,
): string[] {
  const texts = textsOf(options);
  const heads = measures.map(({ way }) => texts.ways[way]);
  const rows = rowsOf(measures, texts, options);
  const sharing = partNames.map((part): Row => {
    return [texts.parts[part], measures.map(({ shared }) => (shared.includes(part) ? texts.shared : texts.own))];
  });
  const label = Math.max(...[...rows, ...sharing].map(([name]) => columns(name))) + 2;
  const cell = Math.max(...[heads, ...rows.map(([, cells]) => cells)].flat().map(columns)) + 2;
  const line = ([name, cells]: Row): string =>
    (pad(name, label) + cells.map((text) => pad(text, cell)).join('')).trimEnd();
  const fits = label + cell * measures.length - 2 <= options.width;
  const bold = options.style.bold;
  const body = fits
    ? [bold(line(['', heads])), ...rows.map(line), '', bold(texts.sharing), ...sharing.map(line)]
    : measures.flatMap((_, i) => [
        bold(heads[i] ?? ''),
        ...[...rows, ...sharing].map(([name, cells]) => `  ${pad(name, label)}${cells[i] ?? ''}`),
        '',
      ]);
  return [...wrap(texts.title({ work }), options.width), '', ...body, '', ...notes(measures, typicals, texts, options)];
}

/** Memory, disk and time of the measures as bars. */
export function compareBars(work: string, measures: readonly Measure[], options: ViewOptions): string[] {
  const texts = textsOf(options);
  const { size } = options;
  const label = Math.max(...measures.map(({ way }) => columns(texts.ways[way]))) + 2;
  const room = Math.max(10, Math.min(48, options.width - label - 12));
  const block = options.plain ? '#' : '█';
  const picture = (title: string, value: (m: Measure) => number, show: (n: number) => string): string[] => {
    const most = Math.max(1, ...measures.map(value));
    const bars = measures.map((m) => {
      const length = value(m) === 0 ? 0 : Math.max(1, Math.round((value(m) / most) * room));
      return `${pad(texts.ways[m.way], label)}${block.repeat(length)}${length > 0 ? ' ' : ''}${show(value(m))}`;
    });
    return [options.style.bold(title), ...bars, ''];
  };
  return [
    ...wrap(texts.title({ work }), options.width),
    '',
    ...picture(texts.rows.time, ({ time }) => time, seconds),
    ...picture(texts.rows.memoryReserved, ({ memoryReserved }) => memoryReserved, size),
    ...picture(texts.rows.memoryUsed, ({ memoryUsed }) => memoryUsed, size),
    ...picture(texts.rows.diskUsed, ({ diskUsed }) => diskUsed, size),
    ...wrap(texts.counted, options.width),
  ];
}

type Row = readonly [name: string, cells: readonly string[]];

function textsOf({ lang }: ViewOptions): CompareTexts {
  return lang === 'ko' ? compareTextsKo : compareTextsEn;
}

function rowsOf(measures: readonly Measure[], { rows }: CompareTexts, { size }: ViewOptions): readonly Row[] {
  const row = (name: keyof CompareTexts['rows'], show: (m: Measure) => string): Row => [rows[name], measures.map(show)];
  const bytes = (count: number): string => (count === 0 ? '-' : size(count));
  return [
    row('kernels', ({ kernels }) => `${kernels}`),
    row('release', ({ release }) => release.replace(/-.*/, '')),
    row('processes', ({ processes }) => `${processes}`),
    row('visible', ({ visible }) => `${visible}`),
    row('memoryReserved', ({ memoryReserved }) => bytes(memoryReserved)),
    row('memoryUsed', ({ memoryUsed }) => bytes(memoryUsed)),
    row('diskReserved', ({ diskReserved }) => bytes(diskReserved)),
    row('diskUsed', ({ diskUsed }) => bytes(diskUsed)),
    row('time', ({ time }) => seconds(time)),
  ];
}

function notes(
  measures: readonly Measure[],
  typicals: readonly Typical[],
  texts: CompareTexts,
  options: ViewOptions,
): string[] {
  const { bold, dim } = options.style;
  const width = Math.max(...measures.map(({ way }) => columns(texts.ways[way]))) + 2;
  const item = (name: string, text: string): string[] => {
    const [first = '', ...rest] = wrap(text, Math.max(20, options.width - width));
    return [pad(name, width) + first, ...rest.map((line) => ' '.repeat(width) + line)];
  };
  const list = (of: readonly Part[]): string => of.map((part) => texts.parts[part]).join(', ') || texts.nothing;
  const arrow = options.plain ? ' > ' : ' → ';
  const path = (steps: Measure['steps']): string =>
    Object.entries(steps)
      .map(([actor, count]) => `${actor} ${count}`)
      .join(arrow);
  return [
    bold(texts.path),
    ...measures.flatMap(({ way, steps }) => item(texts.ways[way], path(steps))),
    '',
    bold(texts.neighbours),
    ...measures.flatMap(({ way, neighbours }) => item(texts.ways[way], list(neighbours))),
    '',
    bold(texts.breakOut),
    ...measures.flatMap(({ way, reach }) => item(texts.ways[way], texts.reaches[reach])),
    '',
    ...wrap(texts.counted, options.width),
    '',
    bold(texts.typicalHeading),
    ...sourced(typicals, texts)
      .flatMap((line) => wrap(line, options.width))
      .map((line) => dim(line)),
  ];
}

/** The figures with their sources in words, for other programs. */
export function sourcedFacts(typicals: readonly Typical[], lang: ViewOptions['lang']): readonly object[] {
  const { sources } = lang === 'ko' ? compareTextsKo : compareTextsEn;
  return typicals.map((typical) => ({ ...typical, source: sources[typical.source] }));
}

/** The figures of each source under its name. */
function sourced(typicals: readonly Typical[], texts: CompareTexts): readonly string[] {
  return [...new Set(typicals.map(({ source }) => source))].flatMap((source) => [
    `${texts.sources[source]}:`,
    ...typicals.filter((each) => each.source === source).map(({ id, value }) => `  ${value}: ${texts.typical[id]}`),
  ]);
}

function seconds(us: number): string {
  return us < 1_000_000 ? `${(us / 1000).toFixed(us < 10_000 ? 1 : 0)} ms` : `${(us / 1_000_000).toFixed(1)} s`;
}
