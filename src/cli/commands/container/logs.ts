import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, openStream } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { timestamp } from '../../format/timestamp.ts';
import { demultiplex } from '../../streams/frames.ts';
import { done, type Turn, type Verb } from '../../verb.ts';
import { containerName } from '../each.ts';
import { inspectContainer } from './facts.ts';

/** Where reading a log stands. */
interface LogState {
  readonly [key: string]: Json;
  readonly fd: number;
  /** The container's output is not framed. */
  readonly tty: boolean;
  readonly partial: string;
}

/** docker logs: what a container has written, and with -f what it goes on to write. */
export const logs: Verb = {
  names: ['logs', 'container logs'],
  usage: '[OPTIONS] CONTAINER',
  flags: 'details follow,f since:string tail,n:string timestamps,t until:string',
  arity: exactly(1),
  run(client, flags, [container = '']) {
    const facts = inspectContainer(client, `/containers/${containerName(container)}`);
    const query = {
      stdout: '1',
      stderr: '1',
      ...moment(client, 'since', textFlag(flags, 'since')),
      ...moment(client, 'until', textFlag(flags, 'until')),
      ...(boolFlag(flags, 'timestamps') ? { timestamps: '1' } : {}),
      ...(boolFlag(flags, 'details') ? { details: '1' } : {}),
      ...(boolFlag(flags, 'follow') ? { follow: '1' } : {}),
      tail: textFlag(flags, 'tail') ?? 'all',
    };
    const fd = openStream(client, { method: 'GET', path: `/containers/${facts.Id}/logs`, query });
    return read(client, { fd, tty: facts.Config.Tty, partial: '' });
  },
  resume(state, _wake, client) {
    return read(client, state as unknown as LogState);
  },
};

function moment(client: Client, name: string, text: string | undefined): { [name: string]: string } {
  if (!text) return {};
  const value = timestamp(text, client.sys.now);
  if (value !== undefined) return { [name]: value };
  const reason = `failed to parse value as time or duration: ${JSON.stringify(text)}`;
  throw new CliError(`invalid value for "${name}": ${reason}`);
}

function read(client: Client, state: LogState): Turn {
  const got = client.sys.read(state.fd, 65_536);
  if (got === 'eof' || (got !== 'again' && isErrno(got))) return done;
  let next = state;
  if (got !== 'again' && state.tty) client.output.push([1, got.bytes]);
  else if (got !== 'again') {
    const { output, rest } = demultiplex(state.partial + got.bytes);
    client.output.push(...output);
    next = { ...state, partial: rest };
  }
  return { state: next, wait: { readable: [state.fd] } };
}
