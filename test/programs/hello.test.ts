import { expect, it } from 'vitest';
import type { Exec, Sys } from '../../src/kernel/program.ts';
import { systemProgram } from '../../src/programs/installed.ts';

it('greets', () => {
  let out = '';
  const write = (_fd: number, bytes: string) => {
    out += bytes;
    return bytes.length;
  };
  const turn = systemProgram('hello')?.start(
    { argv: ['/hello'], env: {} } as unknown as Exec,
    { write } as unknown as Sys,
  );
  expect(turn).toMatchObject({ exit: 0 });
  expect(out.split('\n').slice(0, 2)).toEqual(['', 'Hello from Docker!']);
  expect(out.endsWith('https://docs.docker.com/get-started/\n\n')).toBe(true);
});
