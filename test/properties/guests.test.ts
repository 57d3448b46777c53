// Virtual machines on all hypervisors beside containers: what must hold after each thing that is done, and that it can be broken.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/vm/kinds.ts';
import { updateMachine, virtualMachines } from '../../src/vm/state.ts';
import { machineFaults } from '../support/machine-faults.ts';
import { tries } from '../support/runs.ts';
import { VmLab } from '../vm/lab.ts';

const name = fc.constantFrom('one', 'two', 'three');
const boot = fc
  .tuple(name, fc.constantFrom(...kinds.map(({ kind }) => kind)), fc.constantFrom('512M', '3G', '7G', '100G'))
  .map(([vm, kind, memory]) => `sudo vm boot ${vm} --on ${kind} --memory ${memory}`);
const act = fc.oneof(
  { weight: 3, arbitrary: boot },
  fc
    .tuple(fc.constantFrom('boot', 'stop', 'stop --force', 'pause', 'save', 'resume', 'rm'), name)
    .map(([verb, vm]) => `sudo vm ${verb} ${vm}`),
  fc.tuple(fc.constantFrom('take', 'restore'), name).map(([verb, vm]) => `sudo vm snapshot ${verb} s ${vm}`),
  fc
    .constantFrom('KILL', 'TERM')
    .map((signal) => `sudo kill -${signal} $(pgrep -f 'qemu-system|VBoxHeadless' | head -1)`),
  fc.constantFrom('sudo kill -9 $(pgrep libvirtd)', 'sudo kill -9 $(pgrep VBoxSVC)'),
  fc.constantFrom('sudo docker run -d alpine sleep 900', 'sudo docker rm -f $(sudo docker ps -q)'),
);

describe('whatever is done with machines and containers', () => {
  it('memory is not given twice, kernels and tables are apart, and no machine runs without its process', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12, size: 'max' }), (lines) => {
        const lab = new VmLab();
        for (const line of lines) {
          lab.sh(line);
          expect([line, machineFaults(lab.reload().host)]).toEqual([line, []]);
        }
      }),
      tries(12),
    );
  });

  it.each(kinds.filter(({ guest }) => guest === 'process').map(({ kind }) => kind))(
    'a machine on %s ends with its process, as when the power fails',
    (kind) => {
      const lab = new VmLab();
      lab.vm('boot', 'one', '--on', kind);
      lab.sh('sleep 5000 &', 'one');
      const { guest = '' } = virtualMachines(lab.host).one ?? {};
      expect(lab.host.world.hosts[guest]).toBeDefined();
      lab.sh("sudo kill -9 $(pgrep -f 'qemu-system|VBoxHeadless')");
      expect(lab.host.world.hosts[guest]).toBeUndefined();
      expect(virtualMachines(lab.host).one?.state).toBe(kind === 'virtualbox' ? 'aborted' : 'off');
      expect(lab.sh('pgrep sleep')).toBe('');
    },
  );
});

describe('each of these rules can be broken', () => {
  const two = () => {
    const lab = new VmLab();
    lab.vm('boot', 'one', '--memory', '512M');
    lab.vm('boot', 'two', '--memory', '512M', '--on', 'virtualbox');
    lab.sh('sudo docker run -d alpine sleep 900');
    expect(machineFaults(lab.host)).toEqual([]);
    return lab;
  };

  it('a machine that goes on when its process is gone', () => {
    const { host } = two();
    delete host.draft.own(host.kernel, 'processes')[virtualMachines(host).one?.pid ?? 0];
    expect(machineFaults(host)).toEqual(['no process: one is running']);
  });

  it('two guests with one kernel', () => {
    const { host } = two();
    updateMachine(host, 'two', { guest: virtualMachines(host).one?.guest ?? '' });
    expect(machineFaults(host).join()).toContain('shared kernel: two and one');
  });

  it('memory that is given twice', () => {
    const { host } = two();
    const { hardware } = virtualMachines(host).two ?? {};
    if (hardware) updateMachine(host, 'two', { hardware: { ...hardware, memory: host.kernel.memory } });
    expect(machineFaults(host).join()).toMatch(/the process of two has not got it.*over-reserved: by machines/);
  });

  it('a kernel that runs in a machine without power', () => {
    const { host } = two();
    updateMachine(host, 'one', { state: 'off' });
    expect(machineFaults(host).join()).toContain('no power: one is off');
  });

  it('a process of a guest in the table of the host', () => {
    const { host } = two();
    const guest = host.world.hosts[virtualMachines(host).one?.guest ?? ''];
    const found = Object.values(guest?.kernel.processes ?? {}).find(({ path }) => path.endsWith('journald'));
    if (found) host.draft.own(host.kernel, 'processes')[9999] = { ...found, pid: 9999 };
    expect(machineFaults(host).join()).toContain('mixed tables: /lib/systemd/systemd-journald is process 9999');
  });

  it('a container whose process is not the host’s', () => {
    const { host } = two();
    const [sleeping] = Object.values(host.kernel.processes).filter(({ argv }) => argv.join(' ') === 'sleep 900');
    delete host.draft.own(host.kernel, 'processes')[sleeping?.pid ?? 0];
    expect(machineFaults(host).join()).toContain('container without the host’s kernel');
  });
});
