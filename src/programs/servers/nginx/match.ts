import type { Config, Location, Server } from './config.ts';

/** The server that a request to this port and host is for: by its name, else the default one of the port. */
export function serverFor(config: Config, port: number, host: string): Server | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const here = config.servers.filter(({ listen }) => listen.some((one) => one.port === port));
  return (
    here.find(({ names }) => names.some((each) => each.toLowerCase() === name)) ??
    here.find(({ names }) =>
      names.some((each) => each.startsWith('*.') && name.endsWith(each.slice(1).toLowerCase())),
    ) ??
    here.find(({ names }) => names.some((each) => each.startsWith('~') && tested(each.slice(1), name, true))) ??
    here.find(({ listen }) => listen.some((one) => one.port === port && one.first)) ??
    here[0]
  );
}

/** The location of a path: the exact one, the longest prefix if it says `^~`, the first pattern, the longest prefix. */
export function locationFor(server: Server, path: string): Location | undefined {
  const exact = server.locations.find(({ kind, path: own }) => kind === '=' && own === path);
  if (exact) return exact;
  const prefixes = server.locations.filter(
    ({ kind, path: own }) => (kind === '' || kind === '^~') && path.startsWith(own),
  );
  const longest = prefixes.reduce<Location | undefined>(
    (best, one) => (best && best.path.length >= one.path.length ? best : one),
    undefined,
  );
  if (longest?.kind === '^~') return longest;
  const pattern = server.locations.find(
    ({ kind, path: own }) => (kind === '~' || kind === '~*') && tested(own, path, kind === '~*'),
  );
  return pattern ?? longest;
}

function tested(source: string, text: string, ignoreCase: boolean): boolean {
  try {
    return new RegExp(source, ignoreCase ? 'i' : '').test(text);
  } catch {
    return false;
  }
}
