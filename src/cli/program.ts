import type { ByteString } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json, Rec } from '../kernel/json.ts';
import type { Next, Program, Sys, Wait } from '../kernel/program.ts';
import { type Client, complain, type Output, say } from './client.ts';
import { locate } from './contexts/locate.ts';
import type { Endpoint } from './endpoint.ts';
import { endsCommand } from './errors.ts';
import { printHelp } from './help/print.ts';
import { resolve } from './resolve.ts';
import type { Turn } from './verb.ts';
import { findVerb } from './verbs.ts';
import { clientVersion } from './version.ts';

/** What is left of a running command between two of its steps. */
export interface DockerState {
  readonly [key: string]: Json;
  /** What the command has printed and the outputs have not taken yet. */
  readonly unwritten: readonly (readonly [fd: number, bytes: ByteString])[];
  /** How the command ended; or its name (`run`, `container ls`), its own state and what it waits for. */
  readonly then: { readonly exit: number } | { readonly verb: string; readonly state: Json; readonly wait: Json };
  /** The engine's address, or why there is none; and the context in use. */
  readonly endpoint: { readonly [key in 'host' | 'problem' | 'context']?: string };
  /** The folder with the client's configuration. */
  readonly folder: string;
}

/**
 * The docker client. It runs as a process, talks to the engine by `sys.request('dockerd', ApiRequest)` only, and writes
 * to its descriptors 1 and 2 what Docker 28.5.2 prints. Its state is a DockerState.
 */
export const dockerProgram: Program = {
  start({ argv, env }, sys) {
    const output: Output[] = [];
    const { then, endpoint, folder } = begin(sys, argv.slice(1), env, output);
    return proceed(sys, { unwritten: output, then, endpoint, folder });
  },
  step(json, wake, sys) {
    const state = json as DockerState;
    // a command goes on when what it printed is taken, so that it waits for slow readers; a signal cannot wait
    const unwritten = flush(sys, state.unwritten);
    if (unwritten === 'broken') return { exit: brokenPipe };
    if ('exit' in state.then || (unwritten.length > 0 && wake.on !== 'signal')) {
      return proceed(sys, { ...state, unwritten });
    }
    const { verb: name, state: own } = state.then;
    const output: Output[] = [];
    const client: Client = { sys, output, endpoint: state.endpoint as Endpoint, folder: state.folder };
    const then = settled(name, client, () => findVerb(name)?.resume?.(own, wake, client) ?? { exit: 1 });
    return proceed(sys, { ...state, unwritten: [...unwritten, ...output], then });
  },
};

type Then = DockerState['then'];

function begin(
  sys: Sys,
  args: readonly string[],
  env: Rec<string>,
  output: Output[],
): { readonly then: Then; readonly endpoint: Endpoint; readonly folder: string } {
  const nowhere: Client = { sys, output, endpoint: { host: '' } };
  let endpoint: Endpoint = nowhere.endpoint;
  let folder = '';
  const then = settled('', nowhere, () => {
    const wanted = resolve(args, env);
    if (wanted.do === 'help') return printHelp(nowhere, wanted);
    if (wanted.do === 'version') {
      say(nowhere, clientVersion);
      return { exit: 0 };
    }
    for (const notice of wanted.notices) say(nowhere, notice);
    folder = wanted.folder;
    endpoint = locate(sys, wanted.endpoint, folder);
    const client: Client = { sys, output, endpoint, folder };
    return settled(wanted.name, client, () => wanted.verb.run(client, wanted.flags, wanted.args, env));
  });
  return { then, endpoint, folder };
}

/** What comes of a command's turn; an error that it throws is printed and becomes its exit status. */
function settled(name: string, client: Client, act: () => Turn | Then): Then {
  try {
    const turn = act();
    if ('exit' in turn || 'verb' in turn) return turn;
    return { verb: name, state: turn.state, wait: turn.wait as Json };
  } catch (error) {
    if (!endsCommand(error)) throw error;
    complain(client, error.message);
    return { exit: error.exitCode };
  }
}

/** What a process ends with when nobody reads its output (128 and the number of SIGPIPE). */
const brokenPipe = 141;

/** Writes what can be written; then ends or sleeps. */
function proceed(sys: Sys, state: DockerState): Next<Json> {
  const unwritten = flush(sys, state.unwritten);
  if (unwritten === 'broken') return { exit: brokenPipe };
  if (unwritten[0]) return { state: { ...state, unwritten }, wait: { writable: [unwritten[0][0]] } };
  const { then } = state;
  return 'exit' in then ? then : { state: { ...state, unwritten }, wait: then.wait as Wait };
}

/** Returns what the outputs did not take. What goes to a closed output is lost. */
function flush(sys: Sys, chunks: DockerState['unwritten']): DockerState['unwritten'] | 'broken' {
  for (const [i, [fd, bytes]] of chunks.entries()) {
    let left = bytes;
    while (left !== '') {
      const taken = sys.write(fd, left);
      if (taken === 'again') return [[fd, left], ...chunks.slice(i + 1)];
      if (isErrno(taken) && taken.errno === 'EPIPE') return 'broken';
      if (isErrno(taken)) break;
      left = left.slice(taken);
    }
  }
  return [];
}
