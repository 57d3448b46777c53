import { second } from '../../kernel/json.ts';
import { inquire } from '../ask.ts';
import type { Card, PortForward } from '../state.ts';
import type { Act, PlanOptions } from './acts.ts';
import { type Box, boxNamed } from './boxes.ts';
import type { Look, Target } from './look.ts';
import type { Network } from './settings.ts';
import { addBox, addedBoxes, type KnownMachine, readIndex, writeIndex } from './store.ts';
import { detail, failure, header, plain } from './tell.ts';
import { configProblem } from './validate.ts';
import * as words from './words.ts';

/** Host-only networks may have these addresses unless /etc/vbox/networks.conf says otherwise. */
const hostOnlyRange = /^192\.168\.(?:5[6-9]|6[0-3])\./;

/** What goes before a machine is there: box, checks, a copy of the box as a machine of its own. */
export function planUp(look: Look, target: Target, options: PlanOptions): readonly Act[] {
  const { config } = target;
  const name = config.machine;
  const found = config.box === undefined ? undefined : addedBoxes(look.sys).find((box) => box.name === config.box);
  const box = found ?? (config.box === undefined ? undefined : boxNamed(config.box, config.boxVersion));
  const acts: Act[] = [];
  if (!target.vm && config.box !== undefined && config.box !== '' && !found) {
    acts.push(...addingBox(name, config.box, config.boxVersion, box));
    if (!box) return acts;
    if (!addBox(look.sys, box)) return [...acts, ...failure(words.unpackageFailed)];
  }
  const problem = configProblem(config, look.project.files);
  if (problem !== undefined) return [...acts, ...failure(problem)];
  if (config.refused[0] !== undefined)
    return [...acts, ...failure(`drydock: ${config.refused.join(', ')}: not simulated`)];
  if (config.networks.some(({ kind }) => kind === 'public_network')) {
    return [...acts, ...failure('drydock: public_network (a bridge to the network outside): not simulated')];
  }
  if (!box) return [...acts, ...failure(words.boxNotFound(config.box ?? ''))];
  if (target.vm) return [...acts, { do: 'plan', plan: 'start', machine: name, options }];
  return [
    ...acts,
    ...importing(look, target, box),
    { do: 'plan', plan: 'start', machine: name, options: { ...options, fresh: true } },
  ];
}

/** The words and the time of adding a box; without one in the catalog, the error. */
function addingBox(name: string, wanted: string, constraint: string | undefined, box: Box | undefined): Act[] {
  const head = [
    header(name, `Box '${wanted}' could not be found. Attempting to find and install...`),
    detail(name, `Box Provider: virtualbox\nBox Version: ${constraint ?? '>= 0'}`),
  ];
  if (!box) return [...head, ...failure(words.boxNotFound(wanted))];
  return [...head, ...downloading(name, box)];
}

/** How a box of the catalog is downloaded. */
export function downloading(who: string, box: Box): Act[] {
  const url = `https://vagrantcloud.com/${box.name}`;
  const [owner = '', short = ''] = box.name.split('/');
  const file = `https://vagrantcloud.com/${owner}/boxes/${short}/versions/${box.version}/providers/virtualbox/unknown/vagrant.box`;
  return [
    header(who, `Loading metadata for box '${box.name}'`),
    detail(who, `URL: ${url}`),
    { do: 'pass', time: second },
    header(who, `Adding box '${box.name}' (v${box.version}) for provider: virtualbox`),
    detail(who, `Downloading: ${file}`),
    // 40 MB a second
    { do: 'pass', time: Math.round((box.size / 40_000_000) * second) },
    header(who, `Successfully added box '${box.name}' (v${box.version}) for 'virtualbox'!`),
  ];
}

function importing(look: Look, { config }: Target, box: Box): readonly Act[] {
  const { sys, project } = look;
  const name = config.machine;
  const folder = project.folder.split('/').at(-1) ?? 'project';
  const random = sys.random() % 100_000;
  const vmName = config.name ?? `${folder}_${name}_${Math.floor(sys.now / 1000)}_${random}`;
  const id = `${sys.random().toString(16).padStart(8, '0')}${sys.random().toString(16).padStart(8, '0')}`;
  const known: KnownMachine = {
    id,
    name,
    directory: project.folder,
    real: project.files.real,
    vm: vmName,
    box: box.name,
    provisioned: false,
    state: 'poweroff',
  };
  const index = readIndex(sys);
  const warn =
    index.warned !== true && config.folders.every(({ guest, disabled }) => guest !== '/vagrant' || !disabled);
  if (warn) writeIndex(sys, { ...index, warned: true });
  const hardware = {
    memory: (config.memory ?? box.memory) * 1_048_576,
    cpus: config.cpus ?? box.cpus,
    disk: box.disk,
  };
  const command = [
    'import',
    `/home/learner/.vagrant.d/boxes/${box.name.replace('/', '-VAGRANTSLASH-')}/${box.version}/virtualbox/box.ovf`,
  ];
  return [
    header(name, `Importing base box '${box.name}'...`),
    { do: 'pass', time: 8 * second },
    {
      do: 'ask',
      request: { op: 'define', machine: { name: vmName, hypervisor: 'virtualbox', hardware, system: box.system } },
      about: command,
    },
    {
      do: 'note',
      action: 'vagrant-import',
      data: { box: box.name, version: box.version, vm: vmName, bytes: box.size },
    },
    { do: 'remember', machine: known, forget: false },
    header(name, 'Matching MAC address for NAT networking...'),
    ...(config.checkUpdate ? [header(name, upToDate(box))] : []),
    header(name, `Setting the name of the VM: ${vmName}`),
    ...(warn ? [plain(words.symlinkWarning)] : []),
  ];
}

function upToDate(box: Box): string {
  return `Checking if box '${box.name}' version '${box.version}' is up to date...`;
}

/** From a machine that is there to one that runs: networks, ports, folders, boot, provisioners. */
export function planStart(look: Look, target: Target, options: PlanOptions): readonly Act[] {
  const { config, vm, known } = target;
  const name = config.machine;
  if (!vm || !known) return [header(name, words.notCreated)];
  const box = boxNamed(known.box);
  const checked = box && config.checkUpdate && !options.fresh ? [header(name, upToDate(box))] : [];
  const provision: Act = { do: 'plan', plan: 'provision', machine: name, options };
  if (target.state === 'running') return [...checked, provision];
  if (target.state === 'saved' || target.state === 'paused') {
    return [...checked, { do: 'plan', plan: 'resume', machine: name, options }];
  }
  const ports = wantedPorts(look, target);
  if (!Array.isArray(ports)) return [...checked, ...failure(words.portCollision(ports.guest, ports.host))];
  const again = options.fresh ? [] : [header(name, 'Clearing any previously set forwarded ports...')];
  const clearing = header(name, 'Clearing any previously set network interfaces...');
  const before = [...checked, ...again, ...ports.flatMap((port) => port.said ?? []), clearing];
  const cards = wantedCards(look, target, ports);
  if (typeof cards === 'string') return [...before, ...failure(words.badSubnet(cards))];
  const kinds = cards.map(({ kind }, i) => `Adapter ${i + 1}: ${kind}`).join('\n');
  const entries = ports.map(({ guestPort, hostPort }) => `${guestPort} (guest) => ${hostPort} (host) (adapter 1)`);
  const hardware = {
    ...(config.memory === undefined ? {} : { memory: config.memory * 1_048_576 }),
    ...(config.cpus === undefined ? {} : { cpus: config.cpus }),
  };
  return [
    ...before,
    header(name, 'Preparing network interfaces based on configuration...'),
    detail(name, kinds),
    header(name, 'Forwarding ports...'),
    detail(name, entries.join('\n')),
    ...(config.customized ? [header(name, "Running 'pre-boot' VM customizations...")] : []),
    {
      do: 'ask',
      request: { op: 'change', name: vm.name, change: { cards, hardware } },
      about: ['modifyvm', vm.uuid ?? ''],
    },
    header(name, 'Booting VM...'),
    {
      do: 'ask',
      request: { op: 'start', name: vm.name },
      about: ['startvm', vm.uuid ?? '', '--type', 'headless'],
      meanwhile: [
        header(name, 'Waiting for machine to boot. This may take a few minutes...'),
        detail(name, `SSH address: 127.0.0.1:${sshPort(ports)}\nSSH username: vagrant\nSSH auth method: private key`),
      ],
    },
    { do: 'plan', plan: 'booted', machine: name, options },
  ];
}

type Wanted = PortForward & { readonly said?: readonly Act[] };

function sshPort(ports: readonly Wanted[]): number {
  return ports.find(({ guestPort }) => guestPort === 22)?.hostPort ?? 2222;
}

/** The ports to forward; one that is taken on the host is moved when that is allowed, else it is the answer. */
function wantedPorts(look: Look, { config }: Target): Wanted[] | { readonly guest: number; readonly host: number } {
  const taken = portsInUse(look);
  const named = config.networks.filter(({ kind }) => kind === 'forwarded_port');
  const ssh: Network = {
    kind: 'forwarded_port',
    guest: 22,
    host: 2222,
    hostIp: '127.0.0.1',
    autoCorrect: true,
    id: 'ssh',
  };
  const own = named.find(({ guest, id }) => guest === 22 || id === 'ssh');
  const all = own ? named : [...named, ssh];
  const used = new Set([...taken, ...all.map(({ host }) => host ?? 0)]);
  const ports: Wanted[] = [];
  for (const { guest = 0, host = 0, hostIp = '', autoCorrect } of all) {
    const base = { name: guest === 22 ? 'ssh' : `tcp${host}`, hostIp, guestPort: guest };
    if (!taken.has(host)) {
      ports.push({ ...base, hostPort: host });
      continue;
    }
    if (!autoCorrect) return { guest, host };
    let free = 2200;
    while (used.has(free)) free += 1;
    used.add(free);
    const said = [header(config.machine, `Fixed port collision for ${guest} => ${host}. Now on port ${free}.`)];
    ports.push({ ...base, hostPort: free, said });
  }
  return ports;
}

function portsInUse({ sys }: Look): Set<number> {
  const listening = sys.net.sockets().filter(({ state, proto }) => state === 'LISTEN' && proto === 'tcp');
  return new Set(listening.map(({ local }) => Number(local.slice(local.lastIndexOf(':') + 1))));
}

/** The machine's cards; a text is an address that no host-only network may have. */
function wantedCards({ sys }: Look, { config, vm }: Target, ports: readonly Wanted[]): readonly Card[] | string {
  const mac = vm?.hardware.mac ?? '';
  const forwards = ports.map(({ said: _, ...port }) => port);
  const cards: Card[] = [{ kind: 'nat', mac, forwards }];
  for (const { kind, ip, dhcp } of config.networks) {
    if (kind !== 'private_network') continue;
    if (ip !== undefined && !hostOnlyRange.test(ip)) return ip;
    const network = inquire(sys, { op: 'networks', add: `${(ip ?? '192.168.56.1').replace(/\d+$/, '1')}/24` });
    const wanted = (ip ?? '192.168.56.1').replace(/\d+$/, '1');
    const found = network?.networks?.find(({ cidr }) => cidr === `${wanted}/24`);
    const own = ip ?? (dhcp ? `192.168.56.${3 + (sys.random() % 90)}` : `192.168.56.${3 + (sys.random() % 90)}`);
    const hex = (sys.random() % 0xffffff).toString(16).padStart(6, '0');
    const address = `08:00:27:${hex.replace(/(..)(..)(..)/, '$1:$2:$3')}`;
    cards.push({ kind: 'hostonly', mac: address, network: found?.name ?? 'vboxnet0', cidr: `${own}/24` });
  }
  return cards;
}
