import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { registryIn, setRegistry } from '../../registry/store.ts';
import type { ApiRequest } from '../api.ts';
import { EngineError } from '../errors.ts';

/** What a registry that is down answers with (recorded of engine 28.5.2 and a server that says nothing else). */
export const unavailable = '503 Service Unavailable';
/** What Docker Hub says to those who have not logged in and have pulled too much. */
const limit = 'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';

/** Is the registry down? Throws then, with the words of the real engine for pull and push. */
function checkAnswers(m: Machine, registry: Id): void {
  if (registryIn(m, registry).trouble?.state !== 'down') return;
  throw new EngineError('registry-down', 500, `received unexpected HTTP status: ${unavailable}`);
}

/**
 * An image is asked for: counts it where the registry limits those who are not known to it. Throws, with the words of the
 * real engine, when the registry does not give it.
 */
export function countPull(m: Machine, id: Id, auth: ApiRequest['auth']): void {
  checkAnswers(m, id);
  const registry = registryIn(m, id);
  const { trouble } = registry;
  if (trouble?.state !== 'limited' || auth) return;
  if (trouble.left === 0) throw new EngineError('rate-limited', 500, `toomanyrequests: ${limit}`);
  setRegistry(m, id, { ...registry, trouble: { ...trouble, left: trouble.left - 1 } });
}
