// `npm run package`: one executable for this platform, with Node and the scenarios in it, that needs nothing else. Made with pkg
// from the Node that runs this, without the network. The sources are bundled into one file: there are no other bundles to
// load late, and the code cache is inside.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'drydock-package');
const output = join(root, 'dist', 'package', process.platform === 'win32' ? 'drydock.exe' : 'drydock');

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

function scenarios() {
  const folder = join(root, 'scenarios');
  const entries = filesIn(folder).map((path) => [
    relative(folder, path).split(sep).join('/'),
    readFileSync(path, 'utf8'),
  ]);
  return Object.fromEntries(entries);
}

async function bundle() {
  const path = join(cache, 'drydock.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: path,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    supported: { 'dynamic-import': false },
    banner: { js: `globalThis.drydockScenarios=${JSON.stringify(scenarios())};` },
  });
  return path;
}

async function pack(entry) {
  // pkg asks npx for postject and copies Node into the folder for temporary files: both are to be on this disk
  process.env.TMPDIR = cache;
  process.chdir(root);
  const require = createRequire(import.meta.url);
  const sea = require('@yao-pkg/pkg/lib-es5/sea.js').default;
  const platform = { linux: 'linux', darwin: 'macos', win32: 'win' }[process.platform];
  const targets = [{ nodeRange: `node${process.versions.node.split('.')[0]}`, platform, arch: process.arch, output }];
  await sea(entry, {
    targets,
    useLocalNode: true,
    seaConfig: { useCodeCache: true, disableExperimentalSEAWarning: true },
  });
}

// pkg reports success when it has failed: what it made is tried, with no Node to be found and under another name
function attempt() {
  const home = join(cache, 'home');
  const docker = join(cache, process.platform === 'win32' ? 'docker.exe' : 'docker');
  symlinkSync(output, docker);
  const env = { PATH: '', HOME: cache, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off' };
  const said = (program, ...args) => spawnSync(program, args, { env, cwd: '/', encoding: 'utf8' });
  const expected = [
    [said(docker, '--version').stdout, /^Docker version /],
    [said(output, 'run', '--rm', 'alpine', 'echo', 'packed').stdout, /^packed\n$/],
    [said(output, 'scenario', 'list').stdout, /first-container/],
  ];
  for (const [stdout, pattern] of expected) {
    if (!pattern.test(stdout ?? '')) throw new Error(`the executable does not work: ${pattern} is not in "${stdout}"`);
  }
}

rmSync(cache, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
mkdirSync(join(output, '..'), { recursive: true });
rmSync(output, { force: true });
try {
  await pack(await bundle());
  attempt();
  console.log(`${relative(root, output)}: ${Math.round(statSync(output).size / 1e6)} MB`);
} finally {
  rmSync(cache, { recursive: true, force: true });
}
