import { type Client, call } from '../../client.ts';

/** What commands want to know of a container, out of what the engine's inspect says. */
export interface ContainerFacts {
  readonly Id: string;
  readonly State: { readonly Running: boolean; readonly Paused: boolean; readonly Restarting: boolean };
  readonly Config: { readonly Tty: boolean; readonly OpenStdin: boolean };
  readonly HostConfig: { readonly AutoRemove: boolean };
}

/** Asks for a container by its path (`/containers/NAME`). Throws ApiError. */
export function inspectContainer(client: Client, path: string): ContainerFacts {
  return call(client, { method: 'GET', path: `${path}/json` }) as unknown as ContainerFacts;
}
