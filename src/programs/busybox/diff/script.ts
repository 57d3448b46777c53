/** A part in which two lists differ: `a[fromA, toA)` is replaced by `b[fromB, toB)`. */
export interface Change {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Differences up to which the shortest script is looked for; beyond it the middle is taken as one change. */
const mostEdits = 3000;

/** The changes that make one list the other, in order (Myers' algorithm), pushed down as far as they go, as diff does. */
export function changes(a: readonly string[], b: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [gone, come] = marks(a.slice(start, endA), b.slice(start, endB));
  const deleted = a.map((_, at) => at >= start && at < endA && gone[at - start] === true);
  const added = b.map((_, at) => at >= start && at < endB && come[at - start] === true);
  shift(a, deleted);
  shift(b, added);
  return collect(deleted, added);
}

function marks(a: readonly string[], b: readonly string[]): readonly [boolean[], boolean[]] {
  const gone = a.map(() => true);
  const come = b.map(() => true);
  const offset = a.length + b.length + 1;
  let frontier = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(offset, mostEdits); edits++) {
    const next = new Map(frontier);
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        trace.push(frontier);
        backtrack(trace, edits, a.length, b.length, gone, come);
        return [gone, come];
      }
    }
    trace.push(frontier);
    frontier = next;
  }
  return [gone, come];
}

function backtrack(
  trace: readonly Map<number, number>[],
  edits: number,
  endA: number,
  endB: number,
  gone: boolean[],
  come: boolean[],
): void {
  let [x, y] = [endA, endB];
  for (let d = edits; d >= 0; d--) {
    const v = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && (v?.get(k - 1) ?? -1) < (v?.get(k + 1) ?? -1));
    const beforeK = down ? k + 1 : k - 1;
    const beforeX = d === 0 ? 0 : (v?.get(beforeK) ?? 0);
    const beforeY = d === 0 ? 0 : beforeX - beforeK;
    while (x > beforeX && y > beforeY) {
      x--;
      y--;
      gone[x] = false;
      come[y] = false;
    }
    [x, y] = [beforeX, beforeY];
  }
}

/** A run of changed lines that is followed by what it begins with can as well be said to end there. */
function shift(lines: readonly string[], changed: boolean[]): void {
  for (let at = 0; at < lines.length; at++) {
    if (!changed[at]) continue;
    let end = at;
    while (end < lines.length && changed[end]) end++;
    let start = at;
    while (end < lines.length && lines[start] === lines[end] && !changed[end]) {
      changed[start++] = false;
      changed[end++] = true;
      while (end < lines.length && changed[end]) end++;
    }
    at = end;
  }
}

function collect(deleted: readonly boolean[], added: readonly boolean[]): readonly Change[] {
  const found: Change[] = [];
  let [i, j] = [0, 0];
  while (i < deleted.length || j < added.length) {
    if (!deleted[i] && !added[j]) {
      i++;
      j++;
      continue;
    }
    const [fromA, fromB] = [i, j];
    while (i < deleted.length && deleted[i]) i++;
    while (j < added.length && added[j]) j++;
    found.push({ fromA, toA: i, fromB, toB: j });
  }
  return found;
}
