import { isHash, isList, type Lambda, type RubyObject, textOf, type Value } from './ruby/values.ts';
import {
  emptySettings,
  type MachineConfig,
  merged,
  type Network,
  otherProvisioners,
  type Provision,
  type Settings,
} from './settings.ts';

/** Settings of `config.vm` that have no effect that could be seen here. */
const ignored = new Set(
  `guest communicator usable_port_range base_mac base_address allow_fstab_modification allow_hosts_modification
  ignore_box_vagrantfile box_download_insecure box_architecture`.split(/\s+/),
);
/** Settings and provisioners that Vagrant knows and that are not simulated. */
const notSimulated = new Set(
  'box_url box_download_checksum box_download_checksum_type clone disk cloud_init box_server_url'.split(' '),
);
/** What `VBoxManage modifyvm` may set by `vb.customize` without an effect that could be seen here. */
const harmless =
  /^--(?:natdns\w+|ioapic|audio\w*|usb\w*|vram|groups|nictype\d|cableconnected\d|uartmode\d|uart\d|paravirtprovider|hwvirtex|nested-hw-virt|graphicscontroller|description|clipboard\S*|draganddrop|cpuexecutioncap)$/;

/** The machines that a Vagrantfile defines, as it runs. */
export class ConfigBuilder {
  readonly root = emptySettings();
  private readonly machines: { name: string; own: Settings; primary: boolean; autostart: boolean }[] = [];

  /** The object that the block of `Vagrant.configure` gets. */
  config(): RubyObject {
    return this.configOf(this.root);
  }

  /** All machines, in the order in which they were defined; one called `default` when none was. */
  result(): readonly MachineConfig[] {
    const all =
      this.machines.length > 0
        ? this.machines
        : [{ name: 'default', own: emptySettings(), primary: false, autostart: true }];
    return all.map(({ name, own, primary, autostart }) => ({
      ...merged(this.root, own),
      machine: name,
      primary: primary || all.length === 1,
      autostart,
    }));
  }

  private configOf(settings: Settings): RubyObject {
    const vm = this.vm(settings);
    const rest: RubyObject = { call: (_name, args) => args.at(-1) ?? true };
    return {
      call: (name) => {
        if (name === 'vm') return vm;
        if (name === 'ssh' || name === 'winrm' || name === 'vagrant') return rest;
        settings.refused.push(`config.${name.replace(/=$/, '')}`);
        return rest;
      },
    };
  }

  private vm(settings: Settings): RubyObject {
    return {
      call: (name, args, block) => {
        const [first = null, second = null] = args;
        switch (name) {
          case 'network':
            settings.networks.push(networkOf(textOf(first), hashOf(args.slice(1))));
            return null;
          case 'synced_folder':
            settings.folders.push(folderOf(textOf(first), textOf(second), hashOf(args.slice(2))));
            return null;
          case 'provision':
            this.provision(settings, args, block);
            return null;
          case 'provider':
            if (textOf(first) === 'virtualbox') block?.run([providerOf(settings), this.configOf(settings)]);
            return null;
          case 'define':
            this.define(textOf(first), hashOf(args.slice(1)), block);
            return null;
          default:
            return plainSetting(settings, name, first);
        }
      },
    };
  }

  private define(name: string, options: ReadonlyMap<string, Value>, block: Lambda | undefined): void {
    let machine = this.machines.find((each) => each.name === name);
    if (!machine) {
      machine = { name, own: emptySettings(), primary: false, autostart: true };
      this.machines.push(machine);
    }
    if (options.get('primary') === true) machine.primary = true;
    if (options.get('autostart') === false) machine.autostart = false;
    block?.run([this.configOf(machine.own)]);
  }

  private provision(settings: Settings, args: readonly Value[], block: Lambda | undefined): void {
    const [first = null] = args;
    const options = new Map(hashOf(args.slice(1)));
    block?.run([{ call: (name, values) => record(options, name, values[0] ?? null) }]);
    const type = options.get('type');
    const kind = type === undefined ? textOf(first) : textOf(type);
    const found = provisionOf(kind, options);
    const named = type === undefined ? found : { ...found, name: textOf(first) };
    if (otherProvisioners.has(kind)) settings.refused.push(`the provisioner ${kind}`);
    settings.provisions.push(named);
  }
}

function record(options: Map<string, Value>, name: string, value: Value): Value {
  options.set(name.replace(/=$/, ''), value);
  return value;
}

function plainSetting(settings: Settings, name: string, value: Value): Value {
  const key = name.replace(/=$/, '');
  const assigned = name.endsWith('=');
  switch (key) {
    case 'box':
      if (assigned) settings.box = textOf(value);
      return settings.box ?? null;
    case 'box_version':
      if (assigned) settings.boxVersion = textOf(value);
      return settings.boxVersion ?? null;
    case 'hostname':
    case 'host_name':
      if (assigned) settings.hostname = textOf(value);
      return settings.hostname ?? null;
    case 'box_check_update':
      settings.checkUpdate = value !== false;
      return value;
    case 'boot_timeout':
      settings.bootTimeout = Number(value);
      return value;
    case 'graceful_halt_timeout':
      settings.gracefulTimeout = Number(value);
      return value;
    case 'post_up_message':
      settings.message = textOf(value);
      return value;
    default:
      if (notSimulated.has(key)) settings.refused.push(`config.vm.${key}`);
      else if (!ignored.has(key)) settings.unknown.push(key);
      return value;
  }
}

function hashOf(args: readonly Value[]): ReadonlyMap<string, Value> {
  const last = args.at(-1);
  return last !== undefined && isHash(last) ? last.pairs : new Map();
}

function networkOf(kind: string, options: ReadonlyMap<string, Value>): Network {
  const text = (key: string) => (options.has(key) ? { [key]: textOf(options.get(key) ?? null) } : {});
  const number = (key: string) => (options.has(key) ? { [key]: Number(textOf(options.get(key) ?? null)) } : {});
  const id = options.get('id');
  const host = options.get('host');
  return {
    kind,
    ...number('guest'),
    ...number('host'),
    ...text('ip'),
    ...text('netmask'),
    ...text('protocol'),
    ...(options.has('host_ip') ? { hostIp: textOf(options.get('host_ip') ?? null) } : {}),
    ...(options.get('auto_correct') === true ? { autoCorrect: true } : {}),
    ...(textOf(options.get('type') ?? null) === 'dhcp' ? { dhcp: true } : {}),
    ...(kind === 'forwarded_port' ? { id: id === undefined ? `tcp${textOf(host ?? null)}` : textOf(id) } : {}),
  };
}

function folderOf(host: string, guest: string, options: ReadonlyMap<string, Value>) {
  const type = options.get('type');
  return {
    host,
    guest,
    disabled: options.get('disabled') === true,
    create: options.get('create') === true,
    ...(type === undefined ? {} : { type: textOf(type) }),
  };
}

function provisionOf(kind: string, options: ReadonlyMap<string, Value>): Provision {
  const optional = (key: 'inline' | 'path' | 'name' | 'source' | 'destination') => {
    const value = options.get(key);
    return value === undefined || value === null ? {} : { [key]: textOf(value) };
  };
  const run = textOf(options.get('run') ?? 'once');
  const args = options.get('args') ?? '';
  const env = options.get('env') ?? null;
  return {
    kind,
    ...optional('inline'),
    ...optional('path'),
    ...optional('name'),
    ...optional('source'),
    ...optional('destination'),
    run: run === 'always' || run === 'never' ? run : 'once',
    args: isList(args) ? args.map(textOf) : textOf(args),
    env: isHash(env) ? [...env.pairs].map(([key, value]) => [key, textOf(value)] as const) : [],
    privileged: options.get('privileged') !== false,
  };
}

/** `config.vm.provider "virtualbox" do |vb| … end` */
function providerOf(settings: Settings): RubyObject {
  return {
    call: (name, args) => {
      const [value = null] = args;
      switch (name.replace(/=$/, '')) {
        case 'memory':
          settings.memory = Number(textOf(value));
          break;
        case 'cpus':
          settings.cpus = Number(textOf(value));
          break;
        case 'name':
          settings.name = textOf(value);
          return value;
        case 'gui':
        case 'linked_clone':
        case 'check_guest_additions':
        case 'default_nic_type':
          return value;
        case 'customize':
          customize(settings, isList(value) ? value.map(textOf) : []);
          break;
        default:
          settings.refused.push(`${name.replace(/=$/, '')} of the provider virtualbox`);
          return value;
      }
      settings.customized = true;
      return value;
    },
  };
}

function customize(settings: Settings, words: readonly string[]): void {
  const [command, , ...flags] = words;
  for (let i = 0; i < flags.length; i += 2) {
    const [flag = '', value = ''] = flags.slice(i, i + 2);
    if (command === 'modifyvm' && flag === '--memory') settings.memory = Number(value);
    else if (command === 'modifyvm' && flag === '--cpus') settings.cpus = Number(value);
    else if (command === 'modifyvm' && flag === '--name') settings.name = value;
    else if (command !== 'modifyvm' || !harmless.test(flag)) {
      settings.refused.push(`VBoxManage ${command ?? ''} ${flag}`.trim());
      return;
    }
  }
}
