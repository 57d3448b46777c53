// Records what the real busybox ash and the real dash do with the scripts in cases/*.txt,
// and writes it to cases.json next to this file.  No dependencies; run by hand, as root,
// on a Linux machine (never as part of the normal test run):
//
//   apt-get install busybox-static dash coreutils
//   node test/fidelity/shell/record.mjs                 record everything, write cases.json
//   node test/fidelity/shell/record.mjs --only ID,ID    run these cases and print them, write nothing
//   node test/fidelity/shell/record.mjs --check         record, compare with cases.json, write nothing
//   node test/fidelity/shell/record.mjs --debian     the cases of cases/debian, with bash or dash, to debian.json
//   ... --busybox PATH   another (static) busybox;  --dash PATH   another dash;
//   ... --times N        recordings to make and compare (2 unless told)
//
// Every case is recorded twice; if any recording differs from its twin nothing is written
// and the unstable cases are named: drop or mend them.
//
// SOURCE (cases/*.txt).  A block starts with a line
//     ### id topic          recorded with ash and dash
//     ### id topic ash      recorded with ash only (an applet matters, or dash lacks the feature)
//     ### id topic bash     recorded with bash only; or dash: in cases/debian, where each case is for one of the two
// and holds the script up to the next such line (the newline before it is not part of the
// script).  An optional line '--- stdin' inside the block starts the text for standard input;
// without it standard input is /dev/null.  Lines before the first block are remarks.
//
// RESULT (cases.json).  [{ id, topic, script, stdin?, shells: { ash: R, dash?: R } }] with
// R = { stdout, stderr, code }; code is 128+n if the shell itself died of signal n.
//
// SURROUNDINGS of a run, to be copied by whoever compares:
//   argv      sh -c SCRIPT     (argv0 is 'sh', so $0 is sh and messages begin with 'sh: ')
//   cwd       /w, really a folder of that name, emptied before every case
//   env       exactly PATH=/bin HOME=/w LC_ALL=C.UTF-8 ; umask 022 ; uid 0
//   ash       runs in a chroot of its own: /bin (busybox and a symlink for each applet), /w,
//             /tmp (empty), /root (empty), /dev/null, /dev/zero, /etc/passwd and /etc/group
//             with root alone; of /proc only self/exe, which busybox uses to start itself
//   dash      runs on the machine itself with its coreutils in /bin
// The recorder makes /w and refuses to start if there is one already (after an interrupted
// recording remove /w and /tmp/shell-record-* by hand).

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const ENV = { PATH: '/bin', HOME: '/w', LC_ALL: 'C.UTF-8' };
const TIMEOUT = 20000;

const args = process.argv.slice(2);
const option = (name, otherwise) => {
  const i = args.indexOf(`--${name}`);
  return i < 0 ? otherwise : args[i + 1];
};
const only = option('only', '').split(',').filter(Boolean);
const check = args.includes('--check');
const times = Number(option('times', '2'));
const debian = args.includes('--debian');
const OUT = path.join(here, debian ? 'debian.json' : 'cases.json');

/** The blocks of all source files, in the order of file names. */
export function readCases(dir = path.join(here, 'cases', debian ? 'debian' : '')) {
  const cases = [];
  const seen = new Set();
  for (const file of fs
    .readdirSync(dir)
    .filter((f) => f.endsWith('.txt'))
    .sort()) {
    let current = null;
    const lines = fs.readFileSync(path.join(dir, file), 'utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    lines.forEach((line, n) => {
      const head = /^### (\S+) (\S+)(?: (ash|bash|dash))?$/.exec(line);
      if (head) {
        if (seen.has(head[1])) throw new Error(`${file}:${n + 1}: id ${head[1]} is used twice`);
        seen.add(head[1]);
        current = { id: head[1], topic: head[2], only: head[3], script: [], stdin: null };
        cases.push(current);
      } else if (line.startsWith('###')) {
        throw new Error(`${file}:${n + 1}: bad header: ${line}`);
      } else if (current && line === '--- stdin') {
        current.stdin = [];
      } else if (current) {
        (current.stdin ?? current.script).push(line);
      }
    });
  }
  for (const c of cases) {
    while (c.script.at(-1) === '') c.script.pop(); // blank lines between blocks
    if (c.stdin) while (c.stdin.at(-1) === '') c.stdin.pop();
    c.script = c.script.join('\n');
    c.stdin = c.stdin?.map((l) => `${l}\n`).join('') ?? null;
  }
  return cases;
}

function findProgram(name, fallback) {
  for (const d of (process.env.PATH ?? '').split(':').concat('/usr/bin', '/bin'))
    if (d && fs.existsSync(path.join(d, name))) return path.join(d, name);
  if (fallback === undefined) throw new Error(`${name} is not installed`);
  return fallback;
}

function must(cmd, argv) {
  const r = spawnSync(cmd, argv, { encoding: 'utf8' });
  if (r.error || r.status !== 0) throw new Error(`${cmd} ${argv.join(' ')}: ${r.error ?? r.stderr}`);
  return r.stdout;
}

function makeRoot(busybox) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'shell-record-'));
  fs.chmodSync(root, 0o755);
  for (const d of ['bin', 'w', 'tmp', 'root', 'dev', 'etc', 'proc/self'])
    fs.mkdirSync(path.join(root, d), { recursive: true });
  fs.copyFileSync(busybox, path.join(root, 'bin/busybox'));
  fs.chmodSync(path.join(root, 'bin/busybox'), 0o755);
  for (const applet of must(busybox, ['--list']).split('\n').filter(Boolean))
    if (applet !== 'busybox') fs.symlinkSync('busybox', path.join(root, 'bin', applet));
  fs.symlinkSync('/bin/busybox', path.join(root, 'proc/self/exe'));
  must('mknod', ['-m', '666', path.join(root, 'dev/null'), 'c', '1', '3']);
  must('mknod', ['-m', '666', path.join(root, 'dev/zero'), 'c', '1', '5']);
  fs.writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  fs.writeFileSync(path.join(root, 'etc/group'), 'root:x:0:\n');
  return root;
}

function empty(dir) {
  for (const f of fs.readdirSync(dir)) fs.rmSync(path.join(dir, f), { recursive: true, force: true });
  fs.chmodSync(dir, 0o755);
}

function text(buffer, what) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer);
  } catch {
    throw new Error(`${what} is not valid UTF-8: ${JSON.stringify(buffer.toString('latin1'))}`);
  }
}

function run(c, cmd, argv, opts) {
  const r = spawnSync(cmd, argv, {
    ...opts,
    timeout: TIMEOUT,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 24,
    ...(c.stdin === null ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input: c.stdin }),
  });
  if (r.error) throw new Error(`${c.id}: ${r.error.message}`);
  const code = r.signal ? 128 + os.constants.signals[r.signal] : r.status;
  return { stdout: text(r.stdout, `${c.id}: stdout`), stderr: text(r.stderr, `${c.id}: stderr`), code };
}

const START =
  'cd /w && exec /bin/busybox env -i ' +
  Object.entries(ENV)
    .map(([k, v]) => `${k}=${v}`)
    .join(' ') +
  ' /bin/busybox sh -c "$0"';

function record(c, root, dash, bash) {
  const shells = {};
  if (debian) {
    empty('/w');
    const shell = c.only === 'bash' ? bash : dash;
    shells[c.only] = run(c, shell, ['-c', c.script], { argv0: c.only === 'bash' ? 'bash' : 'sh', cwd: '/w', env: ENV });
    const { id, topic, script } = c;
    return { id, topic, script, ...(c.stdin === null ? {} : { stdin: c.stdin }), shells };
  }
  empty(path.join(root, 'w'));
  empty(path.join(root, 'tmp'));
  shells.ash = run(c, 'chroot', [root, '/bin/busybox', 'sh', '-c', START, c.script], { cwd: '/' });
  if (!c.only) {
    empty('/w');
    shells.dash = run(c, dash, ['-c', c.script], { argv0: 'sh', cwd: '/w', env: ENV });
  }
  const { id, topic, script } = c;
  return { id, topic, script, ...(c.stdin === null ? {} : { stdin: c.stdin }), shells };
}

function main() {
  if (process.getuid() !== 0) throw new Error('run this as root (it uses chroot, mknod and the folder /w)');
  process.umask(0o022);
  const busybox = debian ? '' : path.resolve(option('busybox', undefined) ?? findProgram('busybox'));
  const bash = path.resolve(option('bash', undefined) ?? findProgram('bash', ''));
  const dash = path.resolve(option('dash', undefined) ?? findProgram('dash'));
  let cases = readCases();
  if (only.length) {
    for (const id of only) if (!cases.some((c) => c.id === id)) throw new Error(`no case ${id}`);
    cases = cases.filter((c) => only.includes(c.id));
  }
  fs.mkdirSync('/w', 0o755); // fails if it is there: that one is not ours to empty
  let root;
  try {
    if (!debian) root = makeRoot(busybox);
    const rounds = [];
    for (let i = 0; i < times; i++) rounds.push(cases.map((c) => record(c, root, dash, bash)));
    const unstable = rounds[0].filter((r, i) => rounds.some((o) => JSON.stringify(o[i]) !== JSON.stringify(r)));
    const json = `${JSON.stringify(rounds[0], null, 1)}\n`;
    for (const r of unstable) console.error(`unstable: ${r.id}`);
    if (unstable.length) process.exitCode = 1;
    if (check) {
      const old = new Map(JSON.parse(fs.readFileSync(OUT, 'utf8')).map((r) => [r.id, r]));
      let same = 0;
      for (const r of rounds[0]) {
        if (JSON.stringify(old.get(r.id)) === JSON.stringify(r)) same++;
        else {
          process.exitCode = 1;
          console.log(`DIFFERS ${r.id}`);
          for (const s of Object.keys(r.shells)) {
            const a = JSON.stringify(old.get(r.id)?.shells[s]);
            const b = JSON.stringify(r.shells[s]);
            if (a !== b) console.log(`  ${s} stored ${a}\n  ${s} now    ${b}`);
          }
        }
      }
      console.log(`${same} of ${rounds[0].length} as stored`);
    } else if (only.length) {
      process.stdout.write(json);
    } else if (!unstable.length) {
      fs.writeFileSync(OUT, json);
      console.log(`${rounds[0].length} cases, ${rounds[0].filter((r) => r.shells.dash).length} of them with dash`);
    }
  } finally {
    if (root) fs.rmSync(root, { recursive: true, force: true });
    fs.rmSync('/w', { recursive: true, force: true });
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main();
