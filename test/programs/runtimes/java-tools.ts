// Runs Java's programs on a computer of their own.
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { runtimeProgram } from '../../../src/programs/runtimes/names.ts';
import { epoch, lab, run } from '../../kernel/net/lab.ts';

const meta = { uid: 0, gid: 0, mtime: epoch };

/** Runs commands one after the other in /app, which holds these files (bytes, or text). */
export function javaSession(files: { readonly [name: string]: string }) {
  const programs = new Map<string, Program>();
  for (const name of ['java', 'javac', 'javap']) {
    const found = runtimeProgram(name);
    if (found) programs.set(name, found);
  }
  const entries = Object.entries(files).map(([name, text]): [string, TreeNode] => [
    name,
    { t: 'file', mode: 0o644, ...meta, data: name.endsWith('.class') ? text : encodeUtf8(text) },
  ]);
  const at = lab(programs, { app: { t: 'dir', mode: 0o755, ...meta, entries: Object.fromEntries(entries) } });
  return (...argv: string[]) => run(at, at.host, argv, { cwd: '/app', seconds: 30 });
}
