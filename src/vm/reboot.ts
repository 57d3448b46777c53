import type { Errno } from '../kernel/errno.ts';
import { millisecond } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { setTimer } from '../kernel/process.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { openConsole, say } from './console.ts';
import { goingDown } from './guest.ts';
import { poweredOff, unplug } from './power.ts';
import { refuse } from './refuse.ts';
import type { VmAnswer } from './requests.ts';
import { powerOffTime, rebootConsole, stages } from './stages.ts';
import { hostOf, putMachine, serviceName, updateMachine, type VirtualMachine, virtualMachines } from './state.ts';
import { step } from './step.ts';

const ok = { reply: { ok: true } satisfies VmAnswer };

/** The computer that a guest is on, and the machine that it is there; undefined for a computer that is no guest. */
export function machineUnder(m: Machine): { readonly host: Machine; readonly vm: VirtualMachine } | undefined {
  const host = hostOf(m);
  if (!host) return undefined;
  const vm = Object.values(virtualMachines(host)).find(({ guest }) => guest === m.hostId);
  return vm && { host, vm };
}

/** `reboot` or `poweroff` in a guest: its init ends everything in order. */
export function guestPower(m: Machine, pid: number, again: boolean): ServiceAnswer | Errno {
  const under = machineUnder(m);
  if (!under || m.kernel.processes[pid]?.uid !== 0) return refuse('not-running');
  const { host, vm } = under;
  if (vm.state !== 'running') return ok;
  updateMachine(host, vm.name, { state: 'stopping', ...(again ? { again } : {}) });
  if (again) step(m, 'guest init', 'vm-reboot', { vm: vm.name, pid: vm.pid ?? 0, memory: vm.hardware.memory });
  goingDown(m);
  setTimer(host, serviceName, `off:${vm.name}`, m.world.now + powerOffTime);
  return ok;
}

/** The time for going down has passed: the power goes, unless a service of the guest is not done. */
export function goDown(m: Machine, name: string): void {
  const vm = virtualMachines(m)[name];
  const guest = vm?.guest !== undefined && m.world.hosts[vm.guest] ? m.peer(vm.guest) : undefined;
  if (guest && goingDown(guest)) setTimer(m, serviceName, `off:${name}`, m.world.now + 100 * millisecond);
  else if (vm?.again) startOver(m, vm);
  else poweredOff(m, name, 'asked');
}

/** The guest's kernel has ended and the firmware begins again: the power stays, and with it the process of the host. */
function startOver(m: Machine, vm: VirtualMachine): void {
  const first = stages[0];
  if (!first) return;
  say(m, vm.name, rebootConsole);
  const { guest: _guest, again: _again, ...rest } = vm;
  const found = unplug(m, vm);
  putMachine(m, { ...rest, ...found, state: 'booting', poweredOn: m.world.now, next: first.id });
  setTimer(m, serviceName, `stage:${vm.name}`, m.world.now + first.at);
}

/** The console of a machine that is on its way up, for a client that waits for it; no descriptor when it is up or off. */
export function watchBoot(m: Machine, client: number, { name, state, again }: VirtualMachine): ServiceAnswer | Errno {
  if (state !== 'booting' && again !== true) return ok;
  const fd = openConsole(m, client, name);
  if (typeof fd !== 'number') return fd;
  if (m.run !== undefined) updateMachine(m, name, { run: m.run });
  return { ...ok, fd };
}
