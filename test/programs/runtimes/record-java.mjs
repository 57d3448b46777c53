// Records what the real javac, java and javap (a JDK 17) make of the programs beside: `node record-java.mjs`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'java');
const place = mkdtempSync(join(tmpdir(), 'record-'));
cpSync(folder, place, { recursive: true });
const run = (tool, ...args) => {
  const { stdout, stderr, status } = spawnSync(tool, args, { cwd: place, encoding: 'utf8' });
  return { stdout, stderr, status };
};
const recorded = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.java'))) {
  const name = file.replace('.java', '');
  const one = { javac: run('javac', file), runs: [] };
  const made = join(place, `${name}.class`);
  if (existsSync(made)) {
    one.sha256 = createHash('sha256').update(readFileSync(made)).digest('hex');
    one.javap = run('javap', '-c', '-p', name).stdout;
    const all =
      name === 'Traces' ? [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22] : [0];
    for (const n of all)
      one.runs.push({ args: n === 0 ? [] : [String(n)], ...run('java', name, ...(n === 0 ? [] : [String(n)])) });
  }
  recorded[file] = one;
}
writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
rmSync(place, { recursive: true });
