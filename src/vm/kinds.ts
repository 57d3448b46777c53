/** The hypervisors that the model knows. */
export type Kind = 'qemu' | 'virtualbox' | 'kvm' | 'esxi' | 'hyper-v' | 'xen';

/** What a hypervisor is, and how its guests look from the computer that it runs on. */
export interface KindFacts {
  readonly kind: Kind;
  /** As systemd-detect-virt calls it in a guest. */
  readonly virtualization: string;
  readonly name: string;
  /** 1: on the hardware itself; 2: a program of an operating system. KVM is called both. */
  readonly type: 1 | 2 | '1/2';
  /** What has the hardware's drivers. */
  readonly drivers: string;
  /** What a guest is for the computer: a process of an operating system, or something beside all of them. */
  readonly guest: 'process' | 'domain';
  /** How the hypervisor calls the guests, and the system that administers it. */
  readonly control: string;
  /** The last two in Korean. */
  readonly korean: readonly [drivers: string, control: string];
}

/**
 * Facts: Red Hat and others disagree on KVM's type, which makes the running Linux kernel the hypervisor; Hyper-V's root partition and
 * Xen's dom0 hold the drivers (Microsoft's TLFS, the Xen project's own description).
 */
export const kinds: readonly KindFacts[] = [
  {
    kind: 'esxi',
    virtualization: 'vmware',
    name: 'VMware ESXi',
    type: 1,
    drivers: 'VMkernel',
    guest: 'domain',
    control: 'vSphere client over the network',
    korean: ['VMkernel', '네트워크 너머의 vSphere 클라이언트'],
  },
  {
    kind: 'hyper-v',
    virtualization: 'microsoft',
    name: 'Microsoft Hyper-V',
    type: 1,
    drivers: 'root partition (Windows)',
    guest: 'domain',
    control: 'root partition; guests are child partitions',
    korean: ['루트 파티션(Windows)', '루트 파티션. 게스트는 자식 파티션'],
  },
  {
    kind: 'xen',
    virtualization: 'xen',
    name: 'Xen',
    type: 1,
    drivers: 'dom0 (Linux)',
    guest: 'domain',
    control: 'dom0; guests are domU',
    korean: ['dom0(Linux)', 'dom0. 게스트는 domU'],
  },
  {
    kind: 'kvm',
    virtualization: 'kvm',
    name: 'Linux KVM with QEMU',
    type: '1/2',
    drivers: 'Linux (kvm.ko)',
    guest: 'process',
    control: 'libvirt; a guest is a QEMU process',
    korean: ['Linux(kvm.ko)', 'libvirt. 게스트는 QEMU 프로세스'],
  },
  {
    kind: 'qemu',
    virtualization: 'qemu',
    name: 'QEMU (emulation)',
    type: 2,
    drivers: 'host system',
    guest: 'process',
    control: 'libvirt; a guest is a QEMU process',
    korean: ['호스트의 운영 체제', 'libvirt. 게스트는 QEMU 프로세스'],
  },
  {
    kind: 'virtualbox',
    virtualization: 'oracle',
    name: 'Oracle VirtualBox',
    type: 2,
    drivers: 'host system',
    guest: 'process',
    control: 'VBoxManage; a guest is a VBoxHeadless process',
    korean: ['호스트의 운영 체제', 'VBoxManage. 게스트는 VBoxHeadless 프로세스'],
  },
];

/** The facts about a hypervisor by its name; undefined when there is none of this name. */
export function kindNamed(name: string): KindFacts | undefined {
  return kinds.find(({ kind }) => kind === name);
}

/** Does it run on the hardware itself, so that a guest is no process of the host? */
export function isOnMetal(kind: Kind): boolean {
  return kindNamed(kind)?.guest === 'domain';
}

/** Hypervisors of which the guests do not start without the processor's help (VT-x or AMD-V). */
export function needsHardwareHelp(kind: Kind): boolean {
  return kind !== 'qemu';
}
