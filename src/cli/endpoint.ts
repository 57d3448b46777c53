import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Rec } from '../kernel/json.ts';
import { CliError, notSimulated } from './errors.ts';
import { type Flags, listFlag, textFlag } from './flags/parse.ts';

export const defaultHost = 'unix:///var/run/docker.sock';

/** Where the engine is: an address, or why there is none (told when a command first needs the engine). */
export type Endpoint = { readonly host: string } | { readonly problem: string };

/** The engine's address by flags and environment. Throws CliError for flags that contradict each other. */
export function endpoint(flags: Flags, env: Rec<string>): Endpoint {
  const hosts = listFlag(flags, 'host');
  const context = textFlag(flags, 'context');
  if (hosts.length > 1) throw new CliError('specify only one -H');
  if (context !== undefined && hosts.length > 0) {
    throw new CliError('conflicting options: cannot specify both --host and --context');
  }
  const host = hosts[0] ?? (context === undefined ? env.DOCKER_HOST : undefined);
  const name = context ?? (host ? undefined : env.DOCKER_CONTEXT);
  if (name !== undefined && name !== '' && name !== 'default') return missingContext(name, flags, env);
  return address(host ?? '');
}

/** The folder with the client's configuration. */
export function configFolder(flags: Flags, env: Rec<string>): string {
  return textFlag(flags, 'config') || env.DOCKER_CONFIG || `${env.HOME ?? ''}/.docker`;
}

function address(text: string): Endpoint {
  const [, scheme, rest = text] = /^([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === 'ssh') throw notSimulated(`the address ${text}`);
  if (scheme === 'unix') return { host: rest === '' ? defaultHost : text };
  if (scheme === 'tcp' || (scheme === undefined && rest !== '')) return { host: `tcp://${withPort(rest)}` };
  if (scheme === undefined) return { host: defaultHost };
  return failed(`invalid bind address format: ${text}`);
}

function withPort(text: string): string {
  return /:\d+$/.test(text) ? text : `${text || 'localhost'}:2375`;
}

function missingContext(name: string, flags: Flags, env: Rec<string>): Endpoint {
  const file = `${configFolder(flags, env)}/contexts/meta/${bytesToHex(sha256(utf8ToBytes(name)))}/meta.json`;
  return failed(`context "${name}": context not found: open ${file}: no such file or directory`);
}

function failed(problem: string): Endpoint {
  return { problem: `Failed to initialize: unable to resolve docker endpoint: ${problem}` };
}
