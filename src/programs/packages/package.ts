/** A package as a distribution's index describes it. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Bytes of the archive that is downloaded. */
  readonly download: number;
  /** Bytes of the files that it unpacks. */
  readonly installed: number;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  readonly suggests: readonly string[];
  readonly description: string;
  /** Part of the archive: where it is downloaded from. */
  readonly origin: 'main' | 'updates' | 'security' | 'community' | 'docker';
  /** It has no architecture of its own. */
  readonly all: boolean;
  /** It is in the distribution's base image. */
  readonly base: boolean;
  /** Names that it answers to besides its own. */
  readonly provides: readonly string[];
  /** It is not in the table: nothing but the name is known. */
  readonly unknown?: true;
}

/** The packages of a release. */
export interface PackageTable {
  readonly packages: ReadonlyMap<string, Package>;
  /** Versions and sizes are not those of this release (of another one, or typical ones). */
  readonly typical: boolean;
}
