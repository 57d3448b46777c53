import type { SystemId } from '../systems.ts';

/** A box that there is to download. */
export interface Box {
  readonly name: string;
  readonly version: string;
  readonly system: SystemId;
  /** What its own Vagrantfile gives a machine: MiB and processors. */
  readonly memory: number;
  readonly cpus: number;
  /** Bytes of the download, and of the disk that its machines seem to have. */
  readonly size: number;
  readonly disk: number;
}

const mib = 1_048_576;
const gib = 1024 * mib;

/** Boxes that lessons use, each in one version. Sizes are typical. */
export const boxes: readonly Box[] = [
  box('debian/bookworm64', '12.20250126.1', 'debian12', 512, 2, 440 * mib, 20 * gib),
  box('bento/debian-12', '202502.21.0', 'debian12', 1024, 2, 750 * mib, 64 * gib),
  box('generic/debian12', '4.3.12', 'debian12', 2048, 2, 790 * mib, 128 * gib),
  box('ubuntu/jammy64', '20241002.0.0', 'ubuntu22.04', 1024, 2, 700 * mib, 40 * gib),
  box('bento/ubuntu-22.04', '202502.21.0', 'ubuntu22.04', 1024, 2, 850 * mib, 64 * gib),
  box('ubuntu/focal64', '20240821.0.1', 'ubuntu20.04', 1024, 2, 600 * mib, 40 * gib),
  box('hashicorp/bionic64', '1.0.282', 'ubuntu18.04', 1024, 2, 510 * mib, 64 * gib),
];

function box(
  name: string,
  version: string,
  system: SystemId,
  memory: number,
  cpus: number,
  size: number,
  disk: number,
): Box {
  return { name, version, system, memory, cpus, size, disk };
}

/** The box of this name, in a version that the constraint allows; undefined without one. */
export function boxNamed(name: string, constraint?: string): Box | undefined {
  return boxes.find((each) => each.name === name && allows(constraint, each.version));
}

/** Does a version constraint (`>= 12`, `1.0.282`, `~> 4.3`) allow the version? */
export function allows(constraint: string | undefined, version: string): boolean {
  return (constraint ?? '>= 0').split(',').every((part) => {
    const [, op = '', wanted = ''] = /^\s*(>=|<=|~>|!=|>|<|=)?\s*(\S+)\s*$/.exec(part) ?? [];
    const order = compare(version, wanted);
    switch (op) {
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      case '!=':
        return order !== 0;
      case '~>':
        return order >= 0 && version.startsWith(wanted.split('.').slice(0, -1).join('.'));
      default:
        return order === 0;
    }
  });
}

function compare(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const order = (x[i] ?? 0) - (y[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
