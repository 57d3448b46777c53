import { beforeAll, describe, expect, it } from 'vitest';
import { virtualMachines } from '../../../src/vm/state.ts';
import { VmLab } from '../lab.ts';

const vagrantfile = (body: string) =>
  `mkdir -p /home/learner/p; cat > /home/learner/p/Vagrantfile <<'V'\nVagrant.configure("2") do |config|\n${body}\nend\nV`;

const web = vagrantfile(`
  config.vm.box = "debian/bookworm64"
  config.vm.hostname = "web"
  config.vm.network "forwarded_port", guest: 80, host: 8080
  config.vm.network "private_network", ip: "192.168.56.10"
  config.vm.provider("virtualbox") { |vb| vb.memory = 1024 }
  config.vm.provision "shell", inline: <<-SHELL
    apt-get update -q > /dev/null
    apt-get install -y -q nginx > /dev/null
    echo "nginx on $(hostname)" | tee /var/www/html/index.html
  SHELL
  config.vm.provision "always", type: "shell", run: "always", privileged: false, inline: "id -un"`);

describe('vagrant up', () => {
  const lab = new VmLab();
  let up = '';
  const v = (words: string) => lab.sh(`cd /home/learner/p; vagrant ${words}; echo "[$?]"`);
  beforeAll(() => {
    lab.sh(web);
    lab.sh('echo shared > /home/learner/p/file');
    up = v('up');
  });

  it('says what the real one says, in its order', () => {
    const order = [
      "Bringing machine 'default' up with 'virtualbox' provider...",
      "==> default: Box 'debian/bookworm64' could not be found.",
      "==> default: Loading metadata for box 'debian/bookworm64'",
      '==> default: Adding box',
      '==> default: Successfully added box',
      "==> default: Importing base box 'debian/bookworm64'...",
      '==> default: Matching MAC address for NAT networking...',
      '==> default: Checking if box',
      '==> default: Setting the name of the VM: p_default_',
      '==> default: Clearing any previously set network interfaces...',
      '    default: Adapter 1: nat\n    default: Adapter 2: hostonly',
      '    default: 80 (guest) => 8080 (host) (adapter 1)\n    default: 22 (guest) => 2222 (host) (adapter 1)',
      "==> default: Running 'pre-boot' VM customizations...",
      '==> default: Booting VM...',
      '==> default: Waiting for machine to boot.',
      '    default: SSH address: 127.0.0.1:2222',
      '    default: Vagrant insecure key detected.',
      '==> default: Machine booted and ready!',
      '==> default: Checking for guest additions in VM...',
      '==> default: Setting hostname...',
      '==> default: Configuring and enabling network interfaces...',
      '==> default: Mounting shared folders...\n    default: /vagrant => /home/learner/p',
      '==> default: Running provisioner: shell...\n    default: Running: inline script',
      '    default: nginx on web',
      '==> default: Running provisioner: always (shell)...',
      '    default: vagrant',
      '[0]',
    ].map((part) => up.indexOf(part));
    expect(Math.min(...order)).toBeGreaterThanOrEqual(0);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('makes a machine that serves to the host by a forwarded port and on its own network', () => {
    expect(lab.sh('curl -s localhost:8080')).toBe('nginx on web\n');
    expect(lab.sh('curl -s 192.168.56.10')).toBe('nginx on web\n');
    expect(lab.sh('ping -c 1 192.168.56.10')).toContain('1 received');
    expect(v('ssh -c "curl -s 192.168.56.1:8080"')).toBe('nginx on web\n[0]\n');
    expect(lab.sh('ss -ltn')).toMatch(/0\.0\.0\.0:8080[\s\S]*127\.0\.0\.1:2222/);
    expect(lab.sh('ps -ef')).not.toContain('nginx: worker');
    expect(lab.sh('ps -ef | grep -c "[V]BoxHeadless"')).toBe('1\n');
  });

  it('runs commands as vagrant, returns their status and passes input on', () => {
    expect(v('ssh -c "hostname; id -un; sudo id -un; uname -r; exit 3"')).toBe(
      'web\nvagrant\nroot\n6.1.0-29-amd64\n[3]\n',
    );
    expect(lab.sh('cd /home/learner/p; echo "echo in; uname -n" | vagrant ssh')).toBe('in\nweb\n');
    expect(v('ssh -c "cat /vagrant/file; mount | grep vagrant"')).toMatch(/^shared\nvagrant on \/vagrant type vboxsf/);
  });

  it('has its servers under systemd', () => {
    expect(v('ssh -c "systemctl is-active nginx; sudo systemctl stop nginx; systemctl is-active nginx"')).toBe(
      'active\ninactive\n[3]\n',
    );
    expect(lab.sh('curl -s localhost:8080; echo $?')).not.toContain('nginx on web');
    expect(v('ssh -c "sudo systemctl restart nginx; systemctl status nginx"')).toContain('active (running)');
    expect(lab.sh('curl -s localhost:8080')).toBe('nginx on web\n');
  });

  it('shares the folder of the project, both ways', () => {
    lab.sh('echo more > /home/learner/p/later; rm /home/learner/p/file');
    expect(v('ssh -c "ls /vagrant; echo from the guest > /vagrant/reply"')).toBe('Vagrantfile\nlater\n[0]\n');
    expect(lab.reload().sh('cat /home/learner/p/reply')).toBe('from the guest\n');
    lab.sh('echo file > /home/learner/p/file');
    expect(v('ssh -c "cat /vagrant/file /vagrant/reply; rm /vagrant/reply"')).toBe('file\nfrom the guest\n[0]\n');
    expect(lab.sh('ls /home/learner/p')).toBe('Vagrantfile\nfile\nlater\n');
  });

  it('forwards, lists and reports', () => {
    expect(v('port')).toContain('    80 (guest) => 8080 (host)\n    22 (guest) => 2222 (host)\n[0]');
    expect(v('port --guest 80')).toBe('8080\n[0]\n');
    expect(v('port --guest 81')).toContain('not currently mapping port 81');
    expect(v('global-status')).toMatch(/default virtualbox running +\/home\/learner\/p/);
    expect(v('ssh-config')).toContain('  Port 2222\n');
    expect(v('up')).toMatch(/Machine already provisioned[\s\S]*Running provisioner: always/);
    expect(v('provision --provision-with always')).not.toContain('nginx on web');
  });

  it('suspends with its memory and goes on where it was', () => {
    v('ssh -c "sleep 100000 > /dev/null 2>&1 &"');
    const free = () => Number(/MemFree: +(\d+)/.exec(lab.sh('cat /proc/meminfo'))?.[1]);
    const before = free();
    expect(v('suspend')).toBe('==> default: Saving VM state and suspending execution...\n[0]\n');
    expect(v('status')).toContain('saved (virtualbox)');
    expect(free() - before).toBeGreaterThanOrEqual(1024 * 1024);
    expect(lab.reload().sh('curl -s localhost:8080 || echo "[$?]"')).toBe('[7]\n');
    expect(v('resume')).toContain('Machine booted and ready!');
    expect(v('ssh -c "pgrep -a sleep"')).toContain('sleep 100000');
    expect(lab.sh('curl -s localhost:8080')).toBe('nginx on web\n');
  });

  it('goes back to a snapshot, files and all', () => {
    expect(v('snapshot list')).toContain('No snapshots have been taken yet!');
    expect(v('snapshot save clean')).toContain('Snapshot saved!');
    expect(v('snapshot save clean')).toMatch(
      /You must include the `--force` option to replace an existing snapshot\.[\s\S]*\[1\]/,
    );
    v('ssh -c "sudo rm /var/www/html/index.html"');
    expect(v('snapshot restore clean')).toContain("Restoring the snapshot 'clean'...");
    expect(v('ssh -c "cat /var/www/html/index.html"')).toBe('nginx on web\n[0]\n');
    expect(v('snapshot list')).toBe('==> default: \nclean\n[0]\n');
    expect(v('snapshot delete clean')).toContain('Snapshot deleted!');
  });

  it('stops in order, starts again with what is on its disk, and is gone when destroyed', () => {
    expect(v('halt')).toBe('==> default: Attempting graceful shutdown of VM...\n[0]\n');
    expect(v('ssh')).toMatch(/VM must be running to open SSH connection[\s\S]*\[1\]/);
    expect(v('reload')).toContain('Clearing any previously set forwarded ports...');
    expect(v('ssh -c "cat /var/www/html/index.html; hostname"')).toBe('nginx on web\nweb\n[0]\n');
    expect(v('destroy')).toMatch(/requires\na TTY[\s\S]*\[1\]/);
    expect(v('destroy -f')).toBe(
      '==> default: Forcing shutdown of VM...\n==> default: Destroying VM and associated drives...\n[0]\n',
    );
    expect(v('status')).toContain('not created');
    expect(virtualMachines(lab.host)).toEqual({});
    expect(lab.sh('ls "/home/learner/VirtualBox VMs" 2>&1; ps -ef | grep -c "[V]BoxHeadless"')).toMatch(/0\n$/);
  });
});

describe('vagrant with several machines', () => {
  it('brings them up in order, on one network, each with a port of its own', () => {
    const lab = new VmLab();
    lab.sh(
      vagrantfile(`
  config.vm.box = "debian/bookworm64"
  (1..2).each do |i|
    config.vm.define "n#{i}" do |n|
      n.vm.hostname = "n#{i}"
      n.vm.network "private_network", ip: "192.168.56.#{10 + i}"
    end
  end`),
    );
    const up = lab.sh('cd /home/learner/p; vagrant up');
    expect(up).toContain('==> n2: Fixed port collision for 22 => 2222. Now on port 2200.');
    expect(lab.sh('cd /home/learner/p; vagrant ssh n2 -c "ping -c 1 192.168.56.11"')).toContain('1 received');
    expect(lab.sh('cd /home/learner/p; vagrant ssh -c true')).toContain('requires a specific VM name');
    expect(lab.sh('cd /home/learner/p; vagrant status')).toMatch(/n1 +running[\s\S]*n2 +running/);
    expect(lab.sh('cd /home/learner/p; vagrant halt; vagrant status')).toMatch(
      /n2: Attempting[\s\S]*n1: Attempting[\s\S]*poweroff/,
    );
  });
});

describe('vagrant refuses', () => {
  it.each([
    ['config.vm.box = "no/such"', /box 'no\/such' could not be found[\s\S]*\[1\]/],
    [
      'config.vm.box = "debian/bookworm64"\nconfig.vm.network "private_network", ip: "10.1.2.3"',
      /Ranges: 192\.168\.56\.0\/21[\s\S]*\[1\]/,
    ],
    [
      'config.vm.box = "debian/bookworm64"\nconfig.vm.network "public_network"',
      /public_network .*: not simulated\n\[1\]/,
    ],
    [
      'config.vm.box = "debian/bookworm64"\nconfig.vm.provision "shell", inline: "exit 4"',
      /non-zero exit status[\s\S]*\[1\]/,
    ],
    [
      'config.vm.box = "debian/bookworm64"\nconfig.vm.provider("virtualbox") { |v| v.memory = 9000 }',
      /VERR_NO_LOW_MEMORY[\s\S]*\[1\]/,
    ],
    [
      'config.vm.box = "debian/bookworm64"\nconfig.vm.provider("virtualbox") { |v| v.cpus = 64 }',
      /"startvm"[\s\S]*Invalid virtual CPU count[\s\S]*\[1\]/,
    ],
  ])('%s', (body, words) => {
    const lab = new VmLab();
    lab.sh(vagrantfile(body));
    expect(lab.sh('cd /home/learner/p; vagrant up; echo "[$?]"')).toMatch(words);
  });

  it('a port that something on the host has', () => {
    const lab = new VmLab();
    lab.sh(
      vagrantfile('config.vm.box = "debian/bookworm64"\nconfig.vm.network "forwarded_port", guest: 80, host: 8080'),
    );
    lab.sh(
      'vm boot; VBoxManage createvm --name x; VBoxManage modifyvm x --natpf1 "w,tcp,,8080,,80"; VBoxManage startvm x',
    );
    expect(lab.sh('cd /home/learner/p; vagrant up; echo "[$?]"')).toMatch(
      /forwarded port to 8080 is already in use[\s\S]*\[1\]/,
    );
  });
});

it('Docker in a guest is an engine of its own, whose containers have the guest’s kernel', () => {
  const lab = new VmLab();
  lab.sh(
    vagrantfile(
      'config.vm.box = "debian/bookworm64"\nconfig.vm.provision "shell", inline: "apt-get update -q > /dev/null; apt-get install -y -q docker.io > /dev/null"',
    ),
  );
  lab.sh('cd /home/learner/p; vagrant up');
  const inside = lab.sh(
    'cd /home/learner/p; vagrant ssh -c "sudo docker run -d --name box1 alpine sleep 1000; sudo docker run --rm alpine uname -r; ps -e"',
  );
  expect(inside).toMatch(/6\.1\.0-29-amd64[\s\S]*sleep/);
  expect(lab.sh('ps -e')).not.toContain('sleep');
  expect(lab.sh('cd /home/learner/p; vagrant halt; ps -e')).not.toContain('VBoxHeadless');
});

it('a guest that reboots itself runs on for VirtualBox, and cannot be logged in to before it is up again', () => {
  const lab = new VmLab();
  lab.sh(vagrantfile('config.vm.box = "debian/bookworm64"'));
  lab.sh('cd /home/learner/p; vagrant up; vagrant ssh -c "sudo reboot"');
  expect(lab.sh('cd /home/learner/p; vagrant status; vagrant ssh -c uptime; echo "[$?]"')).toMatch(
    /default +running \(virtualbox\)[\s\S]*not yet ready for SSH[\s\S]*\[1\]/,
  );
  lab.pass(20);
  expect(lab.sh('cd /home/learner/p; vagrant ssh -c "uname -n; ls /vagrant"')).toBe('bookworm\nVagrantfile\n');
});
