import type { BuildRequest } from '../../../engine/build/state.ts';
import { type Json, millisecond, type Rec } from '../../../kernel/json.ts';
import type { Wake } from '../../../kernel/program.ts';
import { type Client, call, complain } from '../../client.ts';
import { CliError, InitializeError } from '../../errors.ts';
import { boolFlag, type Flags, textFlag } from '../../flags/parse.ts';
import { openProgress, progressWait } from '../../streams/progress.ts';
import { catchTermination } from '../../streams/signals.ts';
import type { Turn } from '../../verb.ts';
import { contextOf, type Reading, readMore } from './context.ts';
import { buildError } from './errors.ts';
import { type Following, follow } from './follow.ts';
import { requestOf } from './options.ts';
import { outputOf } from './output.ts';

/** A build on the client's side: it reads its input, or follows what the builder tells. */
export type Building = { readonly reading: Reading } | { readonly following: Following };

/** What is to be done with the result. */
export interface Wanted {
  readonly [key: string]: Json | undefined;
  readonly mode: 'plain' | 'tty' | 'quiet' | 'rawjson' | 'none';
  readonly color: boolean;
  readonly check: boolean;
  /** Where files go: a folder, a file, or `-`. */
  readonly destination: string;
  readonly tar: boolean;
  readonly idFile?: string;
  readonly metadataFile?: string;
}

/** How often the live view is drawn anew while nothing happens. */
const frameTime = 200 * millisecond;
/** As shells count an end by SIGINT. */
const interrupted = 130;
const modes = ['auto', 'none', 'plain', 'quiet', 'rawjson', 'tty'];

/** docker build, until it has to wait. */
export function beginBuild(client: Client, flags: Flags, context: string, env: Rec<string>): Turn<Building> {
  return guarded(client, () => begin(client, flags, context, env));
}

/** docker build goes on. */
export function goOnBuild(state: Building, wake: Wake, client: Client): Turn<Building> {
  return guarded(client, () => goOn(state, wake, client));
}

/** Errors are told here: this is a bundle of its own, and a class that is in two bundles exists twice. */
function guarded(client: Client, act: () => Turn<Building>): Turn<Building> {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CliError || error instanceof InitializeError)) throw error;
    complain(client, error.message);
    return { exit: error.exitCode };
  }
}

function begin(client: Client, flags: Flags, context: string, env: Rec<string>): Turn<Building> {
  if (/^(?:0|false)$/i.test(env.DOCKER_BUILDKIT ?? '')) {
    throw new CliError('ERROR: drydock: the legacy builder (DOCKER_BUILDKIT=0) is not simulated');
  }
  const wanted = wantedOf(client, flags, env);
  const request = requestOf(client, flags, env);
  const start = contextOf(client, context, textFlag(flags, 'file') || undefined);
  if ('reading' in start) {
    return { state: { reading: { ...start.reading, request: request as Json, wanted } }, wait: { readable: [0] } };
  }
  return ask(client, { ...request, ...start }, wanted);
}

function goOn(state: Building, wake: Wake, client: Client): Turn<Building> {
  if (wake.on === 'signal') return canceled(client, state);
  if ('following' in state) return followed(client, state.following);
  const read = readMore(client, state.reading);
  if ('reading' in read) return { state: { reading: read.reading }, wait: { readable: [0] } };
  const { request, wanted } = state.reading;
  return ask(client, { ...(request as unknown as BuildRequest), ...read }, wanted as Wanted);
}

/** Ctrl-C: the builder gives up what is going on, and tells how far each step was. */
function canceled(client: Client, state: Building): Turn<Building> {
  if ('following' in state) {
    call(client, { method: 'POST', path: '/grpc', body: { call: 'Cancel' } });
    if ('exit' in follow(client, state.following)) return { exit: interrupted };
  }
  complain(client, 'ERROR: failed to build: failed to solve: Canceled: context canceled');
  return { exit: interrupted };
}

function ask(client: Client, request: BuildRequest, wanted: Wanted): Turn<Building> {
  catchTermination(client);
  const stream = openProgress(client, {
    method: 'POST',
    path: '/grpc',
    body: { call: 'Solve', request: request as unknown as Json },
  });
  return followed(client, { stream, wanted, shown: null });
}

function followed(client: Client, following: Following): Turn<Building> {
  const turn = follow(client, following);
  if ('exit' in turn) return turn;
  const { stream, wanted } = turn.following;
  const next = wanted.mode === 'tty' ? { until: client.sys.now + frameTime } : {};
  return { state: { following: turn.following }, wait: { ...progressWait(stream), ...next } };
}

function wantedOf(client: Client, flags: Flags, env: Rec<string>): Wanted {
  const asked = textFlag(flags, 'progress') || env.BUILDKIT_PROGRESS || 'auto';
  if (!modes.includes(asked)) throw new CliError(`ERROR: invalid progress mode ${asked}`);
  const quiet = boolFlag(flags, 'quiet');
  if (quiet && !['auto', 'quiet'].includes(asked)) {
    throw new CliError(`ERROR: progress=${asked} and quiet cannot be used together`);
  }
  const { destination, kind } = outputOf(flags);
  const terminal = client.sys.isatty(2);
  const auto = terminal ? 'tty' : 'plain';
  const idFile = textFlag(flags, 'iidfile');
  const metadataFile = textFlag(flags, 'metadata-file');
  const check = boolFlag(flags, 'check') || textFlag(flags, 'call') === 'check';
  if (asked === 'tty' && !terminal) throw buildError('failed to get console: provided file is not a console');
  return {
    mode: quiet ? 'quiet' : asked === 'auto' ? auto : (asked as Wanted['mode']),
    color: (env.NO_COLOR ?? '') === '',
    check,
    destination,
    tar: kind === 'tar',
    ...(idFile === undefined ? {} : { idFile }),
    ...(metadataFile === undefined ? {} : { metadataFile }),
  };
}
