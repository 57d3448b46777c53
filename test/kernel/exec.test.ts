import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const file = (path: string, ...lines: string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > ${path}; chmod +x ${path}`;
const sh = (...lines: string[]) => new Sandbox().shell(lines.join('\n'));

describe('execve', () => {
  test('runs a script with its interpreter, one argument and the path', () => {
    expect(sh(file('/tmp/s', '#!/bin/echo  -n two words', 'not read'), '/tmp/s a b').stdout).toBe(
      '-n two words /tmp/s a b\n',
    );
    expect(sh(file('/tmp/s', '#! /bin/sh -e', 'echo $0 $1; false; echo no'), '/tmp/s a; echo $?').stdout).toBe(
      '/tmp/s a\n1\n',
    );
  });

  test('runs scripts whose interpreters are scripts, but not without end', () => {
    const chain = [1, 2, 3, 4, 5, 6].map((n) => file(`/tmp/l${n}`, `#!/tmp/l${n + 1}`));
    const lines = [...chain, file('/tmp/l7', '#!/bin/sh', 'echo deep')];
    expect(sh(...lines, '/tmp/l4; echo $?').stdout).toBe('deep\n0\n');
    expect(sh(...lines, '/tmp/l1; echo $?').stdout).toBe('126\n');
  });

  test('without a file or interpreter: 127', () => {
    expect(sh(file('/tmp/s', '#!/nope'), '/tmp/s; echo $?; /nope; echo $?; nope; echo $?').stdout).toBe(
      '127\n127\n127\n',
    );
  });

  test('without permission, or a folder: 126', () => {
    const { stdout, stderr } = sh(file('/tmp/s', 'echo no'), 'chmod -x /tmp/s; /tmp/s; echo $?; /tmp; echo $?');
    expect(stdout).toBe('126\n126\n');
    expect(stderr).toBe('sh: 2: /tmp/s: Permission denied\nsh: 2: /tmp: Permission denied\n');
  });

  test('a file without #! is run by the shell that tried it', () => {
    expect(sh(file('/tmp/s', 'echo plain $1'), '/tmp/s x').stdout).toBe('plain x\n');
  });

  test('the engine refuses what the kernel cannot execute', () => {
    const sandbox = new Sandbox();
    const run = (...words: string[]) => sandbox.docker('run', '--rm', 'alpine', ...words);
    expect(run('nosuch').code).toBe(127);
    expect(run('/etc').code).toBe(126);
    expect(run('/etc/passwd').code).toBe(126);
  });
});

describe('limits', () => {
  test('pids.max: no more processes than that', () => {
    const { stderr, code } = new Sandbox().docker(
      'run',
      '--rm',
      '--pids-limit',
      '5',
      'alpine',
      'sh',
      '-c',
      'for i in 1 2 3 4 5 6; do sleep 9 & done',
    );
    expect(stderr).toBe("sh: can't fork: Resource temporarily unavailable\n");
    expect(code).toBe(2);
  });

  test('1024 open files', () => {
    const line = 'i=3; while [ $i -lt 1100 ]; do eval "exec $i</dev/null"; i=$((i + 1)); done';
    expect(sh(line).stderr).toMatch(/Too many open files|[Bb]ad file descriptor/);
  });
});
