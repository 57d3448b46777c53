// `node test/fidelity/dockerfile/applications.mjs FOLDER [WORD…]`: builds real applications with their source, by hand. FOLDER has
// clones (FOLDER/name, or FOLDER/owner+name/repo) of the projects in applications.txt; nothing of them is kept. WORDs pick those
// whose line has one of them; the Dockerfiles that guides have a learner write are in guides/. Says which build to the end and
// what stops the others: each stop must name what is missing.
// BENCH_BIN=path/to/bin/drydock.js uses another build of drydock; SHOW=1 prints the output of the stopped ones.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = process.env.BENCH_BIN ?? here('../../../bin/drydock.js');
const [folder, ...words] = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'drydock-applications-'));

function gitOf(project) {
  const [owner, name] = project.split('/');
  const places = [join(folder, `${owner}+${name}`, 'repo'), join(folder, name, '.git'), join(folder, name)];
  return places.find((path) => existsSync(join(path, 'HEAD')));
}

/** The files of the newest commit; large ones may be absent from a clone, and are left out then. */
function checkout(git) {
  const out = mkdtempSync(join(temporary, 'source-'));
  const env = { ...process.env, GIT_INDEX_FILE: join(temporary, 'index') };
  rmSync(env.GIT_INDEX_FILE, { force: true });
  spawnSync('git', ['--git-dir', git, 'read-tree', 'HEAD'], { env });
  spawnSync('git', ['--git-dir', git, 'checkout-index', '--all', '--force', `--prefix=${out}/`], {
    env,
    stdio: 'ignore',
  });
  return out;
}

function build(source, file, context, target) {
  const env = { ...process.env, DRYDOCK_HOME: join(temporary, 'home'), DRYDOCK_EXPLAIN: 'off', NO_COLOR: '1' };
  const stage = target ? ['--target', target] : [];
  const args = [
    bin,
    'build',
    ...stage,
    '--progress',
    'plain',
    '-t',
    'app',
    '-f',
    file.startsWith('guides/') ? here(file) : join(source, file),
    join(source, context),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, text: `${stdout}${stderr}` };
}

/** The last lines that the failed step printed, and the error. */
function reasons(text) {
  const step = /^#(\d+) ERROR/m.exec(text)?.[1];
  const said = text.split('\n').filter((line) => new RegExp(`^#${step} \\d`).test(line));
  return [...said.slice(-3), text.match(/^(?:ERROR: |drydock: ).*$/gm)?.at(-1) ?? text.trim().split('\n').at(-1)];
}

const byKind = new Map();
try {
  const rows = readFileSync(here('applications.txt'), 'utf8')
    .split('\n')
    .filter((row) => /^\w/.test(row));
  for (const row of rows.filter((one) => words.length === 0 || words.some((word) => one.includes(word)))) {
    const [kind, project, file, context, target] = row.split(/\s+/);
    const git = gitOf(project);
    if (git === undefined) {
      console.log(`absent  ${row}`);
      continue;
    }
    const source = checkout(git);
    const { status, text } = build(source, file, context, target);
    console.log(`${status === 0 ? 'built  ' : 'stopped'} ${kind.padEnd(6)} ${project} ${file}`);
    if (status !== 0) for (const line of reasons(text)) console.log(`          ${line}`);
    if (status !== 0 && process.env.SHOW) console.log(text);
    const [all, good] = byKind.get(kind) ?? [0, 0];
    byKind.set(kind, [all + 1, good + (status === 0 ? 1 : 0)]);
    rmSync(source, { recursive: true, force: true });
  }
  for (const [kind, [all, good]] of byKind) console.log(`${kind}: ${good} of ${all} built to the end`);
  const sum = [...byKind.values()].reduce(([all, good], [a, g]) => [all + a, good + g], [0, 0]);
  console.log(`${sum[1]} of ${sum[0]} built to the end`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
