import type { VmAnswer } from './requests.ts';

const details =
  'VBoxManage: error: Details: code NS_ERROR_FAILURE (0x80004005), component ConsoleWrap, interface IConsole';

/** VirtualBox's own words for a refusal, as `VBoxManage` prints them on its standard error. */
export function virtualBoxWords({ refusal, port = 0 }: VmAnswer & { readonly ok: false }, name: string): string {
  const object = (code: string, text: string) =>
    `VBoxManage: error: ${text}\nVBoxManage: error: Details: code ${code}, component MachineWrap, interface IMachine, callee nsISupports`;
  switch (refusal) {
    case 'no-hardware-help':
      return `VBoxManage: error: VT-x is not available (VERR_VMX_NO_VMX)\n${details}`;
    case 'no-memory':
      return `VBoxManage: error: Out of memory condition when allocating memory with low physical backing. (VERR_NO_LOW_MEMORY)\n${details}`;
    case 'too-little-memory':
      return `VBoxManage: error: Out of memory. (VERR_NO_MEMORY)\n${details}`;
    case 'too-many-cpus':
      return object('NS_ERROR_INVALID_ARG (0x80070057)', 'Invalid virtual CPU count');
    case 'no-disk':
      return `VBoxManage: error: The disk is full. (VERR_DISK_FULL)\n${details}`;
    case 'port-taken':
      return `VBoxManage: error: Failed to open a port on the host: ${port} (VERR_NET_ADDRESS_IN_USE)\n${details}`;
    case 'is-running':
      return `VBoxManage: error: The machine '${name}' is already locked by a session (or being locked or unlocked)\nVBoxManage: error: Details: code VBOX_E_INVALID_OBJECT_STATE (0x80bb0007), component MachineWrap, interface IMachine, callee nsISupports`;
    case 'not-held':
    case 'not-running':
      return `VBoxManage: error: Machine '${name}' is not currently running.`;
    case 'exists':
      return object(
        'VBOX_E_FILE_ERROR (0x80bb0004)',
        `Machine settings file '/home/learner/VirtualBox VMs/${name}/${name}.vbox' already exists`,
      );
    case 'no-such-snapshot':
      return object('VBOX_E_OBJECT_NOT_FOUND (0x80bb0001)', 'Could not find a snapshot');
    default:
      return `VBoxManage: error: Could not find a registered machine named '${name}'\nVBoxManage: error: Details: code VBOX_E_OBJECT_NOT_FOUND (0x80bb0001), component VirtualBoxWrap, interface IVirtualBox, callee nsISupports`;
  }
}
