import type { PortBinding } from '../../../engine/api.ts';
import { call, inPath, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { between } from '../../flags/arity.ts';
import { done, type Verb } from '../../verb.ts';

interface Inspected {
  readonly NetworkSettings: { readonly Ports: { readonly [port: string]: readonly PortBinding[] | null } };
}

/** docker port: where a container's ports are published on the host (transcript 16). */
export const port: Verb = {
  names: ['port', 'container port'],
  usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  flags: '',
  arity: between(1, 2),
  run(client, _flags, [container = '', wanted]) {
    const path = `/containers/${inPath(container)}/json`;
    const { Ports } = (call(client, { method: 'GET', path }) as unknown as Inspected).NetworkSettings;
    if (wanted !== undefined) {
      const bindings = Ports[wanted.includes('/') ? wanted : `${wanted}/tcp`];
      if (!bindings) throw new CliError(`Error: No public port '${wanted}' published for ${container}`);
      for (const binding of bindings) say(client, hostAddress(binding));
      return done;
    }
    for (const name of Object.keys(Ports).sort(byNumber)) {
      for (const binding of Ports[name] ?? []) say(client, `${name} -> ${hostAddress(binding)}`);
    }
    return done;
  },
};

function hostAddress({ HostIp, HostPort }: PortBinding): string {
  return HostIp.includes(':') ? `[${HostIp}]:${HostPort}` : `${HostIp}:${HostPort}`;
}

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}
