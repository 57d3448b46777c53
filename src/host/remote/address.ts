import type { Destination } from './reach.ts';
import { sshPort } from './reach.ts';

/** What `ssh://[USER@]HOST[:PORT][/PATH]` asks for, and the words of the command that Docker's client then runs. */
export interface SshAddress extends Destination {
  readonly command: string;
  /** The socket there, when the address names one. */
  readonly socket?: string;
}

/** Reads an address that the client has found valid (see src/cli/endpoint.ts). */
export function sshAddress(text: string): SshAddress {
  const [, user, host = '', port, path = ''] = /^ssh:\/\/(?:([^@/]*)@)?([^:/]*)(?::(\d+))?(\/.*)?$/.exec(text) ?? [];
  const words = [
    ...(user ? ['-l', user] : []),
    ...(port === undefined ? [] : ['-p', port]),
    '-o',
    'ConnectTimeout=30',
    '-T',
    '--',
    host,
    'docker',
    ...(path === '' || path === '/' ? [] : [`'--host=unix://${path}'`]),
    'system',
    'dial-stdio',
  ];
  return {
    host,
    port: port === undefined ? sshPort : Number(port),
    ...(user ? { user } : {}),
    ...(path === '' || path === '/' ? {} : { socket: path }),
    command: `ssh ${words.join(' ')}`,
  };
}
