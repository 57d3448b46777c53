import type { Id, Json } from '../../kernel/json.ts';
import type { Wait, Wake } from '../../kernel/program.ts';
import { ask, type Client, checked, complain } from '../client.ts';
import { CliError } from '../errors.ts';
import type { Turn } from '../verb.ts';
import { closeSession, type Session, serve, sessionWait } from './session.ts';
import { endByForce, forward, isTermination } from './signals.ts';
import { outputSize } from './terminal.ts';

/**
 * A process in a container that a person attends: its streams are connected to the client's, its terminal follows the
 * client's, signals are passed on. Plain data.
 */
export interface Attended {
  readonly [key: string]: Json | undefined;
  /** What has the terminal: `/containers/ID` or `/exec/ID`. */
  readonly target: string;
  /** Gone when the connection has ended. */
  readonly session?: Session;
  /** The engine's job that ends with the process; and what it ended with. */
  readonly job?: Id;
  readonly status?: number;
  /** The container that signals are passed on to. */
  readonly forwardTo?: string;
  /** Nothing of the process's output is shown: all is over when the input is. */
  readonly inputOnly?: boolean;
  /** What asks the client to end: `stay`: nothing else; `leave`: it ends; `hang-up`: it waits on without streams. */
  readonly interrupt: 'stay' | 'leave' | 'hang-up';
  /** Are the detach keys told of, as a failure? */
  readonly detachFails: boolean;
  /** How often it was asked to end. */
  readonly interrupts: number;
}

/** How attending ended: with the process's status, or because the client left it alone. */
export type Attention =
  | { readonly over: 'exited'; readonly status: number | undefined }
  | { readonly over: 'left'; readonly exit: number }
  | { readonly over: false; readonly state: Attended; readonly wait: Wait };

/** Goes on after a wait (`undefined`: begins). Throws CliError when the engine's answer is an error. */
export function attend(client: Client, start: Attended, wake?: Wake): Attention {
  let state = start;
  if (wake?.on === 'job' && wake.id === state.job) state = { ...state, status: exitStatus(wake.reply) };
  if (wake?.on === 'signal') {
    const after = signalled(client, state, wake);
    if ('over' in after) return after as Attention;
    state = after;
  }
  if (state.session) {
    const progress = serve(client, state.session);
    if (progress.state === 'detached') {
      closeSession(client, progress.session);
      if (state.detachFails) complain(client, 'read escape sequence');
      return { over: 'left', exit: state.detachFails ? 1 : 0 };
    }
    const inputDone = state.inputOnly === true && progress.session.input !== 'open';
    state = progress.state === 'ended' || inputDone ? hungUp(client, state) : { ...state, session: progress.session };
  }
  return settled(state);
}

/** Makes the process's terminal as large as the client's, when the client's output is one. */
export function matchSize(client: Client, target: string, larger = 0): void {
  const [rows, cols] = outputSize(client.sys);
  if (rows === 0 || cols === 0) return;
  try {
    const query = { h: String(rows + larger), w: String(cols + larger) };
    ask(client, { method: 'POST', path: `${target}/resize`, query });
  } catch (error) {
    if (!(error instanceof CliError)) throw error; // the process may have ended already
  }
}

function signalled(client: Client, state: Attended, wake: Wake & { readonly on: 'signal' }): Attended | Attention {
  const { signal } = wake;
  if (state.forwardTo !== undefined) forward(client, state.forwardTo, signal);
  if (signal === 'SIGWINCH' && state.session?.tty) matchSize(client, state.target);
  if (!isTermination(signal)) return state;
  const interrupts = state.interrupts + 1;
  if (interrupts >= 3) {
    if (state.session) closeSession(client, state.session);
    return { over: 'left', exit: endByForce(client) };
  }
  const next = { ...state, interrupts };
  if (state.interrupt === 'stay') return next;
  const without = hungUp(client, next);
  return state.interrupt === 'leave' ? { over: 'left', exit: 0 } : without;
}

function hungUp(client: Client, state: Attended): Attended {
  if (state.session) closeSession(client, state.session);
  const { session: _session, ...rest } = state;
  return rest;
}

function settled(state: Attended): Attention {
  const { session, job, status } = state;
  if (!session && (job === undefined || status !== undefined)) return { over: 'exited', status };
  const streams = session ? sessionWait(session) : {};
  return { over: false, state, wait: { ...streams, ...(job !== undefined && status === undefined ? { job } : {}) } };
}

/** The exit status in an answer to `wait`; 125 when waiting itself failed. Throws ApiError. */
function exitStatus(reply: Json): number {
  const { body } = checked(reply);
  if (body === null || typeof body !== 'object' || !('StatusCode' in body)) return 125;
  const { StatusCode: code, Error: error } = body as { readonly [key: string]: Json };
  return error ? 125 : typeof code === 'number' ? code : 125;
}

/** A verb that does nothing but attend: its end or its sleep. */
export function attention(client: Client, state: Attended, wake?: Wake): Turn {
  const now = attend(client, state, wake);
  if (now.over === 'left') return { exit: now.exit };
  if (now.over === 'exited') return { exit: now.status ?? 0 };
  return { state: now.state as unknown as Json, wait: now.wait };
}
