/** Words with this many differing letters are not meant for each other. */
const tooFar = 3;

/**
 * The option that was probably meant by `word`: the nearest one with at most two letters put in, left out or replaced;
 * undefined when `word` is itself one of them. `anyCase`: letters' case does not count, and the answer has the word's.
 */
export function suggest(word: string, options: readonly string[], anyCase = false): string | undefined {
  const fold = (text: string) => (anyCase ? text.toLowerCase() : text);
  const wanted = fold(word);
  let best: string | undefined;
  let nearest = tooFar;
  for (const option of options.map(fold)) {
    if (option === wanted) return undefined;
    const away = distance(wanted, option);
    // BuildKit takes any of several that are equally near; one with the same letters is likelier to be meant
    if (away > nearest || away >= tooFar) continue;
    if (away === nearest && (best === undefined || sameLetters(wanted, best) || !sameLetters(wanted, option))) continue;
    nearest = away;
    best = option;
  }
  // an empty option is as good as none
  return best ? (anyCase ? inCaseOf(word, best) : best) : undefined;
}

function sameLetters(a: string, b: string): boolean {
  return Array.from(a).sort().join('') === Array.from(b).sort().join('');
}

function inCaseOf(word: string, option: string): string {
  if (word === word.toLowerCase()) return option.toLowerCase();
  return word === word.toUpperCase() ? option.toUpperCase() : option;
}

/** Levenshtein's distance between two words; beyond `tooFar`, any number that is too far. */
function distance(a: string, b: string): number {
  const [from, to] = [Array.from(a), Array.from(b)];
  if (Math.abs(from.length - to.length) >= tooFar) return tooFar;
  let row = Array.from({ length: to.length + 1 }, (_none, j) => j);
  for (const [i, char] of from.entries()) {
    const next = [i + 1];
    for (const [j, other] of to.entries()) {
      const replaced = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
