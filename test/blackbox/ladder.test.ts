// The way from chroot to Docker, rung by rung, on one machine and with the built command: what each hides, and what leaks.
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { Drydock } from './command.ts';

beforeAll(ensureBuilt);

it('goes up the ladder from chroot to Docker', { timeout: 120_000 }, async () => {
  const drydock = new Drydock();
  const host = async (line: string) => {
    const { stdout, stderr } = await drydock.run('shell', '-c', line);
    return `${stdout}${stderr}`;
  };
  // 1: another root, and nothing else
  await host('mkdir rootfs; docker export $(docker create -q alpine 2>/dev/null) | tar -C rootfs -x');
  expect(
    await host("sudo chroot rootfs sh -c 'ls /home; hostname; mount -t proc proc /proc; ps | grep -c [d]ockerd'"),
  ).toBe('drydock\n1\n');
  expect(await host('sudo chroot rootfs chroot /proc/1/root ls /home; sudo umount rootfs/proc')).toBe('learner\n');
  // 2: namespaces, one by one
  expect(await host('sudo unshare --pid --fork --mount-proc ps ax | tail -n +2 | wc -l')).toBe('1\n');
  expect(await host("sudo unshare --uts sh -c 'hostname box; hostname'; hostname")).toBe('box\ndrydock\n');
  expect(await host('unshare --user --map-root-user id -u; id -u')).toBe('0\n1000\n');
  await host(
    'sudo ip netns add blue; sudo ip link add v0 type veth peer name v1 netns blue; sudo ip addr add 10.9.0.1/24 dev v0',
  );
  await host('sudo ip link set v0 up; sudo ip -n blue addr add 10.9.0.2/24 dev v1; sudo ip -n blue link set v1 up');
  expect(await host('sudo ip netns exec blue ping -c1 10.9.0.1 | grep -c "1 received"')).toBe('1\n');
  // 3: a control group limits and hides nothing
  const limited =
    "cd /sys/fs/cgroup; mkdir x; echo 32M > x/memory.max; echo 0 > x/memory.swap.max; sh -c 'echo $$ > x/cgroup.procs; tail /dev/zero'; grep oom_kill x/memory.events";
  expect(await host(`sudo sh -c '${limited.replaceAll("'", "'\\''")}'`)).toBe('oom_kill 1\nKilled\n');
  // 4: layers by hand
  await host(
    'mkdir lower upper work merged; echo a > lower/a; echo b > lower/b; sudo mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged',
  );
  expect(
    await host(
      'sudo rm merged/a; sudo sh -c "echo c > merged/c"; ls merged lower; stat -c "%F" upper/a; sudo umount merged',
    ),
  ).toBe('lower:\na\nb\n\nmerged:\nb\nc\ncharacter special file\n');
  // 5: a system container
  expect(
    await host(
      'lxc-ls 2>&1 | grep -c "not found"; sudo apt-get -qq update; sudo apt-get -qq install -y lxc >/dev/null 2>&1; sudo lxc-create -n sys -t busybox; sudo lxc-start -n sys; sleep 2; sudo lxc-attach -n sys -- ps | grep -c "init\\|syslogd\\|getty"; sudo lxc-stop -n sys',
    ),
  ).toBe('1\n4\n');
  // 6: a bundle
  await host(
    'mkdir bundle; sudo cp -a rootfs bundle/; cd bundle; runc spec; sed -i \'s|"terminal": true|"terminal": false|; s|"sh"$|"sh", "-c", "hostname; id -u; touch /f; ps \\| wc -l"|\' config.json',
  );
  expect(await host('cd bundle; sudo runc run box')).toBe('runc\n0\n4\ntouch: /f: Read-only file system\n');
  // 7: all at once
  expect(
    (
      await drydock.run(
        'run',
        '--rm',
        '-m',
        '32m',
        '-h',
        'box',
        'alpine',
        'sh',
        '-c',
        'hostname; ps | tail -n +2 | wc -l; ls /home; cat /sys/fs/cgroup/memory.max',
      )
    ).stdout,
  ).toBe('box\n4\n33554432\n');
  // and each command says what it isolated, in both languages
  const why = await drydock.with(
    { env: { DRYDOCK_EXPLAIN: 'brief' } },
    '--lang',
    'ko',
    'shell',
    '-c',
    'sudo unshare --net true',
  );
  expect(why.stderr).toContain('자기만의 네임스페이스: 네트워크');
  await host('sudo chroot rootfs true');
  expect((await drydock.run('why')).stdout).toContain('processes, network, host name and users are still the machine');
});
