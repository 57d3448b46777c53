import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { engineState } from '../state.ts';

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** A container name without its leading slash. Throws `invalid-name` and `name-conflict` (transcript 02). */
export function checkName(m: Machine, wanted: string): string {
  const name = wanted.replace(/^\//, '');
  if (!namePattern.test(name)) {
    const rule = 'only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed';
    throw new EngineError('invalid-name', 400, `Invalid container name (${wanted}), ${rule}`);
  }
  const { names } = engineState(m);
  if (Object.hasOwn(names, name)) {
    const wayOut = 'You have to remove (or rename) that container to be able to reuse that name.';
    const message = `Conflict. The container name "/${name}" is already in use by container "${names[name]}". ${wayOut}`;
    throw new EngineError('name-conflict', 409, message);
  }
  return name;
}
