import type { FlagSpec } from '../../cli/flags/spec.ts';
import { canonicalPath, commandCatalog } from '../../cli/help/catalog.ts';

/** A docker command line taken apart. */
export interface CommandLine {
  /** What it is called by: `run`, `container run`. */
  readonly path: string;
  /** The words before `path` and of it. */
  readonly head: readonly string[];
  /** Its flags as they were typed: each with its value, if it has one. */
  readonly flags: readonly TypedFlag[];
  readonly args: readonly string[];
}

export interface TypedFlag {
  readonly name: string;
  readonly words: readonly string[];
  readonly value?: string;
}

/** Takes `docker …` apart; undefined when it is no command. Flags end at the first argument where a command may follow. */
export function readCommandLine(argv: readonly string[]): CommandLine | undefined {
  let path = '';
  let at = 1;
  for (; at < argv.length; at++) {
    const entry = commandCatalog().get(path);
    if (!entry || entry.commands.length === 0) break;
    const next = canonicalPath(path, argv[at] ?? '');
    if (next === undefined) return undefined;
    path = next;
  }
  const head = argv.slice(0, at);
  const first = /^(?:container )?(?:run|create|exec)$/.test(path);
  const flags: TypedFlag[] = [];
  const args: string[] = [];
  while (at < argv.length) {
    const word = argv[at] ?? '';
    const flag = !(first && args.length > 0) && /^-./.test(word) ? readFlag(path, argv, at) : undefined;
    if (flag) {
      flags.push(flag);
      at += flag.words.length;
    } else {
      args.push(word);
      at += 1;
    }
  }
  return { path, head, flags, args };
}

/** The flag that begins at a word, by its long name; undefined when the command has no such flag. */
export function readFlag(path: string, argv: readonly string[], at: number): TypedFlag | undefined {
  const specs: readonly FlagSpec[] = commandCatalog().get(path)?.flags ?? [];
  const word = argv[at] ?? '';
  const next = argv[at + 1];
  const long = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(word);
  if (long) {
    const spec = specs.find(({ name }) => name === long[1]);
    if (!spec) return undefined;
    if (long[2] !== undefined) return { name: spec.name, words: [word], value: long[2] };
    return taking(spec, word, next);
  }
  const letters = word.slice(1);
  for (const [i, letter] of [...letters].entries()) {
    const spec = specs.find(({ short }) => short === letter);
    if (!spec) return undefined;
    if (spec.type === 'bool') {
      if (i === letters.length - 1) return { name: spec.name, words: [word] };
      continue;
    }
    const rest = letters.slice(i + 1);
    return rest === '' ? taking(spec, word, next) : { name: spec.name, words: [word], value: rest };
  }
  return undefined;
}

function taking(spec: FlagSpec, word: string, next: string | undefined): TypedFlag {
  if (spec.type === 'bool' || next === undefined) return { name: spec.name, words: [word] };
  return { name: spec.name, words: [word, next], value: next };
}
