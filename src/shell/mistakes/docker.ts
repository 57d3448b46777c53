import { imageOf } from '../../engine/lookup.ts';
import { engineState } from '../../engine/state.ts';
import type { Machine } from '../../kernel/machine.ts';
import { imageNames } from '../completion/world.ts';
import type { Mistake } from './kinds.ts';
import { type CommandLine, readCommandLine, readFlag, type TypedFlag } from './run-line.ts';

/** How a command ended; undefined: it goes on. */
export type Status = number | undefined;

/** What was probably meant otherwise by a docker command, looking at the machine as the command left it. */
export function dockerMistake(m: Machine, argv: readonly string[], status: Status): Mistake | undefined {
  const line = readCommandLine(argv);
  if (!line) return undefined;
  const verb = line.path.replace(/^(?:container|image) /, '');
  if (verb === 'run' || verb === 'create') return runMistake(m, line, status);
  if (/^(?:build|buildx build|builder build)$/.test(verb))
    return status === 0 ? unnamedBuild(line) : contextForgotten(line);
  if (status === 0) return undefined;
  if (line.path === 'rmi' || line.path === 'image rm') return imageRemoval(m, line);
  if (forContainers.has(verb) && !line.path.startsWith('image ')) return byImageName(m, line, verb);
  return /^(?:history|push|tag|save)$/.test(verb) ? tagForgotten(m, line, line.args[0]) : undefined;
}

const forContainers = new Set(
  'attach exec kill logs pause port rename restart rm start stats stop top unpause update wait'.split(' '),
);

function runMistake(m: Machine, line: CommandLine, status: Status): Mistake | undefined {
  const [image, ...rest] = line.args;
  if (image === undefined) return undefined;
  if (status !== 0 && status !== undefined) {
    // 125: it did not come to the program inside
    const behind = status === 125 ? undefined : flagsBehind(line, image, rest);
    if (behind) return behind;
    const forgotten = tagForgotten(m, line, image);
    if (forgotten) return forgotten;
  }
  const exposed = exposedPorts(m, image);
  if (exposed.length === 0) return undefined;
  return (
    (status === undefined || status === 0 ? wrongPort(line, image, exposed) : undefined) ??
    inFront(line, image, rest, status)
  );
}

function flagsBehind(line: CommandLine, image: string, rest: readonly string[]): Mistake | undefined {
  const moved: TypedFlag[] = [];
  let at = 0;
  for (;;) {
    const flag = /^-./.test(rest[at] ?? '') ? readFlag(line.path, rest, at) : undefined;
    if (!flag) break;
    moved.push(flag);
    at += flag.words.length;
  }
  const [first] = moved;
  if (!first) return undefined;
  const meant = typed(line, [...line.flags, ...moved], [image, ...rest.slice(at)]);
  return { kind: 'flags-after-image', data: { flag: first.words.join(' '), image, meant } };
}

function wrongPort(line: CommandLine, image: string, exposed: readonly string[]): Mistake | undefined {
  for (const flag of line.flags) {
    const [, address = '', host = '', inside = ''] =
      flag.name === 'publish'
        ? (/^((?:\d+(?:\.\d+){3}|\[[^\]]*\]):)?(\d+):(\d+)(?:\/tcp)?$/.exec(flag.value ?? '') ?? [])
        : [];
    if (inside === '' || exposed.includes(inside)) continue;
    const reversed = exposed.includes(host);
    const right = `${address}${reversed ? `${inside}:${host}` : `${host}:${exposed[0]}`}`;
    const flags = line.flags.map((each) => (each === flag ? { ...each, words: withValue(each, right) } : each));
    const meant = typed(line, flags, line.args);
    if (reversed) return { kind: 'port-reversed', data: { inside, host, image, meant } };
    return { kind: 'port-other', data: { inside, exposed: exposed.join(', '), image, meant } };
  }
  return undefined;
}

/** The words of a flag, written as before, with another value. */
function withValue({ words, value = '' }: TypedFlag, other: string): readonly string[] {
  const [first = '', second] = words;
  return second === undefined ? [first.slice(0, first.length - value.length) + other] : [first, other];
}

/** A server that has the terminal to itself, without anything typed to it. */
function inFront(line: CommandLine, image: string, rest: readonly string[], status: Status): Mistake | undefined {
  if (status !== undefined || rest.length > 0 || line.path.endsWith('create')) return undefined;
  if (line.flags.some(({ name }) => name === 'detach')) return undefined;
  const flags = line.flags.filter(({ name }) => name !== 'interactive' && name !== 'tty');
  const detach: TypedFlag = { name: 'detach', words: ['-d'] };
  return { kind: 'server-in-front', data: { image, meant: typed(line, [detach, ...flags], [image]) } };
}

function unnamedBuild(line: CommandLine): Mistake | undefined {
  const named = line.flags.some(({ name }) => /^(?:tag|quiet|output|iidfile|load|push|check|call)$/.test(name));
  if (named || line.args.length !== 1) return undefined;
  const name: TypedFlag = { name: 'tag', words: ['-t', 'NAME'] };
  return { kind: 'unnamed-build', data: { meant: typed(line, [name, ...line.flags], line.args) } };
}

function contextForgotten(line: CommandLine): Mistake | undefined {
  if (line.args.length > 0 || line.flags.some(({ name }) => name === 'help')) return undefined;
  return { kind: 'context-forgotten', data: { meant: typed(line, line.flags, ['.']) } };
}

function imageRemoval(m: Machine, line: CommandLine): Mistake | undefined {
  const container = line.args.find((name) => engineState(m).names[name] !== undefined && !imageOf(m, name));
  if (container === undefined) return undefined;
  return { kind: 'container-for-image', data: { container, meant: `docker rm ${container}` } };
}

/** A container was asked for that is none, but an image of that name is here. */
function byImageName(m: Machine, line: CommandLine, verb: string): Mistake | undefined {
  const { names, containers } = engineState(m);
  const index = line.args.findIndex((name) => names[name] === undefined && containers[name] === undefined);
  const name = line.args[index];
  const image = name === undefined || (index > 0 && verb === 'exec') ? undefined : imageOf(m, name);
  if (name === undefined || !image) return undefined;
  if (Object.keys(containers).some((id) => id.startsWith(name))) return undefined;
  const made = Object.values(containers).find((container) => container.image === image.id);
  if (made) {
    const meant = typed(line, line.flags, line.args.with(index, made.name));
    return { kind: 'name-of-image', data: { image: name, container: made.name, meant } };
  }
  const meant = verb === 'rm' ? `docker rmi ${name}` : `docker run ${name}`;
  return { kind: 'image-for-container', data: { image: name, meant } };
}

function tagForgotten(m: Machine, line: CommandLine, image: string | undefined): Mistake | undefined {
  if (image === undefined || /:[^/]*$|@/.test(image) || imageOf(m, image)) return undefined;
  const here = imageNames(m).filter((name) => name.startsWith(`${image}:`));
  const [first] = here;
  if (first === undefined) return undefined;
  const meant = typed(line, line.flags, line.args.with(line.args.indexOf(image), first));
  return { kind: 'tag-forgotten', data: { image, tags: here.slice(0, 5).join(', '), meant } };
}

/** The tcp ports that an image says it listens on. */
function exposedPorts(m: Machine, name: string): readonly string[] {
  const ports = imageOf(m, name)?.config.ExposedPorts ?? [];
  return ports.flatMap((port) => (/^\d+(?:\/tcp)?$/.test(port) ? port.replace('/tcp', '') : []));
}

function typed(line: CommandLine, flags: readonly TypedFlag[], args: readonly string[]): string {
  return [...line.head, ...flags.flatMap(({ words }) => words), ...args].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
