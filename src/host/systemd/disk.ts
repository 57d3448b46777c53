import { restartEngine } from '../../engine/install.ts';
import { raiseBridges } from '../../engine/networks/raise.ts';
import { engineState } from '../../engine/state.ts';
import { bringBack, type EngineStore, storeOf } from '../../engine/store.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engineService } from '../remote/names.ts';
import { setUnitState, unitState } from './state.ts';
import { mainProcess, unitOf } from './units.ts';

/** What the services of a host have on its disk, as a value that is kept while there is no kernel to have it. */
export interface ServicesOnDisk {
  readonly disabled: readonly string[];
  /** Containers that ran when the daemon ended. */
  readonly ran: readonly Id[];
  readonly engine?: EngineStore;
}

/** What is found there when the power goes now. */
export function onDisk(m: Machine): ServicesOnDisk {
  const { disabled, ran } = unitState(m);
  if (m.host.services[engineService] === undefined) return { disabled, ran };
  const docker = unitOf(m, 'docker.service');
  const cut = docker !== undefined && mainProcess(m, docker) !== undefined;
  const running = cut ? Object.keys(engineState(m).tasks) : ran;
  return { disabled, ran: running, engine: storeOf(m) };
}

/** A new kernel has mounted that disk. */
export function mountedDisk(m: Machine, { disabled, ran, engine }: ServicesOnDisk): void {
  setUnitState(m, { disabled, ran });
  if (engine) bringBack(m, engine);
}

/** dockerd starts, and makes the bridges of its networks again when this kernel has not got them. */
export function startDocker(m: Machine, insecureRegistries: readonly string[]): void {
  restartEngine(m, insecureRegistries);
  raiseBridges(m);
}
