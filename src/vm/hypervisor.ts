import { encodeUtf8 } from '../kernel/bytes.ts';
import { endRun } from '../kernel/client-run.ts';
import { type Errno, fail, isErrno } from '../kernel/errno.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import type { Id, Us } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import { newPipe, pipeEnd, pushPipe, releasePipe } from '../kernel/pipes.ts';
import { clearTimer, cloneProcess, endProcess, giveFd, ownProcess, setTimer } from '../kernel/process.ts';
import { residentBytes } from '../kernel/process-list.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { makeReady } from '../kernel/wait.ts';
import { randomHex } from '../kernel/world.ts';
import type { VmActions } from './actions.ts';
import { defaultHardware, guestKernel } from './box.ts';
import { imagePath, removeImage, writeImage } from './disk-image.ts';
import { diskOf, startGuest, startLateServices } from './guest.ts';
import { powerOffConsole, powerOffTime, type Stage, stageAfter, stages } from './stages.ts';
import { hypervisor, serviceName, updateMachine, type VirtualMachine, virtualMachines } from './state.ts';

/** What the `vm` program asks for. */
export type VmRequest =
  | { readonly op: 'boot'; readonly name: string; readonly memory?: number; readonly cpus?: number }
  | { readonly op: 'stop'; readonly name: string; readonly force: boolean }
  | { readonly op: 'remove'; readonly name: string }
  | { readonly op: 'list' };

/** Why the hypervisor refuses. */
export type VmRefusal =
  | 'bad-name'
  | 'no-such-machine'
  | 'is-running'
  | 'not-running'
  | 'no-memory'
  | 'too-many-cpus'
  | 'too-little-memory';

/** A machine as `vm list` shows it. */
export interface VmSummary {
  readonly name: string;
  readonly state: VirtualMachine['state'];
  readonly memory: number;
  readonly cpus: number;
  readonly disk: number;
  /** The hypervisor's process on the host. */
  readonly pid: number | null;
  /** The guest's kernel and the number of its processes. */
  readonly release: string | null;
  readonly processes: number;
}

export type VmAnswer =
  | { readonly ok: true; readonly list?: readonly VmSummary[] }
  | { readonly ok: false; readonly refusal: VmRefusal; readonly free?: number };

/** The least memory that a Debian boots with here, bytes: a guest of 256 MiB was measured. */
const leastMemory = 256 * 1_048_576;

/**
 * The hypervisor of a host: one that runs as processes of it (type 2). A machine is switched on, goes through the stages of
 * its boot on the simulated clock, has a kernel and a process table of its own then, and is switched off again.
 * `disk` makes what a new machine's disk holds.
 */
export function hypervisorService(disk: (hostname: string, now: Us) => DirNode): Service {
  return {
    stateless: true,
    request(m, pid, message) {
      const request = message as unknown as VmRequest;
      if (request.op === 'boot') return boot(m, pid, request, disk);
      if (request.op === 'stop') return stop(m, pid, request.name, request.force);
      if (request.op === 'remove') return remove(m, request.name);
      return request.op === 'list' ? list(m) : fail('EINVAL');
    },
    timer(m, key) {
      const [what = '', name = ''] = key.split(/:(.*)/s);
      m.run = virtualMachines(m)[name]?.run;
      if (what === 'stage') reachStage(m, name);
      else if (what === 'off') poweredOff(m, name);
      m.run = undefined;
    },
    childExited(m, pid) {
      // the host's process was killed: the machine has lost its power
      const vm = Object.values(virtualMachines(m)).find((machine) => machine.pid === pid);
      if (vm) poweredOff(m, vm.name, true);
    },
    io: forgetConsole,
  };
}

function boot(
  m: Machine,
  client: number,
  { name, memory, cpus }: VmRequest & { readonly op: 'boot' },
  disk: (hostname: string, now: Us) => DirNode,
): ServiceAnswer | Errno {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) return refuse('bad-name');
  const old = virtualMachines(m)[name];
  if (old && old.state !== 'off') return refuse('is-running');
  const hardware = {
    memory: memory ?? old?.hardware.memory ?? defaultHardware.memory,
    cpus: cpus ?? old?.hardware.cpus ?? defaultHardware.cpus,
    disk: old?.hardware.disk ?? defaultHardware.disk,
    mac: old?.hardware.mac ?? `52:54:00:${randomHex(m, 6).replace(/(..)(..)(..)/, '$1:$2:$3')}`,
  };
  if (hardware.memory < leastMemory) return refuse('too-little-memory');
  if (hardware.cpus > m.kernel.cpus) return refuse('too-many-cpus');
  const free = freeMemory(m);
  if (hardware.memory > free) return refuse('no-memory', free);
  const pid = startProcess(m, name, hardware);
  if (isErrno(pid)) return pid;
  const first = stages[0];
  const machine: VirtualMachine = {
    name,
    hardware,
    state: 'booting',
    created: old?.created ?? m.world.now,
    disk: old?.disk ?? disk(name, m.world.now),
    pid,
    poweredOn: m.world.now,
    ...(m.run === undefined ? {} : { run: m.run }),
    ...(first ? { next: first.id } : {}),
  };
  (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[name] = m.draft.adopt(machine);
  writeImage(m, machine);
  const left = free - hardware.memory;
  step(m, 'hypervisor', 'vm-power-on', { vm: name, pid, ...pick(hardware), left });
  if (first) setTimer(m, serviceName, `stage:${name}`, m.world.now + first.at);
  const fd = openConsole(m, client, name);
  return isErrno(fd) ? fd : { reply: { ok: true }, fd };
}

function pick({ memory, cpus, disk }: VirtualMachine['hardware']) {
  return { memory, cpus, disk };
}

/** What the host's processes and the machines that are on leave of its memory. A machine's is set aside when it is switched on. */
function freeMemory(m: Machine): number {
  const used = Object.values(m.kernel.processes).reduce((sum, process) => sum + residentBytes(process), 0);
  return m.kernel.memory - used;
}

/** The daemon that the machines' processes belong to; started with the first machine. */
function daemonProcess(m: Machine): number | Errno {
  const { daemon } = hypervisor(m);
  const running = m.kernel.processes[daemon ?? 0];
  if (running && !('zombie' in running.status)) return running.pid;
  const pid = cloneProcess(m, 1, { program: 'vmm', pgid: 0, fds: {}, cgroup: '/system.slice/libvirtd.service' });
  if (isErrno(pid)) return pid;
  const path = '/usr/sbin/libvirtd';
  Object.assign(ownProcess(m, pid), { sid: pid, path, argv: [path], service: serviceName });
  makeReady(m, pid, { on: 'start' });
  hypervisor(m).daemon = pid;
  return pid;
}

function startProcess(m: Machine, name: string, { memory, cpus }: VirtualMachine['hardware']) {
  const parent = daemonProcess(m);
  if (isErrno(parent)) return parent;
  const pid = cloneProcess(m, parent, { program: 'vmm', pgid: 0, fds: {}, cgroup: `/machine.slice/${name}.scope` });
  if (isErrno(pid)) return pid;
  const mib = Math.round(memory / 1_048_576);
  const argv = ['qemu-system-x86_64', '-name', name, '-m', `${mib}`, '-smp', `${cpus}`, '-drive'];
  argv.push(`file=${imagePath(name)},if=virtio`, '-nic', 'user,model=virtio-net-pci', '-serial', 'stdio');
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    path: '/usr/bin/qemu-system-x86_64',
    argv,
    resident: memory,
  });
  makeReady(m, pid, { on: 'start' });
  return pid;
}

function reachStage(m: Machine, name: string): void {
  const vm = virtualMachines(m)[name];
  const stage = stages.find(({ id }) => id === vm?.next);
  if (!vm || !stage || vm.state !== 'booting') return;
  const running = act(m, vm, stage);
  const guest = running.guest === undefined ? undefined : m.peer(running.guest);
  const facts = { ...guestKernel, hostname: name, cpus: vm.hardware.cpus };
  say(m, name, stage.console(facts, stage.at));
  step(m, stage.actor, 'vm-stage', {
    vm: name,
    stage: stage.id,
    after: m.world.now - (vm.poweredOn ?? m.world.now),
    release: guestKernel.release,
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

/** What a stage changes besides what it says. */
function act(m: Machine, vm: VirtualMachine, stage: Stage): VirtualMachine {
  if (stage.id === 'init') return updateMachine(m, vm.name, { guest: startGuest(m, vm) });
  if (stage.id === 'services' && vm.guest !== undefined) startLateServices(m.peer(vm.guest));
  return vm;
}

function stop(m: Machine, client: number, name: string, force: boolean): ServiceAnswer | Errno {
  const vm = virtualMachines(m)[name];
  if (!vm) return refuse('no-such-machine');
  if (vm.state !== 'running' && !(force && vm.state !== 'off')) return refuse('not-running');
  if (force) {
    poweredOff(m, name, true);
    return { reply: { ok: true } };
  }
  updateMachine(m, name, { state: 'stopping', ...(m.run === undefined ? {} : { run: m.run }) });
  const fd = openConsole(m, client, name);
  if (isErrno(fd)) return fd;
  setTimer(m, serviceName, `off:${name}`, m.world.now + powerOffTime);
  return { reply: { ok: true }, fd };
}

/** The power is off: the guest with all its processes is gone, its disk stays. */
function poweredOff(m: Machine, name: string, forced = false): void {
  const vm = virtualMachines(m)[name];
  if (!vm || vm.state === 'off') return;
  if (!forced) say(m, name, powerOffConsole);
  clearTimer(m, serviceName, `stage:${name}`);
  clearTimer(m, serviceName, `off:${name}`);
  const { guest, pid, hardware, created } = vm;
  let { disk } = vm;
  if (guest !== undefined) {
    disk = diskOf(m.peer(guest)) ?? disk;
    for (const run of Object.values(m.world.runs)) if (run.host === guest) endRun(m.peer(guest), run.id);
    delete m.draft.own(m.world, 'hosts')[guest];
  }
  const off: VirtualMachine = { name, hardware, created, disk, state: 'off' };
  writeImage(m, off);
  (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[name] = m.draft.adopt(off);
  step(m, forced ? 'hypervisor' : 'guest init', 'vm-power-off', { vm: name, pid: pid ?? 0, forced });
  const process = m.kernel.processes[pid ?? 0];
  if (process && !('zombie' in process.status)) {
    endProcess(m, process.pid, forced ? { code: 137, signal: 'SIGKILL' } : { code: 0 });
  }
  closeConsoles(m, name);
}

function remove(m: Machine, name: string): ServiceAnswer {
  const vm = virtualMachines(m)[name];
  if (!vm) return refuse('no-such-machine');
  if (vm.state !== 'off') return refuse('is-running');
  delete (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[name];
  removeImage(m, name);
  step(m, 'hypervisor', 'vm-remove', { vm: name, disk: vm.hardware.disk });
  return { reply: { ok: true } };
}

function list(m: Machine): ServiceAnswer {
  const all = Object.values(virtualMachines(m));
  step(m, 'hypervisor', 'vm-list', { total: all.length, running: all.filter(({ state }) => state !== 'off').length });
  const rows = all.map(({ name, state, hardware, pid, guest }) => {
    const kernel = guest === undefined ? undefined : m.peer(guest).kernel;
    return {
      name,
      state,
      ...pick(hardware),
      pid: pid ?? null,
      release: kernel?.release ?? null,
      processes: Object.keys(kernel?.processes ?? {}).length,
    };
  });
  return { reply: { ok: true, list: rows } };
}

function refuse(refusal: VmRefusal, free?: number): ServiceAnswer {
  return { reply: { ok: false, refusal, ...(free === undefined ? {} : { free }) } };
}

// ---- The serial console: what comes from it goes to whoever reads at that time.

function openConsole(m: Machine, client: number, name: string) {
  const pipe = newPipe(m, { producer: { service: serviceName, key: name } });
  const fd = giveFd(m, client, pipeEnd(m, pipe, 'read'));
  if (isErrno(fd)) {
    releasePipe(m, pipe, 'write');
    return fd;
  }
  const consoles = m.draft.own(hypervisor(m), 'consoles') as { [name: string]: readonly Id[] };
  consoles[name] = [...(consoles[name] ?? []), pipe];
  return fd;
}

function say(m: Machine, name: string, lines: readonly string[]): void {
  for (const pipe of hypervisor(m).consoles[name] ?? []) pushPipe(m, pipe, encodeUtf8(`${lines.join('\n')}\n`));
}

function closeConsoles(m: Machine, name: string): void {
  const consoles = m.draft.own(hypervisor(m), 'consoles') as { [name: string]: readonly Id[] };
  for (const pipe of consoles[name] ?? []) releasePipe(m, pipe, 'write');
  delete consoles[name];
}

/** Consoles that nobody reads any more. */
function forgetConsole(m: Machine, name: string): void {
  const consoles = m.draft.own(hypervisor(m), 'consoles') as { [name: string]: readonly Id[] };
  const open = (consoles[name] ?? []).filter((pipe) => (m.kernel.pipes[pipe]?.readers ?? 0) > 0);
  for (const pipe of consoles[name] ?? []) if (!open.includes(pipe)) releasePipe(m, pipe, 'write');
  consoles[name] = open;
}

function step<A extends keyof VmActions>(m: Machine, actor: string, action: A, data: VmActions[A]): void {
  m.trace.push({ at: m.world.now, actor, action, data, ...(m.run === undefined ? {} : { run: m.run }) });
}
