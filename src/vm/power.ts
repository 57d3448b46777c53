import { endRun } from '../kernel/client-run.ts';
import { type Errno, isErrno } from '../kernel/errno.ts';
import type { Machine } from '../kernel/machine.ts';
import { cutWires } from '../kernel/net/wire.ts';
import { clearTimer, endProcess, setTimer } from '../kernel/process.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { openForwards, takenPort } from './cards.ts';
import { closeConsoles, openConsole, say } from './console.ts';
import { writeImage } from './disk-image.ts';
import { diskContent, goingDown, servicesOf, startGuest, startLateServices } from './guest.ts';
import { startProcess } from './host-process.ts';
import { beginInstall, isoOf } from './install.ts';
import { isOnMetal, type Kind, kindNamed } from './kinds.ts';
import { refuse } from './refuse.ts';
import { diskUsed, freeMemory, metal, shortage } from './resources.ts';
import { endSessions } from './sessions.ts';
import { powerOffConsole, powerOffTime, type Stage, stageAfter, stages } from './stages.ts';
import { holdsMemory, putMachine, serviceName, updateMachine, type VirtualMachine, virtualMachines } from './state.ts';
import { step } from './step.ts';
import { systemOf } from './systems.ts';

/**
 * Switches a machine on: its resources are set aside or it is refused, a process of the host plays it (or a hypervisor on the
 * metal does), and its firmware begins. The answer has a descriptor of the serial console.
 */
export function switchOn(m: Machine, client: number, vm: VirtualMachine): ServiceAnswer | Errno {
  const kind: Kind = vm.hypervisor ?? 'qemu';
  const problem = shortage(m, vm.name, vm.hardware, kind, diskUsed(vm));
  if (problem) return refuse(problem.refusal, problem.free === undefined ? {} : { free: problem.free });
  const port = takenPort(m, vm);
  if (port !== undefined) return refuse('port-taken', { port });
  const before = freeMemory(m);
  const power = givePower(m, vm);
  if (isErrno(power)) return power;
  const first = stages[0];
  const machine: VirtualMachine = {
    ...power,
    state: 'booting',
    poweredOn: m.world.now,
    ...(m.run === undefined ? {} : { run: m.run }),
    ...(first ? { next: first.id } : {}),
  };
  putMachine(m, m.draft.adopt(machine));
  if (!isOnMetal(kind)) writeImage(m, machine);
  const { memory, cpus, disk } = machine.hardware;
  const left = isOnMetal(kind) ? metal.memory - memory : before - memory;
  if (isOnMetal(kind)) step(m, 'hypervisor', 'vm-metal-on', { vm: vm.name, kind, memory, cpus, disk });
  else {
    const player = kind === 'virtualbox' ? { player: 'VBoxHeadless' } : {};
    step(m, 'hypervisor', 'vm-power-on', { vm: vm.name, pid: machine.pid ?? 0, memory, cpus, disk, left, ...player });
  }
  if (first) setTimer(m, serviceName, `stage:${vm.name}`, m.world.now + first.at);
  const fd = openConsole(m, client, vm.name);
  return isErrno(fd) ? fd : { reply: { ok: true }, fd };
}

/** The process of the host that plays the machine, with the ports that it forwards; none for a hypervisor on the metal. */
export function givePower(m: Machine, vm: VirtualMachine): VirtualMachine | Errno {
  if (isOnMetal(vm.hypervisor ?? 'qemu')) return vm;
  const pid = startProcess(m, vm);
  if (isErrno(pid)) return pid;
  openForwards(m, vm, pid);
  return { ...vm, pid };
}

/** The time of a machine's next stage has come. */
export function reachStage(m: Machine, name: string): void {
  const vm = virtualMachines(m)[name];
  const stage = stages.find(({ id }) => id === vm?.next);
  if (!vm || !stage || vm.state !== 'booting') return;
  if (stage.id === 'boot-device' && vm.system === null) {
    const { next: _, ...rest } = vm;
    const halted = putMachine(m, { ...rest, state: 'running' });
    const iso = isoOf(m, vm);
    if (iso !== undefined) beginInstall(m, halted, iso);
    else {
      say(m, name, [...stage.console(factsOf(vm), stage.at), 'FATAL: No bootable medium found! System halted.']);
      step(m, 'firmware', 'vm-no-medium', { vm: name });
    }
    closeConsoles(m, name);
    return;
  }
  const running = act(m, vm, stage);
  const guest = running.guest === undefined ? undefined : m.peer(running.guest);
  say(m, name, stage.console(factsOf(running), stage.at));
  step(m, stage.actor, 'vm-stage', {
    vm: name,
    stage: stage.id,
    after: m.world.now - (vm.poweredOn ?? m.world.now),
    release: systemOf(vm.system ?? undefined).release,
    hostRelease: m.kernel.release,
    processes: guest ? Object.keys(guest.kernel.processes).length : 0,
  });
  const next = stageAfter(stage.id);
  if (!next) {
    updateMachine(m, name, { state: 'running' });
    closeConsoles(m, name);
    return;
  }
  updateMachine(m, name, { next: next.id });
  setTimer(m, serviceName, `stage:${name}`, (vm.poweredOn ?? 0) + next.at);
}

/** What a machine's console tells of it. */
export function factsOf(vm: VirtualMachine) {
  const { release, version, issue, disk } = systemOf(vm.system ?? undefined);
  const { virtualization } = kindNamed(vm.hypervisor ?? 'qemu') ?? { virtualization: 'qemu' };
  return { release, version, issue, disk, virtualization, hostname: vm.name, cpus: vm.hardware.cpus };
}

/** What a stage changes besides what it says. */
function act(m: Machine, vm: VirtualMachine, stage: Stage): VirtualMachine {
  if (stage.id === 'init') {
    const guest = startGuest(m, vm);
    const { services: _, ...rest } = vm;
    return putMachine(m, { ...rest, guest });
  }
  if (stage.id === 'services' && vm.guest !== undefined) startLateServices(m.peer(vm.guest));
  return vm;
}

/** The power button: the guest's init ends everything in order. With `force` the power is cut. */
export function stop(m: Machine, client: number, vm: VirtualMachine, force: boolean): ServiceAnswer | Errno {
  if (vm.state !== 'running' && !(force && holdsMemory(vm))) return refuse('not-running');
  if (force || vm.guest === undefined) {
    poweredOff(m, vm.name, 'cut');
    return { reply: { ok: true } };
  }
  updateMachine(m, vm.name, { state: 'stopping', ...(m.run === undefined ? {} : { run: m.run }) });
  const fd = openConsole(m, client, vm.name);
  if (isErrno(fd)) return fd;
  goingDown(m.peer(vm.guest));
  setTimer(m, serviceName, `off:${vm.name}`, m.world.now + powerOffTime);
  return { reply: { ok: true }, fd };
}

/**
 * The power is off: the guest with all its processes is gone, its disk stays. `how`: asked to by the power button, cut by the
 * hypervisor, or because the host's process was killed.
 */
export function poweredOff(m: Machine, name: string, how: 'asked' | 'cut' | 'killed'): void {
  const vm = virtualMachines(m)[name];
  if (!vm || !holdsMemory(vm)) return;
  if (how === 'asked') say(m, name, powerOffConsole);
  clearTimer(m, serviceName, `stage:${name}`);
  clearTimer(m, serviceName, `off:${name}`);
  for (const { key } of m.kernel.timers)
    if (/^part-/.test(key) && key.endsWith(`:${name}`)) clearTimer(m, serviceName, key);
  const { pid } = vm;
  const off: VirtualMachine = {
    ...withoutPower(vm),
    ...unplug(m, vm),
    state: how === 'killed' && vm.hypervisor === 'virtualbox' ? 'aborted' : 'off',
  };
  if (!isOnMetal(vm.hypervisor ?? 'qemu')) writeImage(m, off);
  putMachine(m, m.draft.adopt(off));
  const forced = how !== 'asked';
  step(m, forced ? 'hypervisor' : 'guest init', 'vm-power-off', { vm: name, pid: pid ?? 0, forced });
  endPlayer(m, pid, forced);
  closeConsoles(m, name);
}

/** The machine without what it has only while it is on. */
export function withoutPower(vm: VirtualMachine): VirtualMachine {
  const { guest: _guest, pid: _pid, next: _next, poweredOn: _on, run: _run, kept: _kept, again: _again, ...rest } = vm;
  return rest;
}

/** The process that plays a machine ends. */
export function endPlayer(m: Machine, pid: number | undefined, forced: boolean): void {
  const process = m.kernel.processes[pid ?? 0];
  if (process && !('zombie' in process.status)) {
    endProcess(m, process.pid, forced ? { code: 137, signal: 'SIGKILL' } : { code: 0 });
  }
}

/** Takes the guest's host out of the world; returns what its disk holds. Who talked to it or waited for it is told. */
export function unplug(m: Machine, vm: VirtualMachine): Partial<Pick<VirtualMachine, 'disk' | 'services'>> {
  const { guest, name, kept } = vm;
  if (guest === undefined) return {};
  // one that stands still is put back for a moment
  if (kept && !m.world.hosts[guest]) m.draft.own(m.world, 'hosts')[guest] = kept;
  if (!m.world.hosts[guest]) return {};
  const there = m.peer(guest);
  const disk = diskContent(there.host);
  const services = servicesOf(there);
  // machines that run in the guest go with it
  for (const inner of Object.keys(m.world.hosts)) {
    if (inner.startsWith(`${guest}/`)) delete m.draft.own(m.world, 'hosts')[inner];
  }
  for (const run of Object.values(m.world.runs)) if (run.host === guest) endRun(there, run.id);
  delete m.draft.own(m.world, 'hosts')[guest];
  for (const host of Object.keys(m.world.hosts)) cutWires(m.peer(host), guest);
  endSessions(m, name);
  return { ...(disk ? { disk } : {}), ...(services ? { services } : {}) };
}
