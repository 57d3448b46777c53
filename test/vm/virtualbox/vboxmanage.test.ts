import { describe, expect, it } from 'vitest';
import { virtualMachines } from '../../../src/vm/state.ts';
import { VmLab } from '../lab.ts';

const create = [
  'VBoxManage createvm --name deb --ostype Debian_64 --register',
  'VBoxManage modifyvm deb --memory 1024 --cpus 2 --nic1 nat --natpf1 "web,tcp,,8080,,80" --vram 16',
  'VBoxManage createmedium disk --filename /home/learner/deb.vdi --size 8192',
  'VBoxManage storagectl deb --name SATA --add sata',
  'VBoxManage storageattach deb --storagectl SATA --port 0 --device 0 --type hdd --medium /home/learner/deb.vdi',
].join('; ');

/** A machine with Debian installed from its ISO image by nobody's hand. */
function installed(): VmLab {
  const lab = new VmLab();
  lab.sh(create);
  lab.sh(
    'cd /home/learner; vm iso; VBoxManage unattended install deb --iso debian12.iso --user ada; VBoxManage startvm deb --type headless',
  );
  return lab.pass(290);
}

describe('VBoxManage', () => {
  it('makes a machine that is as empty as a new computer', () => {
    const lab = new VmLab();
    const out = lab.sh(create);
    expect(out).toMatch(/Virtual machine 'deb' is created and registered\.\nUUID: [0-9a-f-]{36}\nSettings file: /);
    expect(out).toMatch(/Medium created\. UUID: /);
    expect(lab.sh('VBoxManage startvm deb --type headless')).toBe(
      'Waiting for VM "deb" to power on...\nVM "deb" has been successfully started.\n',
    );
    lab.pass(60);
    expect(lab.guest('deb')).toBeUndefined();
    expect(lab.trace.some(({ action }) => action === 'vm-no-medium')).toBe(true);
    expect(lab.sh('VBoxManage list runningvms')).toMatch(/^"deb" \{[0-9a-f-]{36}\}\n$/);
    expect(lab.sh('VBoxManage showvminfo deb --machinereadable')).toMatch(
      /name="deb"\nostype="Debian \(64-bit\)"[\s\S]*memory=1024\ncpus=2\nVMState="running"[\s\S]*"SATA-0-0"="\/home\/learner\/deb.vdi"[\s\S]*Forwarding\(0\)="web,tcp,,8080,,80"/,
    );
  });

  it('installs a system from an ISO image, part by part, and starts it from its own disk', () => {
    const lab = installed();
    const parts = lab.trace
      .filter(({ action }) => action === 'vm-install')
      .map(({ data }) => (data as { part: string }).part);
    expect(parts).toEqual(['start', 'partitions', 'base', 'boot-loader', 'reboot']);
    expect(lab.sh('uname -r; hostname; id ada', 'deb')).toBe(
      '6.1.0-29-amd64\ndeb\nuid=1000(ada) gid=1000(ada) groups=1000(ada),27(sudo)\n',
    );
    expect(lab.sh('systemd-detect-virt; dmesg | grep Detected', 'deb')).toBe(
      'oracle\n[    4.530000] systemd[1]: Detected virtualization oracle.\n',
    );
    expect(Number(lab.sh('stat -c %s /home/learner/deb.vdi'))).toBeGreaterThan(400_000_000);
  });

  it('pauses, saves, takes snapshots and switches off', () => {
    const lab = installed();
    const state = () => /VMState="(\w+)"/.exec(lab.sh('VBoxManage showvminfo deb --machinereadable'))?.[1];
    lab.sh('echo one > /root/file; sleep 100000 &', 'deb');
    lab.sh('VBoxManage controlvm deb pause');
    expect(state()).toBe('paused');
    lab.sh('VBoxManage controlvm deb resume; VBoxManage snapshot deb take first');
    lab.sh('echo two > /root/file; killall sleep', 'deb');
    lab.sh('VBoxManage controlvm deb savestate');
    expect([state(), lab.sh('ps -e | grep -c VBoxHeadless')]).toEqual(['saved', '0\n']);
    expect(lab.sh('VBoxManage snapshot deb restore first; VBoxManage startvm deb --type headless')).toContain(
      'successfully started',
    );
    expect(lab.sh('cat /root/file; pgrep sleep | wc -l', 'deb')).toBe('one\n1\n');
    lab.sh('VBoxManage controlvm deb acpipowerbutton');
    expect(lab.pass(3).reload().sh('VBoxManage showvminfo deb')).toMatch(/State: +powered off/);
    expect(lab.sh('VBoxManage snapshot deb list')).toMatch(/Name: first \(UUID: .*\) \*/);
    lab.sh('VBoxManage unregistervm deb --delete');
    expect(lab.sh('VBoxManage list vms; ls /home/learner "/home/learner/VirtualBox VMs"')).not.toMatch(/deb[^i]/);
  });

  it('is aborted when its process on the host is killed', () => {
    const lab = installed();
    lab.sh('kill -9 $(pgrep VBoxHeadless)');
    expect(lab.pass(1).guest('deb')).toBeUndefined();
    expect(virtualMachines(lab.host).deb?.state).toBe('aborted');
    expect(lab.sh('VBoxManage startvm deb --type headless')).toContain('successfully started');
  });

  it.each([
    ['VBoxManage startvm nosuch', /Could not find a registered machine named 'nosuch'/],
    ['VBoxManage frob', /Syntax error: Invalid command 'frob'/],
    ['VBoxManage controlvm deb pause', /is not currently running/],
    ['VBoxManage createvm --name deb', /already exists/],
    ['VBoxManage modifyvm deb --teleporter on', /^drydock: VBoxManage modifyvm --teleporter: not simulated/],
    ['VBoxManage modifyvm deb --nic1 bridged', /^drydock: VBoxManage modifyvm --nic1 bridged: not simulated/],
    ['VBoxManage storageattach deb --storagectl SATA --medium /no.iso', /VERR_FILE_NOT_FOUND/],
    ['VBoxManage storageattach deb --storagectl IDE --medium /no.iso', /Could not find a controller named 'IDE'/],
    ['vm firmware vt-x off; VBoxManage startvm deb', /VERR_VMX_NO_VMX/],
    ['VBoxManage modifyvm deb --memory 9000; VBoxManage startvm deb', /VERR_NO_LOW_MEMORY/],
    ['VBoxManage snapshot deb restore none', /Could not find a snapshot/],
    ['VBoxManage list dvds', /^drydock: VBoxManage list dvds: not simulated/],
  ])('refuses %s', (line, words) => {
    const lab = new VmLab();
    lab.sh(create);
    expect(lab.sh(`${line}; echo "[$?]"`)).toMatch(words);
    expect(lab.sh(`${line}; echo "[$?]"`)).toContain('[1]');
  });
});
