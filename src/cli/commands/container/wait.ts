import type { Json } from '../../../kernel/json.ts';
import { containerName, each } from '../each.ts';

/** docker wait: sleeps until each container has stopped, one after the other, and prints its exit status. */
export const wait = each({
  names: ['wait', 'container wait'],
  usage: 'CONTAINER [CONTAINER...]',
  flags: '',
  order: 'one-by-one',
  request: (name) => ({ method: 'POST', path: `/containers/${containerName(name)}/wait` }),
  print: (_name, body) => String(statusCode(body)),
});

/** The exit status in an answer of the engine's `wait`. */
export function statusCode(body: Json): number {
  const code = body !== null && typeof body === 'object' && 'StatusCode' in body ? body.StatusCode : undefined;
  return typeof code === 'number' ? code : 0;
}
