import { familiarReference, InvalidReference, parseReference } from '../../oci/reference.ts';
import { DockerfileError } from '../dockerfile/errors.ts';
import type { ResolvedStage } from '../dockerfile/resolve.ts';
import { suggest } from '../dockerfile/suggest.ts';
import type { Instruction, LineRange, Stage } from '../dockerfile/types.ts';
import type { Platform } from '../platform.ts';

/** Where a stage's files come from. */
export type Base =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: StageNode }
  /** `context`: the name of the `--build-context` that stands for it. */
  | { readonly kind: 'image'; readonly name: string; readonly context?: string }
  | { readonly kind: 'context'; readonly name: string };

/** What `--build-context NAME=…` gives a name to: a folder, or (`docker-image://`) an image. */
export interface NamedContext {
  readonly name: string;
  readonly image?: string;
}

/** What tells an image that stages stand on from others: the same one may be named by FROM and by a context. */
export function imageLabel({ name, context }: Extract<Base, { kind: 'image' }>): string {
  return context === undefined ? name : `[context ${context}] ${name}`;
}

/** A stage of a build, or an image that an instruction names (`implicit`), and what it needs. */
export interface StageNode {
  readonly index: number;
  /** As it stands before the numbers of steps: `stage-1`, `build`; empty when there is only one. */
  title: string;
  readonly stage: Stage | undefined;
  readonly base: Base;
  readonly range: LineRange | undefined;
  /** What `FROM --platform` says. */
  readonly platform?: Platform;
  /** What COPY --from and RUN --mount=from name, by that name. */
  readonly sources: Map<string, StageNode>;
  readonly implicit: boolean;
}

/** Names under which an instruction takes files from elsewhere; an empty one stands for no source (`scratch`). */
function sourceNames(instruction: Instruction): readonly string[] {
  if (instruction.kind === 'copy') return instruction.from === undefined ? [] : [instruction.from];
  if (instruction.kind === 'run') return instruction.mounts.map(({ from }) => from ?? '');
  return [];
}

/**
 * The stages and what they name, as BuildKit's dockerfile2llb links them. `contexts` stand for the images and stages of
 * their names. Throws DockerfileError for a stage number that is none and for circles.
 */
export function linkStages(
  resolved: readonly ResolvedStage[],
  contexts: readonly NamedContext[],
): readonly StageNode[] {
  const nodes: StageNode[] = [];
  const byName = new Map<string, StageNode>();
  for (const [index, { stage, base, platform }] of resolved.entries()) {
    // names of stages are kept in small letters; FROM looks for what is written (COPY --from folds both)
    const earlier = byName.get(base);
    const instead = stage.stageName === undefined ? undefined : contextFor(stage.stageName, contexts);
    const node: StageNode = {
      index,
      title: stage.stageName ?? `stage-${index}`,
      stage: instead ? { ...stage, instructions: [] } : stage,
      base: instead ?? baseOf(base, earlier, contexts),
      range: stage.range,
      sources: new Map(),
      implicit: false,
      ...(platform ? { platform } : {}),
    };
    nodes.push(node);
    if (stage.stageName !== undefined) byName.set(stage.stageName.toLowerCase(), node);
  }
  const all = [...nodes];
  for (const node of nodes)
    for (const each of node.stage?.instructions ?? []) linkSources(node, each, all, byName, contexts);
  if (all.length === 1 && nodes[0]) nodes[0].title = '';
  checkCircles(nodes);
  return nodes;
}

function baseOf(name: string, stage: StageNode | undefined, contexts: readonly NamedContext[]): Base {
  if (stage) return { kind: 'stage', stage };
  return contextFor(name, contexts) ?? (name === 'scratch' ? { kind: 'scratch' } : { kind: 'image', name });
}

function contextFor(name: string, contexts: readonly NamedContext[]): Base | undefined {
  if (contexts.length === 0) return undefined;
  const wanted = contextName(name);
  const found = contexts.find((context) => context.name === wanted);
  if (found?.image === undefined) return found && { kind: 'context', name: found.name };
  return found.image === 'scratch' ? { kind: 'scratch' } : { kind: 'image', name: found.image, context: found.name };
}

/** The name that a context goes by: that of an image, short and without `:latest`. What is no name stays as it is. */
export function contextName(text: string): string {
  try {
    return familiarReference(parseReference(text)).replace(/:latest$/, '');
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    return text;
  }
}

/** Links the sources of an instruction; images that are named get nodes of their own. `all` grows by those. */
export function linkSources(
  node: StageNode,
  instruction: Instruction,
  all: StageNode[],
  byName: ReadonlyMap<string, StageNode>,
  contexts: readonly NamedContext[],
): void {
  for (const name of sourceNames(instruction)) {
    if (node.sources.has(name)) continue;
    const numbered = /^[+-]?\d+$/.test(name) ? Number(name) : undefined;
    const found =
      numbered === undefined ? byName.get(name.toLowerCase()) : all.filter((each) => !each.implicit)[numbered];
    if (numbered !== undefined && !found) {
      throw new DockerfileError('unknown-stage', `invalid stage index ${numbered}`, [instruction.range]);
    }
    if (found) {
      node.sources.set(name, found);
      continue;
    }
    const implicit: StageNode = {
      index: all.length,
      title: '',
      stage: undefined,
      base: baseOf(name === '' ? 'scratch' : name, undefined, contexts),
      range: instruction.range,
      sources: new Map(),
      implicit: true,
    };
    all.push(implicit);
    node.sources.set(name, implicit);
  }
}

function needs(node: StageNode): readonly StageNode[] {
  return [...(node.base.kind === 'stage' ? [node.base.stage] : []), ...node.sources.values()];
}

function checkCircles(nodes: readonly StageNode[]): void {
  const done = new Set<StageNode>();
  const visit = (node: StageNode, above: readonly StageNode[]): void => {
    const last = above.at(-1);
    if (last && above.includes(node)) {
      const name = node.stage?.stageName ?? `stage-${node.index}`;
      const leading = instructionFor(last, node)?.range ?? node.range;
      throw new DockerfileError('circular', `circular dependency detected on stage: ${name}`, leading ? [leading] : []);
    }
    if (done.has(node)) return;
    for (const next of needs(node)) visit(next, [...above, node]);
    done.add(node);
  };
  for (const node of nodes) visit(node, []);
}

/** The instruction of a stage that takes files from another. */
function instructionFor(stage: StageNode, source: StageNode): Instruction | undefined {
  return stage.stage?.instructions.find((each) => sourceNames(each).some((name) => stage.sources.get(name) === source));
}

/** The stages that a target needs, the target too, each after what it needs; in the order of the Dockerfile otherwise. */
export function reachable(target: StageNode): readonly StageNode[] {
  const found = new Set<StageNode>();
  const visit = (node: StageNode): void => {
    if (found.has(node)) return;
    for (const next of needs(node)) visit(next);
    found.add(node);
  };
  visit(target);
  return [...found];
}

/** The stage that `--target` names; without it the last one. A number is no name. Throws DockerfileError. */
export function findTarget(nodes: readonly StageNode[], target: string | undefined): StageNode {
  const last = nodes.at(-1);
  if (!last) throw new DockerfileError('no-stages', 'no build stage in current context');
  if (target === undefined || target === '') return last;
  const found = nodes.findLast((node) => node.stage?.stageName?.toLowerCase() === target.toLowerCase());
  if (!found) {
    const near = suggest(
      target,
      nodes.flatMap(({ stage }) => stage?.stageName?.toLowerCase() ?? []),
      true,
    );
    const words = `target stage ${JSON.stringify(target)} could not be found`;
    throw new DockerfileError('unknown-target', near === undefined ? words : `${words} (did you mean ${near}?)`);
  }
  return found;
}
