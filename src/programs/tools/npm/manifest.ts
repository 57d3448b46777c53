import type { Exec, Sys } from '../../../kernel/program.ts';
import { textOf } from '../files.ts';
import { write } from '../say.ts';

/** A package.json, as far as package managers read it. */
export interface Manifest {
  name?: string;
  version?: string;
  packageManager?: string;
  workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  bin?: string | { readonly [name: string]: string };
  scripts?: { readonly [name: string]: string };
  dependencies?: { [name: string]: string };
  devDependencies?: { [name: string]: string };
  optionalDependencies?: { [name: string]: string };
}

/** Reads package.json in a folder (the current one); undefined when it is absent or not to be read. */
export function readManifest(sys: Sys, folder = '.'): Manifest | undefined {
  const text = textOf(sys, `${folder}/package.json`);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** Errors as npm prints them. */
export function npmError(sys: Sys, lines: readonly string[]): void {
  write(sys, 2, `${lines.map((line) => `npm error ${line}`.trimEnd()).join('\n')}\n`);
}

/** Says why there is no manifest to work with; the exit status. */
export function noManifest(sys: Sys): number {
  const path = `${sys.cwd().replace(/\/$/, '')}/package.json`;
  if (textOf(sys, 'package.json') !== undefined)
    npmError(sys, [
      'code EJSONPARSE',
      `path ${path}`,
      'JSON.parse Invalid package.json: JSON.parse failed',
      'Failed to parse JSON data.',
    ]);
  else
    npmError(sys, [
      'code ENOENT',
      'syscall open',
      `path ${path}`,
      'errno -2',
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    ]);
  return 254;
}

/** The environment of scripts: the commands of installed packages come first in PATH. */
export function scriptEnv(sys: Sys, env: Exec['env'], folder: string, agent: string): Exec['env'] {
  const parts = folder.split('/');
  const places = parts.map((_, i) => `${parts.slice(0, parts.length - i).join('/')}/node_modules/.bin`);
  const path = env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const data = readManifest(sys, folder);
  return {
    ...env,
    PATH: [...places, path].join(':'),
    npm_config_user_agent: agent,
    npm_package_name: data?.name ?? '',
    npm_package_version: data?.version ?? '',
  };
}
