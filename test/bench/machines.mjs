// `node test/bench/machines.mjs [BIN]`: how commands of the built command fare in a world with 50 virtual machines (25 as processes
// of the host, 25 on a hypervisor of type 1) and 500 running containers. Ratios to `node -e 0`; ends with 1 above `limit`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const limit = 12;
const machines = Number(process.env.BENCH_MACHINES ?? 50);
const containers = Number(process.env.BENCH_CONTAINERS ?? 500);
const bin = process.argv[2] ?? fileURLToPath(new URL('../../bin/drydock.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'drydock-bench-'));

const commands = {
  ps: ['ps', '-q'],
  run: ['run', '--rm', 'alpine', 'true'],
  'vm list': ['vm', 'list'],
  'shell in a guest': ['vm', 'shell', 'm1', '-c', 'uname -r'],
};

function node(args) {
  const env = { ...process.env, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off' };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.slice(1).join(' ')}: status ${status}: ${String(stderr).trim()}`);
  return ms;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const shell = (line) => node([bin, 'shell', '-c', line]);

try {
  const half = Math.floor(machines / 2);
  for (let i = 1; i <= half; i += 5) {
    const names = `$(seq ${i} ${Math.min(i + 4, half)})`;
    shell(
      `for i in ${names}; do vm boot m$i --memory 256M >/dev/null && vm boot e$i --memory 256M --on esxi >/dev/null; done`,
    );
  }
  shell('docker pull -q alpine');
  for (let i = 0; i < containers; i += 50) {
    shell(`for i in $(seq ${i + 1} ${i + 50}); do docker run -d --name box$i alpine sleep 10000000 >/dev/null; done`);
  }
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  const baseline = [];
  for (let round = 0; round < rounds; round++) {
    baseline.push(node(['-e', '0']));
    for (const [name, args] of Object.entries(commands)) times[name].push(node([bin, ...args]));
  }
  const base = median(baseline);
  console.log(`${machines} virtual machines, ${containers} containers; node -e 0: ${base.toFixed(0)} ms`);
  for (const [name, all] of Object.entries(times)) {
    const ratio = median(all) / base;
    console.log(`${name.padEnd(18)} ${ratio.toFixed(2)} (${median(all).toFixed(0)} ms)`);
    if (ratio > limit) process.exitCode = 1;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
