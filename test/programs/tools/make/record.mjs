// `node test/programs/tools/make/record.mjs`: runs the cases of cases.json by the real GNU make of this machine, by hand.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('cases.json', import.meta.url));
const cases = JSON.parse(readFileSync(path, 'utf8')).map((one) => {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-make-'));
  for (const [name, lines] of Object.entries(one.files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), lines.join('\n'));
  }
  const { PATH, HOME } = process.env;
  const { stdout, stderr } = spawnSync('sh', ['-c', one.run], { cwd: folder, env: { PATH, HOME }, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const tidy = (text) => text.replaceAll(folder, '/app');
  return { ...one, stdout: tidy(stdout), stderr: tidy(stderr) };
});
writeFileSync(path, `${JSON.stringify(cases, null, 2)}\n`);
