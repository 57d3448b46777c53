import type { ProgressMessage } from '../../engine/api.ts';
import type { Json } from '../../kernel/json.ts';

/** What is told of a pull, a line each, as where there is no terminal: `68ee17118169: Pull complete`. */
export function progressLines(messages: Json): readonly string[] {
  const all = (messages ?? []) as unknown as readonly ProgressMessage[];
  return all.map(({ id, status = '' }) => (id ? `${id}: ${status}` : status));
}
