// Records what a real engine's `docker build --check` says of the Dockerfiles in checks.json, and writes it there. Run by
// hand (never as part of the normal test run), with an engine that has the image alpine:
//
//   node test/fidelity/dockerfile/record.mjs            all cases again
//   node test/fidelity/dockerfile/record.mjs FILE       also the cases in FILE: a JSON array of {dockerfile, ignore?, args?}
//
// The build context holds a.txt, ignored.txt and d/ignored.txt. Of stderr, what begins with `ERROR: ` is kept.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const file = path.join(path.dirname(fileURLToPath(import.meta.url)), 'checks.json');
const more = process.argv[2] ? JSON.parse(fs.readFileSync(process.argv[2], 'utf8')) : [];
const context = fs.mkdtempSync(path.join(os.tmpdir(), 'checks-'));
fs.mkdirSync(path.join(context, 'd'));
for (const name of ['a.txt', 'ignored.txt', 'd/ignored.txt']) fs.writeFileSync(path.join(context, name), 'a');

function record({ dockerfile, ignore, args }) {
  fs.writeFileSync(path.join(context, 'Dockerfile'), dockerfile);
  fs.rmSync(path.join(context, '.dockerignore'), { force: true });
  if (ignore) fs.writeFileSync(path.join(context, '.dockerignore'), ignore);
  const ran = spawnSync('docker', ['build', '--check', ...(args ?? []), '.'], { cwd: context, encoding: 'utf8' });
  const error = /^ERROR: [\s\S]*/m.exec(ran.stderr)?.[0] ?? '';
  return { dockerfile, ignore, args, status: ran.status, stdout: ran.stdout, stderr: error };
}

const cases = [...JSON.parse(fs.readFileSync(file, 'utf8')), ...more];
fs.writeFileSync(file, `${JSON.stringify(cases.map(record), null, 1)}\n`);
fs.rmSync(context, { recursive: true });
