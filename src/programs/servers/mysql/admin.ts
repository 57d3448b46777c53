import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next, Program } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Io, StartIo } from '../../makers/io.ts';
import { type Link, openLink, receiveReply, sendRequest } from '../sql/link.ts';
import { mysqlOptions } from './client-options.ts';
import { connectionError } from './errors.ts';
import { socketPath } from './server.ts';

type State = { readonly bell: boolean; readonly name: string; readonly link: Link; readonly host: string };

/** mysqladmin: `ping`. */
export const mysqlAdmin: Program = buffered<State>(
  { name: 'mysqladmin', flavour: 'coreutils' },
  { start, step: (state, _wake, io) => finish(state, io) },
) as unknown as Program;

function start(io: StartIo): Next<State> {
  const options = mysqlOptions(io, 'mysqladmin');
  if (typeof options === 'number') return { exit: options };
  const { flavour, host, port, user, password, command, format } = options;
  if (command !== 'ping') {
    io.err(encodeUtf8(`drydock: mysqladmin ${command} is not simulated\n`));
    return { exit: 1 };
  }
  const socket = host === '' || host === 'localhost';
  const there = !socket || !isErrno(io.sys.fs.stat(socketPath));
  const link = there ? openLink(io.sys, socket ? '127.0.0.1' : host, port) : 'unknown';
  if (link === 'unknown' || isErrno(link)) {
    const why = connectionError(flavour, socket ? '' : host, port, link).replace(/^\d+ \(\w+\): /, '');
    const server = flavour === 'mysql' ? 'mysqld' : 'mariadbd';
    const path = flavour === 'mysql' ? socketPath : '/run/mysqld/mysqld.sock';
    const away = flavour === 'mysql' && !socket;
    const hint = away
      ? `Check that ${server} is running on ${host} and that the port is ${port}.`
      : `Check that ${server} is running and that the socket: '${path}' exists!`;
    const text = `${flavour === 'mysql' ? '' : '\x07'}mysqladmin: connect to server at '${socket ? 'localhost' : host}' failed\nerror: '${why}'\n${hint}\n`;
    if (format !== 'tabs') io.err(encodeUtf8(text));
    return { exit: 1 };
  }
  sendRequest(io.sys, link, { hello: { user, database: '', password, socket } });
  return finish({ bell: flavour === 'mariadb', name: 'mysqladmin', link, host: socket ? 'localhost' : host }, io);
}

/** A server that refuses the user is alive, too: the status is 0. */
function finish(state: State, io: Io): Next<State> {
  const received = receiveReply(io.sys, state.link);
  if (received === 'lost') return { exit: 1 };
  if ('wait' in received) return { state: { ...state, link: received.wait }, wait: { readable: [received.wait.fd] } };
  const { reply } = received;
  if ('refused' in reply) {
    io.err(
      encodeUtf8(
        `${state.bell ? '\x07' : ''}${state.name}: connect to server at '${state.host}' failed\nerror: '${reply.refused.message}'\n`,
      ),
    );
  } else io.out('mysqld is alive\n');
  return { exit: 0 };
}
