import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';

/** One folder for all that the tests write, which every worker takes for the folder of temporary files. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'drydock-test-'));
  chmodSync(folder, 0o755); // some tests run drydock as somebody else
  process.env.TMPDIR = folder;
}

/** Nothing of it is left, whatever became of the tests. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
