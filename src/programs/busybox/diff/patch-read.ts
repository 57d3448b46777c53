/** A hunk of a unified diff: lines with their first character (blank, `-`, `+`). */
export interface Hunk {
  readonly from: number;
  /** Where it is in the new file. */
  readonly to: number;
  readonly lines: readonly string[];
  /** A side whose last line has no newline at its end. */
  readonly open: { readonly old: boolean; readonly new: boolean };
}

/** The changes of one file. */
export interface FilePatch {
  readonly before: string;
  readonly after: string;
  /** The two lines that name it, as they were. */
  readonly head: readonly [string, string];
  /** Where they are in the input, counted from 1. */
  readonly line: number;
  readonly hunks: readonly Hunk[];
}

/** The patches for files in a unified diff; what stands around them is left out. `malformed` is the line that is wrong. */
export function readPatch(text: string): readonly FilePatch[] | { readonly malformed: number } {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const files: FilePatch[] = [];
  for (let at = 0; at < lines.length; ) {
    const [first = '', second = ''] = [lines[at], lines[at + 1]];
    if (!first.startsWith('--- ') || !second.startsWith('+++ ') || !/^@@ -/.test(lines[at + 2] ?? '')) {
      at++;
      continue;
    }
    const line = at + 1;
    const hunks: Hunk[] = [];
    at += 2;
    for (;;) {
      const [, from, olds = '1', to, news = '1'] =
        /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[at] ?? '') ?? [];
      if (from === undefined) break;
      let [left, right] = [Number(olds), Number(news)];
      const body: string[] = [];
      const open = { old: false, new: false };
      for (at++; left > 0 || right > 0 || lines[at]?.startsWith('\\'); at++) {
        const one = lines[at];
        if (one === undefined) return { malformed: at };
        if (one.startsWith('\\')) {
          const last = body.at(-1)?.[0];
          if (last !== '+') open.old = true;
          if (last !== '-') open.new = true;
          continue;
        }
        const kind = one === '' ? ' ' : (one[0] ?? ' ');
        if (!' -+'.includes(kind)) return { malformed: at + 1 };
        if (kind !== '+') left--;
        if (kind !== '-') right--;
        body.push(one === '' ? ' ' : one);
      }
      hunks.push({ from: Number(from), to: Number(to), lines: body, open });
    }
    const name = (head: string) => head.slice(4).split('\t')[0] ?? '';
    files.push({ before: name(first), after: name(second), head: [first, second], line, hunks });
  }
  return files;
}

/** The same changes the other way. */
export function reversed(patch: FilePatch): FilePatch {
  const turn = (line: string) =>
    line.startsWith('-') ? `+${line.slice(1)}` : line.startsWith('+') ? `-${line.slice(1)}` : line;
  return {
    ...patch,
    before: patch.after,
    after: patch.before,
    hunks: patch.hunks.map((hunk) => ({
      ...hunk,
      lines: hunk.lines.map(turn),
      open: { old: hunk.open.new, new: hunk.open.old },
    })),
  };
}

/** Where a hunk fits, how far that is from where it said, and how much of its context had to be left out. */
interface Fit {
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
}

/** Looks for the place of a hunk, nearest first, from line `least` (0-based); `moved` is how far earlier hunks were off. */
export function findPlace(
  file: readonly string[],
  hunk: Hunk,
  least: number,
  moved: number,
  mostFuzz: number,
): Fit | undefined {
  const old = hunk.lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
  const leading = hunk.lines.findIndex((line) => !line.startsWith(' '));
  const trailing = hunk.lines.toReversed().findIndex((line) => !line.startsWith(' '));
  const wanted = Math.max(0, hunk.from - (old.length === 0 ? 0 : 1)) + moved;
  for (let fuzz = 0; fuzz <= mostFuzz; fuzz++) {
    const [skip, drop] = [Math.min(fuzz, leading), Math.min(fuzz, trailing)];
    if (fuzz > 0 && skip + drop === 0) break;
    const part = old.slice(skip, old.length - drop);
    for (let far = 0; far <= file.length; far++) {
      for (const place of far === 0 ? [wanted] : [wanted + far, wanted - far]) {
        const start = place + skip;
        if (place < least || start < 0 || start + part.length > file.length) continue;
        if (part.every((line, i) => file[start + i] === line))
          return { at: place, offset: place - (wanted - moved), fuzz };
      }
    }
  }
  return undefined;
}
