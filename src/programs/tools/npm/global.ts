import type { Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { nearMiss, npmTable } from '../../runtimes/packages/tables.ts';
import { exists, putProgram } from '../files.ts';
import { offline } from '../say.ts';
import { knownBins } from './bins.ts';
import { npmError } from './manifest.ts';
import { placePackage } from './place.ts';

const prefix = '/usr/local';

/** The package managers that are programs of their own here. */
const programs = new Set(['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'yarnpkg', 'corepack']);
const managers: { readonly [name: string]: readonly string[] | undefined } = {
  npm: ['npm', 'npx'],
  pnpm: ['pnpm', 'pnpx'],
  yarn: ['yarn', 'yarnpkg'],
  corepack: ['corepack'],
};

/** Installs packages for all users: their folders, and their commands in /usr/local/bin. How many packages; or the exit status. */
export function installGlobally(
  sys: Sys,
  names: readonly string[],
): { readonly count: number } | { readonly exit: number } {
  const table = npmTable();
  let [count, bytes] = [0, 0];
  const unknown: string[] = [];
  for (const given of names) {
    const [, name = given, range = ''] = /^(@?[^@]+)(?:@(.+))?$/.exec(given) ?? [];
    if (offline(sys) || nearMiss(name, Object.keys(table)) !== undefined) {
      npmError(sys, offline(sys) ? unreachable(name) : unlisted(name, range));
      return { exit: 1 };
    }
    const known = table[name];
    const size = known?.size ?? 1_500_000;
    const version = /^\d/.test(range) ? range : (known?.version ?? 'unknown');
    const folder = `${prefix}/lib/node_modules/${name}`;
    placePackage(sys, folder, name, version, size);
    const commands = managers[name] ?? knownBins(name) ?? [name.slice(name.lastIndexOf('/') + 1)];
    for (const command of commands) placeCommand(sys, folder, name, command);
    if (!known && managers[name] === undefined && knownBins(name) === undefined) unknown.push(name);
    count += known?.packages ?? 1;
    bytes += size;
  }
  tell(sys, 'npm', 'packages-installed', { manager: 'npm', count, bytes, typical: true, unknown });
  return { count };
}

/** A command of all users: a link in /usr/local/bin to a program in the package. */
export function placeCommand(sys: Sys, folder: string, name: string, command: string): void {
  const file = `${folder}/bin/${command}.js`;
  putProgram(sys, file, programs.has(command) ? command : 'js-tool');
  if (exists(sys, `${prefix}/bin/${command}`)) sys.fs.unlink(`${prefix}/bin/${command}`);
  sys.fs.symlink(`../lib/node_modules/${name}/bin/${command}.js`, `${prefix}/bin/${command}`);
}

function unreachable(name: string): readonly string[] {
  const request = `request to https://registry.npmjs.org/${name} failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org`;
  return ['code EAI_AGAIN', 'syscall getaddrinfo', 'errno EAI_AGAIN', request];
}

function unlisted(name: string, range: string): readonly string[] {
  const asked = `'${name}@${range === '' ? '*' : range}' is not in this registry.`;
  return ['code E404', `404 Not Found - GET https://registry.npmjs.org/${name} - Not found`, '404', `404  ${asked}`];
}
