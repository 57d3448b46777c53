/** A work that can be done in every way: a server, and a question to it. */
export interface Work {
  readonly image: string;
  /** What an Ubuntu or Debian installs for it. */
  readonly packages: string;
  /** Starts it as a plain process, and stops it: the package starts it when it is installed. */
  readonly start: string;
  readonly stop: string;
  /** The port it listens on, and where it is asked on the computer when the port is published. */
  readonly port: number;
  /** Exits 0 when it answers on a port of this host. */
  readonly ask: (port: number) => string;
}

const works: { readonly [name: string]: Work } = {
  nginx: {
    image: 'nginx',
    packages: 'nginx',
    start: 'nginx',
    stop: 'nginx -s stop',
    port: 80,
    ask: (port) => `curl -sf -o /dev/null http://localhost:${port}/`,
  },
};

/** The work of this name; undefined when it cannot be compared. */
export function workNamed(name: string): Work | undefined {
  return Object.hasOwn(works, name) ? works[name] : undefined;
}

/** The names of all works. */
export function workNames(): readonly string[] {
  return Object.keys(works);
}
