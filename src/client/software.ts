import { dockerProgram } from '../cli/program.ts';
import { dockerd } from '../engine/service.ts';
import { serviceName } from '../engine/state.ts';
import { daemon } from '../kernel/daemon.ts';
import type { Software } from '../kernel/machine.ts';
import type { Program } from '../kernel/program.ts';
import { basePrograms } from '../programs/catalog.ts';
import { networkPrograms } from '../programs/network/catalog.ts';
import { shellProgram } from '../programs/shell/program.ts';

/** Everything that the simulated machines can execute, and the services that answer on them. */
export function installedSoftware(): Software {
  const programs = new Map<string, Program>([...basePrograms(), ...networkPrograms()]);
  programs.set('sh', shellProgram);
  programs.set('docker', dockerProgram);
  for (const name of ['init', 'dockerd', 'containerd', 'shim', 'docker-proxy']) programs.set(name, daemon);
  return { programs, services: new Map([[serviceName, dockerd]]) };
}
