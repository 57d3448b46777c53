import { type Errno, isErrno } from '../kernel/errno.ts';
import type { Machine } from '../kernel/machine.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import { makeReady } from '../kernel/wait.ts';
import { imagePath } from './disk-image.ts';
import { hypervisor, initService, serviceName, type VirtualMachine } from './state.ts';

/**
 * The process that plays a machine on the host: QEMU as a child of libvirtd, or VBoxHeadless as a child of VBoxSVC, which is the
 * user's own. It holds the machine's memory.
 */
export function startProcess(m: Machine, vm: VirtualMachine): number | Errno {
  const parent = vm.hypervisor === 'virtualbox' ? vboxService(m, vm.owner ?? 0) : libvirtd(m);
  if (isErrno(parent)) return parent;
  const cgroup = vm.hypervisor === 'virtualbox' ? '/user.slice' : `/machine.slice/${vm.name}.scope`;
  const pid = cloneProcess(m, parent, { program: 'vmm', pgid: 0, fds: {}, cgroup });
  if (isErrno(pid)) return pid;
  const argv = vm.hypervisor === 'virtualbox' ? virtualBoxWords(vm) : qemuWords(vm);
  const path = vm.hypervisor === 'virtualbox' ? (argv[0] ?? '') : '/usr/bin/qemu-system-x86_64';
  Object.assign(ownProcess(m, pid), { sid: pid, path, argv, resident: vm.hardware.memory });
  makeReady(m, pid, { on: 'start' });
  return pid;
}

function qemuWords({ name, hardware, hypervisor: kind }: VirtualMachine): string[] {
  const argv = ['qemu-system-x86_64', '-name', name, ...(kind === 'kvm' ? ['-enable-kvm'] : [])];
  argv.push('-m', `${Math.round(hardware.memory / 1_048_576)}`, '-smp', `${hardware.cpus}`, '-drive');
  argv.push(`file=${imagePath(name)},if=virtio`, '-nic', 'user,model=virtio-net-pci', '-serial', 'stdio');
  return argv;
}

function virtualBoxWords({ name, uuid = '' }: VirtualMachine): string[] {
  return ['/usr/lib/virtualbox/VBoxHeadless', '--comment', name, '--startvm', uuid, '--vrde', 'config'];
}

/** The daemon that the machines' processes belong to; started with the first machine. */
function libvirtd(m: Machine): number | Errno {
  return daemon(m, 'daemon', '/usr/sbin/libvirtd', ['/usr/sbin/libvirtd'], '/system.slice/libvirtd.service', 0);
}

function vboxService(m: Machine, uid: number): number | Errno {
  const path = '/usr/lib/virtualbox/VBoxSVC';
  return daemon(m, 'vboxsvc', path, [path, '--auto-shutdown'], '/user.slice', uid);
}

function daemon(
  m: Machine,
  key: 'daemon' | 'vboxsvc',
  path: string,
  argv: readonly string[],
  cgroup: string,
  uid: number,
): number | Errno {
  const running = m.kernel.processes[hypervisor(m)[key] ?? 0];
  if (running && running.path === path && !('zombie' in running.status)) return running.pid;
  const pid = cloneProcess(m, 1, { program: 'vmm', pgid: 0, fds: {}, cgroup });
  if (isErrno(pid)) return pid;
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    path,
    argv,
    service: serviceName,
    uid,
    gid: uid,
    ...(uid === 0 ? {} : { caps: [] }),
  });
  makeReady(m, pid, { on: 'start' });
  hypervisor(m)[key] = pid;
  // machines outlive their daemon: then process 1 is told of their end, and hands it on
  const init = ownProcess(m, 1);
  if (init.service === undefined) init.service = initService;
  return pid;
}
