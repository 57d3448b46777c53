import type { Regex } from './compile.ts';
import type { Match } from './match.ts';
import { atEdge, toMatch } from './match.ts';
import type { Node } from './parse.ts';

/** Steps until a pattern with back references is taken not to match. */
const maxSteps = 400_000;
/** Calls inside calls, at most: the engine's own stack is finite. */
const maxNesting = 1_000;

type Then = (at: number) => boolean;

/** Matches by trying, greedy first: for patterns with back references, which no machine without memory can match. */
export function findByTrying(regex: Regex, text: string, from: number): Match | undefined {
  const saved: number[] = [];
  let steps = 0;
  let nesting = 0;
  const attempt = (node: Node, at: number, then: Then): boolean => {
    if (++steps > maxSteps || nesting > maxNesting) return false;
    nesting++;
    const matched = tryNode(node, at, then);
    nesting--;
    return matched;
  };
  const tryNode = (node: Node, at: number, then: Then): boolean => {
    switch (node.t) {
      case 'char':
        return text.codePointAt(at) === node.code && then(at + (node.code > 0xffff ? 2 : 1));
      case 'set': {
        const point = text.codePointAt(at);
        return point !== undefined && node.has(point) && then(at + (point > 0xffff ? 2 : 1));
      }
      case 'edge':
        return atEdge(node.edge, text, at) && then(at);
      case 'cat':
        return sequence(node.nodes, 0, at, then);
      case 'alt':
        return node.nodes.some((child) => attempt(child, at, then));
      case 'repeat':
        return repeat(node.node, node.least, node.most, at, then);
      case 'group': {
        const slot = node.number * 2;
        const before = [saved[slot], saved[slot + 1]];
        const matched = attempt(node.node, at, (end) => {
          const inner = [saved[slot], saved[slot + 1]];
          saved[slot] = at;
          saved[slot + 1] = end;
          if (then(end)) return true;
          saved[slot] = inner[0] ?? -1;
          saved[slot + 1] = inner[1] ?? -1;
          return false;
        });
        if (!matched) {
          saved[slot] = before[0] ?? -1;
          saved[slot + 1] = before[1] ?? -1;
        }
        return matched;
      }
      case 'back': {
        const [a = -1, b = -1] = [saved[node.number * 2], saved[node.number * 2 + 1]];
        if (a < 0 || b < 0) return false;
        const part = text.slice(a, b);
        return text.startsWith(part, at) && then(at + part.length);
      }
    }
  };
  const sequence = (nodes: readonly Node[], index: number, at: number, then: Then): boolean => {
    const node = nodes[index];
    return node === undefined ? then(at) : attempt(node, at, (next) => sequence(nodes, index + 1, next, then));
  };
  /** One character again and again: as far as it goes, then back, without calls inside calls. */
  const repeatOne = (
    node: Node & { readonly t: 'char' | 'set' },
    least: number,
    most: number,
    at: number,
    then: Then,
  ): boolean => {
    const ends = [at];
    for (let end = at; ends.length <= most; ) {
      const point = text.codePointAt(end);
      if (point === undefined || !(node.t === 'char' ? point === node.code : node.has(point))) break;
      end += point > 0xffff ? 2 : 1;
      ends.push(end);
    }
    for (let count = ends.length - 1; count >= least; count--)
      if (++steps <= maxSteps && then(ends[count] ?? at)) return true;
    return false;
  };
  const repeat = (node: Node, least: number, most: number, at: number, then: Then): boolean => {
    if (node.t === 'char' || node.t === 'set') return repeatOne(node, least, most, at, then);
    if (
      most > 0 &&
      attempt(
        node,
        at,
        (next) => (next > at || least > 0) && repeat(node, Math.max(0, least - 1), most - 1, next, then),
      )
    )
      return true;
    return least === 0 && then(at);
  };
  for (let start = from; start <= text.length && steps <= maxSteps; start++) {
    saved.length = 0;
    let end = -1;
    const found = attempt(regex.root, start, (at) => {
      end = at;
      return true;
    });
    if (!found) continue;
    saved[0] = start;
    saved[1] = end;
    return toMatch(saved, regex.groups);
  }
  return undefined;
}
