import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Program } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Io } from '../../makers/io.ts';
import type { Answer } from '../sql/engine.ts';
import { type Link, openLink, receiveReply, sendRequest } from '../sql/link.ts';
import type { Reply } from '../sql/serve.ts';
import { endOfStatement } from '../sql/tokens.ts';
import { showFailure } from './errors.ts';
import { askingOf } from './meta.ts';
import { type Options, psqlOptions, type Target } from './psql-options.ts';
import { socketPath } from './server.ts';
import { showTable } from './table.ts';
import { postgresVersion } from './version.ts';

/** Where text comes from: an argument, a file, or standard input. */
type Source = {
  readonly kind: 'command' | 'file' | 'input';
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly ended: boolean;
  /** The text begins with the rest of a line, for which there is no prompt of its own. */
  readonly rest?: true;
};

type State = {
  readonly options: Options;
  readonly target: Target;
  readonly link: Link | null;
  readonly superuser: boolean;
  readonly mode: 'idle' | 'open' | 'failed';
  readonly sources: readonly Source[];
  /** What of a statement has been read. */
  readonly buffer: string;
  /** What the awaited reply answers. */
  readonly awaits: 'nothing' | 'hello' | 'hello-again' | 'query' | 'look' | 'password';
  readonly sent: string;
  readonly command: string;
  readonly prompt: boolean;
  readonly full: string;
  readonly major: number;
  readonly typed: string;
  readonly echo: boolean;
};

/** psql: the terminal of PostgreSQL. */
export const psql: Program = buffered<State>(
  { name: 'psql', flavour: 'coreutils' },
  {
    start(io) {
      const options = psqlOptions(io);
      if (typeof options === 'number') return { exit: options };
      const { full, major } = postgresVersion(io.sys, io.env);
      const sources: Source[] = [];
      for (const [kind, name] of options.tasks) {
        if (kind === 'command') sources.push({ kind, name, text: name, line: 1, ended: true });
        else if (name === '-') sources.push({ kind: 'input', name: '', text: '', line: 0, ended: false });
        else sources.push({ kind, name, text: '', line: 0, ended: false });
      }
      if (sources.length === 0) sources.push({ kind: 'input', name: '', text: '', line: 0, ended: false });
      const prompt = options.tasks.length === 0 && io.sys.isatty(0);
      const state: State = {
        options,
        target: options.target,
        link: null,
        superuser: false,
        mode: 'idle',
        sources,
        buffer: '',
        awaits: 'nothing',
        sent: '',
        command: '',
        prompt,
        full,
        major,
        typed: '',
        echo: true,
      };
      if (options.ask === 'always') return askPassword(state, io);
      return connect(state, io, false);
    },
    step: (state, wake, io) =>
      run(wake.on === 'signal' && wake.signal === 'SIGINT' ? interrupted(state, io) : state, io),
  },
) as unknown as Program;

/** Ctrl-C: what has been typed of a statement is given up. */
function interrupted(state: State, io: Io): State {
  if (state.awaits === 'query' || state.awaits === 'look') return state;
  const cleared = { ...state, buffer: '' };
  io.out(encodeUtf8(`\n${promptOf(cleared)}`));
  return cleared;
}

function connect(state: State, io: Io, again: boolean): Next<State> {
  const { host, port, user, database, password } = state.target;
  const socket = host === '' || host.startsWith('/');
  const path = host === '' ? socketPath(port) : `${host}/.s.PGSQL.${port}`;
  const where = socket
    ? `on socket "${path}"`
    : `at "${host}"${/^[\d.]+$/.test(host) ? '' : ` (${io.sys.net.resolve(host)[0] ?? ''})`}, port ${port}`;
  const failed = (text: string): Next<State> => {
    io.err(encodeUtf8(again ? `${text}\nPrevious connection kept\n` : `psql: error: ${text}\n`));
    return { exit: 2 };
  };
  if (socket && isErrno(io.sys.fs.stat(path)))
    return failed(
      `connection to server ${where} failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`,
    );
  const link = openLink(io.sys, socket ? '127.0.0.1' : host, port);
  if (link === 'unknown')
    return failed(`could not translate host name "${host}" to address: Name or service not known`);
  if (isErrno(link)) {
    const hint = socket
      ? 'Is the server running locally and accepting connections on that socket?'
      : 'Is the server running on that host and accepting TCP/IP connections?';
    return failed(`connection to server ${where} failed: ${strerror(link)}\n\t${hint}`);
  }
  io.sys.onSignal('SIGPIPE', 'ignore');
  sendRequest(io.sys, link, { hello: { user, database, password, socket } });
  return run({ ...state, link, awaits: again ? 'hello-again' : 'hello', sent: where }, io);
}

function askPassword(state: State, io: Io): Next<State> {
  io.err(encodeUtf8(`Password for user ${state.target.user}: `));
  io.sys.termios(0, { echo: false });
  return run({ ...state, awaits: 'password', typed: '', echo: false }, io);
}

function promptOf(state: State): string {
  const mark = state.superuser ? '#' : '>';
  const open = state.mode === 'idle' ? '' : state.mode === 'open' ? '*' : '!';
  const middle =
    state.buffer.trim() === '' ? '=' : (state.buffer.replace(/''/g, '').split("'").length - 1) % 2 === 1 ? "'" : '-';
  return `${state.target.database}${middle}${open}${mark} `;
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
      return connect({ ...state, awaits: 'nothing', target: { ...state.target, password: typed } }, io, false);
    }
    if (state.awaits !== 'nothing' && state.link) {
      const received = receiveReply(io.sys, state.link);
      if (received === 'lost') {
        const words =
          'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n';
        if (state.awaits !== 'query' && state.awaits !== 'look')
          io.err(encodeUtf8(`psql: error: connection to server ${state.sent} failed: ${words}`));
        else io.err(encodeUtf8(`${words}connection to server was lost\n`));
        return { exit: 2 };
      }
      if ('wait' in received)
        return { state: { ...state, link: received.wait }, wait: { readable: [received.wait.fd] } };
      const next = reply({ ...state, link: received.link }, received.reply, io);
      if (!('options' in next)) return next;
      state = next;
      continue;
    }
    const [source, ...rest] = state.sources;
    if (!source) return { exit: 0 };
    const next = feed(state, source, rest, io);
    if (!('options' in next)) return next;
    state = next;
  }
}

function reply(state: State, answer: Reply, io: Io): State | Next<State> {
  if ('refused' in answer) {
    const { refused } = answer;
    if (
      refused.state === 'needs-password' &&
      state.options.ask === 'needed' &&
      io.sys.isatty(0) &&
      state.target.password === null
    )
      return askPassword({ ...state, link: null }, io);
    const words = refused.state === 'needs-password' ? refused.message : `FATAL:  ${refused.message}`;
    io.err(encodeUtf8(`psql: error: connection to server ${state.sent} failed: ${words}\n`));
    return { exit: 2 };
  }
  if ('welcome' in answer) {
    const ready: State = { ...state, awaits: 'nothing', superuser: answer.welcome.superuser };
    if (state.awaits === 'hello-again') {
      if (!state.options.quiet)
        io.out(
          encodeUtf8(`You are now connected to database "${state.target.database}" as user "${state.target.user}".\n`),
        );
    } else if (state.prompt && !state.options.quiet)
      io.out(encodeUtf8(`psql (${state.full})\nType "help" for help.\n\n`));
    if (ready.prompt) {
      io.sys.onSignal('SIGINT', 'catch');
      io.out(encodeUtf8(promptOf(ready)));
    }
    return ready;
  }
  if ('seen' in answer) return finishLook(state, answer.seen, io);
  const failed = answer.answers.some(({ error }) => error !== undefined);
  for (const each of answer.answers) print(state, each, io);
  const database = answer.database ?? state.target.database;
  const next: State = { ...state, awaits: 'nothing', mode: answer.state, target: { ...state.target, database } };
  return after(next, failed, io);
}

/** After a statement: the end when it failed and that matters, or the next prompt. */
function after(state: State, failed: boolean, io: Io): State | Next<State> {
  const [source] = state.sources;
  if (failed && source?.kind === 'command') return { exit: 1 };
  if (failed && state.options.stop && !state.prompt) return { exit: 3 };
  if (state.prompt && !source?.rest) io.out(encodeUtf8(promptOf(state)));
  return state;
}

function prefix({ sources }: State): string {
  const [source] = sources;
  return source?.kind === 'file' ? `psql:${source.name}:${source.line}: ` : '';
}

function print(state: State, answer: Answer, io: Io): void {
  const { look, quiet } = state.options;
  if (answer.notice) io.err(encodeUtf8(`${prefix(state)}${answer.notice.severity}:  ${answer.notice.message}\n`));
  if (answer.error) io.err(encodeUtf8(`${prefix(state)}${showFailure(answer.error, state.sent)}`));
  if (answer.columns) io.out(encodeUtf8(showTable({ columns: answer.columns, rows: answer.rows ?? [] }, look)));
  const told =
    answer.tag !== undefined && answer.tag !== '' && !(answer.columns && /^(?:SELECT|SHOW)/.test(answer.tag));
  if (told && !quiet) io.out(encodeUtf8(`${answer.tag ?? ''}\n`));
}

function finishLook(state: State, seen: Extract<Reply, { seen: unknown }>['seen'], io: Io): State | Next<State> {
  const [command = '', argument = ''] = state.command.split(/\s+/);
  const shown = askingOf(command, argument, state.major)?.show(seen);
  const next: State = { ...state, awaits: 'nothing' };
  if (!shown) return next;
  if (!('missing' in shown)) {
    io.out(encodeUtf8(showTable(shown, state.options.look)));
    return after(next, false, io);
  }
  const tell = prefix(state) === '' ? '' : `${prefix(state)}error: `;
  io.err(encodeUtf8(`${tell}${shown.missing}\n`));
  return after(next, command === 'd', io);
}

/** Takes a line, a statement or a backslash command from where text comes from. */
function feed(state: State, source: Source, rest: readonly Source[], io: Io): State | Next<State> {
  if (source.kind === 'command') return feedCommand(state, source, rest, io);
  const end = source.text.indexOf('\n');
  if (end < 0 && !source.ended) return more(state, source, rest, io);
  if (end < 0 && source.text === '') {
    const left = state.buffer.trim();
    if (left !== '' && !state.prompt)
      return send(
        { ...state, buffer: '' },
        left,
        rest.length === 0 && source.kind === 'input' ? [{ ...source }] : [source, ...rest],
        io,
      );
    if (state.prompt) io.out('\\q\n');
    return { ...state, buffer: '', sources: rest };
  }
  const line = end < 0 ? source.text : source.text.slice(0, end);
  const { rest: _, ...whole } = source;
  const next: Source = { ...whole, text: end < 0 ? '' : source.text.slice(end + 1), line: source.line + 1 };
  const sources = [next, ...rest];
  const trimmed = line.trim();
  if (trimmed.startsWith('\\')) return backslash({ ...state, sources }, trimmed.slice(1), io);
  if (state.prompt && state.buffer === '' && /^(?:exit|quit)$/.test(trimmed)) return { exit: 0 };
  if (state.prompt && state.buffer === '' && trimmed === 'help') {
    io.out(
      encodeUtf8(
        'You are using psql, the command-line interface to PostgreSQL.\nType:  \\copyright for distribution terms\n       \\h for help with SQL commands\n       \\? for help with psql commands\n       \\g or terminate with semicolon to execute query\n       \\q to quit\n',
      ),
    );
    io.out(encodeUtf8(promptOf(state)));
    return { ...state, sources };
  }
  const text = state.buffer === '' ? line : `${state.buffer}\n${line}`;
  const stop = endOfStatement(text, 'postgres');
  if (stop === undefined) {
    const waiting = { ...state, sources, buffer: text.trim() === '' ? '' : text };
    if (state.prompt) io.out(encodeUtf8(promptOf(waiting)));
    return waiting;
  }
  const tail = text.slice(stop + 1);
  const left: Source =
    tail.trim() === ''
      ? next
      : { ...next, text: `${tail}${end < 0 ? '' : '\n'}${next.text}`, line: source.line, rest: true };
  return send({ ...state, buffer: '' }, text.slice(0, stop + 1).trim(), [left, ...rest], io);
}

function more(state: State, source: Source, rest: readonly Source[], io: Io): State | Next<State> {
  if (source.kind === 'file') {
    const read = io.sys.fs.readFile(source.name);
    if (isErrno(read)) {
      io.err(encodeUtf8(`psql: error: ${source.name}: ${strerror(read)}\n`));
      return { exit: 1 };
    }
    return { ...state, sources: [{ ...source, text: decodeUtf8(read.bytes), ended: true }, ...rest] };
  }
  const got = io.sys.read(0, 65536);
  if (got === 'again') return { state, wait: { readable: [0] } };
  const ended = got === 'eof' || isErrno(got);
  return {
    ...state,
    sources: [{ ...source, text: source.text + (ended ? '' : decodeUtf8(got.bytes)), ended }, ...rest],
  };
}

function feedCommand(state: State, source: Source, rest: readonly Source[], io: Io): State | Next<State> {
  if (source.text === '') return { ...state, sources: rest };
  const sources = [{ ...source, text: '' }, ...rest];
  const trimmed = source.text.trim();
  if (trimmed.startsWith('\\')) return backslash({ ...state, sources }, trimmed.slice(1), io);
  return send(state, source.text, sources, io);
}

function send(state: State, text: string, sources: readonly Source[], io: Io): State {
  const query = text.replace(/:(['"])(\w+)\1/g, (all, quote: string, name: string) => {
    const value = state.options.variables[name];
    return value === undefined ? all : `${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
  });
  if (state.link) sendRequest(io.sys, state.link, { query });
  return { ...state, sources, sent: query, awaits: 'query' };
}

/** Commands of psql that real ones know and this one does not. */
const beyond =
  /^(?:\?|h|help|copy|copyright|df\S*|dn\S*|dv\S*|di\S*|dp|z|dx|dy|e|ef|g\S*|i|ir|o|p|r|s|set|unset|timing|pset|f|H|T|a|C|t|w|watch|password|encoding|errverbose|sv|sf|!|cd|dT\S*|dD\S*|dm\S*|dS\S*|drg|if|else|endif|prompt|qecho|warn|crosstabview|bind|l\+|d\S*\+|dt\+|du\+)$/;

function backslash(state: State, line: string, io: Io): State | Next<State> {
  const text = line.replace(/;+$/, '').trim();
  const [command = '', ...args] = text.split(/\s+/);
  const argument = (args[0] ?? '').replace(/^"(.*)"$/, '$1');
  if (command === 'q')
    return state.sources[0]?.kind === 'input' ? { exit: 0 } : { ...state, buffer: '', sources: state.sources.slice(1) };
  if (command === 'x') {
    const on = args[0] === undefined ? !state.options.look.expanded : args[0] === 'on';
    if (!state.options.quiet) io.out(`Expanded display is ${on ? 'on' : 'off'}.\n`);
    return after({ ...state, options: { ...state.options, look: { ...state.options.look, expanded: on } } }, false, io);
  }
  if (command === 'echo') {
    io.out(encodeUtf8(`${args.join(' ')}\n`));
    return after(state, false, io);
  }
  if (command === 'c' || command === 'connect') {
    const target = { ...state.target, database: args[0] ?? state.target.database, user: args[1] ?? state.target.user };
    if (state.link) io.sys.close(state.link.fd);
    const next = connect({ ...state, target, link: null }, io, true);
    return next;
  }
  if (command === 'conninfo' && state.major < 18) {
    const { host, port, user, database } = state.target;
    const where =
      host === '' || host.startsWith('/')
        ? `via socket in "${host === '' ? '/var/run/postgresql' : host}" at port "${port}"`
        : `on host "${host}"${/^[\d.]+$/.test(host) ? '' : ` (address "${io.sys.net.resolve(host)[0] ?? ''}")`} at port "${port}"`;
    io.out(encodeUtf8(`You are connected to database "${database}" as user "${user}" ${where}.\n`));
    return after(state, false, io);
  }
  const asking = askingOf(command, argument, state.major);
  if (asking && !command.endsWith('+') && state.link) {
    sendRequest(io.sys, state.link, { look: [...asking.look] });
    return { ...state, awaits: 'look', command: `${command} ${argument}` };
  }
  const known = beyond.test(command) || command === 'conninfo';
  io.err(
    encodeUtf8(
      `${prefix(state)}${known ? `drydock: psql \\${command} is not simulated` : `invalid command \\${command}`}\n`,
    ),
  );
  if (!known && state.prompt) io.err('Try \\? for help.\n');
  return after(state, true, io);
}
