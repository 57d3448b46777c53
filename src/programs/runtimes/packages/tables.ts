import { npmRows } from './data/npm.ts';
import { pypiRows, typicalProjects } from './data/pypi.ts';

/** A package of the npm registry: its version, how many packages it brings with it (itself included), and their bytes. */
export interface NpmPackage {
  readonly version: string;
  readonly packages: number;
  readonly size: number;
}

/** A project of PyPI: its name as written there, its version, the bytes of its wheel, and what it needs. */
export interface PipPackage {
  readonly project: string;
  readonly version: string;
  readonly wheel: number;
  /** Bytes that it takes when it is installed. */
  readonly size: number;
  readonly tag: string;
  readonly needs: readonly string[];
  /** The figures are only about right. */
  readonly typical: boolean;
}

/** What is known of npm packages (as installed from the registry in 2026). */
export function npmTable(): { readonly [name: string]: NpmPackage | undefined } {
  const rows = npmRows.trim().split('\n');
  return Object.fromEntries(
    rows.map((row) => {
      const [name = '', version = '', packages = '1', size = '0'] = row.trim().split(' ');
      return [name, { version, packages: Number(packages), size: Number(size) }];
    }),
  );
}

/** A project's name as PyPI compares it (PEP 503). */
export const normalized = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** What is known of Python packages. */
export function pipTable(): { readonly [name: string]: PipPackage | undefined } {
  const rows = pypiRows.trim().split('\n');
  return Object.fromEntries(
    rows.map((row) => {
      const [project = '', version = '', wheel = '0', size = '0', tag = '-', ...needs] = row.trim().split(' ');
      const typical = typicalProjects.includes(project);
      const one = { project, version, wheel: Number(wheel), size: Number(size), needs, typical };
      return [normalized(project), { ...one, tag: tag === '-' ? 'py3-none-any' : tag }];
    }),
  );
}

/** Packages that there are, though their names are nearly those of better-known ones. */
const neighbours: ReadonlySet<string> = new Set(
  'attr boto cuid mysql nuid nuxt preact psycopg-binary psycopg2 tslint yarg'.split(' '),
);

/** The well-known name that an unknown one is one slip away from (a letter more, less, other, or two swapped). */
export function nearMiss(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name) || name.length < 4 || neighbours.has(name)) return undefined;
  return known.find((one) => one.length > 3 && slip(name, one));
}

function slip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a.slice(i), b.slice(i)];
  if (x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)) return true;
  return x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
}
