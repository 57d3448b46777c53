import { allSignals, type Signal } from '../../kernel/signals.ts';
import { ask, type Client, complain, inPath } from '../client.ts';
import { CliError } from '../errors.ts';

/** Signals that are never passed on: they are about the client's own children and pipes, or cannot be caught. */
const kept: readonly Signal[] = ['SIGCHLD', 'SIGPIPE', 'SIGURG', 'SIGKILL', 'SIGSTOP'];

/** Catches all signals that are passed on to a container. */
export function catchAll(client: Client): void {
  for (const signal of allSignals) if (!kept.includes(signal)) client.sys.onSignal(signal, 'catch');
}

/** Catches what asks the client to end. */
export function catchTermination(client: Client): void {
  client.sys.onSignal('SIGINT', 'catch');
  client.sys.onSignal('SIGTERM', 'catch');
}

/** Does this signal ask the client to end? The third one of these always does. */
export function isTermination(signal: Signal): boolean {
  return signal === 'SIGINT' || signal === 'SIGTERM';
}

/** Passes a signal on to a container's first process. That it is gone already is no error. */
export function forward(client: Client, container: string, signal: Signal): void {
  try {
    const path = `/containers/${inPath(container)}/kill`;
    ask(client, { method: 'POST', path, query: { signal: signal.slice('SIG'.length) } });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
  }
}

/** Says that it ends by force; returns the exit status. */
export function endByForce(client: Client): number {
  complain(client, '\ngot 3 SIGTERM/SIGINTs, forcefully exiting');
  return 1;
}
