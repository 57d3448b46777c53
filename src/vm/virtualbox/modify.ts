import type { MachineChange, VmDetails } from '../requests.ts';
import type { Card, PortForward } from '../state.ts';
import type { Given } from './options.ts';

/** Settings without an effect that could be seen here. */
const harmless =
  /^--(?:vram|audio\w*|audio-\w+|usb\w*|ioapic|boot[1-4]|graphicscontroller|rtcuseutc|acpi|pae|nictype\d|cableconnected\d|clipboard\S*|draganddrop|description|groups|natdns\w+|nat-\S+|vrde|mouse|paravirtprovider|hwvirtex|nested-hw-virt|chipset|firmware|cpuexecutioncap)$/;

/** What `VBoxManage modifyvm` changes; a text is the option that is wrong or not simulated. */
export function changeOf({ all }: Given, vm: VmDetails): MachineChange | { readonly refused: string } {
  const cards: Card[] = [...(vm.cards ?? [])];
  const hardware: { memory?: number; cpus?: number } = {};
  let name: string | undefined;
  let osType: string | undefined;
  for (const [option, value] of all) {
    const number = Number(/\d+$/.exec(option)?.[0] ?? 1) - 1;
    if (option === '--memory') hardware.memory = Number(value) * 1_048_576;
    else if (option === '--cpus') hardware.cpus = Number(value);
    else if (option === '--name') name = value;
    else if (option === '--ostype' || option === '--os-type') osType = value;
    else if (/^--nic\d$/.test(option)) {
      const made = cardOf(value, cards[number], vm, number);
      if (made === undefined) return { refused: `${option} ${value}` };
      if (made === null) cards.splice(number);
      else cards[number] = made;
    } else if (/^--(?:hostonlyadapter|host-only-adapter)\d$/.test(option)) {
      const card = cards[number];
      if (card?.kind === 'hostonly') cards[number] = { ...card, network: value };
    } else if (/^--nat-?pf\d$/.test(option)) {
      const wrong = forward(cards, number, value);
      if (wrong) return { refused: `${option} ${value}` };
    } else if (!harmless.test(option)) return { refused: option };
  }
  if (Number.isNaN(hardware.memory) || Number.isNaN(hardware.cpus)) return { refused: 'a number that is none' };
  return { cards, hardware, ...(name === undefined ? {} : { name }), ...(osType === undefined ? {} : { osType }) };
}

/** `null`: no card; undefined: a kind that is not simulated. */
function cardOf(kind: string, old: Card | undefined, vm: VmDetails, number: number): Card | null | undefined {
  const mac =
    old?.mac ??
    vm.hardware.mac.replace(/..$/, (digits) =>
      ((Number.parseInt(digits, 16) + number) % 256).toString(16).padStart(2, '0'),
    );
  if (kind === 'none' || kind === 'null') return null;
  if (kind === 'nat') return { kind: 'nat', mac, forwards: old?.kind === 'nat' ? old.forwards : [] };
  return kind === 'hostonly' ? { kind: 'hostonly', mac, network: 'vboxnet0' } : undefined;
}

/** `name,tcp,hostip,hostport,guestip,guestport` or `delete name`; true when it is not well formed. */
function forward(cards: Card[], number: number, rule: string): boolean {
  const card = cards[number];
  if (card?.kind !== 'nat') return true;
  const [name = '', protocol = '', hostIp = '', hostPort = '', , guestPort = ''] = rule.split(',');
  if (protocol === '') {
    cards[number] = { ...card, forwards: card.forwards.filter((each) => each.name !== name) };
    return false;
  }
  if (protocol !== 'tcp' || !/^\d+$/.test(hostPort) || !/^\d+$/.test(guestPort)) return true;
  const made: PortForward = { name, hostIp, hostPort: Number(hostPort), guestPort: Number(guestPort) };
  cards[number] = { ...card, forwards: [...card.forwards, made] };
  return false;
}
