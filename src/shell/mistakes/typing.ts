import { commandCatalog } from '../../cli/help/catalog.ts';
import { engineState } from '../../engine/state.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Mistake } from './kinds.ts';

const notFound = 127;

/** What was probably meant by a line whose first word is no command. */
export function typingMistake(m: Machine, line: string, status: number): Mistake | undefined {
  if (status !== notFound) return undefined;
  const [first = '', ...rest] = line.split(/\s+/);
  if ((first === '$' || first === '%') && rest.length > 0) {
    return { kind: 'prompt-typed', data: { mark: first, meant: rest.join(' ') } };
  }
  const isId =
    /^[0-9a-f]{12,64}$/.test(first) && Object.keys(engineState(m).containers).some((id) => id.startsWith(first));
  if (isId || /^(?:CONTAINER|REPOSITORY|NETWORK|Status:|Digest:)$/.test(first)) {
    return { kind: 'output-typed', data: { word: first } };
  }
  if (/^[dockersi]{4,8}$/.test(first) && /^[dco]{2,}.*k|^d.*er$/.test(first)) {
    return { kind: 'docker-misspelt', data: { word: first, meant: ['docker', ...rest].join(' ') } };
  }
  const verbs = commandCatalog().get('')?.commands ?? [];
  const known = verbs.some(({ name }) => name === first);
  return known ? { kind: 'docker-left-out', data: { verb: first, meant: `docker ${line}` } } : undefined;
}
