// `npm run bench`: how long the classroom shell takes to its prompt, and a command in it to the next one, beside `node -e 0`.
// It needs a terminal: script(1) is one. Medians of runs in turn. Ends with 1 when a limit is passed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.BENCH_ROUNDS ?? 15);
const limits = { start: 3, line: 1 };
const lines = ['docker ps', 'docker images', 'docker run --rm alpine true', 'ls', 'docker ps -q | wc -l'];
const prompt = '~$ ';

const bin = fileURLToPath(new URL('../../bin/drydock.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...clean } = process.env;
const env = { ...clean, DRYDOCK_HOME: home, TERM: 'xterm', DRYDOCK_EXPLAIN: 'brief', DRYDOCK_LANG: 'en' };

const now = () => Number(process.hrtime.bigint()) / 1e6;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function baseline() {
  const start = now();
  spawnSync(process.execPath, ['-e', '0'], { env, stdio: 'ignore' });
  return now() - start;
}

const onTerminal = (command) => spawn('script', ['-qec', command, '/dev/null'], { env, stdio: 'pipe' });

/** `node -e 0` on a terminal of the same kind, so that this is not counted as the shell's time. */
async function baselineOnTerminal() {
  const start = now();
  const child = onTerminal(`'${process.execPath}' -e 0`);
  await new Promise((resolve) => child.on('close', resolve));
  return now() - start;
}

/** A shell on a terminal, and what it has shown since it was asked last. */
function openShell() {
  const child = onTerminal(`'${process.execPath}' '${bin}' shell`);
  let shown = '';
  let check = () => {};
  child.stdout.on('data', (chunk) => {
    shown += chunk;
    check();
  });
  const until = (text) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the shell never showed ${text}: ${shown.slice(-200)}`)), 20_000);
      check = () => {
        if (!shown.includes(text)) return;
        clearTimeout(timer);
        shown = '';
        resolve(undefined);
      };
      check();
    });
  return { child, until };
}

async function round(times) {
  times.base.push(baseline());
  times.terminal.push(await baselineOnTerminal());
  const begun = now();
  const { child, until } = openShell();
  await until(prompt);
  times.start.push(now() - begun);
  for (const line of lines) {
    child.stdin.write(line);
    await until(line);
    const entered = now();
    child.stdin.write('\r');
    await until(prompt);
    times[line].push(now() - entered);
  }
  child.stdin.write('exit\r');
  await new Promise((resolve) => child.on('close', resolve));
}

try {
  if (spawnSync('script', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.log('script(1) is missing: the classroom shell is not measured');
  } else {
    const times = Object.fromEntries(['base', 'terminal', 'start', ...lines].map((name) => [name, []]));
    spawnSync(process.execPath, [bin, 'pull', '-q', 'alpine'], { env, stdio: 'ignore' });
    for (let i = 0; i < rounds; i++) await round(times);
    const base = median(times.base);
    console.log(`classroom shell; node -e 0: ${base.toFixed(1)} ms, median of ${rounds}`);
    for (const name of ['start', ...lines]) {
      const limit = name === 'start' ? limits.start : limits.line;
      const ms = median(times[name]);
      const ratio = ms / (name === 'start' ? median(times.terminal) : base);
      const slow = ratio > limit;
      const label = name === 'start' ? 'from the start to the prompt' : name;
      console.log(
        `${label.padEnd(30)}${`${ms.toFixed(1)} ms`.padStart(10)}${ratio.toFixed(2).padStart(7)}  ≤ ${limit}${slow ? '  too slow' : ''}`,
      );
      if (slow) process.exitCode = 1;
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
