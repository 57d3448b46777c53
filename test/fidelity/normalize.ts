/** What differs from run to run, or between images of one name, in recorded output: replaced by what it is. */
const rules: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[ +-][\d:]+(?: [+-]?\w+)*)?/g, 'TIME'],
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

/** Output without what may differ. */
export function normalize(text: string): string {
  return rules.reduce((masked, [pattern, to]) => masked.replace(pattern, to), text);
}
