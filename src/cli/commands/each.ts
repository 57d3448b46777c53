import type { ApiRequest } from '../../engine/api.ts';
import type { Id, Json } from '../../kernel/json.ts';
import { ask, type Client, checked, complain, say } from '../client.ts';
import { CliError } from '../errors.ts';
import { type Arity, atLeast } from '../flags/arity.ts';
import { boolFlag, type Flags } from '../flags/parse.ts';
import type { Turn, Verb } from '../verb.ts';

interface EachOptions {
  readonly names: readonly string[];
  readonly usage: string;
  readonly flags: string;
  readonly arity?: Arity;
  /** The request for one argument; throws CliError for a mistake that the client finds itself. */
  readonly request: (name: string, flags: Flags) => ApiRequest;
  /** What is printed when it is answered; by default the argument. */
  readonly print?: (name: string, body: Json) => string;
  /** Ask for all at once, or for the next one when the last one is answered. */
  readonly order: 'together' | 'one-by-one';
  /** An error that is told but does not make the command fail. */
  readonly forgiven?: (error: CliError, force: boolean) => boolean;
  /** An error that is not even told. */
  readonly silent?: (error: CliError, force: boolean) => boolean;
  /** A last line about the arguments that failed. */
  readonly epilogue?: (failed: readonly string[]) => string;
}

/** Where such a command stands between two turns. */
export interface EachState {
  readonly [key: string]: Json;
  /** Arguments that were asked for and are not answered. */
  readonly jobs: readonly { readonly name: string; readonly job: Id }[];
  /** Arguments that were not asked for yet: a request, or why there is none. */
  readonly rest: readonly { readonly name: string; readonly request: Json; readonly mistake?: string }[];
  readonly errors: readonly string[];
  readonly failed: readonly string[];
  readonly force: boolean;
}

/**
 * A command that asks the engine the same of each of its arguments and prints each that went well. Failures are told
 * at the end, in the order of the arguments.
 */
export function each(options: EachOptions): Verb<EachState> {
  const { names, usage, flags: notation, arity = atLeast(1) } = options;
  return {
    names,
    usage,
    arity,
    flags: notation,
    run(client, flags, args) {
      const rest = args.map((name) => prepare(options, name, flags));
      const force = boolFlag(flags, 'force');
      return proceed(client, options, { jobs: [], rest, errors: [], failed: [], force });
    },
    resume(state, wake, client) {
      const [first, ...jobs] = state.jobs;
      if (wake.on !== 'job' || !first) return sleep(state);
      const next = attempt(client, options, { ...state, jobs }, first.name, () => ({
        body: checked(wake.reply).body,
      }));
      return proceed(client, options, next);
    },
  };
}

/** The name of a container as the client library takes it. Throws CliError when it is empty. */
export function containerName(name: string): string {
  if (name.trim() === '') throw new CliError('invalid container name or ID: value is empty');
  return encodeURIComponent(name);
}

function prepare(options: EachOptions, name: string, flags: Flags): EachState['rest'][number] {
  try {
    return { name, request: { ...options.request(name, flags) } as Json };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { name, request: null, mistake: error.message };
  }
}

/** Asks as far as it goes; sleeps on the first job. */
function proceed(client: Client, options: EachOptions, start: EachState): Turn<EachState> {
  let state = start;
  for (;;) {
    const [first, ...rest] = state.rest;
    if (!first || (options.order === 'one-by-one' && state.jobs.length > 0)) break;
    state = attempt(client, options, { ...state, rest }, first.name, () => {
      if (first.mistake !== undefined) throw new CliError(first.mistake);
      const answer = ask(client, first.request as unknown as ApiRequest);
      return 'job' in answer ? { job: answer.job } : { body: answer.response.body };
    });
  }
  return state.jobs.length > 0 ? sleep(state) : end(client, options, state);
}

function attempt(
  client: Client,
  options: EachOptions,
  state: EachState,
  name: string,
  act: () => { readonly job: Id } | { readonly body: Json },
): EachState {
  try {
    const result = act();
    if ('job' in result) return { ...state, jobs: [...state.jobs, { name, job: result.job }] };
    say(client, options.print ? options.print(name, result.body) : name);
    return state;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (options.silent?.(error, state.force)) return state;
    const errors = [...state.errors, error.message];
    if (options.forgiven?.(error, state.force)) return { ...state, errors };
    return { ...state, errors, failed: [...state.failed, name] };
  }
}

function sleep(state: EachState): Turn<EachState> {
  const job = state.jobs[0]?.job;
  return { state, wait: job === undefined ? {} : { job } };
}

function end(client: Client, options: EachOptions, state: EachState): Turn<EachState> {
  for (const error of state.errors) complain(client, error);
  if (state.failed.length === 0) return { exit: 0 };
  if (options.epilogue) complain(client, options.epilogue(state.failed));
  return { exit: 1 };
}
