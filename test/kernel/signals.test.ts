import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const sh = (line: string) => new Sandbox().shell(line);
const inside = (script: string) => new Sandbox().docker('run', '--rm', 'alpine', 'sh', '-c', script);

describe('signals', () => {
  test('end a process; its status is 128 and the number', () => {
    for (const [name, code] of Object.entries({ HUP: 129, INT: 130, KILL: 137, USR1: 138, SEGV: 139, TERM: 143 })) {
      expect(sh(`sh -c 'kill -${name} $$; echo no'; echo $?`).stdout).toBe(`${code}\n`);
    }
  });

  test('some do nothing by default', () => {
    expect(sh("sh -c 'kill -CHLD $$; kill -WINCH $$; kill -URG $$; kill -CONT $$; echo alive'").stdout).toBe('alive\n');
  });

  test('ignored ones stay ignored after execve', () => {
    expect(sh('trap "" TERM; sh -c \'kill -TERM $$; echo survived\'').stdout).toBe('survived\n');
  });

  test('caught ones are default again after execve', () => {
    expect(sh("trap 'echo no' TERM; sh -c 'kill -TERM $$; echo no'; echo $?").stdout).toBe('143\n');
  });

  test('a process that signals itself runs its handlers in order', () => {
    expect(sh("trap 'echo one' USR1; trap 'echo two' USR2; kill -USR1 $$; kill -USR2 $$; echo after").stdout).toBe(
      'one\ntwo\nafter\n',
    );
  });

  test('a handler ends a sleep in wait at once', () => {
    expect(sh("trap 'echo hit' USR1; (sleep 1; kill -USR1 $$) & sleep 30 & wait $!; echo $?; date +%S").stdout).toBe(
      'hit\n138\n06\n',
    );
  });

  test('a killed process does nothing more, not even in the same step', () => {
    const sandbox = new Sandbox();
    expect(sandbox.shell('kill -9 $$; mkdir /tmp/left; echo no').code).toBe(137);
    expect(sandbox.shell('ls /tmp').stdout).toBe('');
  });

  test('stop and continue: the process waits, and is late', () => {
    const { stdout } = sh(
      'sh -c "sleep 1; date +%S" & sleep 0.1; kill -STOP $!; sleep 3; kill -CONT $!; wait $!; echo $?',
    );
    expect(stdout).toBe('08\n0\n');
  });

  test('a signal that is caught waits until a stopped process goes on', () => {
    const loop = 'trap "echo caught" TERM; while :; do sleep 1; done';
    const line = `sh -c '${loop}' & p=$!; sleep 0.5; kill -STOP $p; kill -TERM $p; sleep 2; echo -; kill -CONT $p; sleep 2; kill -9 $p`;
    expect(sh(line).stdout).toBe('-\ncaught\n');
  });

  test('a stopped process can be killed', () => {
    expect(sh('sleep 100 & kill -STOP $!; kill -9 $!; wait $!; echo $?').stdout).toBe('137\n');
  });

  test('a group is signalled as one, even when its leader has gone', () => {
    expect(sh('kill -USR1 0; echo no').code).toBe(138);
    const living = "ps -o stat,comm | grep sleep | grep -vc '^Z'";
    const start = "p=$(setsid sh -c 'echo $$; sleep 99 >&2 & sleep 99 >&2 &')";
    const orphaned = `${start}; ${living}; kill -- -$p; ${living}`;
    expect(sh(orphaned).stdout).toBe('2\n0\n');
    expect(inside(orphaned).stdout).toBe('2\n0\n');
  });

  test("others' processes are out of reach", () => {
    expect(sh('kill -9 1; echo $?; kill -0 1; echo $?').stdout).toBe('1\n1\n');
    expect(sh('kill -9 99999; echo $?').stderr).toContain('No such process');
  });
});

describe('process 1 of a container', () => {
  test('is not touched by signals from inside that it does not catch', () => {
    expect(inside('kill -9 1; kill -TERM 1; kill -STOP 1; kill -INT 1; echo alive').stdout).toBe('alive\n');
    expect(inside("sh -c 'kill -9 1'; echo alive").stdout).toBe('alive\n');
  });

  test('gets what it catches', () => {
    expect(inside("trap 'echo got' TERM; sh -c 'kill 1'; echo alive").stdout).toBe('got\nalive\n');
  });

  test('gets SIGKILL and SIGSTOP from outside, and nothing else that it does not catch', () => {
    const sandbox = new Sandbox();
    sandbox.docker('run', '-d', '--name', 'box', 'alpine', 'sleep', '1000');
    const state = () => sandbox.docker('ps', '-a', '--format', '{{.State}}').stdout;
    for (const signal of ['TERM', 'INT', 'HUP', 'USR1']) sandbox.docker('kill', '-s', signal, 'box');
    expect(state()).toBe('running\n');
    sandbox.docker('kill', 'box');
    expect(sandbox.docker('wait', 'box').stdout).toBe('137\n');
  });

  test('takes all others with it when it ends', () => {
    const sandbox = new Sandbox();
    sandbox.docker('run', '--rm', 'alpine', 'sh', '-c', 'sleep 100 & (sleep 200 &) ; exit 0');
    expect(sandbox.shell('ps -e -o comm').stdout).not.toContain('sleep');
  });
});
