import type { RootEntry, RootFiles } from '../../oci/rootfs.ts';
import { accountFiles } from './accounts.ts';
import { alpineFiles } from './alpine.ts';
import { applicationFiles } from './applications.ts';
import { busyboxFiles } from './busybox.ts';
import { debianFiles, rpmFiles, ubuntuFiles } from './debian.ts';
import { isOutsideRow, outsideFiles } from './distroless.ts';
import { type LayerFiles, type LayerPlan, program } from './layer.ts';
import { rowFiles } from './rows.ts';

/** What the layer of an operating system's row holds. */
export function baseFiles(base: string): LayerFiles {
  const [system = '', version = ''] = base.split(' ');
  if (system === 'alpine') return alpineFiles(version);
  if (system === 'debian') return debianFiles(version);
  if (system === 'ubuntu') return ubuntuFiles(version);
  if (system === 'busybox') return busyboxFiles();
  return rpmFiles(system, version);
}

/** What an application's row adds to what is below it. */
export function layerFiles(plan: LayerPlan): LayerFiles {
  if (plan.instruction.startsWith('COPY hello')) return { files: { '/hello': program('hello') }, bulk: ['/hello'] };
  // Ubuntu's second layer only says how the image was made
  if (plan.instruction.startsWith('RUN umoci')) return { files: { '/.rock/metadata.yaml': 'name: ubuntu\n' } };
  if (isOutsideRow(plan.instruction)) return outsideFiles(plan.instruction);
  const row = rowFiles(plan);
  const application = applicationFiles(plan);
  const bulk = [...(application.bulk ?? []), ...(row.bulk ?? [])];
  return { files: { ...row.files, ...accountFiles(plan), ...application.files }, bulk };
}

const elf = '\x7fELF';

/**
 * The files of a layer that is to take `size` bytes: what is beyond the bytes that are here is declared by the files in
 * `bulk` (or by a library, where there are none), the first one taking half of it.
 */
export function withSize({ files, bulk = [] }: LayerFiles, size: number, library: string): RootFiles {
  const rest = size - Object.values(files).reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (rest <= 0 || (bulk.length === 0 && rest < 4096)) return files;
  const [first = library, ...others] = bulk;
  const share = others.length === 0 ? 0 : Math.floor(rest / 2 / others.length);
  const grown: { [path: string]: RootEntry } = { ...files, [first]: grow(files[first], rest - share * others.length) };
  for (const path of others) grown[path] = grow(files[path], share);
  return grown;
}

function bytesOf(entry: RootEntry): number {
  if (typeof entry === 'string') return new TextEncoder().encode(entry).length;
  return 'bytes' in entry ? (entry.size ?? entry.bytes.length) : 0;
}

function grow(entry: RootEntry | undefined, by: number): RootEntry {
  if (entry === undefined || typeof entry === 'string' || !('bytes' in entry)) {
    return { bytes: elf.slice(0, Math.min(by, elf.length)), mode: 0o644, size: by };
  }
  return { ...entry, size: (entry.size ?? entry.bytes.length) + by };
}
