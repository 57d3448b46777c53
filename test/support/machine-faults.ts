import { serviceName as dockerd, type EngineState } from '../../src/engine/state.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { usedMemory } from '../../src/kernel/process-list.ts';
import { isOnMetal, kinds } from '../../src/vm/kinds.ts';
import { metal } from '../../src/vm/resources.ts';
import { holdsMemory, virtualMachines } from '../../src/vm/state.ts';

/** Programs that only the system of a guest runs: never a process of the computer that it is on. */
const ofGuests = /systemd-journald|systemd-logind|dbus-daemon|agetty/;

/** What is wrong with the virtual machines and containers of a computer: each text begins with the rule that is broken. */
export function machineFaults(m: Machine): readonly string[] {
  const machines = Object.values(virtualMachines(m));
  const faults: string[] = [];
  const held = new Map<number, string>();
  const owners = new Map<string, string>();
  for (const vm of machines) {
    const kind = vm.hypervisor ?? 'qemu';
    const process = m.kernel.processes[vm.pid ?? 0];
    if (vm.guest !== undefined) {
      const other = owners.get(vm.guest);
      if (other !== undefined || vm.guest === m.hostId)
        faults.push(`shared kernel: ${vm.name} and ${other ?? 'the host'}`);
      owners.set(vm.guest, vm.name);
    }
    if (holdsMemory(vm) === false) {
      if (vm.guest !== undefined && m.world.hosts[vm.guest])
        faults.push(`no power: ${vm.name} is ${vm.state}, its kernel runs`);
      continue;
    }
    if (isOnMetal(kind)) continue;
    if (!process || 'zombie' in process.status) faults.push(`no process: ${vm.name} is ${vm.state}`);
    else if (process.resident !== vm.hardware.memory) faults.push(`memory: the process of ${vm.name} has not got it`);
    if (vm.pid !== undefined) {
      const other = held.get(vm.pid);
      if (other !== undefined) faults.push(`shared process: ${vm.name} and ${other}`);
      held.set(vm.pid, vm.name);
    }
  }
  faults.push(...overReserved(m), ...mixedTables(m), ...containerKernels(m));
  return faults;
}

/** Memory is never given away twice: neither the computer's nor that of a computer with a hypervisor of type 1. */
function overReserved(m: Machine): string[] {
  const faults = usedMemory(m.kernel) > m.kernel.memory ? ['over-reserved: the host’s memory'] : [];
  const on = Object.values(virtualMachines(m)).filter(holdsMemory);
  const own = on.filter((vm) => !isOnMetal(vm.hypervisor ?? 'qemu'));
  if (own.reduce((sum, vm) => sum + vm.hardware.memory, 0) > m.kernel.memory) faults.push('over-reserved: by machines');
  for (const { kind } of kinds.filter((each) => isOnMetal(each.kind))) {
    const there = on.filter(({ hypervisor }) => hypervisor === kind);
    if (there.reduce((sum, vm) => sum + vm.hardware.memory, 0) > metal.memory) faults.push(`over-reserved: ${kind}`);
  }
  return faults;
}

/** A guest's processes are in its own kernel's table alone. */
function mixedTables(m: Machine): string[] {
  const strangers = Object.values(m.kernel.processes).filter(({ argv }) => ofGuests.test(argv[0] ?? ''));
  const guests = Object.keys(m.world.hosts).filter((id) => id.startsWith(`${m.hostId}/`));
  const players = guests.filter((id) =>
    Object.values(m.world.hosts[id]?.kernel.processes ?? {}).some(({ path }) => /qemu-system|VBoxHeadless/.test(path)),
  );
  return [
    ...strangers.map(({ pid, path }) => `mixed tables: ${path} is process ${pid} of the host`),
    ...players.map((id) => `mixed tables: ${id} runs a machine`),
  ];
}

/** The first process of each running container is a process of the kernel on which its engine runs. */
function containerKernels(m: Machine): string[] {
  return Object.entries(m.world.hosts).flatMap(([id, { kernel, services }]) => {
    const engine = services[dockerd] as unknown as EngineState | undefined;
    return Object.entries(engine?.tasks ?? {})
      .filter(([, task]) => kernel.processes[task.pid] === undefined)
      .map(([container]) => `container without the host’s kernel: ${container} on ${id}`);
  });
}
