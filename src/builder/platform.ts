import { quoteGo } from '../kernel/go/quote.ts';

/** A kind of machine: `linux/arm64`, `linux/arm/v7`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
}

const systems =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos';
const machines =
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm';

/** A text that is no platform; the message is containerd's. */
export class InvalidPlatform extends Error {
  override readonly name = 'InvalidPlatform';
}

/**
 * Reads `os`, `architecture`, `os/architecture` or `os/architecture/variant`, names as containerd's platforms library
 * settles them (`aarch64` is `arm64`). What is left out is taken from `host`. Throws InvalidPlatform.
 */
export function parsePlatform(text: string, host: Platform): Platform {
  const invalid = (problem: string) => new InvalidPlatform(`${problem}: invalid argument`);
  if (text.includes('*')) throw invalid(`${quoteGo(text)}: wildcards not yet supported`);
  const [first = '', ...rest] = cut(text, 4);
  const system = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)(?:(?:\+[A-Za-z0-9_.%-]+)*)\))?$/.exec(first);
  if (!system) {
    const form = '^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$';
    const must = `OSAndVersion specifier component must match ${quoteGo(form)}`;
    throw invalid(`${quoteGo(first)} is an invalid OS component of ${quoteGo(text)}: ${must}`);
  }
  for (const part of rest) {
    if (/^[A-Za-z0-9_.-]+$/.test(part)) continue;
    const must = 'platform specifier component must match "^[A-Za-z0-9_.-]+$"';
    throw invalid(`${quoteGo(part)} is an invalid component of ${quoteGo(text)}: ${must}`);
  }
  const [, name = '', osVersion = ''] = system;
  const os = systemName(name);
  const version = osVersion === '' ? {} : { osVersion };
  const [machine, variant = ''] = rest;
  if (rest.length > 2) throw invalid(`${quoteGo(text)}: cannot parse platform specifier`);
  if (machine !== undefined) return { os, ...machineOf(machine, variant, rest.length === 2), ...version };
  if (systems.split(' ').includes(os)) return { os, architecture: host.architecture, ...version };
  const only = machineOf(first, '', false);
  if (machines.split(' ').includes(only.architecture)) return { os: host.os, ...only, ...version };
  throw invalid(`${quoteGo(text)}: unknown operating system or architecture`);
}

/** `linux/arm/v7` */
export function formatPlatform({ os, architecture, variant, osVersion }: Platform): string {
  return [osVersion ? `${os}(${osVersion})` : os, architecture, variant ?? ''].filter(Boolean).join('/');
}

/** At most `count` parts, as strings.SplitN. */
function cut(text: string, count: number): string[] {
  const parts = text.split('/');
  return [...parts.slice(0, count - 1), ...(parts.length < count ? [] : [parts.slice(count - 1).join('/')])];
}

function systemName(name: string): string {
  const lower = name.toLowerCase();
  return lower === 'macos' ? 'darwin' : lower;
}

type Machine = Pick<Platform, 'architecture' | 'variant'>;

function machineOf(name: string, given: string, explicit: boolean): Machine {
  const { architecture, variant } = normalized(name.toLowerCase(), given.toLowerCase());
  if (!explicit && architecture === 'arm' && variant === 'v7') return { architecture };
  if (explicit && architecture === 'arm64' && variant === '') return { architecture, variant: 'v8' };
  return variant === '' ? { architecture } : { architecture, variant };
}

function normalized(architecture: string, variant: string): { architecture: string; variant: string } {
  switch (architecture) {
    case 'i386':
      return { architecture: '386', variant: '' };
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { architecture: 'amd64', variant: variant === 'v1' ? '' : variant };
    case 'aarch64':
    case 'arm64':
      if (['8', 'v8', 'v8.0'].includes(variant)) return { architecture: 'arm64', variant: '' };
      return { architecture: 'arm64', variant: ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant };
    case 'armhf':
      return { architecture: 'arm', variant: 'v7' };
    case 'armel':
      return { architecture: 'arm', variant: 'v6' };
    case 'arm':
      if (variant === '' || variant === '7') return { architecture, variant: 'v7' };
      return { architecture, variant: ['5', '6', '8'].includes(variant) ? `v${variant}` : variant };
    default:
      return { architecture, variant };
  }
}
