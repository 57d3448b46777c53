import { decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import { second } from '../kernel/json.ts';
import type { Exec, Sys } from '../kernel/program.ts';
import type { GuestSelf, VmAnswer } from './requests.ts';
import { kernelStart, type Stage, stages } from './stages.ts';
import { serviceName } from './state.ts';

/**
 * Tools of a guest's system that tell of the machine and its boot (dmesg, journalctl, hostnamectl, systemd-detect-virt,
 * systemd-analyze), or end it (reboot, poweroff, halt, shutdown). What they know comes from the machine's own boot. Returns the exit status.
 */
export function guestTool({ path, argv }: Exec, sys: Sys): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const words = argv.slice(1);
  const self = selfOf(sys);
  switch (name) {
    case 'dmesg':
      return dmesg(words, self, sys);
    case 'journalctl':
      return journal(words, self, sys);
    case 'hostnamectl':
      return hostname(words, self, sys);
    case 'reboot':
    case 'poweroff':
    case 'halt':
    case 'shutdown':
      return power(name, words, sys);
    case 'systemd-detect-virt':
      return detect(words, self, sys);
    default:
      return analyze(words, sys);
  }
}

function selfOf(sys: Sys): GuestSelf | undefined {
  const answer = sys.request(serviceName, { op: 'self' });
  if (isErrno(answer) || !('reply' in answer)) return undefined;
  const reply = answer.reply as unknown as VmAnswer;
  return reply.ok ? reply.self : undefined;
}

function print(sys: Sys, text: string): number {
  sys.write(1, encodeUtf8(`${text}\n`));
  return 0;
}

function refuse(sys: Sys, text: string): number {
  sys.write(2, encodeUtf8(`${text}\n`));
  return 1;
}

function refuseOption(sys: Sys, name: string, words: readonly string[], known: readonly string[]): number | undefined {
  const other = words.find((word) => word.startsWith('-') && !known.includes(word));
  return other === undefined ? undefined : refuse(sys, `drydock: ${name} ${other}: not simulated`);
}

/** The lines of the kernel's stages, and of init's, as the console had them. */
function linesOf(
  self: GuestSelf,
  wanted: (stage: Stage) => boolean,
): readonly { readonly at: number; readonly text: string }[] {
  return stages
    .filter((stage) => stage.at >= kernelStart && stage.id !== 'login' && wanted(stage))
    .flatMap((stage) => stage.console(self, stage.at).map((text) => ({ at: stage.at, text })));
}

const ofKernel = (stage: Stage) => stage.actor === 'guest kernel' || stage.id === 'init';

function dmesg(words: readonly string[], self: GuestSelf | undefined, sys: Sys): number {
  const refused = refuseOption(sys, 'dmesg', words, ['-T', '--ctime', '-H', '--color=never']);
  if (refused !== undefined) return refused;
  if (sys.uid !== 0 || !self) return refuse(sys, 'dmesg: read kernel buffer failed: Operation not permitted');
  const stamped = linesOf(self, ofKernel).map(({ at, text }) =>
    words.includes('-T') || words.includes('--ctime')
      ? text.replace(/^\[[^\]]*\]/, `[${clock(self.poweredOn + at, true)}]`)
      : text,
  );
  return print(sys, stamped.join('\n'));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function clock(at: number, long = false): string {
  const date = new Date(Math.floor(at / 1000));
  const day = String(date.getUTCDate());
  const time = date.toISOString().slice(11, 19);
  const month = months[date.getUTCMonth()] ?? '';
  if (long) return `${days[date.getUTCDay()] ?? ''} ${month} ${day.padStart(2)} ${time} ${date.getUTCFullYear()}`;
  return `${month} ${day.padStart(2, '0')} ${time}`;
}

function journal(words: readonly string[], self: GuestSelf | undefined, sys: Sys): number {
  const units: string[] = [];
  let most = Number.POSITIVE_INFINITY;
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-u' || word === '--unit') units.push(words[++i] ?? '');
    else if (word === '-n' || word === '--lines') most = Number(words[++i]);
    else rest.push(word);
  }
  const refused = refuseOption(sys, 'journalctl', rest, ['-b', '-k', '--no-pager', '-e', '-x', '-xe', '-q']);
  if (refused !== undefined) return refused;
  if (!self) return print(sys, '-- No entries --');
  const kernelOnly = rest.includes('-k');
  const { hostname } = sys.uname();
  const lines = linesOf(self, (stage) => !kernelOnly || ofKernel(stage)).map(({ at, text }) => {
    const own = /^\[ *[\d.]+\] (?:systemd\[1\]: )?(.*)$/.exec(text)?.[1] ?? text.replace(/^\[ {2}OK {2}\] /, '');
    const by = text.startsWith('[  OK') || text.includes('systemd[1]:') ? 'systemd[1]' : 'kernel';
    return `${clock(self.poweredOn + at)} ${hostname} ${by}: ${own}`;
  });
  const short = units.map((unit) => unit.replace(/\.service$/, ''));
  const chosen =
    short.length === 0 ? lines : lines.filter((line) => short.some((unit) => line.includes(`${unit}.service`)));
  if (chosen.length === 0) return print(sys, '-- No entries --');
  return print(sys, chosen.slice(Number.isFinite(most) ? -most : 0).join('\n'));
}

const vendors: { readonly [virtualization: string]: readonly [vendor: string, model: string] } = {
  oracle: ['innotek GmbH', 'VirtualBox'],
  qemu: ['QEMU', 'Standard PC _i440FX + PIIX, 1996_'],
  kvm: ['QEMU', 'Standard PC _i440FX + PIIX, 1996_'],
  vmware: ['VMware, Inc.', 'VMware Virtual Platform'],
  microsoft: ['Microsoft Corporation', 'Virtual Machine'],
  xen: ['Xen', 'HVM domU'],
};

function hostname(words: readonly string[], self: GuestSelf | undefined, sys: Sys): number {
  const [verb, name] = words;
  if (verb === 'set-hostname' || (verb === 'hostname' && name !== undefined)) {
    if (sys.uid !== 0) return refuse(sys, 'Could not set static hostname: Interactive authentication required.');
    if (name === undefined) return refuse(sys, 'Too few arguments.');
    const failed = sys.sethostname(name) ?? sys.fs.writeFile('/etc/hostname', encodeUtf8(`${name}\n`));
    return failed ? refuse(sys, 'Could not set static hostname') : 0;
  }
  if (verb === 'hostname') return print(sys, sys.uname().hostname);
  if (verb !== undefined && verb !== 'status') return refuse(sys, `drydock: hostnamectl ${verb}: not simulated`);
  const { release, hostname: own } = sys.uname();
  const read = sys.fs.readFile('/etc/os-release');
  const system = /^PRETTY_NAME="(.*)"$/m.exec(isErrno(read) ? '' : decodeUtf8(read.bytes))?.[1] ?? 'Linux';
  const [vendor, model] = vendors[self?.virtualization ?? ''] ?? ['', ''];
  const rows: [string, string][] = [
    ['Static hostname', own],
    ['Icon name', 'computer-vm'],
    ['Chassis', 'vm'],
    ['Virtualization', self?.virtualization ?? 'none'],
    ['Operating System', system],
    ['Kernel', `Linux ${release}`],
    ['Architecture', 'x86-64'],
    ['Hardware Vendor', vendor],
    ['Hardware Model', model],
  ];
  return print(sys, rows.map(([key, value]) => `${key.padStart(16)}: ${value}`).join('\n'));
}

function detect(words: readonly string[], self: GuestSelf | undefined, sys: Sys): number {
  const refused = refuseOption(sys, 'systemd-detect-virt', words, ['-v', '--vm', '-c', '--container', '-q', '--quiet']);
  if (refused !== undefined) return refused;
  const container = words.includes('-c') || words.includes('--container');
  const found = container ? 'none' : (self?.virtualization ?? 'none');
  if (!words.includes('-q') && !words.includes('--quiet')) print(sys, found);
  return found === 'none' ? 1 : 0;
}

/** `reboot`, `poweroff`, `halt`, and `shutdown` at once (`now`, `+0`); the power goes as with poweroff, also after halt. */
function power(name: string, words: readonly string[], sys: Sys): number {
  let again = name === 'reboot';
  for (const word of words) {
    if (name === 'shutdown' && (word === '-r' || word === '--reboot')) again = true;
    else if (name !== 'shutdown' || !['-h', '-P', '-H', '--poweroff', '--halt', 'now', '+0'].includes(word)) {
      return refuse(sys, `drydock: ${name} ${word}: not simulated`);
    }
  }
  if (name === 'shutdown' && !words.includes('now') && !words.includes('+0')) {
    return refuse(sys, 'drydock: shutdown in a minute: not simulated (shutdown now)');
  }
  if (sys.uid !== 0)
    return refuse(sys, `Call to ${again ? 'Reboot' : 'PowerOff'} failed: Interactive authentication required.`);
  const answer = sys.request(serviceName, { op: 'power', again });
  return isErrno(answer) ? 1 : 0;
}

function analyze(words: readonly string[], sys: Sys): number {
  if (words.length > 0 && words[0] !== 'time')
    return refuse(sys, `drydock: systemd-analyze ${words[0]}: not simulated`);
  const at = (id: Stage['id']) => stages.find((stage) => stage.id === id)?.at ?? 0;
  const seconds = (time: number) => `${(time / second).toFixed(3)}s`;
  const [kernel, user] = [at('init') - kernelStart, at('login') - at('init')];
  return print(
    sys,
    `Startup finished in ${seconds(kernel)} (kernel) + ${seconds(user)} (userspace) = ${seconds(kernel + user)} \nmulti-user.target reached after ${seconds(at('services') - at('init'))} in userspace.`,
  );
}
