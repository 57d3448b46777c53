// Bundles src into dist: one CommonJS file for each of .ci/bundles.mjs, every package inside, and beside it the V8 code cache
// that bin/drydock.js loads. V8 compiles a function when it is first called, so the caches are taken at the end of real
// commands, each starting from the caches that the one before it left: what start-up needs is then never compiled again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundles, entryOf, stubs } from './bundles.mjs';

// The commands whose functions are worth having compiled. More is not better: a whole cache is read at every start.
const explained = { DRYDOCK_EXPLAIN: 'brief' };
const warmUp = [
  [['build', '.ci/warm-up'], {}],
  [['run', '-d', '--name', 'web', 'alpine', 'sleep', '60'], explained],
  [['run', '--rm', 'alpine', 'sh', '-c', 'echo $HOME'], {}],
  [['run', '--rm', 'alpine', 'true'], {}],
  [['run', '--rm', 'alpine', 'true'], { ...explained, DRYDOCK_LANG: 'ko' }],
  [['ps', '--help'], {}],
  [['why'], {}],
  [['ps', '-a'], explained],
  [['ps'], {}],
  [['--version'], {}],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const names = Object.keys(bundles);
const bundlePath = (name) => join(dist, `${name}.cjs`);
const cachePath = (name) => join(dist, `${name}.cache`);

async function bundle(name) {
  const result = await build({
    absWorkingDir: root,
    stdin: { contents: entryOf(name), resolveDir: root },
    plugins: [stubs(name, root)],
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true, // names stay: shorter ones start no faster, and these can be read in a stack trace
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    // import() becomes require(): a lazily imported package is then a function in the bundle, called on first use
    supported: { 'dynamic-import': false },
  });
  return `(function(require,module,exports,load){${ascii(result.outputFiles[0].text)}\n})`;
}

// esbuild escapes no letters in regular expressions, and the loader reads bundles as Latin-1
function ascii(source) {
  return source.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// Every file of a build begins with the same 16 bytes, so that none is ever used with those of another build.
function signed(sources) {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(source);
  const id = hash.digest('hex').slice(0, 12);
  return sources.map((source) => `/*${id}*/${source}`);
}

// Readers may be starting at this moment, so each file appears whole.
function put(path, bytes) {
  const part = `${path}.${process.pid}`;
  writeFileSync(part, bytes);
  renameSync(part, path);
}

// The build before this one is kept for `npm run bench` to compare with.
function keepPrevious() {
  const previous = join(dist, 'previous');
  rmSync(previous, { recursive: true, force: true });
  mkdirSync(previous, { recursive: true });
  for (const file of readdirSync(dist)) {
    if (/\.(?:cjs|cache)$/.test(file)) renameSync(join(dist, file), join(previous, file));
  }
}

function run(args, env) {
  const { NODE_OPTIONS: _flags, NODE_V8_COVERAGE: _coverage, ...clean } = process.env; // V8 flags would make another cache
  return spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...clean, DRYDOCK_EXPLAIN: 'off', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    killSignal: 'SIGKILL', // a client that waits passes other signals on
    encoding: 'utf8',
    timeout: 60_000,
  });
}

// The classroom shell needs a terminal: script(1) is one. Without it the shell only starts more slowly.
function runOnTerminal(args, env) {
  const { NODE_OPTIONS: _flags, NODE_V8_COVERAGE: _coverage, ...clean } = process.env;
  const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
  return spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: root,
    env: { ...clean, TERM: 'xterm', ...env },
    input: 'docker ps\rls\rexit\r',
    stdio: ['pipe', 'ignore', 'ignore'],
    killSignal: 'SIGKILL',
    timeout: 20_000,
  });
}

function writeCaches() {
  const home = mkdtempSync(join(tmpdir(), 'drydock-build-'));
  const loader = join(root, 'bin', 'drydock.js');
  const hook = join(root, '.ci', 'code-cache.cjs');
  const env = { DRYDOCK_HOME: home };
  try {
    for (const [args, more] of warmUp) {
      const options = { ...env, ...more, DRYDOCK_CACHE_DO: 'write' };
      const { status, stderr } = run(['--require', hook, loader, ...args], options);
      if (status !== 0)
        console.warn(`build: warm-up "${args.join(' ')}" ended with ${status}: ${stderr.split('\n')[0]}`);
    }
    runOnTerminal(['--require', hook, loader, 'shell'], { ...env, ...explained, DRYDOCK_CACHE_DO: 'write' });
    const check = run(['--require', hook, loader, 'ps'], { ...env, DRYDOCK_CACHE_DO: 'check' });
    if (check.status !== 0) throw new Error(`the code cache is not accepted: ${check.stderr}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const sources = signed(await Promise.all(names.map(bundle)));
mkdirSync(dist, { recursive: true });
const isSame = (name, i) => existsSync(bundlePath(name)) && readFileSync(bundlePath(name), 'latin1') === sources[i];
if (!names.every(isSame)) {
  keepPrevious();
  // the one that calls the others comes last
  for (const [i, name] of [...names.entries()].reverse()) put(bundlePath(name), sources[i]);
}
for (const name of names) rmSync(cachePath(name), { force: true });
writeCaches();
const kB = (path) => (existsSync(path) ? `${Math.round(readFileSync(path).length / 1000)} kB` : 'none');
for (const name of names) console.log(`dist/${name}.cjs ${kB(bundlePath(name))}, code cache ${kB(cachePath(name))}`);
