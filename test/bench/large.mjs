// `node test/bench/large.mjs [BIN]`: how commands of the built command grow with the session they find: one of 40 images and
// 100 containers, and one of 500 images and 200 networks with 1,250 to 5,000 stopped containers. Ratios to `node -e 0`;
// ends with 1 when twice as many containers take more than `growthLimit` times as long.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const growthLimit = 2.3;
const counts = [1250, 2500, 5000];
const bin = process.argv[2] ?? fileURLToPath(new URL('../../bin/drydock.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'drydock-bench-'));

const commands = {
  ps: ['ps'],
  images: ['images', '-q'],
  inspect: ['inspect', 'box1'],
  run: ['run', '--rm', 'alpine', 'true'],
};

function node(args, home) {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...clean } = process.env;
  const env = { ...clean, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off' };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.slice(1).join(' ')}: status ${status}: ${String(stderr).trim()}`);
  return ms;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const shell = (home, line) => node([bin, 'shell', '-c', line], home);

/** Adds images that were committed from containers, each with a layer of its own. */
function addImages(home, count) {
  shell(home, 'docker pull -q alpine; docker run --name seed alpine touch /seed');
  shell(home, `for i in $(seq ${count - 1}); do docker commit -m $i seed app:$i; done`);
}

function addNetworks(home, count) {
  const subnet = '10.$((i / 250)).$((i % 250)).0/24';
  shell(home, `for i in $(seq ${count}); do docker network create --subnet ${subnet} net$i; done`);
}

/** Adds stopped containers; many short command lines, for one may not take for ever. */
function addContainers(home, from, to) {
  const step = 250;
  for (let i = from; i < to; i += step) {
    const line = `for i in $(seq ${i + 1} ${Math.min(i + step, to)}); do docker run --name box$i alpine true; done`;
    shell(home, line);
  }
}

function session(from) {
  const home = mkdtempSync(join(temporary, 'home-'));
  if (from !== undefined) cpSync(from, home, { recursive: true });
  return home;
}

/** Medians in milliseconds by command, of runs in turn; with them that of `node -e 0`. */
function measure(homes) {
  const times = homes.map(() => Object.fromEntries(Object.keys(commands).map((name) => [name, []])));
  const baseline = [];
  for (let round = 0; round < rounds; round++) {
    baseline.push(node(['-e', '0'], temporary));
    for (const [i, home] of homes.entries()) {
      for (const [name, args] of Object.entries(commands)) times[i][name].push(node([bin, ...args], home));
    }
  }
  const medians = times.map((byName) =>
    Object.fromEntries(Object.entries(byName).map(([name, all]) => [name, median(all)])),
  );
  return { base: median(baseline), medians };
}

function report(title, base, medians) {
  const cells = Object.entries(medians).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms (${(ms / base).toFixed(2)})`);
  console.log(`${title.padEnd(36)} ${cells.join('   ')}`);
}

try {
  const lesson = session();
  addImages(lesson, 40);
  addContainers(lesson, 0, 100);
  const homes = [lesson];
  let grown = session();
  addImages(grown, 500);
  addNetworks(grown, 200);
  let made = 0;
  for (const count of counts) {
    addContainers(grown, made, count);
    made = count;
    homes.push(grown);
    grown = session(grown);
  }
  const { base, medians } = measure(homes);
  console.log(`node -e 0: ${base.toFixed(0)} ms; in brackets how many times that`);
  report('40 images, 100 containers', base, medians[0]);
  for (const [i, count] of counts.entries()) {
    report(`500 images, 200 networks, ${count}`, base, medians[i + 1]);
    if (i === 0) continue;
    for (const name of Object.keys(commands)) {
      const growth = medians[i + 1][name] / medians[i][name];
      const tooMuch = growth > growthLimit;
      if (tooMuch) process.exitCode = 1;
      const says = `  ${name}: from ${counts[i - 1]} to ${count} containers × ${growth.toFixed(2)}`;
      console.log(`${says} (at most ${growthLimit})${tooMuch ? '  too much' : ''}`);
    }
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
