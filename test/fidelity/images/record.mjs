// `node test/fidelity/images/record.mjs`: builds the Dockerfiles beside it with the `docker` on the PATH (a real engine), and
// keeps what `docker image inspect` and `docker history` say of the images in recorded.json. Run by hand.
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const recorded = {};
for (const file of readdirSync(`${here}dockerfiles`).sort()) {
  const name = file.replace('.Dockerfile', '');
  const tag = `recorded-${name}`;
  docker('build', '-q', '-t', tag, '-f', `${here}dockerfiles/${file}`, `${here}context`);
  const [{ Architecture, Author, Config, Os, RootFS, Comment }] = JSON.parse(docker('image', 'inspect', tag));
  const history = docker('history', '--no-trunc', '--human=false', '--format', '{{json .}}', tag)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ Comment, CreatedBy, Size }) => ({ Comment, CreatedBy, Size }));
  recorded[name] = { Architecture, Author, Comment, Config, Os, layers: RootFS.Layers?.length ?? 0, history };
  docker('rmi', '-f', tag);
}
writeFileSync(`${here}recorded.json`, `${JSON.stringify(recorded, null, 1)}\n`);
