import type { Errno } from '../../../kernel/errno.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { showUsage } from '../../options.ts';
import { spawnCommand } from '../execute.ts';
import { readGroups, readUsers } from '../lookup.ts';
import { changeMode } from '../modes.ts';
import { joinPath } from '../paths.ts';
import { evaluate } from './evaluate.ts';
import type { Search } from './expression.ts';
import { FindError, parseFind } from './expression.ts';

const line = { usage: '[-HL] [PATH]... [OPTIONS] [ACTIONS]', short: '' };

/** A place that is still to be looked at; `leave`: all below it has been (depth first). */
type Place = { readonly path: string; readonly depth: number; readonly leave: boolean; readonly dev: number };

type State = {
  readonly search: Search;
  readonly env: Rec<string>;
  /** The last one is next. */
  readonly stack: readonly Place[];
  /** What the actions on the present place have answered so far, and the child that one of them waits for. */
  readonly answers: readonly boolean[];
  readonly child: number | null;
  /** `-exec … +`: the paths that were collected for each of them. */
  readonly batches: {
    readonly [slot: string]: { readonly argv: readonly string[]; readonly paths: readonly string[] };
  };
  readonly ending: boolean;
  readonly status: number;
};

/** `find`: walks trees. */
export const find: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      if (io.args.length === 1 && io.args[0] === '--help') return { exit: showUsage(io, line, 0) };
      const search = parse(io);
      if (typeof search === 'number') return { exit: search };
      const stack = search.paths.map((path) => ({ path, depth: 0, leave: false, dev: -1 })).reverse();
      return walk({ search, env: io.env, stack, answers: [], child: null, batches: {}, ending: false, status: 0 }, io);
    },
    step(state, _wake, io) {
      if (state.child === null) return walk(state, io);
      const done = io.sys.reap(state.child);
      if (done === 'again') return { state, wait: { child: state.child } };
      const good = !isErrno(done) && done.exit.code === 0;
      if (state.ending) return walk({ ...state, child: null, status: good ? state.status : 1 }, io);
      return walk({ ...state, child: null, answers: [...state.answers, good] }, io);
    },
  });

function parse(io: StartIo): Search | number {
  const { sys } = io;
  const mtime = (path: string) => {
    const stat = sys.fs.stat(path);
    return isErrno(stat) ? undefined : stat.mtime;
  };
  try {
    return parseFind(
      io.args,
      {
        user: (name) => readUsers(sys).find((user) => user.name === name)?.uid,
        group: (name) => readGroups(sys).find((group) => group.name === name)?.gid,
        mtime,
        mode: (text) => changeMode(text, 0, false, 0),
      },
      io.style.flavour === 'busybox',
    );
  } catch (error) {
    if (!(error instanceof FindError)) throw error;
    complain(io, error.message);
    return error.usage ? showUsage(io, line) : 1;
  }
}

const placesPerTurn = 500;

function walk(from: State, io: Io): Next<State> {
  let state = from;
  for (let turn = 0; ; turn++) {
    const place = state.stack.at(-1);
    if (place === undefined || state.ending) return finish({ ...state, ending: true, stack: [] }, io);
    if (turn === placesPerTurn || !io.sys.spend(3)) return { state, yield: true };
    const { search } = state;
    const follow = search.follow === 'always' || (search.follow === 'named' && place.depth === 0);
    const stat = statOf(io, place.path, follow);
    if (isErrno(stat)) {
      const failed = gone(io, place.path, stat);
      state = { ...state, stack: state.stack.slice(0, -1), status: failed };
      continue;
    }
    const enter =
      stat.type === 'dir' &&
      place.depth < search.most &&
      !(search.oneFilesystem && place.dev >= 0 && place.dev !== stat.dev);
    if (search.depthFirst && enter && !place.leave) {
      const opened = children(state, place, stat, io);
      state = { ...opened, stack: [...state.stack.slice(0, -1), { ...place, leave: true }, ...opened.stack] };
      continue;
    }
    const acted = place.depth < search.least ? { prune: false, batches: [], quit: false } : act(state, place, stat, io);
    if ('spawn' in acted) return startChild(state, acted.spawn, io);
    let batches = state.batches;
    for (const { slot, argv } of acted.batches) {
      const paths = [...(batches[slot]?.paths ?? []), place.path];
      batches = { ...batches, [slot]: { argv, paths } };
    }
    const status = 'failed' in acted && acted.failed ? 1 : state.status;
    state = { ...state, batches, status, answers: [], stack: state.stack.slice(0, -1), ending: acted.quit };
    if (search.depthFirst || !enter || acted.prune) continue;
    const opened = children(state, place, stat, io);
    state = { ...opened, stack: [...state.stack, ...opened.stack] };
  }
}

function gone(io: Io, path: string, error: Errno): number {
  return complain(io, `${io.style.flavour === 'busybox' ? path : `‘${path}’`}: ${strerror(error)}`);
}

function statOf(io: Io, path: string, follow: boolean) {
  const stat = io.sys.fs.stat(path, { follow });
  return isErrno(stat) && follow ? io.sys.fs.stat(path, { follow: false }) : stat;
}

/** The state with, as its stack, only what is in the directory. */
function children(state: State, place: Place, stat: Stat, io: Io): State {
  const names = io.sys.fs.list(place.path);
  if (isErrno(names)) return { ...state, stack: [], status: gone(io, place.path, names) };
  const stack = names
    .map((name) => ({ path: joinPath(place.path, name), depth: place.depth + 1, leave: false, dev: stat.dev }))
    .reverse();
  return { ...state, stack };
}

/** The starting point: the place without what is below it. */
function startOf({ path, depth }: Place): string {
  let root = path;
  for (let level = 0; level < depth; level++) root = root.slice(0, Math.max(root.lastIndexOf('/'), 0)) || '/';
  return root;
}

function act(state: State, place: Place, stat: Stat, io: Io) {
  const root = startOf(place);
  return evaluate(state.search.expression, { path: place.path, root, stat, answers: state.answers, io });
}

function startChild(
  state: State & { readonly answers: readonly boolean[] },
  spawn: { readonly argv: readonly string[]; readonly answers: readonly boolean[] },
  io: Io,
): Next<State> {
  const child = spawnCommand(io.sys, spawn.argv, state.env);
  if (isErrno(child)) {
    const [command = ''] = spawn.argv;
    complain(io, `${io.style.flavour === 'busybox' ? command : `‘${command}’`}: ${strerror(child)}`);
    return walk({ ...state, answers: [...spawn.answers, false] }, io);
  }
  return { state: { ...state, answers: spawn.answers, child }, wait: { child } };
}

/** The collected `-exec … +` are run at the end, one after the other. */
function finish(state: State, io: Io): Next<State> {
  const [slot, batch] = Object.entries(state.batches)[0] ?? [];
  if (slot === undefined || batch === undefined) return { exit: state.status };
  const batches = Object.fromEntries(Object.entries(state.batches).filter(([key]) => key !== slot));
  const child = spawnCommand(io.sys, [...batch.argv, ...batch.paths], state.env);
  if (isErrno(child))
    return finish({ ...state, batches, status: complain(io, `${batch.argv[0] ?? ''}: ${strerror(child)}`) }, io);
  return { state: { ...state, batches, child }, wait: { child } };
}
