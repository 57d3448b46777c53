import { cleanPath } from '../../kernel/fs/tree.ts';
import { DockerfileError } from '../dockerfile/errors.ts';
import type { AddInstruction, CopyInstruction, WorkdirInstruction } from '../dockerfile/types.ts';
import { readChmod } from './chmod.ts';
import { inputsOf } from './digest.ts';
import { addRow } from './image.ts';
import { NotSimulated } from './not-simulated.ts';
import { addVertex, type Conversion, type StageState, titleOf } from './stage-state.ts';
import type { CopySource } from './vertex.ts';

/** An absolute path without `.` and `..`; relative ones start from `cwd`. A slash at the end stays, and `.` becomes one. */
export function absolute(path: string, cwd: string): string {
  const whole = cleanPath(path.startsWith('/') ? path : `${cwd}/${path}`);
  return /(?:^|\/)\.?$/.test(path) && whole !== '/' ? `${whole}/` : whole;
}

/** WORKDIR: the folder for what follows, made where it is missing. */
export function workdir(conversion: Conversion, state: StageState, instruction: WorkdirInstruction): void {
  const { draft } = state;
  const path = absolute(instruction.path, draft.config.WorkingDir || '/').replace(/(?<=.)\/$/, '');
  draft.config.WorkingDir = path;
  if (path !== '/') {
    const { head } = state;
    const op = { kind: 'workdir', base: head, path, user: draft.config.User } as const;
    const name = () => titleOf(conversion, state, instruction.source);
    state.head = addVertex(conversion, op, inputsOf(head, []), name, instruction.range);
  }
  addRow(draft, `WORKDIR ${path}`, path !== '/');
}

/** COPY and ADD. */
export function copy(conversion: Conversion, state: StageState, each: CopyInstruction | AddInstruction): void {
  const sources: CopySource[] = [];
  const from = each.kind === 'copy' && each.from !== undefined ? sourceOf(conversion, state, each.from) : undefined;
  if (from === null) throw new DockerfileError('arguments', 'cannot copy from empty image');
  for (const path of each.sources) {
    if (each.kind === 'add' && /^(?:https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(path)) {
      throw new NotSimulated(`ADD of ${path} (nothing can be fetched from outside)`);
    }
    const input = from ?? contextVertex(conversion, 'context', path);
    const cut = each.kind === 'copy' && each.parents ? path.search(/(?:^|\/)\.\//) : -1;
    const pivot = cut > 0 ? { pivot: absolute(path.slice(0, cut), '/') } : {};
    sources.push({ input, path: absolute(path, '/'), ...pivot });
  }
  if (each.inline.length > 0) sources.push(...inlineSources(conversion, each));
  const { head, draft } = state;
  if (each.chmod) readChmod(each.chmod);
  const op = {
    kind: 'copy',
    base: head,
    unpack: each.kind === 'add' && each.unpack !== false,
    sources,
    destination: absolute(each.destination, draft.config.WorkingDir || '/'),
    ...(each.chown === undefined ? {} : { chown: each.chown }),
    ...(each.chmod === undefined ? {} : { chmod: each.chmod }),
    exclude: each.exclude,
    ...(each.kind === 'copy' && each.parents ? { parents: true as const } : {}),
  } as const;
  const inputs = inputsOf(
    head,
    sources.map(({ input }) => input),
  );
  state.head = addVertex(conversion, op, inputs, () => titleOf(conversion, state, each.source), each.range);
  const flags = [each.chown && `--chown=${each.chown}`, each.chmod && `--chmod=${each.chmod}`].filter(Boolean);
  const files = each.inline.map(({ path }) => `<<${path}`);
  const words = [each.kind.toUpperCase(), ...flags, ...each.sources, ...files, each.destination];
  addRow(draft, `${words.join(' ')} # buildkit`, true);
}

function inlineSources(conversion: Conversion, each: CopyInstruction | AddInstruction): readonly CopySource[] {
  const files = each.inline.map(({ path, data }) => ({ path, data }));
  const name = () => '[internal] preparing inline document';
  const input = addVertex(conversion, { kind: 'inline', files }, [], name);
  return files.map(({ path }) => ({ input, path: `/${path}` }));
}

/** The vertex of a build context, of which `path` is needed. */
export function contextVertex(conversion: Conversion, context: string, path: string): string {
  const name = context === 'context' ? '[internal] load build context' : `[context ${context}] load from client`;
  const { contextPaths } = conversion;
  const whole = absolute(path, '/').replace(/(?<=.)\/$/, '');
  const known = contextPaths.get(context);
  if (whole === '/') contextPaths.set(context, undefined);
  else if (known) known.add(whole);
  else if (!contextPaths.has(context)) contextPaths.set(context, new Set([whole]));
  return addVertex(conversion, { kind: 'context', context }, [], () => name);
}

/** The vertex with the files of what `--from` names; null: nothing. */
export function sourceOf(conversion: Conversion, state: StageState, name: string): string | null {
  const node = state.node.sources.get(name);
  if (!node) return null;
  if (node.base.kind === 'context' && node.implicit) return contextVertex(conversion, node.base.name, '/');
  return conversion.states.get(node)?.head ?? null;
}
