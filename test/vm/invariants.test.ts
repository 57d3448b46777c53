// What must hold whatever is done with virtual machines and containers on one computer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnMetal } from '../../src/vm/kinds.ts';
import { metal } from '../../src/vm/resources.ts';
import { holdsMemory, virtualMachines } from '../../src/vm/state.ts';
import { VmLab } from './lab.ts';

const names = fc.constantFrom('one', 'two');
const host = fc.oneof(
  fc
    .tuple(fc.constantFrom('vm boot', 'vm stop', 'vm stop --force', 'vm pause', 'vm save', 'vm resume', 'vm rm'), names)
    .map((words) => words.join(' ')),
  fc.tuple(names, fc.constantFrom('3G', '512M', '6G')).map(([name, size]) => `vm boot ${name} --memory ${size}`),
  fc.tuple(names, fc.constantFrom('esxi', 'kvm', 'xen')).map(([name, kind]) => `vm boot ${name} --on ${kind}`),
  fc.tuple(fc.constantFrom('take', 'restore'), names).map(([act, name]) => `vm snapshot ${act} s ${name}`),
  fc.constant('kill -9 $(pgrep qemu-system | head -1)'),
);

describe('virtual machines and the computer that they are on', () => {
  it('never share a kernel or a process table, take memory that there is, and end with their process', () => {
    fc.assert(
      fc.property(fc.array(host, { maxLength: 10 }), (lines) => {
        const lab = new VmLab();
        for (const line of lines) lab.sh(`sudo ${line}`);
        lab.reload();
        const { host: m } = lab;
        const all = Object.values(virtualMachines(m));
        const own = all.filter((vm) => holdsMemory(vm) && !isOnMetal(vm.hypervisor ?? 'qemu'));
        // what is set aside is there, and the processes hold it
        const held = own.reduce((sum, vm) => sum + vm.hardware.memory, 0);
        expect(held).toBeLessThanOrEqual(m.kernel.memory);
        const players = Object.values(m.kernel.processes).filter(({ path }) => path.includes('qemu-system'));
        expect(players.reduce((sum, { resident = 0 }) => sum + resident, 0)).toBe(held);
        expect(players.map(({ pid }) => pid).sort()).toEqual(own.map(({ pid }) => pid).sort());
        for (const kind of ['esxi', 'xen'] as const) {
          const there = all.filter((vm) => vm.hypervisor === kind && holdsMemory(vm));
          expect(there.reduce((sum, vm) => sum + vm.hardware.memory, 0)).toBeLessThanOrEqual(metal.memory);
        }
        // one kernel for each guest that runs, none for the others
        const guests = Object.keys(m.world.hosts).filter((id) => id !== m.hostId);
        const running = all.filter(({ state }) => state === 'running').map(({ guest }) => guest);
        expect(guests.sort()).toEqual(running.sort());
        const kernels = [m.hostId, ...guests].map((id) => m.world.hosts[id]?.kernel);
        expect(new Set(kernels).size).toBe(kernels.length);
        // nobody's processes are in somebody else's table
        for (const guest of guests) {
          const kernel = m.world.hosts[guest]?.kernel;
          const paths = Object.values(kernel?.processes ?? {}).map(({ path }) => path);
          expect(paths).toContain('/usr/sbin/sshd');
          expect(paths.join()).not.toMatch(/dockerd|qemu|VBox/);
        }
        expect(
          Object.values(m.kernel.processes)
            .map(({ path }) => path)
            .join(),
        ).not.toMatch(/agetty|systemd-journald/);
      }),
      { numRuns: 20 },
    );
  });

  it('containers always share the host’s kernel, and their processes are the host’s', () => {
    const lab = new VmLab();
    lab.vm('boot');
    lab.sh('sudo docker run -d --name a1 alpine sleep 777; sudo docker run -d --name b1 busybox sleep 778');
    const releases = ['docker exec a1 uname -r', 'docker exec b1 uname -r', 'uname -r'].map((line) =>
      lab.sh(`sudo ${line}`),
    );
    expect(new Set(releases).size).toBe(1);
    expect(lab.sh('uname -r', 'debian')).not.toBe(releases[0]);
    expect(lab.sh('ps -ef')).toMatch(/sleep 777[\s\S]*sleep 778/);
    expect(lab.sh('ps -ef', 'debian')).not.toContain('sleep');
  });

  it('the disk’s image takes room on the host’s, and is refused when there is none', () => {
    const lab = new VmLab();
    const used = () => Number(lab.sh("df / | tail -1 | awk '{print $3}'"));
    const before = used();
    lab.vm('boot');
    expect(lab.sh('sudo stat -c %s /var/lib/libvirt/images/debian.qcow2')).toMatch(/^\d{9}\n$/);
    expect(used() - before).toBeGreaterThan(100_000);
    lab.vm('stop');
    lab.sh('for i in $(seq 100); do mkdir -p /home/learner/$i; cd /home/learner/$i; vm iso; done');
    expect(lab.vm('boot', 'other')).toMatchObject({ status: 1, out: expect.stringContaining('its disk does not fit') });
  });
});

describe('hypervisors', () => {
  it('of type 1 have no process on the host, those of type 2 and KVM have one', () => {
    const lab = new VmLab();
    for (const kind of ['esxi', 'hyper-v', 'xen', 'kvm', 'qemu']) {
      lab.vm('boot', 'x', '--on', kind);
      expect([kind, lab.sh('pgrep qemu-system | wc -l')]).toEqual([
        kind,
        kind === 'kvm' || kind === 'qemu' ? '1\n' : '0\n',
      ]);
      lab.vm('stop', 'x', '--force');
    }
    expect(lab.sh('DRYDOCK_LANG=ko vm kinds')).toMatch(/esxi +VMware ESXi +1 +도메인 +VMkernel +네트워크/);
    expect(lab.vm('kinds').out).toMatch(/esxi +VMware ESXi +1[\s\S]*virtualbox +Oracle VirtualBox +2/);
  });

  it('need the processor’s help, but for emulation; a guest has none', () => {
    const lab = new VmLab();
    lab.vm('firmware', 'vt-x', 'off');
    expect(lab.vm('boot', 'x', '--on', 'kvm')).toMatchObject({ status: 1, out: expect.stringContaining('VT-x') });
    expect(lab.vm('boot', 'x').status).toBe(0);
    lab.vm('firmware', 'vt-x', 'on');
    expect(lab.vm('firmware').out).toContain('VT-x: on');
  });

  it('keep what a guest did when it is saved, and go on there', () => {
    const lab = new VmLab();
    lab.vm('boot');
    lab.sh('sleep 12345 &', 'debian');
    expect(lab.vm('save').out).toContain('vm resume debian');
    expect(lab.guest()).toBeUndefined();
    lab.reload().vm('resume');
    expect(lab.sh('pgrep -a sleep', 'debian')).toContain('sleep 12345');
  });
});

it('a paused machine that is saved lost no power, and its memory is a file of the host until it goes on', () => {
  const lab = new VmLab();
  lab.vm('boot');
  lab.vm('pause');
  const before = lab.trace.length;
  lab.vm('save');
  expect(
    lab.trace
      .slice(before)
      .map(({ action }) => action)
      .filter((action) => action.startsWith('vm-')),
  ).toEqual(['vm-hold']);
  const used = Number(lab.sh('sudo stat -c %s /var/lib/libvirt/qemu/save/debian.save'));
  expect(used / 2 ** 20).toBeGreaterThan(134);
  expect(used / 2 ** 20).toBeLessThan(171);
  expect(lab.vm('resume').status).toBe(0);
  expect(lab.sh('sudo ls /var/lib/libvirt/qemu/save')).toBe('');
  expect(lab.vm('resume')).toMatchObject({ status: 1, out: expect.stringContaining('neither paused nor saved') });
});

it('the tools of a guest tell of its own boot', () => {
  const lab = new VmLab();
  lab.vm('boot', '--on', 'kvm');
  expect(lab.sh('systemd-detect-virt; systemd-analyze', 'debian')).toBe(
    'kvm\nStartup finished in 4.530s (kernel) + 6.500s (userspace) = 11.030s \nmulti-user.target reached after 5.300s in userspace.\n',
  );
  expect(lab.sh('dmesg | head -1; journalctl -u dbus', 'debian')).toMatch(
    /Linux version 6\.1[\s\S]*systemd\[1\]: Started dbus\.service/,
  );
  expect(lab.sh('hostnamectl; sudo hostnamectl set-hostname other; hostname', 'debian')).toMatch(
    /Virtualization: kvm[\s\S]*\nother\n$/,
  );
});
