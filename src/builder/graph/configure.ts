import { expandWord } from '../dockerfile/expand/word.ts';
import { readPorts } from '../dockerfile/ports.ts';
import type { CommandLine, Instruction } from '../dockerfile/types.ts';
import { healthWords, quotedList } from './go-words.ts';
import { addRow, healthJson, setVariable } from './image.ts';
import { type Conversion, lookUpIn, type StageState } from './stage-state.ts';

const defaultShell = ['/bin/sh', '-c'];

/** A command line as the kernel gets it: behind the shell, in the shell form. */
export function argvOf(state: StageState, { words, shell }: CommandLine): readonly string[] {
  return shell ? [...(state.draft.config.Shell ?? defaultShell), words.join(' ')] : words;
}

/** `[]` is none. */
function orNull(argv: readonly string[]): readonly string[] | null {
  return argv.length > 0 ? argv : null;
}

/**
 * An instruction that changes the image's configuration and no files, variables filled in already. False: it is not one.
 * Rows of the history are worded as BuildKit words them. Throws DockerfileError.
 */
export function configure(conversion: Conversion, state: StageState, instruction: Instruction): boolean {
  const { draft } = state;
  const { config } = draft;
  const note = (words: string): true => {
    addRow(draft, words, false);
    return true;
  };
  switch (instruction.kind) {
    case 'env': {
      const pairs = instruction.pairs.map(({ key, value }) => {
        state.env.set(key, value);
        config.Env = setVariable(config.Env, key, value);
        return `${key}=${value}`;
      });
      return note(`ENV ${pairs.join(' ')}`);
    }
    case 'arg':
      return note(`ARG ${declare(conversion, state, instruction.args).join(' ')}`);
    case 'label': {
      const pairs = instruction.pairs.map(({ key, value }) => {
        config.Labels = { ...config.Labels, [key]: value };
        return `${key}=${value}`;
      });
      return note(`LABEL ${pairs.join(' ')}`);
    }
    case 'cmd': {
      const argv = argvOf(state, instruction.command);
      config.Cmd = orNull(argv);
      config.ArgsEscaped = true;
      state.cmdSet = true;
      return note(`CMD ${quotedList(argv)}`);
    }
    case 'entrypoint': {
      const argv = argvOf(state, instruction.command);
      config.Entrypoint = orNull(argv);
      if (!state.cmdSet) config.Cmd = null;
      return note(`ENTRYPOINT ${quotedList(argv)}`);
    }
    case 'healthcheck':
      config.Healthcheck = healthJson(instruction.health);
      return note(`HEALTHCHECK ${healthWords(instruction.health)}`);
    case 'expose': {
      const ports = readPorts(instruction.ports);
      config.ExposedPorts = [...new Set([...config.ExposedPorts, ...ports])];
      return note(`EXPOSE [${ports.join(' ')}]`);
    }
    case 'user':
      config.User = instruction.user;
      return note(`USER ${instruction.user}`);
    case 'volume': {
      config.Volumes = [...new Set([...config.Volumes, ...instruction.volumes])];
      return note(`VOLUME [${instruction.volumes.join(' ')}]`);
    }
    case 'stopsignal':
      config.StopSignal = instruction.signal;
      return note(`STOPSIGNAL ${instruction.signal}`);
    case 'shell':
      config.Shell = instruction.shell;
      return note(`SHELL [${instruction.shell.join(' ')}]`);
    case 'maintainer':
      draft.author = instruction.maintainer;
      return note(`MAINTAINER ${instruction.maintainer}`);
    case 'onbuild':
      config.OnBuild = [...(config.OnBuild ?? []), instruction.expression];
      return true;
    default:
      return false;
  }
}

/** Gives build arguments their values: from --build-arg, their default, or the global ones. Returns the history's words. */
function declare(
  { escape: token, options }: Conversion,
  state: StageState,
  args: readonly { readonly key: string; readonly value?: string }[],
): readonly string[] {
  return args.map(({ key, value: own }) => {
    const given = Object.hasOwn(options.buildArgs, key) ? options.buildArgs[key] : undefined;
    const standard = own === undefined ? undefined : expandWord(own, lookUpIn(state), { escape: token }).text;
    const value = given ?? standard ?? options.globalArgs.get(key);
    state.args.set(key, value);
    if (value !== undefined) state.env.set(key, value);
    return value === undefined ? key : `${key}=${value}`;
  });
}
