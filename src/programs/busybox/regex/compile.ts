import type { Edge, Node, Syntax } from './parse.ts';
import { parseRegex, RegexError } from './parse.ts';

/** One instruction of the matching machine; `to` are instruction numbers, in the order of preference. */
export type Instruction =
  | { readonly op: 'char'; readonly code: number }
  | { readonly op: 'set'; readonly has: (code: number) => boolean }
  | { readonly op: 'edge'; readonly edge: Edge }
  | { readonly op: 'split'; readonly to: readonly number[] }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'match' };

/** A regular expression ready to be matched. */
export interface Regex {
  readonly root: Node;
  readonly groups: number;
  readonly code: readonly Instruction[];
  /** A pattern without any operator is looked for as it is. */
  readonly literal?: string;
  /** Back references cannot be matched by the machine: these are matched by trying, within a bound. */
  readonly backReferences: boolean;
}

const largest = 20_000;
const known = new Map<string, Regex | string>();

/** Compiles a POSIX regular expression; a string instead is the reason why it is not one (musl's wording). */
export function compileRegex(pattern: string, syntax: Syntax): Regex | string {
  const key = `${syntax.extended ? 'E' : 'B'}${syntax.ignoreCase ? 'i' : ''} ${pattern}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = compile(pattern, syntax);
  // Programs keep patterns as text in their state: this saves compiling them at every step.
  if (known.size > 200) known.clear();
  known.set(key, made);
  return made;
}

function compile(pattern: string, syntax: Syntax): Regex | string {
  try {
    const { root, groups, backReferences } = parseRegex(pattern, syntax);
    const code: Instruction[] = [];
    if (!backReferences) {
      emit(root, code);
      code.push({ op: 'match' });
    }
    const literal = literalOf(root);
    return { root, groups, code, backReferences, ...(literal !== undefined && { literal }) };
  } catch (error) {
    if (error instanceof RegexError) return error.message;
    throw error;
  }
}

function literalOf(root: Node): string | undefined {
  const nodes = root.t === 'cat' ? root.nodes : [root];
  let text = '';
  for (const node of nodes) {
    if (node.t !== 'char') return undefined;
    text += String.fromCodePoint(node.code);
  }
  return text;
}

function emit(node: Node, code: Instruction[]): void {
  if (code.length > largest) throw new RegexError('Out of memory');
  switch (node.t) {
    case 'char':
      code.push({ op: 'char', code: node.code });
      break;
    case 'set':
      code.push({ op: 'set', has: node.has });
      break;
    case 'edge':
      code.push({ op: 'edge', edge: node.edge });
      break;
    case 'cat':
      for (const child of node.nodes) emit(child, code);
      break;
    case 'group':
      code.push({ op: 'save', slot: node.number * 2 });
      emit(node.node, code);
      code.push({ op: 'save', slot: node.number * 2 + 1 });
      break;
    case 'alt':
      emitAlternatives(node.nodes, code);
      break;
    case 'repeat':
      emitRepeat(node.node, node.least, node.most, code);
      break;
    case 'back':
      break;
  }
}

function emitAlternatives(nodes: readonly Node[], code: Instruction[]): void {
  const fork = code.length;
  code.push({ op: 'split', to: [] });
  const starts: number[] = [];
  const jumps: number[] = [];
  for (const node of nodes) {
    starts.push(code.length);
    emit(node, code);
    jumps.push(code.length);
    code.push({ op: 'split', to: [] });
  }
  code[fork] = { op: 'split', to: starts };
  for (const jump of jumps) code[jump] = { op: 'split', to: [code.length] };
}

function emitRepeat(node: Node, least: number, most: number, code: Instruction[]): void {
  for (let i = 0; i < least; i++) emit(node, code);
  if (most === Infinity) {
    const loop = code.length;
    code.push({ op: 'split', to: [] });
    emit(node, code);
    code.push({ op: 'split', to: [loop] });
    code[loop] = { op: 'split', to: [loop + 1, code.length] };
    return;
  }
  const forks: number[] = [];
  for (let i = least; i < most; i++) {
    forks.push(code.length);
    code.push({ op: 'split', to: [] });
    emit(node, code);
  }
  for (const fork of forks) code[fork] = { op: 'split', to: [fork + 1, code.length] };
}
