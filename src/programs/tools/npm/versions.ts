/** The table's version where the range allows it (`^` within a major, `~` within a minor version), else the range's own. */
export function chosenVersion(range: string | undefined, known: string | undefined): string {
  if (known === undefined) return rangeVersion(range);
  const match = /^([\^~]|>=|=)?\s*v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?$/.exec(range?.trim() ?? '');
  if (!match) return known;
  const [, sign = '', major = '', minor, patch] = match;
  const [ourMajor = '', ourMinor = ''] = known.split('.');
  if (sign === '>=') return Number(ourMajor) >= Number(major) ? known : rangeVersion(range);
  const open = minor === undefined || minor === 'x' || (sign === '^' && major !== '0');
  const inMinor = patch === undefined || patch === 'x' || sign === '~' || sign === '^';
  const fits = ourMajor === major && (open || (ourMinor === minor && inMinor));
  return fits || known === [major, minor, patch].join('.') ? known : rangeVersion(range);
}

/** The version that a range of package.json names; `unknown` where it names none and the table has none. */
function rangeVersion(range: string | undefined): string {
  return /\d+(?:\.\d+){0,2}(?:-[\w.]+)?/.exec(range ?? '')?.[0] ?? 'unknown';
}
