import { describe, expect, test } from 'vitest';
import { appletWorld, runScript } from '../../fidelity/applets/world.ts';

const alpine = appletWorld();
const ubuntu = appletWorld('coreutils');
const out = (script: string, world = alpine) => runScript(world, script).stdout;

describe('what runs, as busybox shows it', () => {
  test('ps', () => {
    expect(out('ps; true')).toBe(
      'PID   USER     TIME  COMMAND\n    1 root      0:00 /sbin/init\n    2 root      0:00 sh -c ps; true\n    3 root      0:00 ps\n',
    );
    expect(out('ps -o pid,comm,args')).toMatch(/^PID {3}COMMAND {10}COMMAND\n {4}1 systemd {10}\/sbin\/init\n/);
    expect(runScript(alpine, 'ps -o foo').stderr).toMatch(
      /^ps: bad -o argument 'foo', supported arguments: user,group,comm,/,
    );
  });

  test('pidof, killall, pgrep', () => {
    expect(out('sleep 5 & pidof sleep; pgrep sle; killall sleep; wait; pidof sleep; echo $?')).toBe('3\n3\n1\n');
  });

  test('free, uptime, nproc, top', () => {
    expect(out('free')).toMatch(/^ {14}total {8}used {8}free {6}shared {2}buff\/cache {3}available\nMem: {8}4194304 /);
    expect(out('uptime')).toMatch(/^ 03:04:05 up 0 min, {2}0 users, {2}load average: 0\.00, 0\.00, 0\.00\n$/);
    expect(out('nproc')).toBe('2\n');
    expect(out('top -b -n1')).toMatch(
      /^Mem: \d+K used, \d+K free, .*\nCPU: .*\nLoad average: .*\n {2}PID {2}PPID USER {5}STAT {3}VSZ %VSZ CPU %CPU COMMAND\n/,
    );
  });

  test('df and mount', () => {
    expect(out('df -h / | head -1')).toBe('Filesystem                Size      Used Available Use% Mounted on\n');
    expect(out('mount -t ext4')).toBe('/dev/sda1 on / type ext4 (rw,relatime)\n');
  });

  test('the multicall program', () => {
    expect(out('busybox | head -1')).toBe('BusyBox v1.37.0 (2025-05-26 20:04:45 UTC) multi-call binary.\n');
    expect(out('busybox --list | grep -c .')).toMatch(/^\d+\n$/);
    expect(out('busybox sh -c "(echo in; echo two) | wc -l"')).toBe('2\n');
    expect(runScript(alpine, 'busybox nosuch')).toEqual({
      stdout: '',
      stderr: 'nosuch: applet not found\n',
      code: 127,
    });
  });

  test('options that are not there', () => {
    const { stderr, code } = runScript(alpine, 'ls -Z');
    expect(stderr).toMatch(/^ls: unrecognized option: Z\nBusyBox v1\.37\.0 .* multi-call binary\.\n\nUsage: ls \[/);
    expect(code).toBe(1);
  });

  test('ls in columns on a terminal', () => {
    const { stdout } = runScript(alpine, 'touch a bb ccc; mkdir d; ls', { tty: true });
    expect(stdout.replace(/\x1b\[[0-9;]*m/g, '')).toBe('a    bb   ccc  d\r\n');
  });

  test('tail -f shows what is added', () => {
    expect(out('echo a > f; tail -f f > o & sleep 2; echo b >> f; sleep 3; kill $!; wait; cat o')).toBe('a\nb\n');
  });
});

describe('what runs, as procps shows it', () => {
  test('ps', () => {
    expect(out('ps -e', ubuntu)).toMatch(/^ {4}PID TTY {10}TIME CMD\n {6}1 \? {8}00:00:00 systemd\n/);
    expect(out('ps -ef', ubuntu)).toMatch(
      /^UID {10}PID {4}PPID {2}C STIME TTY {10}TIME CMD\nroot {11}1 {7}0 {2}0 03:04 \? {8}00:00:00 \/sbin\/init\n/,
    );
    expect(out('ps aux', ubuntu)).toMatch(
      /^USER {9}PID %CPU %MEM {4}VSZ {3}RSS TTY {6}STAT START {3}TIME COMMAND\nroot {11}1 {2}/,
    );
    expect(out('ps -p 1 -o comm=', ubuntu)).toBe('systemd\n');
    expect(runScript(ubuntu, 'ps -o foo').stderr).toMatch(
      /^error: unknown user-defined format specifier "foo"\n\nUsage:\n ps \[options\]\n/,
    );
    expect(runScript(ubuntu, 'ps -p 999').code).toBe(1);
  });

  test('ps --forest', () => {
    expect(out('sleep 5 & ps -ef --forest; kill $!', ubuntu)).toMatch(
      /init\n.*sh -c .*\n.* \\_ sleep 5\n.* \\_ ps -ef --forest\n/,
    );
  });

  test('uname, free, top, uptime, nproc', () => {
    expect(out('uname -a', ubuntu)).toBe('Linux test 6.8.0 #1 x86_64 x86_64 x86_64 GNU/Linux\n');
    expect(out('free', ubuntu)).toMatch(
      /^ {15}total {8}used {8}free {6}shared {2}buff\/cache {3}available\nMem: {9}4194304 /,
    );
    expect(out('free -h', ubuntu)).toMatch(/\nMem: {11}4\.0Gi /);
    expect(out('uptime -p', ubuntu)).toBe('up 0 minutes\n');
    expect(out('top -b -n1', ubuntu)).toMatch(
      /^top - 03:04:05 up 0 min, .*\nTasks: {3}\d total, .*\n%Cpu\(s\):.*\nMiB Mem : {3}4096\.0 total,/,
    );
  });
});
