// `node test/fidelity/dockerfile/real.mjs parse|build GIT-DIRECTORY…`: Dockerfiles of real projects, by hand. Nothing of them is kept.
// parse: what `docker build --check` says of each (is it a parse error, and which), here and, with REAL=path/to/docker, by a real
// engine. build: how far `docker build` comes, and what it stopped at. LIMIT=n: so many of each repository, spread evenly.
// TARGET=name: builds this stage where there is one of that name, as a project's compose file may ask for.
// BENCH_BIN=path/to/bin/drydock.js uses another build of drydock.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = process.env.BENCH_BIN ?? fileURLToPath(new URL('../../../bin/drydock.js', import.meta.url));
const [mode, ...repositories] = process.argv.slice(2);
const limit = Number(process.env.LIMIT ?? 1000);
const temporary = mkdtempSync(join(tmpdir(), 'drydock-real-'));

function dockerfilesOf(git) {
  const args = ['--git-dir', git, 'ls-tree', '-r', '--name-only', 'HEAD'];
  const all = execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')
    .filter((path) => /(?:^|\/)Dockerfile(?:\.[\w-]+)?$/.test(path) && !/\.template$|\.j2$/.test(path));
  const step = Math.max(1, all.length / limit);
  return Array.from({ length: Math.min(limit, all.length) }, (_, i) => all[Math.floor(i * step)]);
}

function checkout(git, path) {
  const folder = mkdtempSync(join(temporary, 'context-'));
  const at = dirname(path);
  const archive = spawnSync('git', ['--git-dir', git, 'archive', at === '.' ? 'HEAD' : `HEAD:${at}`], {
    maxBuffer: 1 << 30,
  });
  spawnSync('tar', ['x', '-C', folder], { input: archive.stdout });
  return folder;
}

function run(command, args, more = {}) {
  const env = { ...process.env, DRYDOCK_EXPLAIN: 'off', NO_COLOR: '1', ...more };
  const { status, stderr, stdout } = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
  return { status, text: `${stdout}${stderr}` };
}

const lastError = (text) => text.match(/^(?:ERROR: |drydock: ).*$/gm)?.at(-1) ?? '';
const parseError = (text) => /dockerfile parse error.*/.exec(lastError(text))?.[0] ?? '';
const ours = (home, ...args) => run(process.execPath, [bin, ...args], { DRYDOCK_HOME: home });

function parse(name, folder, file) {
  const words = ['build', '--check', '-f', join(folder, file), folder];
  const mine = parseError(ours(join(temporary, 'home'), ...words).text);
  const real = process.env.REAL ? parseError(run(process.env.REAL, words).text) : mine;
  const same = mine === real;
  console.log(
    `${same ? 'same     ' : 'DIFFERENT'} ${name}${mine || real ? `  ${mine || '(none)'}` : ''}${same ? '' : ` / ${real || '(none)'}`}`,
  );
  return same;
}

function build(name, folder, file) {
  const home = join(temporary, 'home-build');
  const stage = new RegExp(`^FROM .* as ${process.env.TARGET ?? 'no such'}\\s*$`, 'im');
  const target = stage.test(readFileSync(join(folder, file), 'utf8')) ? ['--target', process.env.TARGET] : [];
  const { status, text } = ours(
    home,
    'build',
    ...target,
    '--progress',
    'plain',
    '-t',
    'real',
    '-f',
    join(folder, file),
    folder,
  );
  const told =
    text
      .split('\n')
      .filter((line) => /^#\d+ \d+\.\d+ .*(?:drydock|not simulated|ERR|rror)/.test(line))
      .at(-1) ?? '';
  console.log(
    `${status === 0 ? 'built  ' : 'stopped'} ${name}${status === 0 ? '' : `\n          ${lastError(text)}\n          ${told}`}`,
  );
  return status === 0;
}

try {
  mkdirSync(join(temporary, 'home'));
  mkdirSync(join(temporary, 'home-build'));
  let [all, good] = [0, 0];
  for (const git of repositories) {
    const name = basename(dirname(git));
    for (const path of dockerfilesOf(git)) {
      const folder = checkout(git, path);
      all += 1;
      if ((mode === 'build' ? build : parse)(`${name} ${path}`, folder, basename(path))) good += 1;
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`${good} of ${all} ${mode === 'build' ? 'built to the end' : 'parsed alike'}`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
