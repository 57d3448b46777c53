/** What computers do with each other, and what happens when one is made or Docker is installed on it. */
export interface HostActions {
  /** A computer with a kernel of its own joins the local network. */
  'host-new': {
    readonly name: string;
    readonly kind: 'linux' | 'mac' | 'windows';
    readonly address: string;
    readonly release: string;
    /** Bytes, and processors. */
    readonly memory: number;
    readonly cpus: number;
    readonly docker: boolean;
  };
  /** A computer is taken away, with all that was on it. */
  'host-remove': { readonly name: string; readonly containers: number };
  /** ssh: a connection to the sshd of another computer; `program` is what it runs there for the docker client. */
  'ssh-connect': {
    readonly host: string;
    readonly user: string;
    readonly address: string;
    readonly port: number;
    /** The process on the other computer. */
    readonly pid: number;
    readonly program: string;
  };
  /** The docker client's socket belongs to a program of the computer, which passes everything on to a hidden virtual machine. */
  'desktop-forward': {
    readonly kind: 'mac' | 'windows';
    readonly vm: string;
    readonly socket: string;
    /** The kernel in there, and the computer's own. */
    readonly release: string;
    readonly hostSystem: string;
    readonly memory: number;
    readonly cpus: number;
  };
  /** systemd: a unit is started or stopped. */
  'unit-start': { readonly unit: string; readonly pid: number };
  'unit-stop': { readonly unit: string; readonly containers: number };
  /** Docker's packages are unpacked, and its group, socket and service are there. */
  'docker-install': {
    readonly packages: readonly string[];
    readonly bytes: number;
    readonly group: number;
    /** The version that docker.io is of, and that of the engine that is simulated. */
    readonly package?: string;
    readonly engine: string;
  };
}
