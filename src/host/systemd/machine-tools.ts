import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { second } from '../../kernel/json.ts';
import type { Exec, Program, Sys } from '../../kernel/program.ts';
import { machineSelf } from '../../vm/self.ts';
import { kernelStart, type Stage, stages } from '../../vm/stages.ts';
import { powerRequest } from './power.ts';

type Tool = (words: readonly string[], sys: Sys) => number;

/** Tools of systemd that tell of the machine and its boot, or end it; what they know comes from the machine's own boot. */
const tools: { readonly [name: string]: Tool } = {
  hostnamectl,
  'systemd-detect-virt': detect,
  'systemd-analyze': analyze,
  reboot: (words, sys) => power('reboot', words, sys),
  poweroff: (words, sys) => power('poweroff', words, sys),
  halt: (words, sys) => power('halt', words, sys),
  shutdown: (words, sys) => power('shutdown', words, sys),
};

/** The tool by whose name it is called. */
export const machineTool: Program = {
  start({ path, argv }: Exec, sys) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    return { exit: tool ? tool(argv.slice(1), sys) : refuse(sys, `drydock: ${name}: not simulated`) };
  },
  step: () => ({ exit: 1 }),
};

function print(sys: Sys, text: string): number {
  sys.write(1, encodeUtf8(`${text}\n`));
  return 0;
}

function refuse(sys: Sys, text: string): number {
  sys.write(2, encodeUtf8(`${text}\n`));
  return 1;
}

const vendors: { readonly [virtualization: string]: readonly [vendor: string, model: string] } = {
  oracle: ['innotek GmbH', 'VirtualBox'],
  qemu: ['QEMU', 'Standard PC _i440FX + PIIX, 1996_'],
  kvm: ['QEMU', 'Standard PC _i440FX + PIIX, 1996_'],
  vmware: ['VMware, Inc.', 'VMware Virtual Platform'],
  microsoft: ['Microsoft Corporation', 'Virtual Machine'],
  xen: ['Xen', 'HVM domU'],
};

function hostnamectl(words: readonly string[], sys: Sys): number {
  const [verb, name] = words;
  if (verb === 'set-hostname' || (verb === 'hostname' && name !== undefined)) {
    if (sys.uid !== 0) return refuse(sys, 'Could not set static hostname: Interactive authentication required.');
    if (name === undefined) return refuse(sys, 'Too few arguments.');
    const failed = sys.sethostname(name) ?? sys.fs.writeFile('/etc/hostname', encodeUtf8(`${name}\n`));
    return failed ? refuse(sys, 'Could not set static hostname') : 0;
  }
  if (verb === 'hostname') return print(sys, sys.uname().hostname);
  if (verb !== undefined && verb !== 'status') return refuse(sys, `drydock: hostnamectl ${verb}: not simulated`);
  const virtualization = machineSelf(sys)?.virtualization;
  const { release, hostname: own } = sys.uname();
  const read = sys.fs.readFile('/etc/os-release');
  const system = /^PRETTY_NAME="(.*)"$/m.exec(isErrno(read) ? '' : decodeUtf8(read.bytes))?.[1] ?? 'Linux';
  const [vendor, model] = vendors[virtualization ?? ''] ?? ['', ''];
  const rows: [string, string][] = [
    ['Static hostname', own],
    ['Icon name', 'computer-vm'],
    ['Chassis', 'vm'],
    ['Virtualization', virtualization ?? 'none'],
    ['Operating System', system],
    ['Kernel', `Linux ${release}`],
    ['Architecture', 'x86-64'],
    ['Hardware Vendor', vendor],
    ['Hardware Model', model],
  ];
  return print(sys, rows.map(([key, value]) => `${key.padStart(16)}: ${value}`).join('\n'));
}

const detectOptions = ['-v', '--vm', '-c', '--container', '-q', '--quiet'];

function detect(words: readonly string[], sys: Sys): number {
  const other = words.find((word) => word.startsWith('-') && !detectOptions.includes(word));
  if (other !== undefined) return refuse(sys, `drydock: systemd-detect-virt ${other}: not simulated`);
  const container = words.includes('-c') || words.includes('--container');
  const found = container ? 'none' : (machineSelf(sys)?.virtualization ?? 'none');
  if (!words.includes('-q') && !words.includes('--quiet')) print(sys, found);
  return found === 'none' ? 1 : 0;
}

/** `reboot`, `poweroff`, `halt`, and `shutdown` at once (`now`, `+0`). */
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
  return powerRequest(again ? 'reboot' : 'poweroff', sys);
}

function analyze(words: readonly string[], sys: Sys): number {
  if (words.length > 0 && words[0] !== 'time') {
    return refuse(sys, `drydock: systemd-analyze ${words[0]}: not simulated`);
  }
  const at = (id: Stage['id']) => stages.find((stage) => stage.id === id)?.at ?? 0;
  const seconds = (time: number) => `${(time / second).toFixed(3)}s`;
  const [kernel, user] = [at('init') - kernelStart, at('login') - at('init')];
  return print(
    sys,
    `Startup finished in ${seconds(kernel)} (kernel) + ${seconds(user)} (userspace) = ${seconds(kernel + user)} \nmulti-user.target reached after ${seconds(at('services') - at('init'))} in userspace.`,
  );
}
