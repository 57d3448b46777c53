import type { Package } from '../package.ts';

/** The name of a package's archive; a colon of its version is escaped. */
export function archiveName(pack: Pick<Package, 'name' | 'version' | 'all'>): string {
  return `${pack.name}_${pack.version.replaceAll(':', '%3a')}_${pack.all ? 'all' : 'amd64'}.deb`;
}

/** dpkg's name for a package: shared libraries carry their architecture (they are `Multi-Arch: same`). */
export function dpkgName(pack: Pick<Package, 'name' | 'all'>): string {
  return !pack.all && /^lib/.test(pack.name) && !/-(?:bin|tools|utils)$/.test(pack.name)
    ? `${pack.name}:amd64`
    : pack.name;
}
