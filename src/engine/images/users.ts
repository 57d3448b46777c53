import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engine, engineState } from '../state.ts';

/** How many containers each image has, running or not, by image id: kept, so that nobody has to read them all for it. */
export function imageUsers(m: Machine): { readonly [image: Id]: number } {
  return engineState(m).imageUsers ?? counted(m);
}

/** A container of an image was made (1) or removed (-1). */
export function noteImageUser(m: Machine, image: Id, change: 1 | -1): void {
  const state = engine(m);
  if (!state.imageUsers) {
    state.imageUsers = m.draft.adopt(counted(m));
    return;
  }
  const users = m.draft.own(state, 'imageUsers') as { [image: Id]: number };
  const count = (users[image] ?? 0) + change;
  if (count > 0) users[image] = count;
  else delete users[image];
}

function counted(m: Machine): { readonly [image: Id]: number } {
  const users: { [image: Id]: number } = {};
  for (const { image } of Object.values(engineState(m).containers)) users[image] = (users[image] ?? 0) + 1;
  return users;
}
