import { describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const sh = (line: string, sandbox = new Sandbox()) => {
  const { stdout, stderr, code } = sandbox.shell(line);
  return { stdout, stderr, code };
};

describe('docker run --init', () => {
  it('puts an init before the command, which ends as the command does', () => {
    const { stdout } = sh('docker run --rm --init alpine ps -o pid,args');
    expect(stdout).toMatch(/^ +1 \/sbin\/docker-init -- ps -o pid,args$/m);
    expect(stdout).toMatch(/^ +2 ps -o pid,args$/m);
    expect(sh('docker run --rm --init alpine sh -c "exit 7"').code).toBe(7);
    expect(sh("docker run --rm --init alpine sh -c 'kill -9 $$'").code).toBe(137);
    expect(sh('docker run --rm --init alpine nosuch')).toMatchObject({
      code: 127,
      stderr: '[FATAL tini (2)] exec nosuch failed: No such file or directory\n',
    });
  });

  it('hands signals on, so that docker stop need not wait', () => {
    const sandbox = new Sandbox();
    sh('docker run -d --name plain alpine sleep 300; docker run -d --name init --init alpine sleep 300', sandbox);
    const before = sandbox.world.now;
    expect(sh('docker stop init; docker inspect -f "{{.State.ExitCode}}" init', sandbox).stdout).toBe('init\n143\n');
    expect(sandbox.world.now - before).toBeLessThan(1_000_000);
    expect(sh('docker stop plain; docker inspect -f "{{.State.ExitCode}}" plain', sandbox).stdout).toBe('plain\n137\n');
    expect(sandbox.world.now - before).toBeGreaterThan(9_000_000);
  });

  it('collects orphans that have ended; without it they stay zombies', () => {
    const orphan = `'(sleep 0.2 &); exec sleep 60'`;
    for (const [flag, zombies] of [
      ['--init', '0'],
      ['', '1'],
    ]) {
      const sandbox = new Sandbox();
      sh(`docker run -d --name box ${flag} alpine sh -c ${orphan}; sleep 1`, sandbox);
      const { stdout } = sh("docker exec box sh -c 'grep -h ^State /proc/[0-9]*/status | grep -c Z'", sandbox);
      expect(stdout).toBe(`${zombies}\n`);
    }
  });

  it('is there for private PID namespaces only, and needs its program on the host', () => {
    expect(sh('docker run --rm --init --pid host alpine sh -c "ps | grep -c docker-ini[t]"').stdout).toBe('0\n');
    const sandbox = new Sandbox();
    sandbox.shell('rm /usr/bin/docker-init', { root: true });
    expect(sh('docker run --rm --init alpine true', sandbox).stderr).toMatch(
      /exec: "docker-init": executable file not found in \$PATH/,
    );
  });
});

describe('limits of a container', () => {
  it('hold descriptors and processes of its programs', () => {
    const open = 'i=0; while [ $i -lt 30 ]; do i=$((i+1)); eval "exec $((i+2))</dev/null" || exit 9; done; echo all';
    expect(sh(`docker run --rm alpine sh -c '${open}'`).stdout).toBe('all\n');
    expect(sh(`docker run --rm --ulimit nofile=20 alpine sh -c '${open}'`).stdout).toBe('');
    const fork = "'sleep 9 & sleep 9 & sleep 9 & sleep 9 & echo forked'";
    expect(sh(`docker run --rm -u 1234 alpine sh -c ${fork}`).stdout).toBe('forked\n');
    // runc init has five threads of that user itself (recorded: 4 is too few to start, 5 is enough)
    expect(sh(`docker run --rm -u 1234 --ulimit nproc=4 alpine sh -c ${fork}`)).toMatchObject({
      stderr: 'exec /bin/sh: resource temporarily unavailable\n',
      code: 255,
    });
    const more = fork.replace('&', '& sleep 9 & sleep 9 &');
    expect(sh(`docker run --rm -u 1234 --ulimit nproc=5 alpine sh -c ${more}`).stderr).toMatch(/can't fork/);
  });

  it('are kept by docker exec', () => {
    const sandbox = new Sandbox();
    sh('docker run -d --name box --ulimit nofile=50:60 --cap-drop ALL --oom-score-adj 7 alpine sleep 99', sandbox);
    const look = 'ulimit -n; cat /proc/self/oom_score_adj; grep CapEff /proc/self/status';
    expect(sh(`docker exec box sh -c '${look}'`, sandbox).stdout).toBe('50\n7\nCapEff:\t0000000000000000\n');
  });

  it('stand in its cgroup', () => {
    const files = 'cpu.max cpu.weight cpuset.cpus memory.max memory.swap.max memory.low pids.max'.split(' ');
    const { stdout } = sh(
      'docker run --rm --cpu-quota 50000 --cpu-period 200000 -c 512 --cpuset-cpus 1-2 -m 64m --memory-swap 96m ' +
        `--memory-reservation 32m --pids-limit 9 alpine sh -c 'cd /sys/fs/cgroup; cat ${files.join(' ')}; nproc'`,
    );
    expect(stdout).toBe('50000 200000\n20\n1-2\n67108864\n33554432\n33554432\n9\n2\n');
  });
});

describe('docker update', () => {
  it('changes the cgroup of a running container, and refuses what does not go together', () => {
    const sandbox = new Sandbox();
    sh('docker run -d --name one -m 64m alpine sleep 99; docker run -d --name two --cpus 1 alpine sleep 99', sandbox);
    sh('docker update -c 512 --cpuset-cpus 0-1 --memory-reservation 32m --cpu-quota 50000 one', sandbox);
    const files = 'cpu.max cpu.weight cpuset.cpus memory.low memory.max';
    expect(sh(`docker exec one sh -c 'cd /sys/fs/cgroup; cat ${files}'`, sandbox).stdout).toBe(
      '50000 100000\n20\n0-1\n33554432\n67108864\n',
    );
    expect(sh('docker update --cpu-quota 50000 two', sandbox).stderr).toMatch(
      /Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set\n$/,
    );
  });
});

describe('namespaces that are shared', () => {
  it('--pid container: sees its processes, and ends with it', () => {
    const sandbox = new Sandbox();
    sh(
      'docker run -d --name one alpine sleep 301; docker run -d --name two --pid container:one alpine sleep 302',
      sandbox,
    );
    expect(sh('docker exec two ps -o args', sandbox).stdout).toMatch(/sleep 301\nsleep 302\n/);
    sh('docker kill one', sandbox);
    expect(sh("docker ps -aq --filter name=two --filter status=exited --format '{{.Status}}'", sandbox).stdout).toMatch(
      /\S/,
    );
  });

  it('--pid host sees the host, and leaves nothing running there', () => {
    const sandbox = new Sandbox();
    const { stdout } = sh("docker run --rm --pid host alpine sh -c 'ps -o args; (sleep 303 &)'", sandbox);
    expect(stdout).toMatch(/dockerd/);
    expect(sh('ps -ef | grep -c "sleep 30[3]"', sandbox).stdout).toBe('0\n');
  });

  it('--uts host has the host’s name, --cgroupns host its cgroup tree', () => {
    expect(sh('docker run --rm --uts host alpine hostname').stdout).toBe('drydock\n');
    expect(sh('docker run --rm --cgroupns host alpine cat /proc/self/cgroup').stdout).toMatch(/system\.slice\/docker-/);
    expect(sh('docker run --rm alpine cat /proc/self/cgroup').stdout).toBe('0::/\n');
  });

  it('--privileged has every capability, the host’s devices and no masks', () => {
    const { stdout } = sh(
      "docker run --rm --privileged alpine sh -c 'grep CapEff /proc/self/status; ls /dev | grep sda; hostname changed && hostname'",
    );
    expect(stdout).toBe('CapEff:\t000001ffffffffff\nsda\nsda1\nchanged\n');
  });
});
