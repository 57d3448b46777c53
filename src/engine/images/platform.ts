import type { Image } from '../../oci/image.ts';
import { EngineError } from '../errors.ts';

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

/** What the engine's own processor runs. */
export const ownPlatform = 'linux/amd64';

/** The platform that a query asks for (`linux/arm64`); undefined for the engine's own. Throws EngineError for a text that is none. */
export function wantedPlatform(text: string): string | undefined {
  if (text === '') return undefined;
  const parsed = parsePlatform(text);
  if (typeof parsed === 'string') throw new EngineError('bad-parameter', 400, parsed);
  const { os, architecture, variant } = parsed;
  const name = `${os}/${architecture}${variant === undefined ? '' : `/${variant}`}`;
  return name === ownPlatform || name === `${ownPlatform}/v1` ? undefined : name;
}

/** The platform of an image as the engine names it. */
export function platformOf({ os, architecture }: Pick<Image, 'os' | 'architecture'>): string {
  return `${os}/${architecture}`;
}

/** Is it for another processor than the engine's? (Images of which the engine has no record any more are not.) */
export function isForeign(image: Image | undefined): boolean {
  return image !== undefined && platformOf(image) !== ownPlatform;
}

/** Warns of an image that is for another platform than the engine's (recorded of engine 28.5.2); nothing when one was asked for. */
export function platformWarnings(image: Image, asked: string): readonly string[] {
  const own = platformOf(image);
  if (own === ownPlatform || asked !== '') return [];
  const detected = `the detected host platform (${ownPlatform}/v4)`;
  return [`The requested image's platform (${own}) does not match ${detected} and no specific platform was requested`];
}

/** Throws when an image is not for the platform that was asked for. `name` is what the image was called by. */
export function checkImagePlatform(image: Image, name: string, asked: string): void {
  if (asked === '') return;
  const wanted = wantedPlatform(asked) ?? ownPlatform;
  const own = platformOf(image);
  if (wanted === own || wanted.startsWith(`${own}/`)) return;
  const why = `its platform (${own}) does not match the specified platform (${wanted})`;
  throw new EngineError('no-such-image', 404, `image with reference ${name} was found but ${why}`);
}
