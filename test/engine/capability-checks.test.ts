import { expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

it('checks capabilities, limits and devices in system calls', { timeout: 30_000 }, () => {
  const sandbox = new Sandbox();
  sandbox.shell('docker pull -q alpine; docker pull -q debian');
  const run = (rest: string) => {
    const { stdout, stderr, code } = sandbox.shell(`docker run --rm ${rest}`, { env: { NO_COLOR: '1' } });
    return [code, stdout + stderr];
  };
  // CAP_KILL: another user's process
  const other = `alpine sh -c 'su nobody -s /bin/sh -c "sleep 9" & sleep 1; kill -9 $(pidof sleep); echo $?'`;
  expect(run(`--cap-drop KILL ${other}`)[1]).toMatch(/^1\nsh: can't kill pid \d+: Operation not permitted\n$/);
  expect(run(other)).toEqual([0, '0\n']);
  // the cgroup's devices
  const device = "alpine sh -c 'mknod /tmp/n b 8 0 && head -c1 /tmp/n'";
  expect(run(device)).toEqual([1, 'head: /tmp/n: Operation not permitted\n']);
  expect(run(`--cap-drop MKNOD ${device}`)).toEqual([1, 'mknod: /tmp/n: Operation not permitted\n']);
  // priorities: lower needs CAP_SYS_NICE
  expect(run('alpine nice -n 5 nice')).toEqual([0, '5\n']);
  expect(run('alpine nice -n -5 true')).toEqual([1, 'nice: setpriority(-5): Permission denied\n']);
  expect(run("--cap-add SYS_NICE alpine sh -c 'renice -5 -p 1; nice'")).toEqual([0, '-5\n']);
  // groups and users apart
  expect(run('--cap-drop SETGID alpine su nobody -s /bin/sh -c id')).toEqual([
    1,
    "su: can't set groups: Operation not permitted\n",
  ]);
  // the kernel's own file systems make no files
  expect(run("--privileged alpine sh -c 'touch /sys/x; touch /proc/x'")).toEqual([
    1,
    'touch: /sys/x: Permission denied\ntouch: /proc/x: No such file or directory\n',
  ]);
  // RLIMIT_FSIZE: what fits is written
  expect(run("--ulimit fsize=10 alpine sh -c 'echo 0123456789abc > /f; wc -c < /f'")).toEqual([
    0,
    '10\nsh: write error: File too large\n',
  ]);
  // the bounding set stays when the user has none
  expect(run('--user 1000 --cap-drop ALL --cap-add CHOWN alpine grep CapBnd /proc/self/status')[1]).toMatch(/0001\n$/);
});
