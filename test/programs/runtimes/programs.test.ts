// Small programs, as the real node and python3 answered them (recorded by record.mjs), read by the simulated ones.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fromUint8Array } from '../../../src/kernel/bytes.ts';
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { runtimeProgram } from '../../../src/programs/runtimes/names.ts';
import { epoch, lab, run } from '../../kernel/net/lab.ts';

const here = dirname(fileURLToPath(import.meta.url));
const meta = { uid: 0, gid: 0, mtime: epoch };
const tools = { js: 'node', py: 'python3' } as const;

interface Recorded {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

function tree(path: string): TreeNode {
  if (!statSync(path).isDirectory()) {
    return { t: 'file', mode: 0o644, ...meta, data: fromUint8Array(readFileSync(path)) };
  }
  const entries = readdirSync(path).map((name) => [name, tree(join(path, name))]);
  return { t: 'dir', mode: 0o755, ...meta, entries: Object.fromEntries(entries) };
}

/** node's own frames and version differ from release to release: only the program's own lines are compared. */
function own(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^Node\.js v|^ {4}at .*(?:node:|<anonymous>\)$)/.test(line))
    .join('\n')
    .replace(/cjs\/loader:\d+\n/, 'cjs/loader:N\n');
}

function program(name: string): Map<string, Program> {
  const found = runtimeProgram(name);
  if (!found) throw new Error(name);
  return new Map([[name, found]]);
}

for (const [lang, tool] of Object.entries(tools)) {
  const folder = join(here, 'fixtures', lang);
  const recorded = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')) as { [file: string]: Recorded };
  describe(tool, () => {
    for (const [file, wanted] of Object.entries(recorded)) {
      it(file, () => {
        const at = lab(program(tool), { app: tree(folder) });
        const typed = join(folder, file.replace(/\.\w+$/, '.stdin'));
        const input = existsSync(typed) ? readFileSync(typed, 'utf8') : '';
        const got = run(at, at.host, [tool, `/app/${file}`], { cwd: '/app', seconds: 60, input });
        expect({ out: got.out, err: own(got.err), code: got.code }).toEqual({
          out: wanted.stdout,
          err: own(wanted.stderr),
          code: wanted.status,
        });
      });
    }
  });
}

describe('what is not read', () => {
  const of = (tool: string, ...args: string[]) => {
    const at = lab(program(tool));
    return run(at, at.host, [tool, ...args]);
  };
  it('is said plainly, with status 70', () => {
    expect(of('node', '-e', "require('child_process')")).toEqual({
      code: 70,
      out: '',
      err: "drydock: [eval]:1: the module 'child_process' is beyond what drydock reads of a program (it does not run code)\n",
    });
    expect(of('python3', '-c', 'import ctypes').code).toBe(70);
  });
  it('a program without end is stopped by its budget, not by the reader', () => {
    const at = lab(program('node'));
    const got = run(at, at.host, ['node', '-e', 'for (;;) {}'], { seconds: 1 });
    expect(got.code).toBeUndefined();
  });
});
