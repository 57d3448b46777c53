import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';

/** Refuses a number of processors (in billionths) that the host has not (transcript 24). */
export function checkCpus(m: Machine, nanoCpus: number | undefined): void {
  const { cpus } = m.kernel;
  if (nanoCpus === undefined || (nanoCpus >= 0 && nanoCpus <= cpus * 1e9)) return;
  throw new EngineError(
    'bad-parameter',
    400,
    `range of CPUs is from 0.01 to ${cpus.toFixed(2)}, as there are only ${cpus} CPUs available`,
  );
}
