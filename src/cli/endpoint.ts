import type { Rec } from '../kernel/json.ts';
import { CliError, InitializeError } from './errors.ts';
import { type Flags, listFlag, textFlag } from './flags/parse.ts';

export const defaultHost = 'unix:///var/run/docker.sock';

/**
 * Where the engine is: an address, or why there is none (told when a command first needs the engine); and the name of the
 * context in use.
 */
export type Endpoint = ({ readonly host: string } | { readonly problem: string }) & { readonly context?: string };

/** What a command line asks for: an address, or a context by its name (empty: the one that the configuration names). */
export type Asked = { readonly host: string } | { readonly problem: string } | { readonly context: string };

/** The engine's address by flags and environment. Throws CliError for flags that contradict each other. */
export function endpoint(flags: Flags, env: Rec<string>): Asked {
  const hosts = listFlag(flags, 'host');
  const context = textFlag(flags, 'context');
  if (hosts.length > 1) throw new CliError('specify only one -H');
  if (context !== undefined && hosts.length > 0) {
    throw new CliError('conflicting options: cannot specify both --host and --context');
  }
  const host = hosts[0] ?? (context === undefined ? env.DOCKER_HOST : undefined);
  const name = context ?? (host ? undefined : env.DOCKER_CONTEXT);
  return host ? address(host) : { context: name ?? '' };
}

/** The folder with the client's configuration. */
export function configFolder(flags: Flags, env: Rec<string>): string {
  return textFlag(flags, 'config') || env.DOCKER_CONFIG || `${env.HOME ?? ''}/.docker`;
}

/** An address as it is written out. Throws CliError for one that is not simulated. */
export function address(text: string): { readonly host: string } | { readonly problem: string } {
  const [, scheme, rest = text] = /^([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === 'ssh') return sshHost(text);
  if (scheme === 'unix') return { host: rest === '' ? defaultHost : text };
  if (scheme === 'tcp' || (scheme === undefined && rest !== '')) return { host: `tcp://${withPort(rest)}` };
  if (scheme === undefined) return { host: defaultHost };
  return unresolved(`invalid bind address format: ${text}`);
}

/** Checks an address as the client does before it runs ssh. Throws InitializeError. */
function sshHost(text: string): { readonly host: string } {
  const wrong = sshMistake(text);
  if (wrong !== undefined) throw new InitializeError(`Failed to initialize: ${wrong}`);
  return { host: text };
}

/** What is wrong with an `ssh://` address; undefined when nothing is. */
export function sshMistake(text: string): string | undefined {
  const [, user = '', host = '', , query = ''] =
    /^ssh:\/\/(?:([^@/]*)@)?([^:/?#]*)(:\d+)?(?:\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/.exec(text) ?? [];
  const because = (why: string) => `ssh host connection is not valid: invalid SSH URL: ${why}`;
  if (user.includes(':')) return because('plain-text password is not supported');
  if (host === '') return because('hostname is empty');
  if (query !== '') return because(`query parameters are not allowed: ${JSON.stringify(query)}`);
  return undefined;
}

function withPort(text: string): string {
  return /:\d+$/.test(text) ? text : `${text || 'localhost'}:2375`;
}

/** An engine that cannot be found, and why. */
export function unresolved(problem: string): { readonly problem: string } {
  return { problem: `Failed to initialize: unable to resolve docker endpoint: ${problem}` };
}
