import { dockerProgram } from '../cli/program.ts';
import { dockerd } from '../engine/service.ts';
import { serviceName } from '../engine/state.ts';
import { userFilesService } from '../engine/user-files.ts';
import { daemon } from '../kernel/daemon.ts';
import type { Service, Software } from '../kernel/machine.ts';
import type { Program } from '../kernel/program.ts';
import { systemProgram } from '../programs/installed.ts';

const own: ReadonlyMap<string, Program> = new Map([
  ['docker', dockerProgram],
  ...['init', 'dockerd', 'containerd', 'shim', 'docker-proxy'].map((name) => [name, daemon] as const),
]);

/**
 * Everything that the simulated machines can execute, and the services that answer on them; `files` is the service of
 * the real computer's files, for commands that may use them.
 */
export function installedSoftware(files?: Service): Software {
  const services = new Map([[serviceName, dockerd]]);
  if (files) services.set(userFilesService, files);
  return { programs: { get: (name) => own.get(name) ?? systemProgram(name) }, services };
}
