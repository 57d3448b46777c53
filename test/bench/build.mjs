// `node test/bench/build.mjs`: how builds grow with their instructions, and what a context of 10,000 files (100 MB) takes, with
// the built command. Ends with 1 when a limit is passed. BENCH_BIN=path/to/bin/drydock.js measures another build.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = process.env.BENCH_BIN ?? join(root, 'bin', 'drydock.js');
const temporary = mkdtempSync(join(tmpdir(), 'drydock-bench-build-'));
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const largestGrowth = 2.3;
const memoryLimit = 300; // MB, the whole process
let homes = 0;
let good = true;

function newHome() {
  const home = join(temporary, `home-${homes++}`);
  mkdirSync(home);
  run(home, ['pull', '-q', 'alpine']);
  return home;
}

function run(home, args, more = []) {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...clean } = process.env;
  const env = { ...clean, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off', BENCH_PEAK: join(temporary, 'peak') };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [...more, bin, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`status ${status}: ${String(stderr).trim().split('\n').slice(-3).join(' | ')}`);
  return seconds;
}

const build = (home, folder) => run(home, ['build', '-t', 'bench', folder]);

function measuredPeak(home, folder) {
  run(home, ['build', '-t', 'bench', folder], ['--require', join(root, 'test', 'bench', 'peak.cjs')]);
  return Number(readFileSync(join(temporary, 'peak'), 'utf8')) / 1000;
}

function line(name, value, unit, limit) {
  const passed = limit === undefined || value <= limit;
  if (!passed) good = false;
  const wanted = limit === undefined ? '' : `≤ ${limit}`;
  console.log(
    `${name.padEnd(44)}${`${value.toFixed(2)} ${unit}`.padStart(10)}${wanted.padStart(9)}${passed ? '' : '  too much'}`,
  );
}

const shapes = {
  RUN: (i) => `RUN echo ${i}`,
  'RUN, a file each in /': (i) => `RUN touch /f${i}`,
  ENV: (i) => `ENV A${i}=${i}`,
  ARG: (i) => `ARG A${i}=${i}`,
  LABEL: (i) => `LABEL a${i}=${i}`,
  'COPY to /': () => 'COPY file /',
  'COPY, a file each in /': (i) => `COPY file /f${i}`,
  WORKDIR: (i) => `WORKDIR /d${i}`,
  stages: (i) => (i === 0 ? 'RUN true' : `FROM s AS s${i}\nRUN echo ${i}`),
};

function writeDockerfile(folder, shape, count) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'file'), 'content\n');
  const lines = Array.from({ length: count }, (_, i) => shape(i));
  writeFileSync(join(folder, 'Dockerfile'), `FROM alpine AS s\n${lines.join('\n')}\n`);
}

/** How long builds take beyond a build of one instruction, for a first and a cached one: the best of several. */
function growth() {
  const counts = [10, 100, 500, 1000];
  for (const [name, shape] of Object.entries(shapes)) {
    const [first, cached] = [[], []];
    for (const count of counts) {
      const folder = join(temporary, 'instructions');
      writeDockerfile(folder, shape, count);
      const times = Array.from({ length: rounds }, () => {
        const home = newHome();
        const pair = [build(home, folder), build(home, folder)];
        rmSync(home, { recursive: true });
        return pair;
      });
      first.push(Math.min(...times.map(([each]) => each)));
      cached.push(Math.min(...times.map(([, each]) => each)));
    }
    const cells = counts.map((n, i) => `${n}: ${first[i].toFixed(2)} / ${cached[i].toFixed(2)} s`);
    console.log(`${name}, first / cached: ${cells.join(', ')}`);
    line(`  first, from 500 to 1,000: ×`, first[3] / first[2], '', largestGrowth);
    line(`  cached, from 500 to 1,000: ×`, cached[3] / cached[2], '', largestGrowth);
    if (name === 'RUN') {
      line('  100 RUN, first', first[1], 's', 0.3);
      line('  100 RUN, cached', cached[1], 's', 0.2);
    }
  }
}

/** A context of 10,000 files of 10 kB: what a real engine took is the limit. */
function context() {
  const folder = join(temporary, 'context');
  for (let i = 0; i < 10_000; i++) {
    const dir = join(folder, 'src', `d${i % 100}`);
    if (i < 100) mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `f${i}.txt`), `${i}\n`.padEnd(10_000, 'abcdefghi\n'));
  }
  writeFileSync(join(folder, 'Dockerfile'), 'FROM alpine\nCOPY src /src\n');
  const results = Array.from({ length: rounds }, (_, round) => {
    const home = newHome();
    const times = [build(home, folder), build(home, folder)];
    appendFileSync(join(folder, 'src', 'd7', 'f7.txt'), `more ${round}\n`);
    times.push(build(home, folder));
    rmSync(home, { recursive: true });
    return times;
  });
  const best = (i) => Math.min(...results.map((times) => times[i]));
  line('10,000 files, first', best(0), 's', 2.8);
  line('10,000 files, cached', best(1), 's', 0.34);
  line('10,000 files, one changed', best(2), 's', 1.9);
  const home = newHome();
  line('10,000 files, first: memory', measuredPeak(home, folder), 'MB', memoryLimit);
  line('10,000 files, cached: memory', measuredPeak(home, folder), 'MB', memoryLimit);
  appendFileSync(join(folder, 'src', 'd7', 'f7.txt'), 'at last\n');
  line('10,000 files, one changed: memory', measuredPeak(home, folder), 'MB', memoryLimit);
}

try {
  if (process.argv[2] !== 'context') growth();
  if (process.argv[2] !== 'growth') context();
  process.exitCode = good ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
