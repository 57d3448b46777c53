/** What a Vagrantfile says of a machine. */
export interface Settings {
  box?: string;
  boxVersion?: string;
  checkUpdate: boolean;
  hostname?: string;
  bootTimeout?: number;
  gracefulTimeout?: number;
  message?: string;
  networks: Network[];
  folders: Folder[];
  provisions: Provision[];
  memory?: number;
  cpus?: number;
  name?: string;
  /** Something that is set by `VBoxManage` before the machine starts. */
  customized: boolean;
  /** Settings that do not exist, and those that are not simulated. */
  unknown: string[];
  refused: string[];
}

/** `config.vm.network KIND, …` */
export interface Network {
  readonly kind: string;
  readonly guest?: number;
  readonly host?: number;
  readonly hostIp?: string;
  readonly autoCorrect?: boolean;
  readonly protocol?: string;
  readonly ip?: string;
  readonly netmask?: string;
  readonly dhcp?: boolean;
  /** A forwarded port with the same id takes the place of an earlier one. */
  readonly id?: string;
}

/** `config.vm.synced_folder HOST, GUEST, …` */
export interface Folder {
  readonly host: string;
  readonly guest: string;
  readonly disabled: boolean;
  readonly create: boolean;
  readonly type?: string;
}

/** `config.vm.provision KIND, …` */
export interface Provision {
  readonly kind: string;
  readonly name?: string;
  readonly run: 'once' | 'always' | 'never';
  readonly inline?: string;
  readonly path?: string;
  readonly args: string | readonly string[];
  readonly env: readonly (readonly [string, string])[];
  readonly privileged: boolean;
  readonly source?: string;
  readonly destination?: string;
}

/** Provisioners that Vagrant knows besides `shell` and `file`; they are not simulated. */
export const otherProvisioners: ReadonlySet<string> = new Set([
  'ansible',
  'ansible_local',
  'chef_solo',
  'chef_client',
  'chef_zero',
  'chef_apply',
  'docker',
  'podman',
  'puppet',
  'puppet_server',
  'salt',
  'cfengine',
]);

/** A machine of a Vagrantfile, with all that was said of it. */
export interface MachineConfig extends Settings {
  readonly machine: string;
  readonly primary: boolean;
  readonly autostart: boolean;
}

/** What is said of a machine before anything was said. */
export function emptySettings(): Settings {
  return {
    checkUpdate: true,
    networks: [],
    folders: [],
    provisions: [],
    customized: false,
    unknown: [],
    refused: [],
  };
}

/** The settings of one machine on top of those of all. */
export function merged(all: Settings, own: Settings): Settings {
  const { networks, folders, provisions, unknown, refused, customized, checkUpdate, ...single } = own;
  const ids = new Set(networks.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const guests = new Set(folders.map(({ guest }) => guest));
  return {
    ...all,
    ...single,
    checkUpdate: all.checkUpdate && checkUpdate,
    customized: all.customized || customized,
    networks: [...all.networks.filter(({ id }) => id === undefined || !ids.has(id)), ...networks],
    folders: [...all.folders.filter(({ guest }) => !guests.has(guest)), ...folders],
    provisions: [...all.provisions, ...provisions],
    unknown: [...all.unknown, ...unknown],
    refused: [...all.refused, ...refused],
  };
}
