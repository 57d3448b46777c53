// Bundles src/main.ts into dist/drydock.cjs (one CommonJS file, every package inside) and writes dist/drydock.cache, the V8
// code cache that bin/drydock.js loads. V8 compiles a function when it is first called, so the cache is taken at the end of
// real commands, each starting from the cache that the one before it left: what start-up needs is then never compiled again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// The commands whose functions are worth having compiled. More is not better: the whole cache is read at every start.
const warmUp = [
  ['run', '-d', '--name', 'web', 'alpine', 'sleep', '60'],
  ['run', '--rm', 'alpine', 'true'],
  ['ps', '-a'],
  ['ps'],
  ['--version'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const bundlePath = join(dist, 'drydock.cjs');
const cachePath = join(dist, 'drydock.cache');

async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
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
  const text = result.outputFiles[0].text;
  return `/*${createHash('sha256').update(text).digest('hex').slice(0, 12)}*/${text}`;
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
  if (existsSync(bundlePath)) mkdirSync(previous, { recursive: true });
  for (const path of [bundlePath, cachePath]) {
    if (existsSync(path)) renameSync(path, join(previous, path.slice(dist.length + 1)));
  }
}

function run(args, env) {
  const { NODE_OPTIONS: _flags, NODE_V8_COVERAGE: _coverage, ...clean } = process.env; // V8 flags would make another cache
  return spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...clean, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: 60_000,
  });
}

function writeCache() {
  const home = mkdtempSync(join(tmpdir(), 'drydock-build-'));
  const loader = join(root, 'bin', 'drydock.js');
  const hook = join(root, '.ci', 'code-cache.cjs');
  const env = { DRYDOCK_HOME: home, DRYDOCK_CACHE: cachePath };
  try {
    for (const args of warmUp) {
      const { status, stderr } = run(['--require', hook, loader, ...args], { ...env, DRYDOCK_CACHE_DO: 'write' });
      if (status !== 0)
        console.warn(`build: warm-up "${args.join(' ')}" ended with ${status}: ${stderr.split('\n')[0]}`);
    }
    const check = run(['--require', hook, loader, '--version'], { ...env, DRYDOCK_CACHE_DO: 'check' });
    if (check.status !== 0) throw new Error(`the code cache is not accepted: ${check.stderr}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const source = await bundle();
mkdirSync(dist, { recursive: true });
if (!existsSync(bundlePath) || readFileSync(bundlePath, 'latin1') !== source) {
  keepPrevious();
  put(bundlePath, source);
}
rmSync(cachePath, { force: true });
writeCache();
const kB = (path) => `${Math.round(readFileSync(path).length / 1000)} kB`;
console.log(`dist/drydock.cjs ${kB(bundlePath)}, dist/drydock.cache ${kB(cachePath)}`);
