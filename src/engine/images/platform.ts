/** What an image is for: `linux/arm64/v8`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

const systems = ['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'illumos', 'ios', 'js', 'linux', 'netbsd'];
const allSystems = [...systems, 'openbsd', 'plan9', 'solaris', 'wasip1', 'windows'];
const machines = ['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le', 'ppc64'];
const allMachines = [...machines, 'ppc64le', 'riscv64', 's390x', 'wasm'];
const sameMachine: { readonly [name: string]: string } = {
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
};

/** A platform as containerd reads it, or what is wrong with the text in its words. The engine runs on linux/amd64. */
export function parsePlatform(text: string): Platform | string {
  const parts = text.split('/');
  const odd = parts.find((part) => !/^[A-Za-z0-9_.-]+$/.test(part));
  if (odd !== undefined) {
    const must = 'platform specifier component must match "^[A-Za-z0-9_.-]+$"';
    return `${JSON.stringify(odd)} is an invalid component of ${JSON.stringify(text)}: ${must}: invalid argument`;
  }
  const [first = '', second, third] = parts.map((part) => part.toLowerCase());
  const machine = (name: string): string => sameMachine[name] ?? name;
  if (second === undefined) {
    const os = first === 'macos' ? 'darwin' : first;
    if (allSystems.includes(os)) return { os, architecture: 'amd64' };
    if (allMachines.includes(machine(first))) return { os: 'linux', architecture: machine(first) };
    return `${JSON.stringify(text)}: unknown operating system or architecture: invalid argument`;
  }
  if (parts.length > 3) return `${JSON.stringify(text)}: cannot parse platform specifier: invalid argument`;
  const variant = third === undefined || (machine(second) === 'arm64' && third === 'v8') ? {} : { variant: third };
  return { os: first === 'macos' ? 'darwin' : first, architecture: machine(second), ...variant };
}
