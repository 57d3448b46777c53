// Records what the real tools print for the programs beside: `node test/programs/runtimes/record.mjs js|py|go`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [lang = 'js'] = process.argv.slice(2);
const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', lang);
// a folder of their own: the project's package.json would make modules of the scripts
const place = mkdtempSync(join(tmpdir(), 'record-'));
cpSync(folder, place, { recursive: true });
const tools = { js: ['node'], py: ['python3'], go: ['go', 'run'] };
const recorded = {};
for (const file of readdirSync(folder)
  .filter((name) => /^\d.*\.(?:js|mjs|py|go)$/.test(name))
  .sort()) {
  const [tool, ...args] = tools[lang];
  const input = join(folder, file.replace(/\.\w+$/, '.stdin')); // what a program is given to read
  const { stdout, stderr, status } = spawnSync(tool, [...args, join(place, file)], {
    cwd: place,
    encoding: 'utf8',
    input: existsSync(input) ? readFileSync(input) : '',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const clean = (text) => text.replaceAll(place, '/app');
  recorded[file] = { stdout: clean(stdout), stderr: clean(stderr), status };
}
writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
rmSync(place, { recursive: true });
