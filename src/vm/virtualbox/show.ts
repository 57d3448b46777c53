import type { VmDetails } from '../requests.ts';
import { systemOf } from '../systems.ts';

/** What VirtualBox calls the states of a machine: for people, and for programs. */
export function stateWords(state: VmDetails['state']): readonly [string, string] {
  switch (state) {
    case 'off':
      return ['powered off', 'poweroff'];
    case 'booting':
      return ['running', 'running'];
    default:
      return [state, state];
  }
}

function typeName({ osType, system }: VmDetails): string {
  const id = osType ?? (system ? systemOf(system).osType : 'Other');
  return osTypes.find(([name]) => name === id)?.[1] ?? id;
}

/** Systems that VirtualBox has names for: those that lessons use. */
export const osTypes: readonly (readonly [id: string, name: string, family: string])[] = [
  ['Other', 'Other/Unknown', 'Other'],
  ['Debian_64', 'Debian (64-bit)', 'Linux'],
  ['Ubuntu_64', 'Ubuntu (64-bit)', 'Linux'],
  ['Linux26_64', 'Linux 2.6 / 3.x / 4.x / 5.x (64-bit)', 'Linux'],
  ['Windows10_64', 'Windows 10 (64-bit)', 'Windows'],
  ['Windows11_64', 'Windows 11 (64-bit)', 'Windows'],
];

/** `VBoxManage list ostypes` */
export function osTypeLines(): string {
  return osTypes
    .map(
      ([id, name, family]) =>
        `ID:          ${id}\nDescription: ${name}\nFamily ID:   ${family}\nFamily Desc: ${family}\n64 bit:      ${id.endsWith('_64')}\n`,
    )
    .join('\n');
}

/** `VBoxManage showvminfo NAME --machinereadable` */
export function machineReadable(vm: VmDetails): string {
  const cards = (vm.cards ?? []).flatMap((card, i) => {
    const n = i + 1;
    const mac = card.mac.replaceAll(':', '').toUpperCase();
    const own = [`nic${n}="${card.kind}"`, `macaddress${n}="${mac}"`];
    if (card.kind === 'hostonly') return [...own, `hostonlyadapter${n}="${card.network}"`];
    const rules = card.forwards.map(
      ({ name, hostIp, hostPort, guestPort }, at) =>
        `Forwarding(${at})="${name},tcp,${hostIp},${hostPort},,${guestPort}"`,
    );
    return [...own, ...rules];
  });
  return [
    `name="${vm.name}"`,
    `ostype="${typeName(vm)}"`,
    `UUID="${vm.uuid ?? ''}"`,
    `CfgFile="/home/learner/VirtualBox VMs/${vm.name}/${vm.name}.vbox"`,
    `memory=${vm.hardware.memory / 1_048_576}`,
    `cpus=${vm.hardware.cpus}`,
    `VMState="${stateWords(vm.state)[1]}"`,
    ...Object.entries(vm.storage ?? {}).map(([place, path]) => `"${place}"="${path}"`),
    ...cards,
    ...vm.snapshots.map(({ name }, i) => `SnapshotName${'-1'.repeat(i)}="${name}"`),
  ].join('\n');
}

/** `VBoxManage showvminfo NAME` */
export function forPeople(vm: VmDetails): string {
  const row = (name: string, value: string) => `${`${name}:`.padEnd(29)}${value}`;
  const cards = (vm.cards ?? []).flatMap((card, i) => {
    const mac = card.mac.replaceAll(':', '').toUpperCase();
    const attached = card.kind === 'nat' ? 'NAT' : `Host-only Interface '${card.network}'`;
    const rules =
      card.kind === 'nat'
        ? card.forwards.map(({ name, hostIp, hostPort, guestPort }, at) =>
            row(
              `NIC ${i + 1} Rule(${at})`,
              `  name = ${name}, protocol = tcp, host ip = ${hostIp}, host port = ${hostPort}, guest ip = , guest port = ${guestPort}`,
            ),
          )
        : [];
    return [row(`NIC ${i + 1}`, `MAC: ${mac}, Attachment: ${attached}, Cable connected: on`), ...rules];
  });
  const storage = Object.entries(vm.storage ?? {}).map(([place, path]) => {
    const [, controller = '', port = '', device = ''] = /^(.*)-(\d+)-(\d+)$/.exec(place) ?? [];
    return `${controller} (${port}, ${device}): ${path}`;
  });
  return [
    row('Name', vm.name),
    row('Guest OS', typeName(vm)),
    row('UUID', vm.uuid ?? ''),
    row('Config file', `/home/learner/VirtualBox VMs/${vm.name}/${vm.name}.vbox`),
    row('Memory size', `${vm.hardware.memory / 1_048_576}MB`),
    row('Number of CPUs', String(vm.hardware.cpus)),
    row('State', stateWords(vm.state)[0]),
    ...storage,
    ...cards,
  ].join('\n');
}
