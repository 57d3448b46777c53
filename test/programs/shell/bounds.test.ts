// What a script keeps in variables is bounded: by the container's memory, or by the shell's own error.
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';
import { runShell, shellSoftware } from './world.ts';

const software = shellSoftware();
const million = 'x=aaaaaaaaaaaaaaaa; i=0; while [ $i -lt 16 ]; do x=$x$x; i=$((i+1)); done';
const many = `${million}; i=0; while [ $i -lt 1000 ]; do eval y$i=\\$x; i=$((i+1)); done; echo over`;

describe('memory of a shell', () => {
  it.each(['ash', 'dash', 'bash'] as const)('%s ends when a variable grows without end', (shell) => {
    const { stdout, stderr, code } = runShell(software, 'x=a; while :; do x=$x$x; done; echo over', { shell });
    expect(stderr).toMatch(/out of memory\n$/);
    expect({ stdout, failed: code !== 0 }).toEqual({ stdout: '', failed: true });
  });

  it('ends when many variables are large together', () => {
    const { stdout, stderr } = runShell(software, many);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/out of memory\n$/);
  });

  it('ends when there are too many variables, or elements', () => {
    const { stderr } = runShell(software, 'i=0; while :; do eval v$i=a; i=$((i+1)); done');
    expect(stderr).toMatch(/out of memory\n$/);
  });

  it('counts against the memory of the container', () => {
    const sandbox = new Sandbox();
    const { code, stdout } = sandbox.docker('run', '--name', 'box', '-m', '16m', 'alpine', 'sh', '-c', many);
    expect({ code, stdout }).toEqual({ code: 137, stdout: '' });
    expect(sandbox.docker('inspect', '-f', '{{.State.OOMKilled}}', 'box').stdout).toBe('true\n');
  });

  it('has room for what scripts really keep', () => {
    const script = 'i=0; while [ $i -lt 2000 ]; do eval v$i=value$i; i=$((i+1)); done; echo $v0 $v1999';
    expect(runShell(software, script).stdout).toBe('value0 value1999\n');
  });
});
