import { expect, test } from 'vitest';
import { appletWorld, runScript } from '../../fidelity/applets/world.ts';

const world = appletWorld();
const host = appletWorld('coreutils');
const run = (script: string) => runScript(world, script).stdout;

test('crond runs what a crontab says, each minute of the simulated clock', () => {
  const script = `mkdir -p /tmp/c; printf 'NAME=x\\n* * * * * echo $NAME $USER $(date +%%S) >> /tmp/ticks\\n0 0 1 1 * echo no >> /tmp/ticks\\n' | crontab -c /tmp/c -
    crond -f -c /tmp/c -d 8 2>/tmp/log & sleep 125; kill $!; cat /tmp/ticks; cut -d' ' -f1-3 /tmp/log | head -2`;
  expect(run(script)).toBe('x root 00\nx root 00\ncrond: crond (busybox\ncrond: USER root\n');
});

test('crond runs the jobs for the start once, when it begins', () => {
  const script = `mkdir -p /tmp/c; printf '@reboot echo up >> /tmp/ups\\n@hourly echo no >> /tmp/ups\\n' | crontab -c /tmp/c -
    crond -f -c /tmp/c 2>/dev/null & sleep 125; kill $!; cat /tmp/ups`;
  expect(run(script)).toBe('up\n');
});

test('crond of its own accord goes to the background', () => {
  const script =
    "mkdir -p /tmp/c; echo '*/2 * * * * echo hi >> /tmp/t' > /tmp/c/root; crond -c /tmp/c; echo $?; sleep 300; cat /tmp/t";
  expect(run(script)).toBe('0\nhi\nhi\n'.repeat(1).concat(''));
});

test('pstree draws the descendants of a process, and counts equal ones', () => {
  expect(run('sleep 9 & sleep 9 & pstree $$; true')).toBe('sh-+-pstree\n   `-2*[sleep]\n');
  expect(run('sleep 9 & pstree -p $$ > t; sed "s/[0-9]*//g" t')).toBe('sh()-+-pstree()\n      `-sleep()\n');
  expect(runScript(host, 'sleep 9 & pstree -a $$ > t; grep -v pstree t').stdout).toContain('-sleep 9\n');
});

test('lsof and fuser tell who has a file open', () => {
  const script = 'exec 7>f; lsof > o; grep -c /w/f o; fuser f > p; wc -w < p; exec 7>&-; fuser f; echo $?';
  expect(run(script)).toBe('1\n1\n1\n');
  const { stdout } = runScript(
    host,
    'exec 7>f; lsof -p $$ > o; grep /w/f o; lsof -t /w/f > p; wc -l < p; lsof nox; echo $?',
  );
  expect(stdout).toContain('/w/f\n');
  expect(stdout).toMatch(/^sh +\d+ root +7u +REG +[\d,]+ +0 +\d+ \/w\/f$/m);
});

test('patch -E removes what becomes empty, and flock takes its command behind the file alone', () => {
  const script = "printf -- '--- f\\n+++ f\\n@@ -1 +0,0 @@\\n-hello\\n' > p; echo hello > f; patch -E -i p; ls f 2>&1";
  expect(run(script)).toBe('removing f\nls: f: No such file or directory\n');
  expect(runScript(host, script).stdout).toMatch(/^patching file f\n.*No such file/);
  expect(runScript(host, 'flock -c true f 2>&1 | head -1').stdout).toBe("flock: invalid option -- 'c'\n");
});

test('zip -D leaves folders out, and -T tests what it has written', () => {
  expect(runScript(host, 'mkdir d; echo a > d/a; zip -rDT x d').stdout).toBe(
    '  adding: d/a (stored 0%)\ntest of x.zip OK\n',
  );
});

test('fuser -k ends them, and finds ports', () => {
  expect(run('sleep 99 > f & sleep 0.1; fuser -k f > /dev/null; wait $!; echo $?')).toBe('137\n');
  expect(run('nc -l -p 80 & sleep 0.1; fuser 80/tcp | wc -w; fuser 81/tcp; echo $?; kill $!')).toBe('1\n1\n');
});

test('chpasswd sets a hash that begins with its method', () => {
  expect(run('echo root:pw | chpasswd 2>&1; cut -d: -f2 /etc/passwd | head -1 | cut -c1-3')).toBe(
    "chpasswd: password for 'root' changed\n$6$\n",
  );
  expect(run('echo nosuch:pw | chpasswd 2>&1; echo $?; echo bad | chpasswd 2>&1')).toBe(
    'chpasswd: unknown user nosuch\n1\nchpasswd: missing new password\n',
  );
});

test('pgrep of procps chooses by user, and counts', () => {
  expect(runScript(host, 'sleep 9 & pgrep -c -u root sleep; pgrep -u nobody sleep; echo $?').stdout).toBe('1\n1\n');
});

test('vmstat and free count what the kernel counts', () => {
  expect(runScript(host, 'vmstat 1 2 | wc -l').stdout).toBe('4\n');
  expect(runScript(host, 'free -t | tail -1 | cut -c1-6').stdout).toBe('Total:\n');
});

test('/proc has a directory of each thread, and the routes of the network', () => {
  expect(
    run('ls /proc/self/task | wc -l; cat /proc/thread-self/comm; cut -f1-3 /proc/net/route | sed "s/ *$//"'),
  ).toContain('1\ncat\nIface\tDestination\tGateway\n');
});
