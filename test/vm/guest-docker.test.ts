// Docker in a guest: its containers are the guest's, and what dockerd has on the guest's disk outlives the guest's kernel.
import { describe, expect, it } from 'vitest';
import { VmLab } from './lab.ts';

/** A guest with Docker, an image, and a container of each restart policy. */
function furnished(): VmLab {
  const lab = new VmLab();
  lab.vm('boot', '--memory', '2G', '--disk', '10G');
  lab.sh('apt-get update && apt-get install -y docker.io', 'debian');
  lab.sh('docker network create front; docker volume create data', 'debian');
  lab.sh('docker run -d --name plain -v data:/d alpine sh -c "echo kept > /d/f; touch /own; sleep 9000"', 'debian');
  lab.sh('docker run -d --name always --restart always --network front alpine sleep 9001', 'debian');
  lab.sh('docker run -d --name unless --restart unless-stopped alpine sleep 9002', 'debian');
  lab.sh('docker run -d --name stopped --restart unless-stopped alpine sleep 9003', 'debian');
  lab.sh('docker run -d --name gone --rm alpine sleep 9004; docker stop -t 0 stopped', 'debian');
  return lab;
}

const table = (lab: VmLab) =>
  lab
    .sh("docker ps -a --format '{{.Names}} {{.Status}}' | sort", 'debian')
    .split('\n')
    .map((line) => line.replace(/ (?:About|Less|\d).*$/, ''))
    .filter((line) => line !== '');

describe('a guest with Docker that is switched off and on', () => {
  it('has its containers, images, networks and volumes again, and starts what the policies say', () => {
    const lab = furnished();
    const image = lab.sh('docker images -q', 'debian');
    lab.vm('stop');
    lab.reload().vm('boot');
    expect(lab.sh('systemctl is-active docker', 'debian')).toBe('active\n');
    expect(lab.sh('dpkg -l docker.io', 'debian')).toContain('20.10.24+dfsg1-1+deb12u1+b6');
    expect(lab.sh('docker images -q', 'debian')).toBe(image);
    expect(table(lab)).toEqual(['always Up', 'plain Exited (137)', 'stopped Exited (137)', 'unless Up']);
    expect(lab.sh('docker start plain; docker exec plain sh -c "ls /own; cat /d/f"', 'debian')).toBe(
      'plain\n/own\nkept\n',
    );
    expect(lab.sh("docker network inspect front -f '{{len .Containers}}'; ip addr show docker0", 'debian')).toMatch(
      /^1\n[\s\S]*172\.17\.0\.1\/16/,
    );
    expect(lab.sh('sudo docker ps -aq; ps -ef | grep "[s]leep 900"')).toBe('');
  });

  it('finds that containers have lost their processes when the power was cut', () => {
    const lab = furnished();
    lab.sh('sudo kill -9 $(pgrep qemu-system)');
    lab.reload().vm('boot');
    expect(table(lab)).toEqual(['always Up', 'plain Exited (255)', 'stopped Exited (137)', 'unless Up']);
  });

  it('leaves a disabled service off', () => {
    const lab = furnished();
    lab.sh('systemctl disable docker', 'debian');
    lab.vm('stop');
    lab.vm('boot');
    expect(lab.sh('systemctl is-active docker; systemctl start docker; docker ps -q | wc -l', 'debian')).toBe(
      'inactive\n2\n',
    );
  });

  it('starts again what was being restarted when the daemon ended', () => {
    const lab = new VmLab();
    lab.vm('boot', '--disk', '10G');
    lab.sh('apt-get update && apt-get install -y docker.io', 'debian');
    lab.sh('docker run -d --name loop --restart always alpine false', 'debian');
    lab.pass(5);
    lab.sh('systemctl stop docker', 'debian');
    lab.pass(60).reload();
    expect(lab.sh('systemctl is-active docker; systemctl start docker; docker ps -a', 'debian')).toMatch(
      /^inactive\n[\s\S]*(?:Restarting \(1\)|Up|Exited \(1\)).* loop\n$/,
    );
    lab.pass(30);
    expect(Number(lab.sh("docker inspect -f '{{.RestartCount}}' loop", 'debian'))).toBeGreaterThan(1);
  });

  it('goes back to a snapshot with the containers of that time', () => {
    const lab = furnished();
    lab.vm('stop');
    lab.vm('snapshot', 'take', 's');
    lab.vm('boot');
    lab.sh('docker rm -f always unless plain stopped', 'debian');
    lab.vm('stop');
    lab.vm('snapshot', 'restore', 's');
    lab.reload().vm('boot');
    expect(table(lab)).toEqual(['always Up', 'plain Exited (137)', 'stopped Exited (137)', 'unless Up']);
  });

  it('takes what it stores of the host’s disk', () => {
    const lab = new VmLab();
    lab.vm('boot', '--disk', '10G');
    lab.sh('apt-get update && apt-get install -y docker.io', 'debian');
    const size = () => Number(lab.sh('sudo stat -c %s /var/lib/libvirt/images/debian.qcow2'));
    lab.vm('stop');
    const before = size();
    lab.vm('boot');
    lab.sh('docker pull -q nginx', 'debian');
    lab.vm('stop');
    expect(size() - before).toBeGreaterThan(100_000_000);
  });
});

describe('a guest that is rebooted from inside', () => {
  it('has a new kernel run and the same process on the host, and Docker comes up again', () => {
    const lab = furnished();
    const pid = lab.sh('pgrep qemu-system');
    lab.sh('touch /kept; /usr/sbin/reboot', 'debian');
    lab.pass(1);
    expect(lab.vm('list').out).toMatch(/debian +qemu +stopping/);
    expect(lab.trace.some(({ action }) => action === 'vm-reboot')).toBe(true);
    const asked = lab.reload().vm('shell', '-c', 'ls /kept; systemctl is-active docker');
    expect(asked.out).toMatch(/reboot: Restarting system\nSeaBIOS[\s\S]*login: \n\/kept\nactive\n$/);
    expect(lab.sh('pgrep qemu-system')).toBe(pid);
    expect(lab.vm('list').out).toMatch(/debian +qemu +running +2048 MiB/);
    expect(table(lab)).toEqual(['always Up', 'plain Exited (137)', 'stopped Exited (137)', 'unless Up']);
    expect(Number(lab.sh('cut -d. -f1 /proc/uptime', 'debian'))).toBeLessThan(40);
  });

  it('is off after poweroff and shutdown, and gives its memory back', () => {
    for (const line of ['poweroff', 'shutdown -h now']) {
      const lab = new VmLab();
      const free = () => lab.sh("free -b | awk '/Mem/{print $4}'");
      const before = free();
      lab.vm('boot');
      lab.vm('shell', '-c', line);
      lab.pass(3);
      expect(lab.guest()).toBeUndefined();
      lab.sh('sudo kill $(pgrep libvirtd)');
      expect(free()).toBe(before);
    }
  });
});
