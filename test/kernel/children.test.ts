import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const sh = (line: string) => new Sandbox().shell(line);
const inside = (script: string) => new Sandbox().docker('run', '--rm', 'alpine', 'sh', '-c', script).stdout;

describe('children', () => {
  test('exit statuses are one byte', () => {
    expect(sh('sh -c "exit 300"; echo $?; sh -c "exit 255"; echo $?').stdout).toBe('44\n255\n');
  });

  test('are waited for by number, in any order', () => {
    expect(sh('(sleep 2; exit 2) & a=$!; (sleep 1; exit 1) & b=$!; wait $a; echo $?; wait $b; echo $?').stdout).toBe(
      '2\n1\n',
    );
    expect(sh('wait 9999; echo $?').stdout).toBe('127\n');
  });

  test('orphans go to process 1 of their namespace', () => {
    expect(sh('sh -c "sleep 3 &"; ps -o ppid,comm | grep sleep').stdout).toMatch(/^ *1 sleep\n$/);
    expect(inside('sh -c "sleep 3 &"; ps -o ppid,comm | grep sleep; true')).toMatch(/^ *1 +sleep\n$/);
  });

  test('orphans of docker exec go to process 1 of the container', () => {
    const sandbox = new Sandbox();
    sandbox.docker('run', '-d', '--name', 'box', 'alpine', 'sleep', '1000');
    sandbox.docker('exec', 'box', 'sh', '-c', 'sleep 50 >/dev/null 2>&1 &');
    expect(sandbox.docker('exec', 'box', 'ps', '-o', 'pid,ppid,args').stdout).toMatch(
      / +1 +0 sleep 1000\n.* 1 sleep 50\n/,
    );
  });

  test('stay zombies until their parent asks, which process 1 need not do', () => {
    const sandbox = new Sandbox();
    sandbox.docker(
      'run',
      '-d',
      '--name',
      'box',
      'alpine',
      'sh',
      '-c',
      'sh -c "sleep 1 & exec sleep 0.5" & exec sleep 100',
    );
    sandbox.pass(3);
    expect(sandbox.docker('exec', 'box', 'ps', '-o', 'stat,args').stdout.match(/^Z .*\[sleep\]$/gm)).toHaveLength(2);
  });

  test('a zombie of a shell goes with wait', () => {
    const line = 'sleep 0.1 & p=$!; sleep 1; wait $p; echo $?; ps -o stat | grep -c Z';
    expect(sh(line).stdout).toBe('0\n0\n');
  });
});

describe('the clock', () => {
  test('those that sleep wake in the order of their times, then of falling asleep', () => {
    const line = '(sleep 2; echo c) & (sleep 1; echo a) & (sleep 1; echo b) & (sleep 0.5; echo first) & wait';
    expect(sh(line).stdout).toBe('first\na\nb\nc\n');
  });

  test('goes on with the processor time that is used', () => {
    const sandbox = new Sandbox();
    const before = sandbox.world.now;
    sandbox.shell('i=0; while [ $i -lt 10000 ]; do i=$((i + 1)); done');
    expect(sandbox.world.now - before).toBeGreaterThan(10_000);
  });

  test('someone who computes does not keep others asleep', () => {
    const line = '(while :; do :; done) & sleep 1; kill $!; date +%S';
    expect(sh(line).stdout).toBe('06\n');
  });
});
