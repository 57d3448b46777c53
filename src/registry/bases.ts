import { digestOf } from '../oci/digest.ts';
import { isBaseRow, layerRows } from './disk-size.ts';
import type { RecordedImage, RecordedLayer, RecordedRow } from './recorded.ts';
import { recordedImages } from './recorded.ts';
import { codeNameOf, debianVersions, tagParts, ubuntuVersions } from './tags.ts';

/** The operating system that an image starts from: its first rows and layers. */
export interface Base {
  /** `alpine 3.24.2`, `debian trixie-slim`, `ubuntu 24.04`. */
  readonly name: string;
  readonly layers: readonly RecordedLayer[];
  readonly history: readonly RecordedRow[];
  /** `alpine:latest`, when these are the layers of a recorded image. */
  readonly recorded?: string;
}

/** How many rows of an image's history are its operating system: up to the shell that it starts. */
export function baseRows({ history }: RecordedImage): number {
  const shell = history.findIndex(({ instruction }) => /^CMD \["(?:\/bin\/)?(?:ba)?sh"\]/.test(instruction));
  const layers = history.findLastIndex(({ instruction }) => isBaseRow(instruction));
  // a shell further down is the application's own
  const next = history[layers + 1];
  return shell >= 0 && shell < 8 && history.slice(layers + 1, shell).every(({ emptyLayer }) => emptyLayer)
    ? shell + 1
    : layers + (next?.instruction.startsWith('CMD') ? 2 : 1);
}

/** The base of a recorded image. */
export function baseOf(image: RecordedImage): Base {
  const history = image.history.slice(0, baseRows(image));
  const layers = image.layers.slice(0, history.filter(({ emptyLayer }) => !emptyLayer).length);
  return { name: baseName(layerRows(image)[0] ?? '', layers[0]?.size ?? 0), layers, history, recorded: image.name };
}

// images of docker-library say which Ubuntu they add only by the digest of its archive
const jammyArchive = 'file:4501ff54ffd3';

/** The operating system that a base row puts in place, as a name of a Base; `size`: compressed bytes of its layer. */
export function baseName(instruction: string, size: number): string {
  const [, alpine] = /alpine-minirootfs-([\d.]+)-/.exec(instruction) ?? [];
  if (alpine !== undefined) return `alpine ${alpine}`;
  const [, debian] = /debian\.sh --arch '\w+' out\/ '(\w+)'/.exec(instruction) ?? [];
  if (debian !== undefined) return `debian ${debian}${size < 40_000_000 ? '-slim' : ''}`;
  const [, derived] = /^ADD file:\S+ \((\S+ \S+)\)/.exec(instruction) ?? [];
  if (derived !== undefined) return derived;
  if (instruction.includes(jammyArchive)) return 'ubuntu 22.04';
  if (instruction.startsWith('ADD file:')) return 'ubuntu 24.04';
  if (instruction.includes('umoci')) return 'ubuntu 26.04';
  if (instruction.includes('oraclelinux')) return 'oraclelinux 9';
  if (instruction.includes('BusyBox')) return `busybox ${/BusyBox ([\d.]+)/.exec(instruction)?.[1] ?? ''}`;
  return 'scratch';
}

/** The base that a tag asks for (`3.12-slim-bookworm`, `18-alpine3.15`), or undefined when it names none. */
export function baseFor(tag: string, template: RecordedImage | undefined): Base | undefined {
  const code = codeNameOf(tag);
  if (code === 'alpine') return namedBase(`alpine ${/alpine(\d+\.\d+)/.exec(tag)?.[1] ?? '3.24'}`);
  const own = template && baseOf(template).name;
  const slim = /\bslim\b/.test(tag) || (own?.endsWith('-slim') === true && !template?.name.includes('slim'));
  if (code !== undefined && debianVersions[code]) return namedBase(`debian ${code}${slim ? '-slim' : ''}`);
  if (code !== undefined && ubuntuVersions[code]) return namedBase(`ubuntu ${ubuntuVersions[code]}`);
  return slim && !own?.endsWith('-slim') ? namedBase('debian trixie-slim') : undefined;
}

/** Operating systems with rpm or pacman in place of apt. */
export const rpmSystems: readonly string[] =
  'almalinux alt amazonlinux archlinux clearlinux clefos fedora mageia oraclelinux photon rockylinux'.split(' ');

/** The base that an image of an operating system itself is, by the version that its tag names. */
export function systemBase(repository: string, tag: string): Base | undefined {
  const version = /^\d+(?:\.\d+)*/.exec(tag)?.[0] ?? '';
  if (rpmSystems.includes(repository)) return namedBase(`${repository} ${version === '' ? tag : version}`);
  if (!['alpine', 'busybox', 'debian', 'ubuntu'].includes(repository)) return undefined;
  if (version === '' || /^\d{6}/.test(version)) return undefined;
  if (repository !== 'debian') return namedBase(`${repository} ${version}`);
  const [major = ''] = version.split('.');
  const code = Object.keys(debianVersions).find((name) => debianVersions[name] === major);
  return code === undefined ? undefined : namedBase(`debian ${code}${tag.includes('slim') ? '-slim' : ''}`);
}

/** The base with this name: of a recorded image where there is one, else derived from the nearest. */
export function namedBase(name: string): Base {
  const all = recordedImages().map((image) => ({ image, base: baseOf(image) }));
  const fits = ({ base }: { readonly base: Base }) => base.name === name || base.name.startsWith(`${name}.`);
  const recorded = all.filter(fits);
  const alone = recorded.find(({ image, base }) => image.layers.length === base.layers.length);
  const known = alone ?? recorded.at(-1);
  if (known) return known.base;
  const [system = '', version = ''] = name.split(' ');
  const slim = name.endsWith('-slim');
  const alike = all.filter(({ image, base }) => base.name.startsWith(system) && image.repository === system);
  const like = alike.findLast(({ base }) => base.layers.length === 1 && base.name.endsWith('-slim') === slim)?.base;
  const created = like?.history[0]?.created ?? '2026-09-01T00:00:00Z';
  return {
    name,
    layers: [{ digest: digestOf(`layer of base ${name}`), size: like?.layers[0]?.size ?? 30_000_000 }],
    history: [
      { created, instruction: baseInstruction(system, version), emptyLayer: false },
      { created, instruction: `CMD ["${shells[system] ?? '/bin/bash'}"]`, emptyLayer: true },
    ],
  };
}

const shells: { readonly [system: string]: string | undefined } = { alpine: '/bin/sh', busybox: 'sh', debian: 'bash' };

function baseInstruction(system: string, version: string): string {
  if (system === 'alpine') {
    const full = tagParts(version).version.length > 2 ? version : `${version}.0`;
    return `ADD alpine-minirootfs-${full}-x86_64.tar.gz / # buildkit`;
  }
  if (system === 'debian') return `RUN # debian.sh --arch 'amd64' out/ '${version.replace('-slim', '')}' '@1789689600'`;
  if (system === 'busybox') return `RUN BusyBox ${version} (glibc), Debian 13`;
  return `ADD file:${digestOf(version).slice(7)} (${system} ${version}) in /`;
}
