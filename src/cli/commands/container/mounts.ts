import type { ContainerConfig, HostConfig } from '../../../engine/api.ts';
import { cleanPath, joinPath } from '../../../kernel/fs/tree.ts';
import type { Client } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { parseMount } from '../../flags/mounts.ts';
import { type Flags, listFlag } from '../../flags/parse.ts';
import { userFiles } from '../../user-files.ts';

/** What `--volume` and `--mount` ask for. Throws CliError. */
export function readMounts(
  client: Client,
  flags: Flags,
): { readonly volumes: NonNullable<ContainerConfig['Volumes']>; readonly host: Partial<HostConfig> } {
  const volumes: { [path: string]: Record<string, never> } = {};
  const binds: string[] = [];
  for (const spec of new Set(listFlag(flags, 'volume'))) {
    checkSpec(spec);
    const cut = sourceEnd(spec);
    if (cut < 0) volumes[spec] = {};
    else binds.push(`${sourcePath(client, spec.slice(0, cut))}${spec.slice(cut)}`);
  }
  const mounts = listFlag(flags, 'mount')
    .map(parseMount)
    .map((mount) => {
      const { Source } = mount;
      return mount.Type === 'bind' && Source ? { ...mount, Source: sourcePath(client, Source) } : mount;
    });
  return {
    volumes,
    host: { ...(binds.length > 0 ? { Binds: binds } : {}), ...(mounts.length > 0 ? { Mounts: mounts } : {}) },
  };
}

/** Where the source ends; -1: there is none. A letter and a colon begin a path of Windows, and two characters are one. */
function sourceEnd(spec: string): number {
  return spec.length <= 2 ? -1 : spec.indexOf(':', /^[A-Za-z]:/.test(spec) ? 2 : 0);
}

function checkSpec(spec: string): void {
  if (spec === '') throw new CliError('invalid empty volume spec');
  if (spec.length <= 2) return;
  const parts = spec.split(':');
  if (parts.includes('')) throw new CliError(`invalid spec: ${spec}: empty section between colons`);
  // a letter before a colon is taken for a drive of Windows
  if (parts.length > 3 && (parts[0] ?? '').length > 1) throw new CliError(`invalid spec: ${spec}: too many colons`);
}

/** `./site` and `..` are folders of the client; without a dot it is a volume's name. */
function sourcePath(client: Client, path: string): string {
  if (!path.startsWith('.')) return path;
  return cleanPath(joinPath(userFiles(client.sys).cwd(), path));
}
