import type { Part, Word } from './tree.ts';

/** One character of unquoted text, or a part that is not looked into. */
type Atom = string | Part;

const mostWords = 100_000;

/** The words that a word with braces (`a{b,c}`, `{1..5}`) stands for; itself when it has none. */
export function expandBraces(word: Word): readonly Word[] {
  if (!word.some((part) => part.t === 'lit' && part.s.includes('{'))) return [word];
  const atoms = word.flatMap((part): Atom[] => (part.t === 'lit' ? Array.from(part.s) : [part]));
  return expand(atoms).map(join);
}

function join(atoms: readonly Atom[]): Word {
  const parts: Part[] = [];
  for (const atom of atoms) {
    const last = parts.at(-1);
    if (typeof atom !== 'string') parts.push(atom);
    else if (last?.t === 'lit') parts[parts.length - 1] = { t: 'lit', s: last.s + atom };
    else parts.push({ t: 'lit', s: atom });
  }
  // `{a,}` gives a word without text, which is no word unless it was quoted
  return parts;
}

function expand(atoms: readonly Atom[]): Atom[][] {
  for (let i = 0; i < atoms.length; i++) {
    if (atoms[i] !== '{') continue;
    const end = closing(atoms, i);
    if (end === undefined) continue;
    const choices = alternatives(atoms.slice(i + 1, end));
    if (!choices) continue;
    const before = atoms.slice(0, i);
    const rests = expand(atoms.slice(end + 1));
    const words: Atom[][] = [];
    for (const choice of choices) {
      for (const rest of rests) {
        if (words.length < mostWords) words.push([...before, ...choice, ...rest]);
      }
    }
    return words.filter((each) => each.length > 0);
  }
  return [[...atoms]];
}

function closing(atoms: readonly Atom[], start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < atoms.length; i++) {
    if (atoms[i] === '{') depth++;
    else if (atoms[i] === '}' && --depth === 0) return i;
  }
  return undefined;
}

/** What stands between braces, as the texts it stands for; undefined when it is neither a list nor a range. */
function alternatives(inner: readonly Atom[]): Atom[][] | undefined {
  const items: Atom[][] = [[]];
  let depth = 0;
  for (const atom of inner) {
    if (atom === ',' && depth === 0) {
      items.push([]);
      continue;
    }
    if (atom === '{') depth++;
    if (atom === '}') depth--;
    items.at(-1)?.push(atom);
  }
  if (items.length > 1) return items.flatMap((item) => (item.length === 0 ? [[]] : expand(item)));
  const text = inner.every((atom) => typeof atom === 'string') ? inner.join('') : '';
  return range(text)?.map((each) => Array.from(each));
}

/** `1..5`, `05..1..2`, `a..e`. */
function range(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  const found = numbers ?? letters;
  if (!found) return undefined;
  const [, first = '', last = '', step] = found;
  const from = numbers ? Number(first) : first.charCodeAt(0);
  const to = numbers ? Number(last) : last.charCodeAt(0);
  const by = Math.abs(Number(step ?? 1)) || 1;
  const padded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
  const width = numbers && padded ? Math.max(first.length, last.length) : 0;
  const list: string[] = [];
  for (let at = from; from <= to ? at <= to : at >= to; at += from <= to ? by : -by) {
    if (list.length >= mostWords) break;
    const digits = String(Math.abs(at)).padStart(at < 0 ? width - 1 : width, '0');
    list.push(numbers ? `${at < 0 ? '-' : ''}${digits}` : String.fromCharCode(at));
  }
  return list;
}
