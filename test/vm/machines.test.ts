import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stages } from '../../src/vm/stages.ts';
import { virtualMachines } from '../../src/vm/state.ts';
import { VmLab } from './lab.ts';

const numbers = (text: string) => text.match(/\d+/g)?.map(Number) ?? [];

describe('a virtual machine', () => {
  it('boots through the measured stages, in order, and has a kernel of its own then', () => {
    const lab = new VmLab();
    const { status, out } = lab.vm('boot');
    expect(status).toBe(0);
    const told = lab.trace
      .filter(({ action }) => action === 'vm-stage')
      .map(({ data }) => (data as { stage: string }).stage);
    expect(told).toEqual(stages.map(({ id }) => id));
    const parts = ['SeaBIOS', 'Booting from Hard Disk', 'Loading /boot/vmlinuz', 'Linux version 6.1', 'Run /init'];
    const order = [...parts, 'systemd[1]', 'basic.target', 'multi-user.target', 'login:'].map((part) =>
      out.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThanOrEqual(0);
    expect(lab.sh('uname -r', 'debian')).toBe('6.1.0-50-cloud-amd64\n');
    expect(lab.sh('uname -r')).toBe('6.8.0-31-generic\n');
  });

  it('is one process of the host; its own are not in the host’s table, nor the other way round', () => {
    const lab = new VmLab();
    const before = numbers(lab.sh('ps -e | wc -l'))[0] ?? 0;
    lab.vm('boot');
    lab.sh('sleep 1000 &', 'debian');
    expect(lab.sh('ps -ef')).not.toMatch(/sleep 1000|agetty/);
    expect(lab.sh('ps -ef', 'debian')).toMatch(/sleep 1000/);
    expect(lab.sh('ps -ef', 'debian')).not.toMatch(/dockerd|qemu/);
    // the hypervisor's daemon and the machine
    expect((numbers(lab.sh('ps -e | wc -l'))[0] ?? 0) - before).toBe(2);
    expect(lab.sh('ps -ef | grep -c "[q]emu-system"')).toBe('1\n');
  });

  it('takes its memory from the host and gives it back', () => {
    const lab = new VmLab();
    const free = () => Number(/MemFree: +(\d+)/.exec(lab.sh('cat /proc/meminfo'))?.[1]);
    const before = free();
    lab.vm('boot', '--memory', '2G');
    expect(before - free()).toBeGreaterThanOrEqual(2 * 1024 * 1024);
    expect(numbers(lab.sh('grep MemTotal /proc/meminfo', 'debian'))[0]).toBe(2 * 1024 * 1024);
    expect(lab.vm('boot', 'second', '--memory', '7G')).toMatchObject({ status: 1 });
    expect(virtualMachines(lab.host).second).toBeUndefined();
    lab.vm('stop');
    expect(Math.abs(before - free())).toBeLessThan(4 * 1024); // the daemon stays
  });

  it('keeps its disk when it is off, also when its power was cut', () => {
    const lab = new VmLab();
    lab.vm('boot');
    lab.sh('echo kept > /root/note', 'debian');
    expect(lab.vm('stop').out).toMatch(/poweroff\.target[\s\S]*Power down/);
    expect(lab.guest()).toBeUndefined();
    lab.reload().vm('boot');
    expect(lab.sh('cat /root/note', 'debian')).toBe('kept\n');
    lab.sh('echo again > /root/note', 'debian');
    lab.vm('stop', '--force');
    expect(virtualMachines(lab.host).debian?.state).toBe('off');
    lab.vm('boot');
    expect(lab.sh('cat /root/note', 'debian')).toBe('again\n');
  });

  it('goes on after the world was saved in the middle of its boot', () => {
    const lab = new VmLab();
    lab.sh('vm boot > /tmp/console 2>&1 &');
    lab.pass(5).reload().pass(20);
    expect(virtualMachines(lab.host).debian?.state).toBe('running');
    expect(lab.sh('cat /tmp/console')).toMatch(/login:/);
  });

  it.each([
    [['boot', 'Bad_Name'], /not a machine's name/],
    [['boot', '--cpus', '64'], /so many processors/],
    [['boot', '--memory', '16M'], /256M at least/],
    [['boot', '--memory', 'lots'], /unknown option or command: lots/],
    [['stop', 'nobody'], /no virtual machine nobody/],
    [['rm', 'nobody'], /no virtual machine nobody/],
    [['fly'], /unknown option or command: fly/],
  ])('refuses %j', (words, reason) => {
    const { status, out } = new VmLab().vm(...words);
    expect(status).toBeGreaterThan(0);
    expect(out).toMatch(reason);
  });
});

it('vm --help tells how it is used', () => {
  expect(new VmLab().vm('boot', '--help')).toMatchObject({ status: 0, out: expect.stringContaining('vm boot [NAME]') });
});

describe('whatever is done with virtual machines', () => {
  const names = fc.constantFrom('one', 'two');
  const command = fc.oneof(
    fc.tuple(fc.constant('boot'), names),
    fc.tuple(fc.constant('stop'), names),
    fc.tuple(fc.constant('stop'), names, fc.constant('--force')),
    fc.tuple(fc.constant('rm'), names),
    fc.tuple(fc.constant('boot'), names, fc.constantFrom('--memory=3G', '--memory=512M')),
  );

  it('memory is never over-reserved, each running machine has one kernel and one process, an off one none', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 8 }), (commands) => {
        const lab = new VmLab();
        for (const words of commands) lab.vm(...words);
        lab.reload();
        const machines = Object.values(virtualMachines(lab.host));
        const on = machines.filter(({ state }) => state !== 'off');
        expect(on.reduce((sum, vm) => sum + vm.hardware.memory, 0)).toBeLessThanOrEqual(lab.host.kernel.memory);
        expect(Object.keys(lab.host.world.hosts).length).toBe(1 + on.length);
        const processes = Object.values(lab.host.kernel.processes).filter(({ path }) => path.includes('qemu'));
        expect(processes.map(({ pid }) => pid).sort()).toEqual(on.map(({ pid }) => pid).sort());
        for (const { guest, pid } of machines.filter(({ state }) => state === 'off')) {
          expect([guest, pid]).toEqual([undefined, undefined]);
        }
      }),
      { numRuns: 15 },
    );
  });
});
