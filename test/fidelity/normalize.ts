import { normalizeBuilds } from './normalize-builds.ts';

/** What differs from run to run, or between images of one name, in recorded output: replaced by what it is. */
const rules: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[ +-][\d:]+(?: [+-]?\w+)*)?/g, 'TIME'],
  [/\/tmp\/empty-dir\d+/g, 'EMPTY'],
  [/\/tmp\/rec-\w+|\/home\/learner\b/g, 'FOLDER'],
  [/(?:sha256:)?\b[0-9a-f]{64}\b/g, 'ID'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b/g, 'SHORT'],
  [/\b[a-z]+_[a-z]+\b(?=["'\s]|$)/gm, 'NAME'],
  [
    /^(?:SHORT: (?:Pulling fs layer|Waiting|Verifying Checksum|Download complete|Pull complete|Already exists)\n)+/gm,
    'LAYERS\n',
  ],
  [/^(?:Deleted: ID\n)+/gm, 'Deleted: ID\n'],
  [
    /\b(?:Less than a second|About a minute|About an hour|\d+ (?:second|minute|hour|day|week|month|year)s?)(?: ago)?/g,
    'AGO',
  ],
  [/\b\d+(?:\.\d+)?\s?(?:[kMGT]i?B|B)\b/g, 'SIZE'],
  [/[ \t]{2,}/g, '  '],
  [/[ \t]+$/gm, ''],
  [/\r\n/g, '\n'],
];

/** In the progress of builds: colours, times of steps and of lines, references of results. */
const buildRules: readonly [RegExp, string][] = [
  [/\x1b\[[0-9;]*m/g, ''],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}::[a-z0-9]{25}\b/g, 'REF'],
  [/sha256:[0-9a-f]{6,63}(?![0-9a-f])…?/g, 'ID'],
  [/\b\d+\.\d+s\b/g, 'SECS'],
  [/^(#\d+ )?\d+\.\d{3} /gm, '$1'],
  [/(?: SECS)? +(done)$/gm, ' $1'],
];

/** Output without what may differ. */
export function normalize(text: string): string {
  const all =
    text.includes('#0 building with') || text.includes('ERROR: failed to build') ? [...buildRules, ...rules] : rules;
  return normalizeBuilds(all.reduce((masked, [pattern, to]) => masked.replace(pattern, to), text));
}
