import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next, Program } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Io } from '../../makers/io.ts';
import type { Answer } from '../sql/engine.ts';
import { type Link, openLink, receiveReply, sendRequest } from '../sql/link.ts';
import { endOfStatement } from '../sql/tokens.ts';
import { box, tabs, vertical } from './box.ts';
import { mysqlOptions, type Options } from './client-options.ts';
import { connectionError } from './errors.ts';
import { socketPath } from './server.ts';

type State = {
  readonly options: Options;
  readonly database: string;
  readonly link: Link | null;
  readonly format: 'box' | 'tabs';
  /** Text to run that is there, the line that it has come to, and whether more may come. */
  readonly text: string;
  readonly line: number;
  readonly ended: boolean;
  readonly prompt: boolean;
  readonly awaits: 'nothing' | 'hello' | 'reply' | 'password';
  readonly sent: string;
  readonly sentLine: number;
  readonly upright: boolean;
};

/** mysql, mariadb: the terminal of MySQL. */
export const mysqlClient: Program = buffered<State>(
  { name: 'mysql', flavour: 'coreutils' },
  {
    start(io) {
      const options = mysqlOptions(io, 'mysql');
      if (typeof options === 'number') return { exit: options };
      const { execute, database } = options;
      const prompt = execute === null && io.sys.isatty(0);
      const shown = io.sys.isatty(1) && (prompt || execute !== null) ? 'box' : 'tabs';
      const ask = options.ask && io.sys.isatty(0);
      const state: State = {
        options,
        database,
        link: null,
        format: options.format ?? shown,
        text: execute ?? '',
        line: 1,
        ended: execute !== null,
        prompt,
        awaits: ask ? 'password' : 'nothing',
        sent: '',
        sentLine: 1,
        upright: false,
      };
      if (!ask) return connect(state, options.password, io);
      io.err('Enter password: ');
      io.sys.termios(0, { echo: false });
      return run(state, io);
    },
    step: (state, wake, io) =>
      wake.on === 'signal' && wake.signal === 'SIGINT' ? interrupted(state, io) : run(state, io),
  },
) as unknown as Program;

function connect(state: State, password: string | null, io: Io): Next<State> {
  const { host, port, user, database, flavour } = state.options;
  const socket = host === '' || host === 'localhost';
  const there = !socket || !isErrno(io.sys.fs.stat(socketPath));
  const link = there ? openLink(io.sys, socket ? '127.0.0.1' : host, port) : 'unknown';
  if (link === 'unknown' || isErrno(link)) {
    io.err(encodeUtf8(`ERROR ${connectionError(flavour, socket ? '' : host, port, link)}\n`));
    return { exit: 1 };
  }
  io.sys.onSignal('SIGPIPE', 'ignore');
  sendRequest(io.sys, link, { hello: { user, database, password, socket } });
  return run({ ...state, link, awaits: 'hello' }, io);
}

/** Ctrl-C: mysql gives the statement up, mariadb ends. */
function interrupted(state: State, io: Io): Next<State> {
  if (state.awaits !== 'nothing') return run(state, io);
  if (state.options.flavour !== 'mysql') {
    io.out('Ctrl-C -- exit!\nAborted\n');
    return { exit: 1 };
  }
  const cleared = { ...state, text: '' };
  io.out(encodeUtf8(`\n${promptOf(cleared)}`));
  return run(cleared, io);
}

function promptOf({ text, options, database }: State): string {
  if (text.trim() !== '') return '    -> ';
  return options.flavour === 'mysql' ? 'mysql> ' : `MariaDB [${database === '' ? '(none)' : database}]> `;
}

function run(from: State, io: Io): Next<State> {
  let state = from;
  for (;;) {
    if (state.awaits === 'password') {
      const got = io.sys.read(0, 4096);
      if (got === 'again') return { state, wait: { readable: [0] } };
      io.sys.termios(0, { echo: true });
      io.err('\n');
      const typed = got === 'eof' || isErrno(got) ? '' : decodeUtf8(got.bytes).replace(/\n$/, '');
      return connect({ ...state, awaits: 'nothing' }, typed, io);
    }
    const next = state.awaits !== 'nothing' && state.link ? receive(state, state.link, io) : feed(state, io);
    if (!('options' in next)) return next;
    state = next;
  }
}

function receive(state: State, link: Link, io: Io): State | Next<State> {
  const received = receiveReply(io.sys, link);
  const { flavour, force } = state.options;
  if (received === 'lost') {
    const server = flavour === 'mysql' ? 'MySQL server' : 'server';
    io.err(
      encodeUtf8(
        `ERROR 2013 (HY000)${state.prompt ? '' : ` at line ${state.sentLine}`}: Lost connection to ${server} during query\n`,
      ),
    );
    return { exit: 1 };
  }
  if ('wait' in received) return { state: { ...state, link: received.wait }, wait: { readable: [received.wait.fd] } };
  const { reply } = received;
  if ('refused' in reply) {
    io.err(encodeUtf8(`ERROR ${reply.refused.number} (${reply.refused.state}): ${reply.refused.message}\n`));
    return { exit: 1 };
  }
  let next: State = { ...state, link: received.link, awaits: 'nothing' };
  if ('welcome' in reply && state.prompt) {
    io.sys.onSignal('SIGINT', 'catch');
    io.out(encodeUtf8(banner(state, reply.welcome.version, reply.welcome.number)));
  }
  if ('answers' in reply) {
    next = { ...next, database: reply.database ?? '' };
    let failed = false;
    for (const answer of reply.answers) failed = print(state, answer, io) || failed;
    if (failed && !state.prompt && !force) return { exit: 1 };
    if (state.prompt && /^use\b/i.test(state.sent) && !failed) io.out('Database changed\n');
  }
  if (next.prompt) io.out(encodeUtf8(promptOf(next)));
  return next;
}

function banner({ options }: State, version: string, number: number): string {
  const [name, rest] =
    options.flavour === 'mysql'
      ? ['MySQL', 'MySQL Community Server - GPL']
      : ['MariaDB', 'mariadb.org binary distribution'];
  const help = "Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.";
  return `Welcome to the ${name} monitor.  Commands end with ; or \\g.\nYour ${name} connection id is ${number}\nServer version: ${version} ${rest}\n\n${help}\n\n`;
}

/** Prints an answer; true when it was an error. */
function print(state: State, answer: Answer, io: Io): boolean {
  const { flavour, verbose, names } = state.options;
  const talk = state.prompt || verbose >= 2;
  const time = state.prompt ? (flavour === 'mysql' ? ' (0.00 sec)' : ' (0.000 sec)') : '';
  const plural = (count: number) => `${count} row${count === 1 ? '' : 's'}`;
  if (answer.error) {
    const quiet = state.prompt || flavour === 'mysql' || /^use\b/i.test(state.sent);
    if (!quiet) io.err(encodeUtf8(`--------------\n${state.sent}\n--------------\n\n`));
    const { number, state: code, message } = answer.error;
    io.err(encodeUtf8(`ERROR ${number} (${code})${state.prompt ? '' : ` at line ${state.sentLine}`}: ${message}\n`));
    return true;
  }
  if (answer.columns) {
    const rows = answer.rows ?? [];
    const shown = state.upright ? vertical(answer) : state.format === 'box' ? box(answer) : tabs(answer, names);
    if (rows.length > 0) io.out(encodeUtf8(shown));
    if (talk) io.out(rows.length === 0 ? `Empty set${time}\n\n` : `${plural(rows.length)} in set${time}\n\n`);
  } else if (talk && answer.affected !== undefined) {
    io.out(
      `Query OK, ${plural(answer.affected)} affected${time}\n${answer.info === undefined ? '' : `${answer.info}\n`}\n`,
    );
  }
  return false;
}

/** Takes a statement or a word of the client's own from the text, or reads more of it. */
function feed(state: State, io: Io): State | Next<State> {
  const lead = /^\s*/.exec(state.text)?.[0] ?? '';
  const line = state.line + lead.split('\n').length - 1;
  const text = state.text.slice(lead.length);
  const word = /^(exit|quit|\\q|help|\\h|\?|\\s|status|source|\\\.|use)(?![\w(])[ \t]*([^;\n]*)(;|\n|$)/i.exec(text);
  if (word && (word[3] !== '' || state.ended)) {
    const [all = '', command = '', argument = '', end = ''] = word;
    const rest: State = { ...state, text: text.slice(all.length), line: line + (end === '\n' ? 1 : 0) };
    const low = command.toLowerCase();
    if (low === 'exit' || low === 'quit' || low === '\\q') return bye(state, io);
    if (low === 'use') return send(rest, `use ${argument.trim()}`, line, io, false);
    io.err(encodeUtf8(`drydock: mysql ${command} is not simulated\n`));
    if (state.prompt) io.out(encodeUtf8(promptOf(rest)));
    return rest;
  }
  const stop = endOfStatement(text, state.options.flavour);
  const mark = /\\[gG];?/.exec(text);
  const cut = mark && (stop === undefined || mark.index < stop) ? mark.index : stop;
  if (cut !== undefined) {
    const length = mark?.index === cut ? mark[0].length : 1;
    const rest: State = {
      ...state,
      text: text.slice(cut + length),
      line: line + text.slice(0, cut).split('\n').length - 1,
    };
    return send(rest, text.slice(0, cut).trim(), line, io, mark?.index === cut && mark[0].startsWith('\\G'));
  }
  if (state.ended)
    return text.trim() === '' ? bye(state, io) : send({ ...state, text: '', line }, text.trim(), line, io, false);
  const got = io.sys.read(0, 65536);
  if (got === 'again') return { state, wait: { readable: [0] } };
  if (got === 'eof' || isErrno(got)) return { ...state, ended: true };
  const next: State = { ...state, text: state.text + decodeUtf8(got.bytes) };
  const whole =
    endOfStatement(next.text, state.options.flavour) !== undefined ||
    /\\[gG]|^\s*(?:exit|quit|\\q|use|help)/i.test(next.text);
  if (state.prompt && !whole) io.out(encodeUtf8(promptOf(next)));
  return next;
}

function bye(state: State, io: Io): Next<State> {
  if (state.prompt || state.options.verbose >= 2) io.out('Bye\n');
  return { exit: 0 };
}

function send(state: State, query: string, line: number, io: Io, upright: boolean): State {
  if (query === '') return state;
  if (state.options.verbose > 0 && !/^use\b/i.test(query))
    io.out(encodeUtf8(`--------------\n${query}\n--------------\n\n`));
  if (state.link) sendRequest(io.sys, state.link, { query });
  return { ...state, awaits: 'reply', sent: query, sentLine: line, upright };
}
