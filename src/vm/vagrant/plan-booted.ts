import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Act, PlanOptions } from './acts.ts';
import type { Look, Target } from './look.ts';
import { forwardsOf } from './look.ts';
import type { Provision } from './settings.ts';
import { detail, failure, header } from './tell.ts';
import * as words from './words.ts';

/** What Vagrant does with a machine that has booted: key, name, addresses, folders, provisioners. */
export function planBooted(look: Look, target: Target, options: PlanOptions): readonly Act[] {
  const { config, vm } = target;
  const name = config.machine;
  if (!vm) return [];
  const hostname = config.hostname;
  const addresses = (vm.cards ?? []).flatMap((card, i): Act[] =>
    card.kind === 'hostonly' && card.cidr !== undefined
      ? [{ do: 'ask', request: { op: 'address', name: vm.name, card: i, cidr: card.cidr }, about: ['guestcontrol'] }]
      : [],
  );
  return [
    ...(options.fresh ? [detail(name, words.insecureKey)] : []),
    header(name, 'Machine booted and ready!'),
    header(name, 'Checking for guest additions in VM...'),
    ...(hostname === undefined
      ? []
      : [
          header(name, 'Setting hostname...'),
          { do: 'ask', request: { op: 'hostname', name: vm.name, hostname }, about: ['guestcontrol'] } as const,
        ]),
    ...(addresses.length === 0 ? [] : [header(name, 'Configuring and enabling network interfaces...'), ...addresses]),
    ...sharing(look, target),
    { do: 'plan', plan: 'provision', machine: name, options },
    ...(config.message === undefined
      ? []
      : [
          header(
            name,
            `\nMachine '${name}' has a post \`vagrant up\` message. This is a message\nfrom the creator of the Vagrantfile, and not from Vagrant itself:\n\n${config.message}`,
          ),
        ]),
  ];
}

/** The folders that a machine shares with the host: the project's own as /vagrant, unless it was told otherwise. */
export function foldersOf({ project }: Look, { config }: Target): readonly { host: string; guest: string }[] {
  const own = config.folders.some(({ guest }) => guest === '/vagrant')
    ? []
    : [{ host: '.', guest: '/vagrant', disabled: false }];
  return [...own, ...config.folders]
    .filter(({ disabled }) => !disabled)
    .map(({ host, guest }) => ({ host: project.files.absolute(host), guest }));
}

function sharing(look: Look, target: Target): readonly Act[] {
  const { config, vm } = target;
  const folders = foldersOf(look, target);
  if (!vm || folders.length === 0) return [];
  return [
    header(config.machine, 'Mounting shared folders...'),
    ...folders.flatMap(({ host, guest }): Act[] => [
      detail(config.machine, `${guest} => ${host}`),
      { do: 'share', vm: vm.name, name: guest.slice(1).replaceAll('/', '_'), host, guest },
    ]),
  ];
}

/** Both sides of the shared folders are made equal, without a word: done before and after something happens in the guest. */
export function syncing(look: Look, target: Target): readonly Act[] {
  const { vm, state } = target;
  if (!vm || state !== 'running') return [];
  const mounted = new Set(vm.shares?.map(({ guestPath }) => guestPath));
  return foldersOf(look, target)
    .filter(({ guest }) => mounted.has(guest))
    .map(({ host, guest }) => ({ do: 'share', vm: vm.name, name: guest.slice(1).replaceAll('/', '_'), host, guest }));
}

/** The provisioners of a running machine: all of them the first time, later only those that always run, or when asked for. */
export function planProvision(look: Look, target: Target, options: PlanOptions): readonly Act[] {
  const { config, vm, known } = target;
  const name = config.machine;
  if (!vm || !known) return [header(name, words.notCreated)];
  if (target.state !== 'running') return [header(name, words.notRunning)];
  if (options.provision === false) return [header(name, words.provisionDisabled)];
  const done = known.provisioned && options.provision !== true;
  const only = options.with;
  const acts: Act[] = [...syncing(look, target), ...(done ? [header(name, words.provisionedAlready)] : [])];
  if (!known.provisioned)
    acts.push({ do: 'remember', machine: { ...known, provisioned: true, state: 'running' }, forget: false });
  for (const provision of config.provisions) {
    const asked = only?.includes(provision.name ?? '') || only?.includes(provision.kind);
    if (provision.run === 'never' ? !only?.includes(provision.name ?? '') : only !== undefined && !asked) continue;
    if (done && provision.run !== 'always') continue;
    const shown = provision.name === undefined ? provision.kind : `${provision.name} (${provision.kind})`;
    acts.push(header(name, `Running provisioner: ${shown}...`), ...provisioning(look, target, provision));
  }
  return [...acts, ...syncing(look, target)];
}

function provisioning(look: Look, { config, vm }: Target, provision: Provision): readonly Act[] {
  const name = config.machine;
  const files = look.project.files;
  const machine = vm?.name ?? '';
  if (provision.kind === 'file') {
    const { source = '', destination = '' } = provision;
    const content = files.read(source);
    if (content === undefined) return failure(`File upload source file ${files.absolute(source)} must exist`);
    const path = destination.replace(/^~/, '/home/vagrant').replace(/^(?!\/)/, '/home/vagrant/');
    return [detail(name, `${source} => ${destination}`), put(machine, path, content, 0o644)];
  }
  const text = provision.inline ?? files.read(provision.path ?? '') ?? '';
  const script = provision.name
    ? `script: ${provision.name}`
    : provision.path === undefined
      ? 'inline script'
      : `/tmp/vagrant-shell${scriptSuffix(look)}${/\.\w+$/.exec(provision.path)?.[0] ?? ''}`;
  const args = typeof provision.args === 'string' ? provision.args : provision.args.map(quote).join(' ');
  const env = provision.env.map(([key, value]) => `${key}=${quote(value)}`).join(' ');
  const user = provision.privileged ? 'root' : 'vagrant';
  const command = `chmod +x '/tmp/vagrant-shell' &&${env === '' ? '' : ` ${env}`} /tmp/vagrant-shell${args === '' ? '' : ` ${args}`}`;
  return [
    detail(name, `Running: ${script}`),
    { do: 'note', action: 'vagrant-provision', data: { vm: machine, script, user } },
    put(machine, '/tmp/vagrant-shell', text.replaceAll('\r\n', '\n'), 0o755),
    {
      do: 'run',
      vm: machine,
      command: { user, argv: ['/bin/bash', '-l', '-c', command] },
      prefix: `    ${name}: `,
      input: false,
      strict: true,
    },
  ];
}

function put(vm: string, path: string, text: string, mode: number): Act {
  const request = { op: 'put', name: vm, path, bytes: encodeUtf8(text), mode, user: 'vagrant' } as const;
  return { do: 'ask', request, about: ['guestcontrol'] };
}

function scriptSuffix({ sys }: Look): string {
  const day = new Date(sys.now / 1000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${sys.pid}-${(sys.random() % 1_000_000_000).toString(36)}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}

/** Going on from a saved or paused state. */
export function planResume(_look: Look, target: Target, options: PlanOptions): readonly Act[] {
  const { config, vm, state } = target;
  const name = config.machine;
  if (!vm) return [header(name, words.notCreated)];
  if (state === 'running') return [];
  if (state !== 'saved' && state !== 'paused') return [header(name, words.notRunning)];
  const ssh = forwardsOf(vm).find(({ guestPort }) => guestPort === 22)?.hostPort ?? 2222;
  return [
    header(name, state === 'saved' ? 'Resuming suspended VM...' : 'Unpausing the VM...'),
    ...(state === 'saved' ? [header(name, 'Booting VM...')] : []),
    {
      do: 'ask',
      request: { op: 'hold', name: vm.name, how: 'resume' },
      about: ['startvm', vm.uuid ?? '', '--type', 'headless'],
    },
    header(name, 'Waiting for machine to boot. This may take a few minutes...'),
    detail(name, `SSH address: 127.0.0.1:${ssh}\nSSH username: vagrant\nSSH auth method: private key`),
    header(name, 'Machine booted and ready!'),
    { do: 'plan', plan: 'provision', machine: name, options },
  ];
}

/** Stopping: in order when it runs, at once when forced; a saved state is forgotten. */
export function planHalt(look: Look, target: Target, options: PlanOptions): readonly Act[] {
  const { config, vm, state } = target;
  const name = config.machine;
  if (!vm) return [header(name, words.notCreated)];
  if (state === 'saved') {
    return [
      header(name, 'Discarding saved state of VM...'),
      { do: 'ask', request: { op: 'hold', name: vm.name, how: 'discard' }, about: ['discardstate'] },
    ];
  }
  if (state === 'poweroff' || state === 'aborted') return [];
  const stop = (force: boolean): Act => ({
    do: 'ask',
    request: { op: 'stop', name: vm.name, force },
    about: ['controlvm', vm.uuid ?? '', force ? 'poweroff' : 'acpipowerbutton'],
  });
  return options.force || state !== 'running'
    ? [...syncing(look, target), header(name, 'Forcing shutdown of VM...'), stop(true)]
    : [...syncing(look, target), header(name, 'Attempting graceful shutdown of VM...'), stop(false)];
}

/** Deleting a machine with its disk, after its power is off. */
export function planDestroy(_look: Look, target: Target, _options: PlanOptions): readonly Act[] {
  const { config, vm, known } = target;
  const name = config.machine;
  if (!vm || !known) return [header(name, words.notCreated)];
  return [
    { do: 'plan', plan: 'halt', machine: name, options: { force: true } },
    header(name, 'Destroying VM and associated drives...'),
    { do: 'ask', request: { op: 'remove', name: vm.name }, about: ['unregistervm', vm.uuid ?? '', '--delete'] },
    { do: 'remember', machine: known, forget: true },
  ];
}
