import { type MachineConfig, otherProvisioners } from './settings.ts';

const networks = new Set(['forwarded_port', 'private_network', 'public_network']);

/** What is asked of the files of the project. */
export interface ProjectFiles {
  exists(path: string): boolean;
  absolute(path: string): string;
}

/** What is wrong with a machine's settings, as Vagrant says it; undefined when nothing is. */
export function configProblem(config: MachineConfig, files: ProjectFiles): string | undefined {
  const sections: [string, readonly string[]][] = [
    ['vm', vmProblems(config, files)],
    ['shell provisioner', shellProblems(config, files)],
  ];
  const wrong = sections.filter(([, problems]) => problems.length > 0);
  if (wrong.length === 0) return undefined;
  const text = wrong.map(([name, problems]) => `${name}:\n${problems.map((problem) => `* ${problem}\n`).join('')}`);
  return `There are errors in the configuration of this machine. Please fix\nthe following errors and try again:\n\n${text.join('\n')}`;
}

function vmProblems(config: MachineConfig, files: ProjectFiles): readonly string[] {
  const problems: string[] = [];
  if (config.unknown.length > 0) problems.push(`The following settings shouldn't exist: ${config.unknown.join(', ')}`);
  if (config.box === undefined) problems.push('A box must be specified.');
  else if (config.box === '') problems.push(`Box value for guest '${config.machine}' is an empty string.`);
  if (config.hostname !== undefined && !/^[a-z0-9][-.a-z0-9]*$/i.test(config.hostname)) {
    problems.push(
      `The hostname set for the VM '${config.machine}' should only contain letters, numbers,\nhyphens or dots. It cannot start with a hyphen or dot.`,
    );
  }
  for (const { host, disabled, create } of config.folders) {
    if (!disabled && !create && !files.exists(files.absolute(host))) {
      problems.push(`The host path of the shared folder is missing: ${host}`);
    }
  }
  return [...problems, ...networkProblems(config), ...missingProvisioners(config)];
}

function networkProblems(config: MachineConfig): readonly string[] {
  const problems: string[] = [];
  const valid = (port: number | undefined) => port !== undefined && port >= 1 && port <= 65_535;
  const seen = new Set<string>();
  for (const { kind, guest, host, hostIp = '*', protocol = 'tcp' } of config.networks) {
    if (!networks.has(kind)) {
      problems.push(`Network type '${kind}' is invalid. Please use a valid network type.`);
    }
    if (kind !== 'forwarded_port') continue;
    if (guest === undefined || host === undefined) {
      problems.push('Forwarded port definitions require a "host" and "guest" value');
    }
    if (!valid(guest) || !valid(host)) problems.push('Ports to forward must be 1 to 65535');
    const key = `${hostIp}${protocol}${host}`;
    if (seen.has(key)) {
      problems.push(
        `Forwarded port '${host}' (host port) is declared multiple times\nwith the protocol '${protocol}'.`,
      );
    }
    seen.add(key);
  }
  return problems;
}

function missingProvisioners({ provisions }: MachineConfig): readonly string[] {
  return provisions
    .filter(({ kind }) => kind !== 'shell' && kind !== 'file' && !otherProvisioners.has(kind))
    .map(({ kind }) => `The '${kind}' provisioner could not be found.`);
}

function shellProblems({ provisions }: MachineConfig, files: ProjectFiles): readonly string[] {
  return provisions
    .filter(({ kind }) => kind === 'shell')
    .flatMap(({ inline, path }) => {
      if (inline === undefined && path === undefined) return ['One of `path` or `inline` must be set.'];
      if (inline !== undefined && path !== undefined) return ['Only one of `path` or `inline` may be set.'];
      if (path === undefined || files.exists(files.absolute(path))) return [];
      return [`\`path\` for shell provisioner does not exist on the host system: ${files.absolute(path)}`];
    });
}
