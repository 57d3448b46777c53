import { expect, test } from 'vitest';
import { appletWorld, runScript } from '../../fidelity/applets/world.ts';

const world = appletWorld();
const plain = (now: typeof world) => JSON.parse(JSON.stringify(now)) as typeof world;

test('awk goes on after its world was saved, wherever it was', () => {
  const script = `seq 300 | awk 'function f(n) { return n < 2 ? 1 : n * f(n - 1) } { a[$1 % 7] += $1 } END { for (k in a) s = s " " a[k]; print s, f(10); "echo x y" | getline z; print z; print "b\\na" | "sort" }'`;
  const whole = runScript(world, script);
  const cut = runScript(world, script, { ops: 300, between: plain });
  expect(cut).toEqual(whole);
  expect(whole.stdout).toMatch(/ 3628800\nx y\na\nb\n$/);
});

test('awk prints on a terminal as lines come', () => {
  const { stdout } = runScript(world, '(echo 1; sleep 1; date +%S) | awk \'{ print "got " $0; system("") }\'', {
    tty: true,
  });
  expect(stdout).toMatch(/^got 1\r\ngot \d\d\r\n$/);
  const followed =
    'echo 1 > f; tail -f f | awk \'{ print "line " $0; fflush() }\' > o & sleep 2; echo 2 >> f; sleep 2; cat o; kill %1 2>/dev/null; killall tail awk; wait';
  expect(runScript(world, followed).stdout).toContain('line 1\nline 2\n');
});

test('awk is bounded', () => {
  expect(runScript(world, "awk 'function f(n) { return f(n + 1) } BEGIN { f(1) }'").stderr).toContain(
    'nesting too deep',
  );
  expect(runScript(world, "awk 'BEGIN { $10000000 = 1 }'").stderr).toContain('out of memory');
  expect(runScript(world, 'awk \'BEGIN { while (1) print "x" }\' | head -2').stdout).toBe('x\nx\n');
});
