import { describe, expect, test } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

const rootfs = 'mkdir rootfs; docker export $(docker create -q alpine) | tar -C rootfs -x';

/** What of the machine a shell in `how` sees: processes, host name, interfaces, files of the learner's home. */
function seen(sandbox: Sandbox, how: string) {
  const ask = 'ps | grep -c "[d]ockerd"; hostname; ip -o link | wc -l; ls /home/learner 2>/dev/null | wc -l';
  const [processes, hostname, links, files] = sandbox.shell(`${how} sh -c '${ask}'`).stdout.trim().split('\n');
  return {
    processes: Number(processes) > 0,
    name: hostname === 'drydock',
    network: Number(links) > 1,
    files: Number(files) > 0,
  };
}

test('groups that a user namespace does not map are named once, as id of coreutils does', () => {
  const { stdout } = new Sandbox().shell('unshare -Ur id; unshare -Ur id -G');
  expect(stdout).toBe('uid=0(root) gid=0(root) groups=0(root),65534(nogroup)\n0 65534\n');
});

test('each rung takes one more thing out of sight', () => {
  const sandbox = new Sandbox();
  sandbox.shell(rootfs);
  expect(seen(sandbox, 'sudo')).toEqual({ processes: true, name: true, network: true, files: true });
  const inside = (more: string) => `sudo unshare ${more} chroot rootfs sh -c 'mount -t proc proc /proc; exec "$@"' sh`;
  sandbox.shell('sudo mount -t proc proc rootfs/proc');
  expect(seen(sandbox, 'sudo chroot rootfs')).toEqual({ processes: true, name: true, network: true, files: false });
  sandbox.shell('sudo umount rootfs/proc');
  expect(seen(sandbox, inside('--mount --pid --fork'))).toEqual({
    processes: false,
    name: true,
    network: true,
    files: false,
  });
  expect(seen(sandbox, inside('--mount --pid --fork --net'))).toEqual({
    processes: false,
    name: true,
    network: false,
    files: false,
  });
  const all = inside('--mount --pid --fork --net --uts sh -c \'hostname box; exec "$@"\' sh');
  expect(seen(sandbox, all)).toEqual({ processes: false, name: false, network: false, files: false });
  expect(seen(sandbox, 'docker run --rm alpine')).toEqual({
    processes: false,
    name: false,
    network: true,
    files: false,
  });
});

describe('chroot', () => {
  test('root gets out through /proc/1/root', () => {
    const sandbox = new Sandbox();
    sandbox.shell(rootfs);
    const out = sandbox.shell("sudo chroot rootfs sh -c 'mount -t proc proc /proc; chroot /proc/1/root ls /home'");
    expect([out.stdout, out.stderr]).toEqual(['learner\n', '']);
    expect(out.steps.filter(({ action }) => action === 'chroot').map(({ data }) => data)).toMatchObject([
      { leaves: false },
      { leaves: true },
    ]);
  });

  test('root gets out by a second one, with its working directory left outside', () => {
    const sandbox = new Sandbox();
    sandbox.shell('mkdir py; docker export $(docker create -q python:alpine) | tar -C py -x');
    const steps =
      "import os; os.mkdir('/x'); os.chroot('/x'); os.chdir('../../..'); os.chroot('.'); print(os.listdir('/home'))";
    expect(sandbox.shell(`sudo chroot py python3 -c "${steps}"`).stdout).toBe("['learner']\n");
  });

  test('is for root', () => {
    const said = new Sandbox().shell('chroot / true');
    expect(said.stderr).toBe("chroot: cannot change root directory to '/': Operation not permitted\n");
  });
});

test('sudo asks /etc/sudoers', () => {
  const sandbox = new Sandbox();
  expect(sandbox.shell("sudo sh -c 'id -u; echo $SUDO_USER $HOME'").stdout).toBe('0\nlearner /root\n');
  expect(sandbox.shell('sudo -u nobody id -un; sudo nosuch').stderr).toBe('sudo: nosuch: command not found\n');
  sandbox.shell('rm /etc/sudoers.d/90-learner', { root: true });
  expect(sandbox.shell('sudo id').stderr).toContain('a password is required');
  sandbox.shell('sed -i /%sudo/d /etc/sudoers', { root: true });
  expect(sandbox.shell('sudo id').stderr).toBe('learner is not in the sudoers file.\n');
});

test('nsenter goes where a container is', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--name', 'web', '-h', 'box', 'alpine', 'sleep', '600');
  const pid = sandbox.docker('inspect', '-f', '{{.State.Pid}}', 'web').stdout.trim();
  expect(
    sandbox.shell(`sudo nsenter -t ${pid} -u hostname; sudo nsenter -t ${pid} -n ip -o -4 a show eth0`).stdout,
  ).toMatch(/^box\n\d+: eth0 +inet 172\.17\.0\.2\/16/);
  expect(sandbox.shell(`sudo nsenter -t ${pid} -a ps`).stdout).toMatch(/ 1 root .*sleep 600\n/);
  expect(sandbox.shell(`nsenter -t ${pid} -n true`).stderr).toContain('Permission denied');
  expect(sandbox.shell(`sudo lsns -p ${pid}`).stdout.match(/sleep 600/g)).toHaveLength(6);
  // a namespace has the same number for the container and for the host
  const inside = sandbox.docker('exec', 'web', 'readlink', '/proc/self/ns/net').stdout;
  expect(sandbox.shell(`sudo readlink /proc/${pid}/ns/net`).stdout).toBe(inside);
});

test('a network by hand carries a server’s answers', () => {
  const sandbox = new Sandbox();
  const said = sandbox.shell(`sudo sh -c '
    ip netns add blue; ip netns add red; ip link add br0 type bridge; ip addr add 10.5.0.1/24 dev br0; ip link set br0 up
    for n in blue red; do ip link add v$n type veth peer name eth0 netns $n; ip link set v$n master br0 up; ip -n $n link set eth0 up; done
    ip -n blue addr add 10.5.0.2/24 dev eth0; ip -n red addr add 10.5.0.3/24 dev eth0
    ip netns exec blue ping -c1 10.5.0.3 | grep -c "1 received"; ip netns exec red ping -c1 10.0.2.15 2>&1 | tail -1
    ip netns del blue; ip -o link show vblue'`);
  expect(said.stdout.split('\n').slice(0, 2)).toEqual(['1', 'ping: connect: Network is unreachable']);
  expect(said.stderr).toContain('Device "vblue" does not exist.');
});

describe('runc', () => {
  const bundle = `${rootfs}; runc spec; sed -i 's/"terminal": true/"terminal": false/; s|"sh"$|"sh", "-c", "$0"|' config.json`;

  test('limits and privileges of config.json hold', () => {
    const sandbox = new Sandbox();
    sandbox.shell(
      bundle.replace('$0', 'hostname x; touch /f; cat /sys/fs/cgroup/pids.max; ulimit -n; grep -c . /proc/mounts'),
    );
    sandbox.shell('sed -i \'s/"resources": {/"resources": { "pids": { "limit": 5 },/\' config.json');
    const run = sandbox.shell('sudo runc run box');
    expect(run.stdout).toMatch(/^5\n1024\n\d+\n$/);
    expect(run.stderr).toMatch(/Operation not permitted\n.*Read-only file system\n/);
    expect(sandbox.shell('sudo runc list -q; ls /sys/fs/cgroup | grep box').stdout).toBe('');
    expect(run.steps.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['isolate', 'mounted', 'pivot', 'cgroup-limit']),
    );
  });

  test('what is not simulated is refused by name', () => {
    const sandbox = new Sandbox();
    sandbox.shell(bundle);
    sandbox.shell('sed -i \'s/"linux": {/"linux": { "seccomp": {},/\' config.json');
    expect(sandbox.shell('sudo runc run box').stderr).toContain('linux.seccomp in config.json is not simulated');
    expect(sandbox.shell('runc checkpoint x; ctr version').stderr).toMatch(
      /checkpoint is not simulated[\s\S]*ctr: .*not simulated/,
    );
  });
});

test('a system container runs an init and several processes', () => {
  const sandbox = new Sandbox();
  expect(sandbox.shell('lxc-ls').stderr).toContain('not found');
  sandbox.shell(
    'sudo apt-get -qq update; sudo apt-get -qq install -y lxc; sudo lxc-create -n c -t busybox; sudo lxc-start -n c',
  );
  sandbox.pass(1);
  expect(sandbox.shell('sudo lxc-attach -n c -- ps').stdout).toMatch(/ 1 root .*init\n[\s\S]*syslogd\n[\s\S]*getty/);
  const address = /c +RUNNING 0 +- +(10\.0\.3\.\d+)/.exec(sandbox.shell('sudo lxc-ls -f').stdout)?.[1];
  expect(sandbox.shell(`ping -c1 ${address} | grep -c "1 received"`).stdout).toBe('1\n');
  expect(
    sandbox.shell('sudo lxc-stop -n c; sudo lxc-info -n c -s; sudo lxc-destroy -n c; ps ax | grep -c "[l]xc monitor"')
      .stdout,
  ).toBe('State:          STOPPED\n0\n');
});
