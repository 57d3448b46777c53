// Small programs of Go, as go 1.19 built and ran them (recorded by record.mjs), read by the simulated one.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fromUint8Array } from '../../../src/kernel/bytes.ts';
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { runtimeProgram } from '../../../src/programs/runtimes/names.ts';
import { epoch, lab, run } from '../../kernel/net/lab.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'go');
const recorded = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')) as {
  [file: string]: { readonly stdout: string; readonly stderr: string; readonly status: number };
};
const programs = new Map<string, Program>();
for (const name of ['go', 'go-program']) {
  const found = runtimeProgram(name);
  if (found) programs.set(name, found);
}
const files = Object.fromEntries(
  readdirSync(folder).map((name): [string, TreeNode] => [
    name,
    { t: 'file', mode: 0o644, uid: 0, gid: 0, mtime: epoch, data: fromUint8Array(readFileSync(join(folder, name))) },
  ]),
);
/** Addresses, and the frames of a panic, are those of a real process. */
function own(text: string): string {
  return text
    .replace(/0x[0-9a-f]{5,}/g, '0xADDRESS')
    .replace(/\ngoroutine \d+ \[[\s\S]*?(?=exit status|$)/, '\ngoroutine\n');
}

describe('go run', () => {
  for (const [file, wanted] of Object.entries(recorded)) {
    it(file, () => {
      const app: TreeNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: epoch, entries: files };
      const at = lab(programs, { app });
      const got = run(at, at.host, ['go', 'run', `/app/${file}`], { cwd: '/app' });
      expect({ out: own(got.out), err: own(got.err), code: got.code }).toEqual({
        out: own(wanted.stdout),
        err: own(wanted.stderr),
        code: wanted.status,
      });
    });
  }
});
