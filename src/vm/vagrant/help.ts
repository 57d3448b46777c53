// What `vagrant COMMAND --help` prints (2.3.4), and which options each command takes.

interface CommandHelp {
  readonly usage: string;
  /** Lines between the usage and the options that all commands have. */
  readonly options: string;
  /** Options without a value, and with one. */
  readonly flags: readonly string[];
  readonly values: readonly string[];
}

const common = `        --[no-]color                 Enable or disable color output
        --machine-readable           Enable machine readable output
    -v, --version                    Display Vagrant version
        --debug                      Enable debug output
        --timestamp                  Enable timestamps on log output
        --debug-timestamp            Enable debug output with timestamps
        --no-tty                     Enable non-interactive output`;

const provision = `        --[no-]provision             Enable or disable provisioning
        --provision-with x,y,z       Enable only certain provisioners, by type or by name.`;
const force = '    -f, --force                      Force shut down (equivalent of pulling power)';
const title = '\nOptions:\n\n';

function command(usage: string, options: string, flags = '', values = ''): CommandHelp {
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  return { usage, options, flags: words(flags), values: words(values) };
}

/** The commands that are simulated, `box add` and the like with both words. */
export const commands: { readonly [name: string]: CommandHelp } = {
  init: command(
    'init [options] [name [url]]',
    `${title}        --box-version VERSION        Version of the box to add
    -f, --force                      Overwrite existing Vagrantfile
    -m, --minimal                    Use minimal Vagrantfile template (no help comments). Ignored with --template
        --output FILE                Output path for the box. '-' for stdout
        --template FILE              Path to custom Vagrantfile template\n`,
    '-f --force -m --minimal',
    '--box-version --output',
  ),
  validate: command(
    'validate [options]',
    `\nValidates a Vagrantfile config\n${title}    -p, --ignore-provider            Ignores provider config options\n`,
    '-p --ignore-provider',
  ),
  up: command(
    'up [options] [name|id]',
    `${title}${provision}
        --[no-]destroy-on-error      Destroy machine if any fatal error happens (default to true)
        --[no-]parallel              Enable or disable parallelism if provider supports it
        --provider PROVIDER          Back the machine with a specific provider
        --[no-]install-provider      If possible, install the provider if it isn't installed\n`,
    '--provision --no-provision --destroy-on-error --no-destroy-on-error --parallel --no-parallel --install-provider --no-install-provider',
    '--provision-with --provider',
  ),
  status: command('status [name|id]', ''),
  ssh: command(
    'ssh [options] [name|id] [-- extra ssh args]',
    `${title}    -c, --command COMMAND            Execute an SSH command directly
    -p, --plain                      Plain mode, leaves authentication up to user
    -t, --[no-]tty                   Enables tty when executing an ssh command (defaults to true)\n`,
    '-t --tty --no-tty',
    '-c --command',
  ),
  'ssh-config': command(
    'ssh-config [options] [name|id]',
    `${title}        --host NAME                  Name the host for the config\n`,
    '',
    '--host',
  ),
  halt: command('halt [options] [name|id]', `${title}${force}\n`, '-f --force'),
  suspend: command(
    'suspend [options] [name|id]',
    '\n    -a, --all-global                 Suspend all running vms globally.\n',
  ),
  resume: command('resume [vm-name]', `\n${provision}\n`, '--provision --no-provision', '--provision-with'),
  reload: command(
    'reload [vm-name]',
    `\n${provision}\n${force}\n`,
    '--provision --no-provision -f --force',
    '--provision-with',
  ),
  destroy: command(
    'destroy [options] [name|id]',
    `${title}    -f, --force                      Destroy without confirmation.
        --[no-]parallel              Enable or disable parallelism if provider supports it (automatically enables force)
    -g, --graceful                   Gracefully poweroff of VM\n`,
    '-f --force -g --graceful',
  ),
  provision: command(
    'provision [vm-name] [--provision-with x,y,z]',
    '        --provision-with x,y,z       Enable only certain provisioners, by type or by name.\n',
    '',
    '--provision-with',
  ),
  port: command(
    'port [options] [name|id]',
    `${title}        --guest PORT                 Output the host port that maps to the given guest port\n`,
    '',
    '--guest',
  ),
  'global-status': command(
    'global-status',
    '\n        --prune                      Prune invalid entries.\n',
    '--prune',
  ),
  version: command('version', ''),
  'box add': command(
    'box add [options] <name, url, or path>',
    `${title}    -c, --clean                      Clean any temporary download files
    -f, --force                      Overwrite an existing box if it exists
        --insecure                   Do not validate SSL certificates
        --cacert FILE                CA certificate for SSL download
        --capath DIR                 CA certificate directory for SSL download
        --cert FILE                  A client SSL cert, if needed
        --location-trusted           Trust 'Location' header from HTTP redirects and use the same credentials for subsequent urls as for the initial one
        --provider PROVIDER          Provider the box should satisfy
        --box-version VERSION        Constrain version of the added box

The box descriptor can be the name of a box on HashiCorp's Vagrant Cloud,
or a URL, or a local .box file, or a local .json file containing
the catalog metadata.

The options below only apply if you're adding a box file directly,
and not using a Vagrant server or a box structured like 'user/box':

        --checksum CHECKSUM          Checksum for the box
        --checksum-type TYPE         Checksum type (md5, sha1, sha256)
        --name BOX                   Name of the box\n`,
    '-c --clean -f --force',
    '--provider --box-version',
  ),
  'box list': command(
    'box list [options]',
    `${title}    -i, --box-info                   Displays additional information about the boxes\n`,
  ),
  'box remove': command(
    'box remove <name>',
    `${title}    -f, --force                      Remove without confirmation.
        --provider PROVIDER          The specific provider type for the box to remove
        --box-version VERSION        The specific version of the box to remove
        --all                        Remove all available versions of the box\n`,
    '-f --force --all',
    '--provider --box-version',
  ),
  'snapshot save': command(
    'snapshot save [options] [vm-name] <name>',
    `\nTake a snapshot of the current state of the machine. The snapshot
can be restored via \`vagrant snapshot restore\` at any point in the
future to get back to this exact machine state.

If no vm-name is given, Vagrant will take a snapshot of
the entire environment with the same snapshot name.

Snapshots are useful for experimenting in a machine and being able
to rollback quickly.
    -f, --force                      Replace snapshot without confirmation\n`,
    '-f --force',
  ),
  'snapshot restore': command(
    'snapshot restore [options] [vm-name] <name>',
    `\n${provision}
Restore a snapshot taken previously with snapshot save.
        --no-start                   Don't start the snapshot after the restore\n`,
    '--provision --no-provision --no-start',
    '--provision-with',
  ),
  'snapshot delete': command(
    'snapshot delete [options] [vm-name] <name>',
    '\nDelete a snapshot taken previously with snapshot save.\n',
  ),
  'snapshot list': command('snapshot list [options] [vm-name]', '\nList all snapshots taken for a machine.\n'),
};

/** The help of a command. */
export function helpOf(name: string): string {
  const { usage = name, options = '' } = commands[name] ?? {};
  return `Usage: vagrant ${usage}\n${options}${common}\n    -h, --help                       Print this help`;
}

const subcommands: { readonly [group: string]: readonly string[] } = {
  box: ['add', 'list', 'outdated', 'prune', 'remove', 'repackage', 'update'],
  snapshot: ['delete', 'list', 'pop', 'push', 'restore', 'save'],
};

/** An option that the command has and that is not simulated. */
export function isKnownOption(name: string, option: string): boolean {
  return (
    (commands[name]?.options ?? '').split(/[\s,]+/).includes(option) ||
    /^--(?:debug|machine-readable|debug-timestamp)$/.test(option)
  );
}

/** The help of a group of commands: `box`, `snapshot`. */
export function groupHelp(group: string): string {
  const list = (subcommands[group] ?? []).map((name) => `     ${name}\n`).join('');
  return `Usage: vagrant ${group} <subcommand> [<args>]\n\nAvailable subcommands:\n${list}\nFor help on any individual subcommand run \`vagrant ${group} <subcommand> -h\`\n${common}`;
}

/** Is it a word that the group knows, simulated or not? */
export function isSubcommand(group: string, name: string): boolean {
  return subcommands[group]?.includes(name) ?? false;
}

/** Commands of Vagrant that are not simulated. */
export const otherCommands = new Set(
  'autocomplete cloud login package plugin powershell push rdp serve upload winrm winrm-config rsync rsync-auto docker-logs docker-exec docker-run list-commands'.split(
    ' ',
  ),
);

const list: readonly (readonly [string, string])[] = [
  ['autocomplete', 'manages autocomplete installation on host'],
  ['box', 'manages boxes: installation, removal, etc.'],
  ['cloud', 'manages everything related to Vagrant Cloud'],
  ['destroy', 'stops and deletes all traces of the vagrant machine'],
  ['global-status', 'outputs status Vagrant environments for this user'],
  ['halt', 'stops the vagrant machine'],
  ['help', 'shows the help for a subcommand'],
  ['init', 'initializes a new Vagrant environment by creating a Vagrantfile'],
  ['login', ''],
  ['package', 'packages a running vagrant environment into a box'],
  ['plugin', 'manages plugins: install, uninstall, update, etc.'],
  ['port', 'displays information about guest port mappings'],
  ['powershell', 'connects to machine via powershell remoting'],
  ['provision', 'provisions the vagrant machine'],
  ['push', 'deploys code in this environment to a configured destination'],
  ['rdp', 'connects to machine via RDP'],
  ['reload', 'restarts vagrant machine, loads new Vagrantfile configuration'],
  ['resume', 'resume a suspended vagrant machine'],
  ['serve', 'start Vagrant server'],
  ['snapshot', 'manages snapshots: saving, restoring, etc.'],
  ['ssh', 'connects to machine via SSH'],
  ['ssh-config', 'outputs OpenSSH valid configuration to connect to the machine'],
  ['status', 'outputs status of the vagrant machine'],
  ['suspend', 'suspends the machine'],
  ['up', 'starts and provisions the vagrant environment'],
  ['upload', 'upload to machine via communicator'],
  ['validate', 'validates the Vagrantfile'],
  ['version', 'prints current and latest Vagrant version'],
  ['winrm', 'executes commands on a machine via WinRM'],
  ['winrm-config', 'outputs WinRM configuration to connect to the machine'],
];

/** `vagrant --help` */
export function generalHelp(): string {
  const lines = list.map(([name, about]) => `     ${name.padEnd(15)} ${about}\n`).join('');
  return `Usage: vagrant [options] <command> [<args>]

    -h, --help                       Print this help.

Common commands:
${lines}
For help on any individual command run \`vagrant COMMAND -h\`

Additional subcommands are available, but are either more advanced
or not commonly used. To see all subcommands, run the command
\`vagrant list-commands\`.
${common}`;
}
