// Records what the real php (a PHP 8.2, without php.ini) prints for the programs beside: `node record-php.mjs`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'php');
const place = mkdtempSync(join(tmpdir(), 'record-'));
cpSync(folder, place, { recursive: true });
const recorded = {};
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.php'))
  .sort()) {
  const { stdout, stderr, status } = spawnSync('php', ['-n', join(place, file)], {
    cwd: place,
    encoding: 'utf8',
  });
  const clean = (text) => text.replaceAll(place, '/app');
  recorded[file] = { stdout: clean(stdout), stderr: clean(stderr), status };
}
writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
rmSync(place, { recursive: true });
