import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { findContainer } from '../lookup.ts';
import { renamed } from '../networks/names.ts';
import { engine, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer } from '../watch/events.ts';
import { checkName } from './name.ts';

/** POST /containers/ID/rename?name=: errors as in transcript 03. */
export function renameContainer(m: Machine, reference: string, query: { readonly [key: string]: string }): ApiResponse {
  const { id, name: old } = findContainer(m, reference);
  const wanted = query.name ?? '';
  if (wanted === '') throw new EngineError('invalid-name', 400, 'Neither old nor new names may be empty');
  if (wanted.replace(/^\//, '') === old) {
    throw new EngineError('invalid-name', 400, 'Renaming a container with the same name as its current name');
  }
  let name: string;
  try {
    name = checkName(m, `/${wanted.replace(/^\//, '')}`);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError(error.code, error.status, `Error when allocating new name: ${error.message}`);
  }
  const names = m.draft.own(engine(m), 'names') as { [name: string]: Id };
  delete names[old];
  names[name] = id;
  const container = updateContainer(m, id, { name });
  renamed(m, container, old);
  noteContainer(m, container, 'rename', { oldName: `/${old}` });
  step(m, 'dockerd', 'rename', { container: id, from: old, to: name });
  return { status: 204, body: null };
}
