// Whatever is done with containers on a computer, in its guest, and with the guest itself.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceName as dockerd, type EngineState } from '../../src/engine/state.ts';
import { usedMemory } from '../../src/kernel/process-list.ts';
import type { Host } from '../../src/kernel/state.ts';
import { holdsMemory, virtualMachines } from '../../src/vm/state.ts';
import { faultsOf } from '../support/invariants.ts';
import { tries } from '../support/runs.ts';
import { VmLab } from '../vm/lab.ts';

const name = fc.constantFrom('one', 'two');
const policy = fc.constantFrom('', '--restart always', '--restart unless-stopped', '--restart on-failure', '--rm');
const docker = fc.oneof(
  fc.tuple(name, policy, fc.constantFrom('sleep 9000', 'false', 'sh -c "touch /d; sleep 5"')),
  fc.tuple(fc.constantFrom('stop -t 0', 'start', 'restart -t 0', 'rm -f', 'kill', 'pause', 'unpause'), name),
);
const command = fc.oneof(
  docker.map((words) =>
    words.length === 3
      ? `docker run -d --name ${words[0]} ${words[1]} alpine ${words[2]}`
      : `docker ${words.join(' ')}`,
  ),
  fc.constantFrom(
    'docker network create front',
    'docker network rm front',
    'docker rmi -f alpine',
    'docker volume prune -a -f',
  ),
);
const act = fc.oneof(
  command.map((line) => ({ where: 'guest', line })),
  command.map((line) => ({ where: 'host', line: `sudo ${line}` })),
  fc
    .constantFrom(
      'vm stop',
      'vm stop --force',
      'vm boot',
      'vm save',
      'vm pause',
      'vm resume',
      'kill -9 $(pgrep qemu-system)',
    )
    .map((line) => ({ where: 'host', line: `sudo ${line}` })),
  fc
    .constantFrom('/usr/sbin/reboot', '/usr/sbin/poweroff', 'systemctl restart docker', 'systemctl stop docker')
    .map((line) => ({ where: 'guest', line })),
);

const engineOf = ({ services }: Host) => services[dockerd] as unknown as EngineState | undefined;

/** Is everything that the engine says of its containers so in the kernel of the host, and nowhere else? */
function check(lab: VmLab): void {
  const { host: m } = lab;
  const vm = virtualMachines(m).debian;
  const guest = lab.guest();
  expect(guest !== undefined).toBe(
    vm?.state === 'running' ||
      (vm?.state === 'stopping' && vm.guest !== undefined) ||
      (vm?.state === 'booting' && vm.guest !== undefined),
  );
  for (const each of [m, ...(guest ? [guest] : [])]) {
    const engine = engineOf(each.host);
    if (!engine) continue;
    const hosts = { [each.hostId]: each.host };
    expect(faultsOf({ ...m.world, hosts, runs: {} }).filter((fault) => !/pipe/.test(fault))).toEqual([]);
    for (const { id, state } of Object.values(engine.containers)) {
      const runs = state.status === 'running' || state.status === 'paused';
      expect([id, engine.tasks[id] !== undefined]).toEqual([id, runs]);
    }
  }
  // one process for the machine while it has power, and none of what runs in it
  const players = Object.values(m.kernel.processes).filter(({ path }) => path.includes('qemu-system'));
  expect(players.map(({ pid }) => pid)).toEqual(vm && holdsMemory(vm) ? [vm.pid] : []);
  const sleeping = Object.values(m.kernel.processes).filter(({ argv }) => argv.join(' ') === 'sleep 9000');
  expect(sleeping.length).toBeLessThanOrEqual(Object.keys(engineOf(m.host)?.tasks ?? {}).length);
  // what `free` tells is what the processes have
  for (const each of [m, ...(guest ? [guest] : [])]) {
    const { memory } = each.kernel;
    expect(usedMemory(each.kernel)).toBeLessThanOrEqual(memory);
  }
}

const available = (lab: VmLab) => Number(lab.sh("awk '/^MemAvailable/{print $2}' /proc/meminfo"));

test('a guest’s containers are its own, through reboots, power cuts and saved states; free counts what is set aside', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 16, size: 'max' }), (acts) => {
      const lab = new VmLab();
      lab.vm('boot', '--memory', '2G', '--disk', '10G');
      lab.sh('apt-get update && apt-get install -y docker.io', 'debian');
      for (const { where, line } of acts) {
        if (where === 'host') lab.sh(line);
        else if (lab.guest()) lab.sh(line, 'debian');
        lab.pass(20).reload();
        check(lab);
        const { kernel } = lab.host;
        expect(Math.abs(available(lab) * 1024 + usedMemory(kernel) - kernel.memory)).toBeLessThan(2 ** 24);
      }
    }),
    tries(10),
  );
});
