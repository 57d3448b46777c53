import { type ExpandOptions, expandWord, type LookUp } from '../dockerfile/expand/word.ts';
import type { EscapeToken, LineRange } from '../dockerfile/types.ts';
import { newVertex } from './digest.ts';
import { type BaseImage, type Draft, draftOf, emptyDraft } from './image.ts';
import type { StageNode } from './stages.ts';
import type { Op, Vertex } from './vertex.ts';

/** A stage while its instructions are gone through: BuildKit's dispatchState. */
export interface StageState {
  readonly node: StageNode;
  /** The vertex whose files the next instruction finds; null: none (`scratch`). */
  head: string | null;
  readonly draft: Draft;
  /** What expansions and RUN see: the image's variables and the build arguments. */
  readonly env: Map<string, string>;
  /** Build arguments in the order in which they were declared. */
  readonly args: Map<string, string | undefined>;
  /** CMD was given in this stage. */
  cmdSet: boolean;
  /** How many steps have a number, and how many have had one. */
  total: number;
  index: number;
}

/** What is common to all stages of a conversion. */
export interface Conversion {
  readonly vertices: Map<string, Vertex>;
  readonly states: Map<StageNode, StageState>;
  readonly escape: EscapeToken;
  readonly options: ConvertOptions;
  /** Paths of contexts that are needed, by the context's name; undefined: all. */
  readonly contextPaths: Map<string, Set<string> | undefined>;
  /** The images that stages stand on, by their labels. */
  readonly images: ReadonlyMap<string, BaseImage>;
}

export interface ConvertOptions {
  /** `--build-arg`; the values of arguments by name. */
  readonly buildArgs: { readonly [name: string]: string };
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly labels: { readonly [name: string]: string };
  readonly network: 'default' | 'none' | 'host';
  /** `--add-host`, as `name:address`. */
  readonly hosts: readonly string[];
}

/** The state at the beginning of a stage that stands on an image, or on nothing. */
export function stateOnImage(node: StageNode, base: BaseImage | undefined, head: string | null): StageState {
  const draft = base ? draftOf(base) : emptyDraft();
  return {
    node,
    head,
    draft,
    env: new Map(draft.config.Env.map(splitPair)),
    args: new Map(),
    cmdSet: false,
    total: 0,
    index: 0,
  };
}

/** The state at the beginning of a stage that stands on another stage. */
export function stateOnStage(node: StageNode, base: StageState): StageState {
  const { config, history, author } = base.draft;
  return {
    node,
    head: base.head,
    draft: { config: { ...config }, history, author },
    env: new Map(base.env),
    args: new Map(),
    cmdSet: false,
    total: 0,
    index: 0,
  };
}

/** `KEY=value` in two. */
export function splitPair(item: string): [key: string, value: string] {
  const at = item.indexOf('=');
  return at < 0 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
}

/** How a stage's instructions find variables. */
export function lookUpIn(state: StageState): LookUp {
  return (name) => state.env.get(name);
}

/** An instruction as a step is called: `[build 2/4] RUN make v1`, variables that are set filled in. */
export function titleOf(conversion: Conversion, state: StageState, source: string): string {
  const words = source.replace(/^\S+/, (word) => word.toUpperCase());
  if (state.total === 0) return words;
  state.index += 1;
  const { title } = state.node;
  const width = String(state.total).length;
  const number = `${String(state.index).padStart(width)}/${state.total}`;
  return `[${title === '' ? '' : `${title} `}${number}] ${shown(words, lookUpIn(state), conversion.escape)}`;
}

function shown(words: string, lookUp: LookUp, token: EscapeToken): string {
  const options: ExpandOptions = { escape: token, keepQuotes: true, keepEscapes: true, keepUnset: true };
  try {
    return expandWord(words, lookUp, options).text;
  } catch {
    return words;
  }
}

/** Adds a vertex to the graph (or finds the same one there); returns its digest. */
export function addVertex(
  { vertices }: Conversion,
  op: Op,
  inputs: readonly string[],
  name: () => string,
  range?: LineRange,
): string {
  const vertex = newVertex(op, inputs, name(), range);
  if (!vertices.has(vertex.digest)) vertices.set(vertex.digest, vertex);
  return vertex.digest;
}
