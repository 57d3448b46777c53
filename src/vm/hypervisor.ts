import { type Errno, fail } from '../kernel/errno.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { emptyDir } from '../kernel/fs/tree.ts';
import type { Us } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { defaultHardware } from './box.ts';
import { addHostOnly, cardsOf, hostOnlyNetworks, newMac } from './cards.ts';
import { changeAddress, changeMachine, shareFolder } from './change.ts';
import { forgetConsole } from './console.ts';
import { removeImage } from './disk-image.ts';
import { setHostname } from './guest.ts';
import { hold, newUuid, snapshotOf } from './hold.ts';
import { installPart } from './install.ts';
import { isOnMetal, type Kind } from './kinds.ts';
import { medium } from './media.ts';
import { factsOf, poweredOff, reachStage, stop, switchOn } from './power.ts';
import { goDown, guestPower, machineUnder, watchBoot } from './reboot.ts';
import { refuse } from './refuse.ts';
import type { NewMachine, VmAnswer, VmRequest, VmSummary } from './requests.ts';
import { diskUsed, hasHardwareHelp } from './resources.ts';
import { execInGuest, putFile } from './sessions.ts';
import { findMachine, holdsMemory, hypervisor, putMachine, type VirtualMachine, virtualMachines } from './state.ts';
import { step } from './step.ts';
import type { SystemId } from './systems.ts';

/** Makes what a new machine's disk holds. */
export type DiskMaker = (hostname: string, now: Us, system?: SystemId) => DirNode;

/**
 * The hypervisors of a host: one that runs as processes of it (type 2), or on the metal (type 1, a computer of its own in the model).
 * A machine is switched on, goes through the stages of its boot on the simulated clock, has a kernel and a process table of its own
 * then, and is switched off again.
 */
export function hypervisorService(disk: DiskMaker): Service {
  return {
    stateless: true,
    request: (m, pid, message) => answer(m, pid, message as unknown as VmRequest, disk),
    timer(m, key) {
      const [what = '', name = ''] = key.split(/:(.*)/s);
      m.run = virtualMachines(m)[name]?.run;
      if (what === 'stage') reachStage(m, name);
      else if (what === 'off') goDown(m, name);
      else if (what.startsWith('part-')) installPart(m, name, what.slice(5), disk);
      m.run = undefined;
    },
    childExited(m, pid) {
      // the host's process was killed: the machine has lost its power
      const vm = Object.values(virtualMachines(m)).find((machine) => machine.pid === pid);
      if (vm) poweredOff(m, vm.name, 'killed');
    },
    io: forgetConsole,
  };
}

function answer(m: Machine, pid: number, request: VmRequest, disk: DiskMaker): ServiceAnswer | Errno {
  switch (request.op) {
    case 'boot':
      return boot(m, pid, request, disk);
    case 'define':
      return define(m, pid, request.machine, disk);
    case 'list':
      return list(m);
    case 'networks':
      if (request.add !== undefined) addHostOnly(m, request.add);
      return done({ networks: hostOnlyNetworks(m) });
    case 'medium':
      return medium(m, pid, request);
    case 'firmware':
      return firmware(m, request.help);
    case 'self':
      return self(m);
    case 'power':
      return guestPower(m, pid, request.again);
    default:
  }
  const vm = findMachine(m, request.name);
  if (!vm) return refuse('no-such-machine');
  switch (request.op) {
    case 'start':
      return isOff(vm) ? switchOn(m, pid, vm) : refuse('is-running');
    case 'watch-boot':
      return watchBoot(m, pid, vm);
    case 'stop':
      return stop(m, pid, vm, request.force);
    case 'hold':
      return hold(m, vm, request.how);
    case 'snapshot':
      return snapshotOf(m, vm, request.act, request.snapshot);
    case 'remove':
      return remove(m, vm);
    case 'show':
      return done({ machine: details(vm) });
    case 'change':
      return changeMachine(m, vm, request.change, disk);
    case 'exec':
      return execInGuest(m, pid, vm, request.command);
    case 'put':
      return putFile(m, vm, request);
    case 'hostname':
      return setHostname(m, vm, request.hostname);
    case 'address':
      return changeAddress(m, vm, request.card, request.cidr);
    case 'share':
      return shareFolder(m, vm, request.share, request.files as DirNode | undefined);
    default:
      return fail('EINVAL');
  }
}

function done(more: Omit<VmAnswer & { ok: true }, 'ok'> = {}): ServiceAnswer {
  return { reply: { ok: true, ...more } as never };
}

function isOff({ state }: VirtualMachine): boolean {
  return state === 'off' || state === 'aborted';
}

function boot(
  m: Machine,
  client: number,
  { name, memory, cpus, disk, kind }: VmRequest & { readonly op: 'boot' },
  makeDisk: DiskMaker,
): ServiceAnswer | Errno {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) return refuse('bad-name');
  const old = virtualMachines(m)[name];
  if (old && !isOff(old)) return refuse('is-running');
  const base = old ?? freshMachine(m, name, kind ?? 'qemu', makeDisk);
  const hardware = {
    ...base.hardware,
    ...(memory === undefined ? {} : { memory }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(disk === undefined ? {} : { disk }),
  };
  return switchOn(m, client, { ...base, hardware, ...(kind === undefined ? {} : { hypervisor: kind }) });
}

function freshMachine(m: Machine, name: string, kind: Kind, makeDisk: DiskMaker): VirtualMachine {
  return {
    name,
    hardware: { ...defaultHardware, mac: newMac(m, false) },
    state: 'off',
    created: m.world.now,
    disk: makeDisk(name, m.world.now),
    ...(kind === 'qemu' ? {} : { hypervisor: kind }),
  };
}

/** A new machine, off, as VirtualBox registers it. */
function define(m: Machine, client: number, made: NewMachine, makeDisk: DiskMaker): ServiceAnswer {
  const { name, hardware, system, cards, osType } = made;
  if (name === '' || /[/\n]/.test(name)) return refuse('bad-name');
  if (virtualMachines(m)[name]) return refuse('exists');
  const mac = hardware.mac ?? newMac(m, true);
  const vm: VirtualMachine = {
    name,
    uuid: newUuid(m),
    hypervisor: made.hypervisor,
    hardware: { ...hardware, mac },
    state: 'off',
    created: m.world.now,
    system,
    disk: system === null ? emptyDir(m.world.now) : makeDisk(name, m.world.now, system),
    cards: cards ?? [{ kind: 'nat', mac, forwards: [] }],
    owner: m.kernel.processes[client]?.uid ?? 0,
    ...(osType === undefined ? {} : { osType }),
  };
  putMachine(m, m.draft.adopt(vm));
  step(m, 'hypervisor', 'vm-define', { vm: name, kind: made.hypervisor, memory: hardware.memory, cpus: hardware.cpus });
  return done({ machine: details(vm) });
}

function remove(m: Machine, vm: VirtualMachine): ServiceAnswer {
  if (holdsMemory(vm)) return refuse('is-running');
  delete (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[vm.name];
  if (!isOnMetal(vm.hypervisor ?? 'qemu')) removeImage(m, vm);
  step(m, 'hypervisor', 'vm-remove', { vm: vm.name, disk: vm.hardware.disk });
  return done();
}

function firmware(m: Machine, help: boolean | undefined): ServiceAnswer {
  if (help === false) hypervisor(m).noHardwareHelp = true;
  else if (help === true) delete hypervisor(m).noHardwareHelp;
  return done({ help: hasHardwareHelp(m) });
}

/** What a guest runs on; nothing on a computer that is no guest. */
function self(m: Machine): ServiceAnswer {
  const vm = machineUnder(m)?.vm;
  return done(vm ? { self: { ...factsOf(vm), poweredOn: vm.poweredOn ?? 0 } } : {});
}

function list(m: Machine): ServiceAnswer {
  const all = Object.values(virtualMachines(m));
  const running = all.filter(holdsMemory).length;
  step(m, 'hypervisor', 'vm-list', { total: all.length, running });
  const rows = all.map((vm): VmSummary => {
    const kernel = vm.guest !== undefined && m.world.hosts[vm.guest] ? m.peer(vm.guest).kernel : undefined;
    const { memory, cpus, disk } = vm.hardware;
    return {
      name: vm.name,
      state: vm.state,
      memory,
      cpus,
      disk,
      pid: vm.pid ?? null,
      release: kernel?.release ?? null,
      processes: Object.keys(kernel?.processes ?? {}).length,
      kind: vm.hypervisor ?? 'qemu',
      uuid: vm.uuid ?? '',
    };
  });
  return done({ list: rows });
}

function details(vm: VirtualMachine) {
  const { disk: _disk, services: _services, kept: _kept, snapshots = [], ...rest } = vm;
  return {
    ...rest,
    cards: cardsOf(vm),
    diskUsed: diskUsed(vm),
    snapshots: snapshots.map(({ name, uuid, taken }) => ({ name, uuid, taken })),
  };
}
