import { located } from '../errors.ts';
import { parseMount } from '../instructions/mounts.ts';
import type { EscapeToken, Instruction, KeyValue, SourcesAndDestination } from '../types.ts';
import { type ExpandOptions, expandWord, type LookUp } from './word.ts';

/**
 * The instruction with its variables filled in, where BuildKit does so: ADD, COPY, ENV, EXPOSE, LABEL, STOPSIGNAL, USER,
 * VOLUME, WORKDIR and the `--mount`s of RUN. Commands keep theirs for the shell; ARG (whose default may never be needed)
 * is expanded by `declareArgs`; `--from`, `--exclude` and ONBUILD are not expanded at all.
 * @param lookUp the stage's variables at this point: it is asked for each that is named
 * @param missing is told, for each word, the variables in it that are not set (but not for EXPOSE)
 * @throws DockerfileError at the instruction's lines
 */
export function expandInstruction<T extends Instruction>(
  instruction: T,
  lookUp: LookUp,
  escapeToken: EscapeToken,
  missing?: (names: ReadonlySet<string>) => void,
): T;
export function expandInstruction(
  instruction: Instruction,
  lookUp: LookUp,
  escapeToken: EscapeToken,
  missing?: (names: ReadonlySet<string>) => void,
): Instruction {
  const expand: Expander = (word, options = {}) => {
    const unset = new Set<string>();
    const noting: LookUp = (name) => {
      const value = lookUp(name);
      if (value === undefined) unset.add(name);
      return value;
    };
    try {
      return expandWord(word, missing ? noting : lookUp, { escape: escapeToken, ...options }).text;
    } finally {
      missing?.(unset);
    }
  };
  const ports = (port: string) => expandWord(port, lookUp, { escape: escapeToken }).words;
  return located(instruction.range, () => expanded(instruction, expand, ports));
}

type Expander = (word: string, options?: Partial<ExpandOptions>) => string;

function expanded(instruction: Instruction, expand: Expander, ports: (port: string) => readonly string[]): Instruction {
  const one = (word: string) => expand(word);
  switch (instruction.kind) {
    case 'env':
    case 'label':
      return { ...instruction, pairs: instruction.pairs.map((pair) => expandPair(pair, one)) };
    case 'copy':
      return { ...instruction, ...owner(instruction, one), ...expandSources(instruction, expand) };
    case 'add': {
      const { checksum } = instruction;
      const sum = checksum === undefined ? {} : { checksum: one(checksum) };
      return { ...instruction, ...owner(instruction, one), ...sum, ...expandSources(instruction, expand) };
    }
    case 'run':
      return { ...instruction, mounts: instruction.mountFlags.map((flag) => parseMount(flag, one)) };
    case 'user':
      return { ...instruction, user: one(instruction.user) };
    case 'workdir':
      return { ...instruction, path: one(instruction.path) };
    case 'stopsignal':
      return { ...instruction, signal: one(instruction.signal) };
    case 'volume':
      return { ...instruction, volumes: instruction.volumes.map(one) };
    case 'expose':
      // a variable may hold several ports
      return { ...instruction, ports: instruction.ports.flatMap(ports) };
    default:
      return instruction;
  }
}

function expandPair(pair: KeyValue, one: (word: string) => string): KeyValue {
  return { ...pair, key: one(pair.key), value: one(pair.value) };
}

function owner({ chown, chmod }: { chown?: string; chmod?: string }, one: (word: string) => string) {
  return {
    ...(chown === undefined ? {} : { chown: one(chown) }),
    ...(chmod === undefined ? {} : { chmod: one(chmod) }),
  };
}

function expandSources(given: SourcesAndDestination, expand: Expander): SourcesAndDestination {
  const sources = given.sources.map((source) => expand(source));
  const destination = expand(given.destination);
  // in a here-document the escape is always a backslash, and quotes are text
  const inline = given.inline.map((file) =>
    file.expand ? { ...file, data: expand(file.data, { escape: '\\', plainQuotes: true }) } : file,
  );
  return { sources, destination, inline };
}
