import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Program, Sys } from '../../kernel/program.ts';
import { askHypervisor } from '../ask.ts';
import { virtualBoxWords } from '../refusal-words.ts';
import type { VmAnswer, VmDetails, VmRequest } from '../requests.ts';
import { changeOf } from './modify.ts';
import { type Given, readOptions } from './options.ts';
import { forPeople, machineReadable, osTypeLines } from './show.ts';

const version = '7.0.20r163906';
const progress = '0%...10%...20%...30%...40%...50%...60%...70%...80%...90%...100%';

/** A problem in VBoxManage's own words; ends the command with 1. */
class Problem extends Error {}

/** `VBoxManage`: VirtualBox's command line. Every command is one request or two; nothing is waited for. */
export const vboxManage: Program = {
  start({ argv }, sys) {
    try {
      run(argv.slice(1), sys);
      return { exit: 0 };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      sys.write(2, encodeUtf8(`${error.message}\n`));
      return { exit: 1 };
    }
  },
  step: () => ({ exit: 0 }),
};

type Command = (given: Given, sys: Sys) => void;

const commands: { readonly [name: string]: { readonly flags: readonly string[]; readonly act: Command } } = {
  list: { flags: ['--long', '-l'], act: list },
  createvm: { flags: ['--register', '--default'], act: createVm },
  registervm: { flags: [], act: (given, sys) => void machineOf(given, sys) },
  modifyvm: { flags: [], act: modifyVm },
  createmedium: { flags: [], act: createMedium },
  createhd: { flags: [], act: createMedium },
  storagectl: { flags: [], act: storageController },
  storageattach: { flags: [], act: storageAttach },
  unattended: { flags: ['--install-additions', '--no-install-additions'], act: unattended },
  startvm: { flags: [], act: startVm },
  controlvm: { flags: [], act: controlVm },
  showvminfo: { flags: ['--machinereadable', '--details'], act: showVm },
  unregistervm: { flags: ['--delete', '--delete-all'], act: unregisterVm },
  discardstate: { flags: [], act: (given, sys) => void ask(sys, { op: 'hold', name: nameOf(given), how: 'discard' }) },
  snapshot: { flags: ['--live', '--machinereadable'], act: snapshot },
  hostonlyif: { flags: [], act: hostOnly },
};

function run(words: readonly string[], sys: Sys): void {
  const [name, ...rest] = words.filter((word) => word !== '--nologo' && word !== '-q');
  if (name === '--version' || name === '-v' || name === '-V') {
    say(sys, version);
    return;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === undefined || !command) {
    throw new Problem(name === undefined ? usage : `Syntax error: Invalid command '${name}'`);
  }
  const given = readOptions(rest, command.flags);
  if (typeof given === 'string') throw new Problem(`VBoxManage: error: No value specified for option: ${given}`);
  command.act(given, sys);
}

const usage = `Oracle VM VirtualBox Command Line Management Interface Version ${version.replace(/r.*/, '')}
Usage: VBoxManage ${Object.keys(commands).join('|')} …`;

function say(sys: Sys, text: string): void {
  sys.write(1, encodeUtf8(`${text}\n`));
}

/** Progress goes to standard error. */
function tellProgress(sys: Sys): void {
  sys.write(2, encodeUtf8(`${progress}\n`));
}

function ask(sys: Sys, request: VmRequest): VmAnswer & { readonly ok: true } {
  const answer = askHypervisor(sys, request);
  if (isErrno(answer)) throw new Problem('VBoxManage: error: Failed to create the VirtualBox object!');
  if (answer.fd !== undefined) sys.close(answer.fd);
  const { reply } = answer;
  if (!reply.ok) throw new Problem(virtualBoxWords(reply, 'name' in request ? request.name : ''));
  return reply;
}

function nameOf({ words: [name] }: Given): string {
  if (name === undefined) throw new Problem('Syntax error: VM name required.');
  return name;
}

function machineOf(given: Given, sys: Sys): VmDetails {
  const { machine } = ask(sys, { op: 'show', name: nameOf(given) });
  if (!machine) throw new Problem('VBoxManage: error: no machine');
  return machine;
}

function notSimulated(what: string): never {
  throw new Problem(`drydock: VBoxManage ${what}: not simulated`);
}

function only(given: Given, known: readonly string[], command: string): void {
  const other = [...given.options.keys()].find((option) => !known.includes(option));
  if (other !== undefined) notSimulated(`${command} ${other}`);
}

function list({ words: [what] }: Given, sys: Sys): void {
  if (what === 'vms' || what === 'runningvms') {
    const all = (ask(sys, { op: 'list' }).list ?? []).filter(({ kind }) => kind === 'virtualbox');
    const on = (state: string) => !['off', 'saved', 'aborted'].includes(state);
    for (const vm of all) if (what === 'vms' || on(vm.state)) say(sys, `"${vm.name}" {${vm.uuid}}`);
  } else if (what === 'ostypes') say(sys, osTypeLines().trimEnd());
  else if (what === 'hdds') {
    const media = ask(sys, { op: 'medium', path: '' }).media ?? [];
    say(
      sys,
      media
        .map(
          ({ uuid, path, size }) =>
            `UUID:           ${uuid}\nLocation:       ${path}\nCapacity:       ${size / 1_048_576} MBytes\n`,
        )
        .join('\n'),
    );
  } else if (what === 'hostonlyifs') {
    for (const { name, cidr, mac } of ask(sys, { op: 'networks' }).networks ?? []) {
      const [ip = ''] = cidr.split('/');
      say(
        sys,
        `Name:            ${name}\nDHCP:            Disabled\nIPAddress:       ${ip}\nNetworkMask:     255.255.255.0\nHardwareAddress: ${mac}\nMediumType:      Ethernet\nStatus:          Up\n`,
      );
    }
  } else notSimulated(`list ${what ?? ''}`.trim());
}

function createVm(given: Given, sys: Sys): void {
  only(given, ['--name', '--ostype', '--os-type', '--register', '--default', '--basefolder'], 'createvm');
  const name = given.options.get('--name');
  if (name === undefined) throw new Problem('VBoxManage: error: Parameter --name is required');
  const osType = given.options.get('--ostype') ?? given.options.get('--os-type');
  const hardware = { memory: 512 * 1_048_576, cpus: 1, disk: 0 };
  const machine = {
    name,
    hypervisor: 'virtualbox',
    hardware,
    system: null,
    ...(osType === undefined ? {} : { osType }),
  } as const;
  const made = ask(sys, { op: 'define', machine }).machine;
  const registered = given.options.has('--register') ? 'created and registered' : 'created';
  say(
    sys,
    `Virtual machine '${name}' is ${registered}.\nUUID: ${made?.uuid ?? ''}\nSettings file: '/home/learner/VirtualBox VMs/${name}/${name}.vbox'`,
  );
}

function modifyVm(given: Given, sys: Sys): void {
  const vm = machineOf(given, sys);
  const change = changeOf(given, vm);
  if ('refused' in change) notSimulated(`modifyvm ${change.refused}`);
  ask(sys, { op: 'change', name: vm.name, change });
}

function createMedium(given: Given, sys: Sys): void {
  only(given, ['--filename', '--size', '--format', '--variant'], 'createmedium');
  const path = given.options.get('--filename');
  const size = Number(given.options.get('--size'));
  if (path === undefined || !Number.isFinite(size))
    throw new Problem('VBoxManage: error: Parameters --filename and --size are required');
  const full = absolute(path, sys);
  const made = ask(sys, { op: 'medium', path: /\.\w+$/.test(full) ? full : `${full}.vdi`, size: size * 1_048_576 });
  tellProgress(sys);
  say(sys, `Medium created. UUID: ${made.media?.at(-1)?.uuid ?? ''}`);
}

function absolute(path: string, sys: Sys): string {
  return path.startsWith('/') ? path : `${sys.cwd() === '/' ? '' : sys.cwd()}/${path}`;
}

function storageController(given: Given, sys: Sys): void {
  only(given, ['--name', '--add', '--controller', '--portcount', '--bootable', '--hostiocache'], 'storagectl');
  const vm = machineOf(given, sys);
  const name = given.options.get('--name') ?? '';
  ask(sys, { op: 'change', name: vm.name, change: { controllers: [...(vm.controllers ?? []), name] } });
}

function storageAttach(given: Given, sys: Sys): void {
  only(given, ['--storagectl', '--port', '--device', '--type', '--medium', '--mtype'], 'storageattach');
  const vm = machineOf(given, sys);
  const controller = given.options.get('--storagectl') ?? '';
  if (!vm.controllers?.includes(controller)) {
    throw new Problem(`VBoxManage: error: Could not find a controller named '${controller}'`);
  }
  const place = `${controller}-${given.options.get('--port') ?? '0'}-${given.options.get('--device') ?? '0'}`;
  const medium = given.options.get('--medium') ?? 'none';
  const { [place]: _, ...others } = vm.storage ?? {};
  if (medium === 'none' || medium === 'emptydrive') {
    ask(sys, { op: 'change', name: vm.name, change: { storage: others } });
    return;
  }
  const path = absolute(medium, sys);
  const known = (ask(sys, { op: 'medium', path: '' }).media ?? []).find(
    (each) => each.path === path || each.uuid === medium,
  );
  if (!known && isErrno(sys.fs.stat(path))) {
    throw new Problem(`VBoxManage: error: Could not find file for the medium '${path}' (VERR_FILE_NOT_FOUND)`);
  }
  const hardware = known ? { hardware: { disk: known.size } } : {};
  ask(sys, {
    op: 'change',
    name: vm.name,
    change: { storage: { ...others, [place]: known?.path ?? path }, ...hardware },
  });
}

function unattended({ words: [what, ...words], options, all }: Given, sys: Sys): void {
  if (what !== 'install') notSimulated(`unattended ${what ?? ''}`.trim());
  const vm = machineOf({ words, options, all }, sys);
  const iso = options.get('--iso');
  if (iso === undefined) throw new Problem('VBoxManage: error: Required option --iso is missing');
  const path = absolute(iso, sys);
  if (isErrno(sys.fs.stat(path)))
    throw new Problem(`VBoxManage: error: File '${path}' could not be opened (VERR_FILE_NOT_FOUND)`);
  const user = options.get('--user') ?? 'vboxuser';
  const storage = { ...vm.storage, 'Unattended-0-0': path };
  ask(sys, { op: 'change', name: vm.name, change: { storage, unattended: { iso: path, user } } });
  say(
    sys,
    `VBoxManage: info: Preparing unattended installation of ${vm.osType ?? 'Other'} in machine '${vm.name}' (${vm.uuid ?? ''}).`,
  );
  say(sys, `VBoxManage: info: VM '${vm.name}' (${vm.uuid ?? ''}) is ready to be started (e.g. VBoxManage startvm).`);
}

function startVm(given: Given, sys: Sys): void {
  only(given, ['--type'], 'startvm');
  const type = given.options.get('--type') ?? 'gui';
  if (!['gui', 'headless', 'sdl', 'separate'].includes(type))
    throw new Problem(`VBoxManage: error: Invalid session type '${type}'`);
  const { name, state } = machineOf(given, sys);
  say(sys, `Waiting for VM "${name}" to power on...`);
  ask(sys, state === 'saved' ? { op: 'hold', name, how: 'resume' } : { op: 'start', name });
  say(sys, `VM "${name}" has been successfully started.`);
}

function controlVm(given: Given, sys: Sys): void {
  const { name } = machineOf(given, sys);
  const [, what = ''] = given.words;
  switch (what) {
    case 'poweroff':
      ask(sys, { op: 'stop', name, force: true });
      tellProgress(sys);
      return;
    case 'acpipowerbutton':
      ask(sys, { op: 'stop', name, force: false });
      return;
    case 'pause':
    case 'resume':
      ask(sys, { op: 'hold', name, how: what });
      return;
    case 'savestate':
      ask(sys, { op: 'hold', name, how: 'save' });
      tellProgress(sys);
      return;
    case 'reset':
      ask(sys, { op: 'stop', name, force: true });
      ask(sys, { op: 'start', name });
      return;
    default:
      notSimulated(`controlvm ${what}`);
  }
}

function showVm(given: Given, sys: Sys): void {
  const vm = machineOf(given, sys);
  say(sys, given.options.has('--machinereadable') ? machineReadable(vm) : forPeople(vm));
}

function unregisterVm(given: Given, sys: Sys): void {
  const vm = machineOf(given, sys);
  if (!given.options.has('--delete') && !given.options.has('--delete-all'))
    notSimulated('unregistervm without --delete');
  ask(sys, { op: 'remove', name: vm.name });
  const media = ask(sys, { op: 'medium', path: '' }).media ?? [];
  for (const path of Object.values(vm.storage ?? {})) {
    if (media.some((each) => each.path === path)) ask(sys, { op: 'medium', path, remove: true });
  }
  tellProgress(sys);
}

function snapshot(given: Given, sys: Sys): void {
  const vm = machineOf(given, sys);
  const [, what = '', name = ''] = given.words;
  if (what === 'list') {
    if (vm.snapshots.length === 0) throw new Problem('This machine does not have any snapshots');
    const last = vm.snapshots.length - 1;
    vm.snapshots.forEach((each, i) => {
      say(sys, `${'   '.repeat(i + 1)}Name: ${each.name} (UUID: ${each.uuid})${i === last ? ' *' : ''}`);
    });
    return;
  }
  if (what !== 'take' && what !== 'restore' && what !== 'delete') notSimulated(`snapshot ${what}`);
  if (what === 'restore' && !['off', 'saved', 'aborted'].includes(vm.state)) {
    throw new Problem(virtualBoxWords({ ok: false, refusal: 'is-running' }, vm.name));
  }
  const found = vm.snapshots.find((each) => each.name === name || each.uuid === name);
  if (what === 'restore' && found) say(sys, `Restoring snapshot '${found.name}' (${found.uuid})`);
  ask(sys, { op: 'snapshot', name: vm.name, act: what, snapshot: name });
  tellProgress(sys);
  const taken = what === 'take' ? ask(sys, { op: 'show', name: vm.name }).machine?.snapshots.at(-1) : undefined;
  if (taken) say(sys, `Snapshot taken. UUID: ${taken.uuid}`);
}

function hostOnly({ words: [what] }: Given, sys: Sys): void {
  if (what !== 'create') notSimulated(`hostonlyif ${what ?? ''}`.trim());
  const networks = ask(sys, { op: 'networks' }).networks ?? [];
  const all = ask(sys, { op: 'networks', add: `192.168.${56 + networks.length}.1/24` }).networks ?? [];
  tellProgress(sys);
  say(sys, `Interface '${all.at(-1)?.name ?? 'vboxnet0'}' was successfully created`);
}
