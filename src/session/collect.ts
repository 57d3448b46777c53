import type { Files } from './files.ts';
import { guarded, remove } from './files.ts';
import type { Head, Step } from './head.ts';
import { Pack, type Ref } from './pack.ts';
import { inSession, packPrefix } from './paths.ts';
import { type Kind, pieceText, type Root, splitPiece } from './pieces.ts';

/** Below this (bytes) a pack is never cleaned up; above it, when it has grown to so many times its cleaned size. */
const smallest = 4 * 1024 * 1024;
const factor = 3;
const flushAt = 1024 * 1024;

/** Whether enough has gathered for a clean-up to be worth it. */
export function isDue({ end, cleaned }: Head, least = smallest): boolean {
  return end > least && end > cleaned * factor;
}

/**
 * Copies everything that the head can reach to a new pack and returns the head for it. The old pack stays: it counts
 * until the new head is written. Throws what reading and writing throw; the new file is removed then.
 */
export function collect(files: Files, folder: string, head: Head, from: Pack, time: number): Head {
  const generation = Math.max(head.generation + 1, time);
  const path = inSession.pack(folder, generation);
  const to = guarded(path, () => new Pack(files, path, 0));
  try {
    const copy = copier(from, to);
    const roots = {
      world: copy(head.world),
      undo: head.undo.map((step) => copyStep(step, copy)),
      redo: head.redo.map((step) => copyStep(step, copy)),
      ...(head.last && { last: { ...head.last, trace: copy(head.last.trace) } }),
    };
    to.flush();
    return { ...head, ...roots, revision: head.revision + 1, generation, end: to.end, cleaned: to.end };
  } catch (error) {
    remove(files, path);
    throw error;
  } finally {
    to.close();
  }
}

/** Removes packs that no head speaks of any more. */
export function removeOtherPacks(files: Files, folder: string, keep: number): void {
  for (const name of guarded(folder, () => files.readdirSync(folder))) {
    if (name.startsWith(packPrefix) && name !== `${packPrefix}${keep}`) {
      remove(files, inSession.pack(folder, Number(name.slice(packPrefix.length))));
    }
  }
}

type Copy = (root: Root) => Root;

function copyStep(step: Step, copy: Copy): Step {
  return {
    ...step,
    world: copy(step.world),
    ...(step.trace && { trace: copy(step.trace) }),
    ...(step.redo && { redo: step.redo.map((later) => copyStep(later, copy)) }),
  };
}

function copier(from: Pack, to: Pack): Copy {
  const moved = new Map<number, Ref>();
  return (root) => {
    // children before parents, for a parent says where its children are; no recursion: trees can be deep
    const stack: { kind: Kind; ref: Ref; split?: ReturnType<typeof splitPiece> }[] = [root];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const bytes = moved.has(top.ref.offset) || top.split ? undefined : from.read(top.ref);
      if (top.split !== undefined) {
        const { value, cuts } = top.split;
        const text = pieceText(
          value,
          cuts.map((cut) => ({ ...cut, ref: moved.get(cut.ref.offset) ?? cut.ref })),
        );
        moved.set(top.ref.offset, to.append(text, 'latin1'));
        stack.pop();
      } else if (bytes === undefined) {
        stack.pop();
      } else if (top.kind === 'bytes' || top.kind === 'text') {
        moved.set(top.ref.offset, to.appendBytes(bytes));
        stack.pop();
      } else {
        top.split = splitPiece(bytes.toString('latin1'));
        stack.push(...top.split.cuts.map(({ kind, ref }) => ({ kind, ref })));
      }
      if (to.waiting > flushAt) to.flush();
    }
    return { kind: root.kind, ref: moved.get(root.ref.offset) ?? root.ref };
  };
}
