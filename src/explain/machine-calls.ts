import type { MachineTexts } from './catalog/machine-texts.ts';
import { bytes } from './quantities.ts';

/** What was called for each of the steps of virtual machines. */
export const machineCalls: MachineTexts = {
  'vm-metal-on': (d) => `${d.kind}: create ${d.vm}, ${d.cpus} vCPU, ${bytes(d.memory)}`,
  'vm-no-medium': (d) => `${d.vm}: no bootable medium`,
  'vm-reboot': (d) => `reboot(RB_AUTOBOOT) in ${d.vm}`,
  'vm-hold': (d) => `${d.vm}: ${d.how === 'save' ? 'savestate' : d.how}`,
  'vm-snapshot': (d) => `${d.vm}: snapshot ${d.act} ${d.snapshot}`,
  'vm-define': (d) => `${d.vm}: ${d.cpus} vCPU, ${bytes(d.memory)}`,
  'vm-address': (d) => `ip addr add ${d.cidr} (${d.network})`,
  'vm-share': (d) => `mount -t vboxsf ${d.hostPath} ${d.guestPath}`,
  'guest-login': (d) => `ssh ${d.user}@${d.vm} ${d.program}: ${d.pid}`,
  'vm-install': (d) => `${d.vm}: ${d.part}`,
  'vagrant-read': (d) => `read ${d.file}`,
  'vagrant-import': (d) => `VBoxManage import ${d.box} ${d.version}`,
  'vagrant-provision': (d) => `scp ${d.script}; ssh ${d.user === 'root' ? 'sudo ' : ''}/tmp/vagrant-shell`,
};
