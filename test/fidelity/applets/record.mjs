// Records what the applets of the real busybox do with the scripts in cases/*.txt, and writes it to cases.json next to
// this file. Run by hand, as root, on a Linux machine (never as part of the normal test run):
//
//   apt-get install busybox-static
//   node test/fidelity/applets/record.mjs            record everything, write cases.json
//   node test/fidelity/applets/record.mjs ID ID      run these cases and print them, write nothing
//
// The source and the surroundings are those of ../shell/record.mjs (a chroot with /bin, /w, /tmp; PATH=/bin HOME=/w
// LC_ALL=C.UTF-8; uid 0; umask 022); every script is run by busybox sh -c, twice, and must do the same both times.
// The scripts in gnu/*.txt are run by the machine's own dash and coreutils (Debian 12) instead, into gnu.json.
//
// The version in banners and the descriptions in usages are not compared (see applets.test.ts).

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCases } from '../shell/record.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const busybox = '/bin/busybox';

function must(command, argv) {
  const result = spawnSync(command, argv, { encoding: 'utf8' });
  if (result.error || result.status !== 0) throw new Error(`${command} ${argv.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

function makeRoot() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'applets-record-'));
  fs.chmodSync(root, 0o755);
  for (const dir of ['bin', 'w', 'tmp', 'root', 'dev', 'etc']) fs.mkdirSync(path.join(root, dir));
  fs.copyFileSync(busybox, path.join(root, 'bin/busybox'));
  fs.chmodSync(path.join(root, 'bin/busybox'), 0o755);
  for (const applet of must(busybox, ['--list']).split('\n').filter(Boolean)) {
    if (applet !== 'busybox') fs.symlinkSync('busybox', path.join(root, 'bin', applet));
  }
  must('mknod', ['-m', '666', path.join(root, 'dev/null'), 'c', '1', '3']);
  must('mknod', ['-m', '666', path.join(root, 'dev/zero'), 'c', '1', '5']);
  fs.writeFileSync(
    path.join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  );
  fs.writeFileSync(path.join(root, 'etc/group'), 'root:x:0:\nnobody:x:65534:\n');
  return root;
}

const start = 'cd /w && exec /bin/busybox env -i PATH=/bin HOME=/w LC_ALL=C.UTF-8 /bin/busybox sh -c "$0"';

function record(one, root) {
  for (const dir of ['w', 'tmp']) {
    const full = path.join(root, dir);
    for (const name of fs.readdirSync(full)) fs.rmSync(path.join(full, name), { recursive: true, force: true });
  }
  const result = spawnSync('chroot', [root, busybox, 'sh', '-c', start, one.script], {
    cwd: '/',
    timeout: 10_000,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 22,
    ...(one.stdin === null ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input: one.stdin }),
  });
  if (result.error) throw new Error(`${one.id}: ${result.error.message}`);
  const { id, topic, script } = one;
  const code = result.signal ? 128 + os.constants.signals[result.signal] : result.status;
  const streams = { stdout: result.stdout.toString('latin1'), stderr: result.stderr.toString('latin1') };
  for (const [name, bytes] of Object.entries(streams)) streams[name] = Buffer.from(bytes, 'latin1').toString('utf8');
  return { id, topic, script, ...(one.stdin === null ? {} : { stdin: one.stdin }), ...streams, code };
}

/** The same with the machine's own tools, in a folder that is made for it. */
function recordGnu(one) {
  fs.rmSync('/w', { recursive: true, force: true });
  fs.mkdirSync('/w');
  const links = fs.mkdtempSync(path.join(os.tmpdir(), 'applets-record-'));
  if (fs.existsSync('/usr/bin/mawk')) fs.symlinkSync('/usr/bin/mawk', path.join(links, 'awk'));
  const env = { PATH: `${links}:/usr/bin:/bin`, HOME: '/w', LC_ALL: 'C.UTF-8' };
  const result = spawnSync('/bin/dash', ['-c', one.script], {
    argv0: 'sh',
    cwd: '/w',
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  fs.rmSync('/w', { recursive: true, force: true });
  fs.rmSync(links, { recursive: true, force: true });
  if (result.error) throw new Error(`${one.id}: ${result.error.message}`);
  const { id, topic, script } = one;
  return { id, topic, script, stdout: result.stdout, stderr: result.stderr, code: result.status };
}

process.umask(0o022);
if (fs.existsSync('/w')) throw new Error('there is a folder /w already');
const only = process.argv.slice(2);
const root = makeRoot();
try {
  const cases = readCases(path.join(here, 'cases')).filter((one) => only.length === 0 || only.includes(one.id));
  const first = cases.map((one) => record(one, root));
  const second = cases.map((one) => record(one, root));
  const unstable = first.filter((one, at) => JSON.stringify(one) !== JSON.stringify(second[at]));
  for (const one of unstable) console.error(`unstable: ${one.id}`);
  if (unstable.length > 0) process.exitCode = 1;
  else if (only.length > 0) console.log(JSON.stringify(first, null, 1));
  else {
    fs.writeFileSync(path.join(here, 'cases.json'), `${JSON.stringify(first, null, 1)}\n`);
    const gnu = readCases(path.join(here, 'gnu')).map(recordGnu);
    fs.writeFileSync(path.join(here, 'gnu.json'), `${JSON.stringify(gnu, null, 1)}\n`);
    console.log(`${first.length} cases, and ${gnu.length} with GNU tools`);
  }
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
