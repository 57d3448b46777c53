import type { Sys } from '../../kernel/program.ts';
import { inquire } from '../ask.ts';
import type { VmDetails } from '../requests.ts';
import type { Project } from './project.ts';
import type { MachineConfig } from './settings.ts';
import { type KnownMachine, knownMachine } from './store.ts';

/** A machine of the project as it is now: what was said of it, what Vagrant remembers, and what VirtualBox has. */
export interface Target {
  readonly config: MachineConfig;
  readonly known: KnownMachine | undefined;
  readonly vm: VmDetails | undefined;
  readonly state: string;
}

/** Everything that plans are made from. */
export interface Look {
  readonly sys: Sys;
  readonly project: Project;
}

/** The machine of this name. */
export function targetOf({ sys, project }: Look, config: MachineConfig): Target {
  const known = knownMachine(sys, project.folder, project.files.real, config.machine);
  const vm = known && inquire(sys, { op: 'show', name: known.vm })?.machine;
  // VirtualBox does not notice that a guest reboots itself
  const state = stateName(vm?.again ? 'running' : vm?.state);
  return { config, known: vm ? known : undefined, vm, state };
}

/** As Vagrant calls the states of VirtualBox. */
export function stateName(state: string | undefined): string {
  if (state === undefined) return 'not created';
  return state === 'off' ? 'poweroff' : state === 'booting' ? 'running' : state;
}

/** The target with this name in the project. */
export function targetNamed(look: Look, name: string): Target | undefined {
  const config = look.project.machines.find(({ machine }) => machine === name);
  return config && targetOf(look, config);
}

/** The ports that a machine forwards, as VirtualBox has them. */
export function forwardsOf(vm: VmDetails | undefined) {
  return (vm?.cards ?? []).flatMap((card) => (card.kind === 'nat' ? card.forwards : []));
}
