import { DockerfileError } from '../dockerfile/errors.ts';
import { chompHereDocument } from '../dockerfile/here-documents.ts';
import type { RunInstruction } from '../dockerfile/types.ts';
import { argvOf } from './configure.ts';
import { inputsOf } from './digest.ts';
import { absolute, contextVertex, sourceOf } from './file-steps.ts';
import { addRow } from './image.ts';
import { NotSimulated } from './not-simulated.ts';
import { addVertex, type Conversion, type StageState, titleOf } from './stage-state.ts';
import type { BuildMount } from './vertex.ts';

/** RUN: a process on the files so far. */
export function run(conversion: Conversion, state: StageState, instruction: RunInstruction): void {
  if (instruction.devices.length > 0) throw new NotSimulated('RUN --device');
  const { draft, head } = state;
  const { config } = draft;
  const { argv, title } = commandOf(state, instruction);
  const args: { [name: string]: string } = {};
  for (const [name, value] of state.args) args[name] = state.env.get(name) ?? value ?? '';
  const mounts = instruction.mounts.map((mount): BuildMount => {
    const target = absolute(
      mount.target ?? defaultTarget(mount.type, mount.id ?? mount.source),
      config.WorkingDir || '/',
    );
    if (target === '/') throw new DockerfileError('mount', 'invalid mount target "/"');
    const input = mountInput(conversion, state, mount);
    return { mount, target: target.replace(/(?<=.)\/$/, ''), ...(input === undefined ? {} : { input }) };
  });
  const op = {
    kind: 'run',
    base: head,
    argv,
    env: Object.fromEntries(state.env),
    args,
    cwd: config.WorkingDir || '/',
    user: config.User,
    network: instruction.network === 'default' ? conversion.options.network : instruction.network,
    hosts: conversion.options.hosts,
    mounts,
  } as const;
  const inputs = inputsOf(
    head,
    mounts.flatMap(({ input }) => input ?? []),
  );
  state.head = addVertex(conversion, op, inputs, () => titleOf(conversion, state, title), instruction.range);
  const given = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  const words = [...(given.length > 0 ? [`|${given.length}`, ...given] : []), ...argv];
  addRow(draft, `RUN ${words.join(' ')} # buildkit`, true);
}

/** The command line, and what the step is called by. Here-documents become the shell's text, as BuildKit does it. */
function commandOf(state: StageState, { command, documents, source }: RunInstruction) {
  const [first] = documents;
  if (!first) return { argv: argvOf(state, command), title: source };
  const [words = ''] = command.words;
  const alone = documents.length === 1 && /^<<-?\s*["']?[^\s"'<]+["']?\s*$/.test(words);
  if (!alone) {
    const full = documents.reduce((text, { data, name }) => `${text}\n${data}${name}`, words);
    return { argv: argvOf(state, { words: [full], shell: true }), title: source };
  }
  if (first.data.startsWith('#!')) throw new NotSimulated('RUN with a here-document that begins with #!');
  const data = first.chomp ? chompHereDocument(first.data) : first.data;
  return { argv: argvOf(state, { words: [data], shell: true }), title: `${source} (${summary(first.data)})` };
}

/** The first line of a here-document, and that there are more. */
function summary(text: string): string {
  const lines = text.trim().replaceAll('\r\n', '\n').split('\n');
  return `${lines[0] ?? ''}${lines.length > 1 ? '...' : ''}`;
}

function defaultTarget(type: string, id = ''): string {
  if (type === 'secret') return `/run/secrets/${id.slice(id.lastIndexOf('/') + 1)}`;
  return type === 'ssh' ? '/run/buildkit/ssh_agent.0' : '/';
}

/** What a bind mount shows: another stage, an image, or the build context. A cache begins with what `from` names, or empty. */
function mountInput(
  conversion: Conversion,
  state: StageState,
  mount: RunInstruction['mounts'][number],
): string | undefined {
  if (mount.from !== undefined && mount.from !== '') return sourceOf(conversion, state, mount.from) ?? undefined;
  return mount.type === 'bind' ? contextVertex(conversion, 'context', mount.source ?? '/') : undefined;
}
