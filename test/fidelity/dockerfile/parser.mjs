// Compares the parser with the test files of BuildKit's own. Run by hand, with a checkout of moby/buildkit:
//
//   npx tsx test/fidelity/dockerfile/parser.mjs BUILDKIT/frontend/dockerfile
//
// parser/testfiles/*: a Dockerfile and the dump of its tree (`result`); parser/testfiles-negative/*: Dockerfiles that are
// refused; shell/envVarTest and shell/wordsTest: words and what becomes of them. Exit status 1 when something differs.

import fs from 'node:fs';
import path from 'node:path';
import { dumpCommands } from '../../../src/builder/dockerfile/command.ts';
import { DockerfileError } from '../../../src/builder/dockerfile/errors.ts';
import { expandWord } from '../../../src/builder/dockerfile/expand/word.ts';
import { parseTree } from '../../../src/builder/dockerfile/parse-tree.ts';

const folder = process.argv[2];
if (!folder) throw new Error('which folder?');
let equal = 0;
let different = 0;

function compare(what, got, wanted) {
  if (got === wanted) equal++;
  else {
    different++;
    console.log(`${what}\n  wanted ${wanted}\n  got    ${got}`);
  }
}

function attempt(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof DockerfileError) return 'error';
    throw error;
  }
}

const read = (...parts) => fs.readFileSync(path.join(folder, ...parts), 'latin1');
const dump = (...parts) => attempt(() => dumpCommands(parseTree(read(...parts)).commands));
const text = (...parts) => fs.readFileSync(path.join(folder, ...parts), 'utf8');

for (const name of fs.readdirSync(path.join(folder, 'parser/testfiles'))) {
  compare(name, dump('parser/testfiles', name, 'Dockerfile'), text('parser/testfiles', name, 'result').trim());
}
for (const name of fs.readdirSync(path.join(folder, 'parser/testfiles-negative'))) {
  compare(name, dump('parser/testfiles-negative', name, 'Dockerfile'), 'error');
}

const variables = { PWD: '/home', SHELL: 'bash', KOREAN: '한국어', NULL: '' };
for (const line of text('shell/envVarTest').split('\n')) {
  if (line.trim() === '' || line.startsWith('#')) continue;
  const [platform, word = '', wanted = ''] = line.split('|');
  if (platform.trim() === 'W') continue;
  const got = attempt(() => expandWord(word.trim(), (name) => variables[name], { escape: '\\' }).text);
  compare(word.trim(), got, wanted.trim());
}

const env = {};
for (const line of text('shell/wordsTest').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  if (line.startsWith('ENV ')) {
    const [name, ...value] = line.slice(4).replace(/^ +/, '').split('=');
    env[name] = value.join('=');
    continue;
  }
  const [word, wanted] = line.split('|');
  const got = attempt(() => expandWord(word.trim(), (name) => env[name], { escape: '\\' }).words.join(','));
  compare(word, got, wanted.replace(/^ +/, ''));
}

console.log(`${equal} equal, ${different} different`);
process.exitCode = different > 0 ? 1 : 0;
