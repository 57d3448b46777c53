// Vagrant 2.3.4's own words.

export const noProject = `A Vagrant environment or target machine is required to run this
command. Run \`vagrant init\` to create a new Vagrant environment. Or,
get an ID of a target machine from \`vagrant global-status\` to run
this command on. A final option is to change to a directory with a
Vagrantfile and to try again.`;

export const initDone = `A \`Vagrantfile\` has been placed in this directory. You are now
ready to \`vagrant up\` your first virtual environment! Please read
the comments in the Vagrantfile as well as documentation on
\`vagrantup.com\` for more information on using Vagrant.`;

export const vagrantfileExists = `\`Vagrantfile\` already exists in this directory. Remove it before
running \`vagrant init\`.`;

export const vagrantfileUnwritable = `The user that is running Vagrant doesn't have the proper permissions
to write a Vagrantfile to the specified location. Please ensure that
you call \`vagrant init\` in a location where the proper permissions
are in place to create a Vagrantfile.`;

export const unpackageFailed = `The box failed to unpackage properly. Please verify that the box
file you're trying to add is not corrupted and that enough disk space
is available and then try again.
The output from attempting to unpackage (if any):

bsdtar: ./box-disk1.vmdk: Write failed
bsdtar: Error exit delayed from previous errors.`;

export const notCreated = 'VM not created. Moving on...';
export const creationRequired = 'VM must be created before running this command. Run `vagrant up` first.';
export const notRunningSsh = `VM must be running to open SSH connection. Run \`vagrant up\`
to start the virtual machine.`;
export const notRunning =
  'VM is not currently running. Please, first bring it up with `vagrant up` then run this command.';
export const oneTarget = 'This command requires a specific VM name to target in a multi-VM environment.';

export const noTerminal = `Vagrant is attempting to interface with the UI in a way that requires
a TTY. Most actions in Vagrant that require a TTY have configuration
switches to disable this requirement. Please do that or run Vagrant
with TTY.`;

export const noPorts = `The provider reported there are no forwarded ports for this virtual
machine. This can be caused if there are no ports specified in the
Vagrantfile or if the virtual machine is not currently running. Please
check that the virtual machine is running and try again.`;

export const portsHead = `The forwarded ports for the machine are listed below. Please note that
these values may differ from values configured in the Vagrantfile if the
provider supports automatic port collision detection and resolution.`;

export const symlinkWarning = `Vagrant is currently configured to create VirtualBox synced folders with
the \`SharedFoldersEnableSymlinksCreate\` option enabled. If the Vagrant
guest is not trusted, you may want to disable this option. For more
information on this option, please refer to the VirtualBox manual:

  https://www.virtualbox.org/manual/ch04.html#sharedfolders

This option can be disabled globally with an environment variable:

  VAGRANT_DISABLE_VBOXSYMLINKCREATE=1

or on a per folder basis within the Vagrantfile:

  config.vm.synced_folder '/host/path', '/guest/path', SharedFoldersEnableSymlinksCreate: false`;

export const insecureKey = `
Vagrant insecure key detected. Vagrant will automatically replace
this with a newly generated keypair for better security.

Inserting generated public key within guest...
Removing insecure key from the guest if it's present...
Key inserted! Disconnecting and reconnecting using new SSH key...`;

export const provisionedAlready = `Machine already provisioned. Run \`vagrant provision\` or use the \`--provision\`
flag to force provisioning. Provisioners marked to run always will still run.`;

export const provisionDisabled = 'Machine not provisioned because `--no-provision` is specified.';

export const badExit = `The SSH command responded with a non-zero exit status. Vagrant
assumes that this means the command failed. The output for this command
should be in the log above. Please read the output to determine what
went wrong.`;

export const noEnvironments = `There are no active Vagrant environments on this computer! Or,
you haven't destroyed and recreated Vagrant environments that were
started with an older version of Vagrant.`;

export const environmentsFoot = `The above shows information about all known Vagrant environments
on this machine. This data is cached and may not be completely
up-to-date (use "vagrant global-status --prune" to prune invalid
entries). To interact with any of the machines, you can go to that
directory and run Vagrant, or you can use the ID directly with
Vagrant commands from any directory. For example:
"vagrant destroy 1a2b3c4d"`;

export const noSnapshots = 'No snapshots have been taken yet!';
export const noSnapshotsDetail = `You can take a snapshot using \`vagrant snapshot save\`. Note that
not all providers support this yet. Once a snapshot is taken, you
can list them using this command, and use commands such as
\`vagrant snapshot restore\` to go back to a certain snapshot.`;
export const snapshotSaved = `Snapshot saved! You can restore the snapshot at any time by
using \`vagrant snapshot restore\`. You can delete it using
\`vagrant snapshot delete\`.`;
export const snapshotExists = 'You must include the `--force` option to replace an existing snapshot.';

export const notReadyForSsh = `The provider for this Vagrant-managed machine is reporting that it
is not yet ready for SSH. Depending on your provider this can carry
different meanings. Make sure your machine is created and running and
try again. Additionally, check the output of \`vagrant status\` to verify
that the machine is in the state that you expect. If you continue to
get this error message, please view the documentation for the provider
you're using.`;

export const noCheckpoint = `Installed Version: 2.3.4

Vagrant was unable to check for the latest version of Vagrant.
Please check manually at https://www.vagrantup.com`;

export const noBoxes = 'There are no installed boxes! Use `vagrant box add` to add some.';

/** What \`vagrant status\` says of a machine in a state. */
export const stateWords: { readonly [state: string]: string } = {
  'not created': `The environment has not yet been created. Run \`vagrant up\` to
create the environment. If a machine is not created, only the
default provider will be shown. So if a provider is not listed,
then the machine is not created for that environment.`,
  running: `The VM is running. To stop this VM, you can run \`vagrant halt\` to
shut it down forcefully, or you can run \`vagrant suspend\` to simply
suspend the virtual machine. In either case, to restart it again,
simply run \`vagrant up\`.`,
  poweroff: 'The VM is powered off. To restart the VM, simply run `vagrant up`',
  saved: 'To resume this VM, simply run `vagrant up`.',
  paused: `The VM is paused. This VM may have been paused via the VirtualBox
GUI or the VBoxManage command line interface. To unpause, please
use the VirtualBox GUI and/or VBoxManage command line interface so
that vagrant would be able to control the VM again.`,
  stopping: 'The VM is stopping.',
  aborted: `The VM is in an aborted state. This means that it was abruptly
stopped without properly closing the session. Run \`vagrant up\`
to resume this virtual machine. If any problems persist, you may
have to destroy and restart the virtual machine.`,
};

export const severalMachines = `This environment represents multiple VMs. The VMs are all listed
above with their current state. For more information about a specific
VM, run \`vagrant status NAME\`.`;

export function machineNotFound(name: string): string {
  return `The machine with the name '${name}' was not found configured for\nthis Vagrant environment.`;
}

export function boxNotFound(name: string): string {
  return `The box '${name}' could not be found or
could not be accessed in the remote catalog. If this is a private
box on HashiCorp's Vagrant Cloud, please verify you're logged in via
\`vagrant login\`. Also, please double-check the name. The expanded
URL and error message are shown below:

URL: ["https://vagrantcloud.com/${name}"]
Error: The requested URL returned error: 404`;
}

export function portCollision(guest: number, host: number): string {
  return `Vagrant cannot forward the specified ports on this VM, since they
would collide with some other application that is already listening
on these ports. The forwarded port to ${host} is already in use
on the host machine.

To fix this, modify your current project's Vagrantfile to use another
port. Example, where '1234' would be replaced by a unique host port:

  config.vm.network :forwarded_port, guest: ${guest}, host: 1234

Sometimes, Vagrant will attempt to auto-correct this for you. In this
case, Vagrant was unable to. This is usually because the guest machine
is in a state which doesn't allow modifying port forwarding. You could
try 'vagrant reload' (equivalent of running a halt followed by an up)
so vagrant can attempt to auto-correct this upon booting. Be warned
that any unsaved work might be lost.`;
}

export function badSubnet(address: string): string {
  return `The IP address configured for the host-only network is not within the
allowed ranges. Please update the address used to be within the allowed
ranges and run the command again.

  Address: ${address}
  Ranges: 192.168.56.0/21

Valid ranges can be modified in the /etc/vbox/networks.conf file. For
more information including valid format see:

  https://www.virtualbox.org/manual/ch06.html#network_hostonly`;
}

export function vboxError(command: readonly string[], stderr: string): string {
  return `There was an error while executing \`VBoxManage\`, a CLI used by Vagrant
for controlling VirtualBox. The command and stderr is shown below.

Command: [${command.map((word) => JSON.stringify(word)).join(', ')}]

Stderr: ${stderr}`;
}

export function noSnapshot(snapshot: string, machine: string): string {
  return `The snapshot name \`${snapshot}\` was not found for the\nvirtual machine \`${machine}\`.`;
}

export function unmappedPort(port: string): string {
  return `The guest is not currently mapping port ${port} to the host machine. Is
the port configured in the Vagrantfile? You may need to run \`vagrant reload\`
if changes were made to the port configuration in the Vagrantfile.`;
}
