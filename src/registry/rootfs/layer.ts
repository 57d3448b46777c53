import type { DirNode } from '../../kernel/fs/node.ts';
import { lookup } from '../../kernel/fs/tree.ts';
import { executableStub } from '../../kernel/stub.ts';
import type { RootFiles } from '../../oci/rootfs.ts';

/** A layer to be filled: what is known of it, and all that is below it. */
export interface LayerPlan {
  readonly repository: string;
  readonly instruction: string;
  /** The operating system (`alpine 3.24.2`), see bases.ts. */
  readonly base: string;
  readonly env: ReadonlyMap<string, string>;
  readonly workdir: string;
  /** Everything below, folded. */
  readonly below: DirNode;
  /** The layer with the application itself: the largest one above the operating system and its tools. */
  readonly main: boolean;
}

/** What a layer holds. */
export interface LayerFiles {
  readonly files: RootFiles;
  /** Files that take what the layer's size says beyond the bytes that are here. */
  readonly bulk?: readonly string[];
}

/** An executable file that names a program. */
export function program(name: string, size?: number): RootFiles[string] {
  return { bytes: executableStub(name), mode: 0o755, ...(size === undefined ? {} : { size }) };
}

/** A shell script. */
export function script(text: string): RootFiles[string] {
  return { bytes: text, mode: 0o755 };
}

/** Executables by path; each names a program as its file is called. */
export function programs(...paths: readonly string[]): RootFiles {
  return Object.fromEntries(paths.map((path) => [path, program(path.slice(path.lastIndexOf('/') + 1))]));
}

/** The text of a file in the tree, or nothing. */
export function textAt(tree: DirNode, path: string): string {
  const node = lookup(tree, path);
  return node?.t === 'file' ? node.data : '';
}

export function isAlpine({ base }: Pick<LayerPlan, 'base'>): boolean {
  return base.startsWith('alpine');
}
