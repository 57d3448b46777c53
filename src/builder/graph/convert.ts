import { located } from '../dockerfile/errors.ts';
import { expandInstruction } from '../dockerfile/expand/instruction.ts';
import type { EscapeToken, Instruction } from '../dockerfile/types.ts';
import { validateInstruction } from '../dockerfile/validate.ts';
import { configure } from './configure.ts';
import { contextVertex, copy, workdir } from './file-steps.ts';
import type { BaseImage, Draft } from './image.ts';
import { run } from './run-step.ts';
import {
  addVertex,
  type Conversion,
  type ConvertOptions,
  lookUpIn,
  type StageState,
  stateOnImage,
  stateOnStage,
  titleOf,
} from './stage-state.ts';
import { imageLabel, reachable, type StageNode } from './stages.ts';
import type { Vertex } from './vertex.ts';

/** A build as a graph, and the image that comes of it. */
export interface Plan {
  /** Only what the target needs; each after its inputs. */
  readonly vertices: readonly Vertex[];
  /** The vertex whose files are the image's; null: none. */
  readonly head: string | null;
  readonly draft: Draft;
  /** Paths of contexts that are needed, by the context's name; null: all of it. */
  readonly contexts: { readonly [name: string]: readonly string[] | null };
  /** The stage that each vertex is of, by digest. */
  readonly stages: { readonly [digest: string]: string };
}

export interface Given {
  readonly target: StageNode;
  readonly escape: EscapeToken;
  readonly options: ConvertOptions;
  /** The images that reachable stages stand on, by their labels. */
  readonly images: ReadonlyMap<string, BaseImage>;
  /** What ONBUILD of the base brings, by stage. */
  readonly triggers: ReadonlyMap<StageNode, readonly Instruction[]>;
}

/** Makes the graph of a Dockerfile's target, as BuildKit's dockerfile2llb does. Throws DockerfileError, NotSimulated. */
export function convert({ target, escape: token, options, images, triggers }: Given): Plan {
  const conversion: Conversion = {
    vertices: new Map(),
    states: new Map(),
    escape: token,
    options,
    contextPaths: new Map(),
    images,
  };
  const stages: { [digest: string]: string } = {};
  for (const node of reachable(target)) {
    const before = conversion.vertices.size;
    conversion.states.set(node, convertStage(conversion, node, triggers.get(node) ?? []));
    const title = node.stage?.stageName ?? '';
    for (const digest of [...conversion.vertices.keys()].slice(before)) stages[digest] = title;
  }
  const state = conversion.states.get(target);
  if (!state) throw new Error('a target without a state');
  const { draft, head } = state;
  const labels = Object.entries(options.labels);
  if (labels.length > 0) draft.config.Labels = { ...draft.config.Labels, ...options.labels };
  const contexts: { [name: string]: readonly string[] | null } = {};
  for (const [name, paths] of conversion.contextPaths) contexts[name] = paths ? [...paths].sort() : null;
  return { vertices: needed(conversion.vertices, head), head, draft, contexts, stages };
}

function needed(all: ReadonlyMap<string, Vertex>, head: string | null): readonly Vertex[] {
  const found = new Set<string>(head === null ? [] : [head]);
  for (const digest of found) for (const input of all.get(digest)?.inputs ?? []) found.add(input);
  return [...all.values()].filter(({ digest }) => found.has(digest));
}

const numbered = new Set<Instruction['kind']>(['add', 'copy', 'run', 'workdir']);

function convertStage(conversion: Conversion, node: StageNode, triggers: readonly Instruction[]): StageState {
  const state = begin(conversion, node);
  const own = node.stage?.instructions ?? [];
  if (triggers.length > 0) {
    state.total += triggers.length;
    delete state.draft.config.OnBuild;
    const { range } = node;
    for (const each of triggers)
      step(conversion, state, { ...each, source: `ONBUILD ${each.source}`, ...(range ? { range } : {}) });
  }
  for (const each of own) step(conversion, state, each);
  return state;
}

function begin(conversion: Conversion, node: StageNode): StageState {
  const { base, stage } = node;
  const steps = (stage?.instructions ?? []).filter(({ kind }) => numbered.has(kind)).length;
  if (base.kind === 'stage') {
    const below = conversion.states.get(base.stage);
    if (!below) throw new Error(`stage ${base.stage.index} has not been converted`);
    const state = stateOnStage(node, below);
    state.total = steps;
    return state;
  }
  if (base.kind === 'scratch') {
    const state = stateOnImage(node, undefined, null);
    state.total = node.implicit ? 0 : steps;
    return state;
  }
  if (base.kind === 'context') {
    const state = stateOnImage(node, undefined, contextVertex(conversion, base.name, '/'));
    state.total = node.implicit ? 0 : steps + 1;
    return state;
  }
  const label = imageLabel(base);
  const image = conversion.images.get(label);
  if (!image) throw new Error(`the image ${label} has not been resolved`);
  const state = stateOnImage(node, image, null);
  state.total = node.implicit ? 0 : steps + 1;
  const { reference, remote } = image;
  const chain = image.image.layers.at(-1)?.chainId ?? '';
  const { context } = base;
  const op = {
    kind: 'image',
    reference,
    chain,
    ...(remote === undefined ? {} : { remote }),
    ...(context === undefined ? {} : { context }),
  } as const;
  const words = `FROM ${reference}${remote === undefined ? '' : `@${remote}`}`;
  const title = () => (context === undefined ? titleOf(conversion, state, words) : label);
  state.head = addVertex(conversion, op, [], title, node.range);
  return state;
}

function step(conversion: Conversion, state: StageState, written: Instruction): void {
  const instruction = expandInstruction(written, lookUpIn(state), conversion.escape);
  located(written.range, () => {
    validateInstruction(instruction);
    if (configure(conversion, state, instruction)) return;
    if (instruction.kind === 'workdir') workdir(conversion, state, instruction);
    else if (instruction.kind === 'run') run(conversion, state, instruction);
    else if (instruction.kind === 'copy' || instruction.kind === 'add') copy(conversion, state, instruction);
  });
}
