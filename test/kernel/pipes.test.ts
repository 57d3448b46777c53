import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const sh = (line: string) => new Sandbox().shell(line);

describe('pipes', () => {
  test('a reader waits for the writer', () => {
    expect(sh('(sleep 1; echo late) | cat').stdout).toBe('late\n');
  });

  test('hold 65536 bytes; then the writer waits for the reader', () => {
    const { stdout, stderr } = sh(
      '(head -c 65536 /dev/zero; date +%S >&2; head -c 1 /dev/zero; date +%S >&2) | (sleep 2; wc -c)',
    );
    expect(stdout).toBe('65537\n');
    expect(stderr).toBe('05\n07\n');
  });

  test('end when the last writer has closed', () => {
    expect(sh('{ (sleep 2; echo second) & echo first; } | cat; date +%S').stdout).toBe('first\nsecond\n07\n');
  });

  test('without a reader the writer gets SIGPIPE', () => {
    expect(sh('yes | head -n 2').stdout).toBe('y\ny\n');
    expect(sh('sh -c "sleep 0.1; echo x" | true; echo done').stdout).toBe('done\n');
    expect(sh('{ sh -c "sleep 0.1; yes"; echo $? >&2; } | true').stderr).toContain('141\n');
  });

  test('a writer that ignores SIGPIPE is told EPIPE', () => {
    expect(sh('trap "" PIPE; (sleep 0.1; echo x; echo status $? >&2) | true').stderr).toBe(
      'sh: 1: echo: echo: I/O error\nstatus 1\n',
    );
  });

  test('nothing is left when all is over', () => {
    const sandbox = new Sandbox();
    sandbox.shell('yes | head -n 100000 | tail -n 1 | cat | wc');
    const kernel = Object.values(sandbox.world.hosts)[0]?.kernel;
    expect(kernel?.pipes).toEqual({});
    expect(kernel?.files).toEqual({});
  });
});
