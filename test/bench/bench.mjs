// `npm run bench`: how long the built command takes and how much memory it needs, beside `node -e 0` on the same machine.
// Medians of runs in turn, so that a busy moment hits everything alike. Ends with 1 when a limit is passed.
// BENCH_PREVIOUS=path/to/bin/drydock.js compares with another build; else the one that `npm run build` kept is used.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.BENCH_ROUNDS ?? 15);
const memoryLimit = 80; // MB
/** Every docker command loads this bundle: what few of them need belongs into another one (.ci/bundles.mjs). */
const bundleLimit = 600; // kB
const containers = [250, 500, 1000, 2000];

const root = fileURLToPath(new URL('../..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
const current = join(root, 'bin', 'drydock.js');
let homes = 0;

function newHome(from) {
  const home = join(temporary, `home-${homes++}`);
  if (from) cpSync(from, home, { recursive: true });
  else mkdirSync(home);
  return home;
}

function node(args, home, more = {}) {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...clean } = process.env;
  const env = { ...clean, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off', ...more };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`status ${status}: ${String(stderr).trim().split('\n')[0]}`);
  return ms;
}

function peakMemory(args, home) {
  const file = join(temporary, 'peak');
  node(['--require', join(root, 'test', 'bench', 'peak.cjs'), ...args], home, { BENCH_PEAK: file });
  return Number(readFileSync(file, 'utf8')) / 1000;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// Runs `docker run` in the simulated machine, as one command, until the session has that many containers.
function addContainers(bin, home, more, total) {
  node([bin, 'shell', '-c', `for i in $(seq ${more}); do docker run alpine true; done`], home);
  const env = { ...process.env, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off' };
  const { stdout } = spawnSync(process.execPath, [bin, 'ps', '-aq'], { env, encoding: 'utf8' });
  const count = stdout.split('\n').filter(Boolean).length;
  if (count !== total) throw new Error(`the session has ${count} containers, not ${total}`);
}

function previousBin() {
  if (process.env.BENCH_PREVIOUS) return process.env.BENCH_PREVIOUS;
  const kept = join(root, 'dist', 'previous');
  if (!existsSync(join(kept, 'drydock.cjs'))) return undefined;
  const copy = join(temporary, 'previous');
  cpSync(join(root, 'bin'), join(copy, 'bin'), { recursive: true });
  cpSync(kept, join(copy, 'dist'), { recursive: true });
  return join(copy, 'bin', 'drydock.js');
}

// A case is a command and the session that it finds: `home` makes one, `each` says that every run needs a new one.
function cases(bin, tag) {
  const session = () => {
    const home = newHome();
    node([bin, 'ps'], home);
    return home;
  };
  let grown;
  const withContainers = (count) => () => {
    grown ??= containers.reduce((made, n, i) => {
      const home = newHome(made.get(containers[i - 1]));
      addContainers(bin, home, n - (containers[i - 1] ?? 0), n);
      return made.set(n, home);
    }, new Map());
    return grown.get(count);
  };
  const list = [
    { name: '--version', args: ['--version'], limit: 1.6, home: session },
    { name: 'ps, no session yet', args: ['ps'], limit: 1.9, home: newHome, each: true },
    { name: 'ps, new session', args: ['ps'], limit: 1.9, home: session },
    ...containers.map((n) => ({
      name: `ps, ${n} stopped containers`,
      args: ['ps'],
      limit: n === 1000 ? 3 : undefined,
      home: withContainers(n),
      count: n,
    })),
    { name: 'run --rm alpine true', args: ['run', '--rm', 'alpine', 'true'], limit: 2.5, home: session },
  ];
  return list.map((c) => ({ ...c, args: [bin, ...c.args], tag, times: [] }));
}

function prepare(c) {
  try {
    c.made = c.home();
    node(c.args, c.made);
  } catch (error) {
    c.failed = error.message;
  }
}

function measure(all) {
  const baseline = [];
  for (let round = 0; round < rounds; round++) {
    baseline.push(node(['-e', '0'], temporary));
    for (const c of all) {
      if (c.failed) continue;
      const home = c.each ? newHome() : c.made;
      c.times.push(node(c.args, home));
    }
  }
  return median(baseline);
}

function report(c, base, before) {
  if (c.failed) {
    console.log(`${c.name.padEnd(28)} failed: ${c.failed}`);
    return false;
  }
  const ms = median(c.times);
  const memory = peakMemory(c.args, c.each ? newHome() : c.made);
  const tooSlow = c.limit !== undefined && ms / base > c.limit;
  const tooBig = memory > memoryLimit;
  const cells = [
    c.name.padEnd(28),
    `${ms.toFixed(1)} ms`.padStart(10),
    (ms / base).toFixed(2).padStart(7),
    (c.limit === undefined ? '' : `≤ ${c.limit}`).padStart(7),
    `${memory.toFixed(0)} MB`.padStart(8),
    (before?.times.length ? `× ${(ms / median(before.times)).toFixed(2)}` : '').padStart(9),
    tooSlow ? '  too slow' : '',
    tooBig ? `  above ${memoryLimit} MB` : '',
  ];
  console.log(cells.join('').trimEnd());
  return !tooSlow && !tooBig;
}

function reportBundle() {
  const size = statSync(join(root, 'dist', 'docker.cjs')).size / 1000;
  const tooBig = size > bundleLimit;
  console.log(`dist/docker.cjs: ${size.toFixed(0)} kB, ≤ ${bundleLimit}${tooBig ? '  too big' : ''}`);
  return !tooBig;
}

function reportGrowth(now) {
  const byCount = now.filter((c) => c.count && c.times.length);
  for (const [i, c] of byCount.entries()) {
    const half = byCount[i - 1];
    if (!half) continue;
    const growth = median(c.times) / median(half.times);
    console.log(`ps: from ${half.count} to ${c.count} containers the time grows × ${growth.toFixed(2)}`);
  }
}

function bench() {
  const now = cases(current, 'now');
  const other = previousBin();
  const before = other ? cases(other, 'before') : [];
  const all = [...now, ...before];
  for (const c of all) prepare(c);
  const base = measure(all);
  console.log(`node -e 0: ${base.toFixed(1)} ms, median of ${rounds}; Node ${process.version}`);
  console.log(
    `${''.padEnd(28)}${'time'.padStart(10)}${'ratio'.padStart(7)}${'limit'.padStart(7)}${'memory'.padStart(8)} before`,
  );
  const good = now.map((c, i) => report(c, base, before[i]));
  reportGrowth(now);
  return reportBundle() && good.every(Boolean);
}

/** How many commands a second the simulation itself manages, and what the worlds of a class take, from the sources. */
function inProcess() {
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const passed = ['in-process.ts', 'units.ts', 'class.ts'].map(
    (file) => spawnSync(process.execPath, [tsx, join(root, 'test', 'bench', file)], { stdio: 'inherit' }).status === 0,
  );
  return passed.every(Boolean);
}

try {
  const [commands, simulation] = [bench(), inProcess()];
  process.exitCode = commands && simulation ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
