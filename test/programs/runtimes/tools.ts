// Runs a runtime or a package manager on a computer of its own.
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import { runtimeProgram } from '../../../src/programs/runtimes/names.ts';
import { toolProgram } from '../../../src/programs/tools/names.ts';
import { lab, run } from '../../kernel/net/lab.ts';

/** Runs commands one after the other in /app; `files` are at its root. */
export function session(files: { readonly [name: string]: TreeNode } = {}) {
  const programs = ['node', 'npm', 'python3', 'pip', 'js-tool'].flatMap((name) => {
    const program = runtimeProgram(name) ?? toolProgram(name);
    return program ? [[name, program] as const] : [];
  });
  const at = lab(new Map(programs), {
    app: { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} },
    ...files,
  });
  return (...argv: string[]) => run(at, at.host, argv, { cwd: '/app', seconds: 20 });
}
export const python = (source: string, ...args: string[]) => session()('python3', '-c', source, ...args);
export const node = (source: string) => session()('node', '-e', source);
