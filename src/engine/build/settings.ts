import type { Vertex } from '../../builder/graph/vertex.ts';
import type { Rec } from '../../kernel/json.ts';
import type { MissReason } from './actions.ts';

/** What a step got from the instructions before it and from the build's options; kept to tell later what has changed. */
export interface StepSettings {
  readonly env: Rec<string>;
  readonly args: Rec<string>;
  readonly user: string;
  readonly cwd: string;
  /** All else of the instruction, with its variables filled in. */
  readonly rest: string;
}

/** A step's settings; undefined: it has none. */
export function settingsOf({ op }: Vertex): StepSettings | undefined {
  const none = { env: {}, args: {}, user: '', cwd: '' };
  switch (op.kind) {
    case 'run': {
      const { args, argv, cwd, env, hosts, network, user } = op;
      return { env, args, user, cwd, rest: JSON.stringify([argv, network, hosts]) };
    }
    case 'copy': {
      const { chmod = '', chown = '', destination, exclude, sources, unpack } = op;
      const paths = sources.map(({ path }) => path);
      return { ...none, rest: JSON.stringify([paths, destination, chown, chmod, unpack, exclude]) };
    }
    case 'workdir':
      return { ...none, user: op.user, rest: op.path };
    default:
      return undefined;
  }
}

/** What differs of two settings: the first thing that can be called by its name. Undefined: nothing does. */
export function changedSetting(before: StepSettings, now: StepSettings): MissReason | undefined {
  return (
    changedVariable('argument', before.args, now.args) ??
    changedVariable('environment', before.env, now.env) ??
    changedWord('user', before.user, now.user) ??
    changedWord('workdir', before.cwd, now.cwd) ??
    (before.rest === now.rest ? undefined : { why: 'settings' })
  );
}

function changedVariable(
  why: 'argument' | 'environment',
  before: Rec<string>,
  now: Rec<string>,
): MissReason | undefined {
  const valueIn = (all: Rec<string>, name: string) => (Object.hasOwn(all, name) ? (all[name] ?? null) : null);
  for (const name of Object.keys({ ...now, ...before })) {
    const [old, value] = [valueIn(before, name), valueIn(now, name)];
    if (old !== value) return { why, name, before: old, now: value };
  }
  return undefined;
}

function changedWord(why: 'user' | 'workdir', before: string, now: string): MissReason | undefined {
  return before === now ? undefined : { why, before, now };
}
