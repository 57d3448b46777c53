import { expect, test } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

const root = { root: true };

test('a group has the controllers that its parent gives to its children, and processes live in the leaves', () => {
  const sandbox = new Sandbox();
  const said = sandbox.shell(
    `cd /sys/fs/cgroup; mkdir x x/y; ls x/y | grep -c '^memory'; echo +memory > x/cgroup.subtree_control
    ls x/y | grep -c '^memory'; cat x/y/cgroup.controllers; echo +pids +foo > x/cgroup.subtree_control
    echo $$ > x/cgroup.procs; echo $$ > x/y/cgroup.procs; cat /proc/self/cgroup`,
    root,
  );
  expect(said.stdout).toBe('0\n5\nmemory\n0::/x/y\n');
  expect(said.stderr.match(/I\/O error|write error/g)).toHaveLength(2);
});

test('the memory of a group ends for all processes in it, the number of processes too', () => {
  const sandbox = new Sandbox();
  const memory = sandbox.shell(
    `cd /sys/fs/cgroup; mkdir m; echo 16M > m/memory.max; echo 0 > m/memory.swap.max
    sh -c 'echo $$ > m/cgroup.procs; tail /dev/zero'; echo $?; grep oom_kill m/memory.events`,
    root,
  );
  expect(memory.stdout).toBe('137\noom_kill 1\n');
  expect(memory.steps.some(({ action }) => action === 'oom-kill')).toBe(true);
  const pids = sandbox.shell(
    "cd /sys/fs/cgroup; mkdir p; echo 2 > p/pids.max; sh -c 'echo $$ > p/cgroup.procs; sleep 1 & sleep 1 & true'; cat p/pids.events",
    root,
  );
  expect([pids.stderr, pids.stdout]).toEqual(['sh: 1: Cannot fork\n', 'max 1\n']);
  const mine = sandbox.shell('echo 1 > /sys/fs/cgroup/p/pids.max; mkdir /sys/fs/cgroup/z');
  expect(mine.stderr.match(/Permission denied/g)).toHaveLength(2);
});
