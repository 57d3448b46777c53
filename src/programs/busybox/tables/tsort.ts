import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

/** `tsort`: names in an order in which each pair's first comes before its second. */
export const tsort: Applet = (style) =>
  wholeInput<{ readonly words: readonly string[]; readonly input: string }>(style, {
    begin(io) {
      const options = parseOptions(io, { usage: '[FILE]', short: '', operands: [0, 1] });
      return typeof options === 'number' ? options : { state: { words: [], input: '' }, inputs: options.operands };
    },
    file: (_state, bytes, input) => ({ words: bytes.split(/\s+/).filter(Boolean), input }),
    end({ words, input }, io) {
      if (words.length % 2 === 1) return complain(io, `${input}: input contains an odd number of tokens`);
      const after = new Map<string, string[]>();
      const before = new Map<string, number>();
      for (let at = 0; at < words.length; at += 2) {
        const [one = '', other = ''] = [words[at], words[at + 1]];
        for (const name of [one, other]) {
          if (!after.has(name)) after.set(name, []);
          if (!before.has(name)) before.set(name, 0);
        }
        if (one === other) continue;
        after.get(one)?.unshift(other);
        before.set(other, (before.get(other) ?? 0) + 1);
      }
      const left = new Set([...before.keys()].sort());
      const free = [...left].filter((name) => before.get(name) === 0);
      let status = 0;
      while (left.size > 0) {
        const name = free.shift();
        if (name === undefined) {
          status = complain(io, `${input}: input contains a loop:`);
          for (const each of loop(left, after)) {
            complain(io, each);
            before.set(each, 0);
          }
          const [first] = loop(left, after);
          if (first !== undefined) free.push(first);
          continue;
        }
        if (!left.delete(name)) continue;
        io.out(`${name}\n`);
        for (const next of after.get(name) ?? []) {
          const count = (before.get(next) ?? 0) - 1;
          before.set(next, count);
          if (count === 0) free.push(next);
        }
      }
      return status;
    },
  });

/** The names of one circle among those that are left. */
function loop(left: ReadonlySet<string>, after: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [start] = left;
  const path: string[] = [];
  for (let at = start; at !== undefined; at = after.get(at)?.find((next) => left.has(next))) {
    const known = path.indexOf(at);
    if (known >= 0) return path.slice(known);
    path.push(at);
  }
  return path.slice(-1);
}
