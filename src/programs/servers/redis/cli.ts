import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Program } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Io, StartIo } from '../../makers/io.ts';
import { rawReply, shownReply } from './format.ts';
import { encodeCommand, parseReply, splitWords } from './resp.ts';
import { redisVersion } from './settings.ts';

type State = {
  readonly host: string;
  readonly port: number;
  readonly fd: number | null;
  /** Commands to send, and how many replies are awaited of those that were sent. */
  readonly queue: readonly (readonly string[])[];
  /** The words of commands that were sent; null: its reply is not printed. */
  readonly sent: readonly (readonly string[] | null)[];
  readonly received: string;
  /** Reading commands from standard input: what is there of a line; null: a command was given as arguments. */
  readonly line: string | null;
  readonly prompt: boolean;
  readonly raw: boolean;
  readonly db: number;
  readonly status: number;
  readonly ended: boolean;
};

/** redis-cli: one command, commands from a pipe, or a prompt. */
export const redisCli: Program = buffered<State>(
  { name: 'redis-cli', flavour: 'coreutils' },
  {
    start(io) {
      const begun = begin(io);
      if (typeof begun === 'number') return { exit: begun };
      return connect(begun, io, true);
    },
    step: (state, _wake, io) => run(state, io),
  },
);

function begin(io: StartIo): State | number {
  let host = '127.0.0.1';
  let port = 6379;
  let password = io.env.REDISCLI_AUTH ?? '';
  let user = '';
  let db = 0;
  let raw = !io.sys.isatty(1);
  let warn = true;
  const words: string[] = [];
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i] ?? '';
    const value = () => io.args[++i] ?? '';
    if (words.length > 0 || !arg.startsWith('-') || /^-\d/.test(arg)) words.push(arg);
    else if (arg === '-h') host = value();
    else if (arg === '-p') port = Number(value());
    else if (arg === '-a' || arg === '--pass') {
      password = value();
      if (warn && !io.args.includes('--no-auth-warning')) {
        io.err("Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n");
        warn = false;
      }
    } else if (arg === '--user') user = value();
    else if (arg === '-n') db = Number(value());
    else if (arg === '--raw') raw = true;
    else if (arg === '--no-raw') raw = false;
    else if (arg === '--no-auth-warning') warn = false;
    else if (arg === '--version' || arg === '-v') {
      io.out(`redis-cli ${redisVersion(io.sys, io.env)}\n`);
      return 0;
    } else if (
      /^(?:-[rixsuetd23]|--(?:csv|json|scan|pipe|bigkeys|stat|latency|tls|eval|cluster|replica|rdb|hotkeys|memkeys|help))$/.test(
        arg,
      )
    ) {
      io.err(encodeUtf8(`drydock: redis-cli ${arg} is not simulated\n`));
      return 1;
    } else {
      io.err(encodeUtf8(`Unrecognized option or bad number of args for: '${arg}'\n`));
      return 1;
    }
  }
  const first: string[][] = [];
  if (password !== '') first.push(user === '' ? ['AUTH', password] : ['AUTH', user, password]);
  if (db !== 0) first.push(['SELECT', String(db)]);
  return {
    host,
    port,
    fd: null,
    queue: [...first.map((each) => ['', ...each]), ...(words.length > 0 ? [words] : [])],
    sent: [],
    received: '',
    line: words.length > 0 ? null : '',
    prompt: words.length === 0 && io.sys.isatty(0),
    raw,
    db,
    status: 0,
    ended: false,
  };
}

function connect(state: State, io: Io, first: boolean): Next<State> {
  const addresses = io.sys.net.resolve(state.host);
  const [address] = addresses;
  const fd = address === undefined ? undefined : io.sys.net.connect(address, state.port);
  if (fd === undefined || isErrno(fd)) {
    const why = fd === undefined ? 'Name or service not known' : strerror(fd);
    io.err(encodeUtf8(`Could not connect to Redis at ${state.host}:${state.port}: ${why}\n`));
    if (!state.prompt) return { exit: 1 };
    if (first) io.out(promptOf(state));
    return run({ ...state, fd: null, queue: [] }, io, false);
  }
  io.sys.onSignal('SIGPIPE', 'ignore');
  const next = { ...state, fd };
  if (state.prompt && first && state.queue.length === 0) io.out(promptOf(next));
  return run(next, io, false);
}

function promptOf({ host, port, fd, db }: State): string {
  return fd === null ? 'not connected> ' : `${host}:${port}${db === 0 ? '' : `[${db}]`}> `;
}

function run(from: State, io: Io, _woken = true): Next<State> {
  let state = from;
  for (;;) {
    const [words, ...queue] = state.queue;
    if (state.sent.length > 0) {
      const next = receive(state, io);
      if ('wait' in next || 'exit' in next) return next;
      state = next.state;
    } else if (words) {
      if (state.fd === null) return connect(state, io, false);
      const silent = words[0] === '';
      const command = silent ? words.slice(1) : words;
      const taken = io.sys.write(state.fd, encodeUtf8(encodeCommand(command.map(encodeUtf8))));
      if (isErrno(taken)) {
        io.err('Error: Server closed the connection\n');
        state = { ...state, fd: null, queue };
        if (!state.prompt) return { exit: 1 };
        io.out(promptOf(state));
      } else state = { ...state, queue, sent: [silent ? ['', ...command] : command] };
    } else if (state.line === null || state.ended) return { exit: state.status };
    else {
      const next = readLine(state, io);
      if ('wait' in next) return next;
      state = next.state;
    }
  }
}

type Step =
  | { readonly state: State }
  | { readonly state: State; readonly wait: { readonly readable: readonly number[] } }
  | { readonly exit: number };

function receive(state: State, io: Io): Step {
  const parsed = parseReply(state.received);
  const fd = state.fd ?? 0;
  if (!parsed) {
    const got = io.sys.read(fd, 65536);
    if (got === 'again') return { state, wait: { readable: [fd] } };
    if (got !== 'eof' && !isErrno(got)) return receive({ ...state, received: state.received + got.bytes }, io);
    // a server that was told to shut down answers nothing
    const told = state.sent[0]?.[0]?.toLowerCase() === 'shutdown';
    if (!told) io.err('Error: Server closed the connection\n');
    io.sys.close(fd);
    const lost = { ...state, fd: null, sent: [], received: '' };
    if (!state.prompt) return { exit: told ? 0 : 1 };
    io.out(promptOf(lost));
    return { state: lost };
  }
  const [words] = state.sent;
  let next: State = { ...state, sent: [], received: parsed.rest };
  const failed = 'error' in parsed.reply;
  const name = words?.[0] ?? '';
  if (name === '') {
    if (failed && words?.[1] === 'AUTH') io.err(`AUTH failed: ${'error' in parsed.reply ? parsed.reply.error : ''}\n`);
    if (state.prompt && state.queue.length === 0) io.out(promptOf(next));
    return { state: next };
  }
  if (name.toLowerCase() === 'select' && !failed) next = { ...next, db: Number(words?.[1] ?? 0) };
  const text = name.toLowerCase() === 'info' && 'bulk' in parsed.reply ? (parsed.reply.bulk ?? '') : undefined;
  io.out(`${text ?? (state.raw ? rawReply(parsed.reply) : shownReply(parsed.reply))}\n`);
  if (state.line === null && failed) next = { ...next, status: 1 };
  if (state.prompt) io.out(promptOf(next));
  return { state: next };
}

function readLine(
  state: State,
  io: Io,
): { readonly state: State } | { readonly state: State; readonly wait: { readonly readable: readonly number[] } } {
  const line = state.line ?? '';
  const end = line.indexOf('\n');
  if (end < 0) {
    const got = io.sys.read(0, 65536);
    if (got === 'again') return { state, wait: { readable: [0] } };
    if (got !== 'eof' && !isErrno(got)) return { state: { ...state, line: line + got.bytes } };
    if (line === '') {
      if (state.prompt) io.out('\n');
      return { state: { ...state, ended: true } };
    }
    return { state: { ...state, line: `${line}\n` } };
  }
  const text = line.slice(0, end);
  const rest = { ...state, line: line.slice(end + 1) };
  const words = splitWords(text);
  if (!words) {
    io.out('Invalid argument(s)\n');
    if (state.prompt) io.out(promptOf(rest));
    return { state: rest };
  }
  const [first = ''] = words;
  if (/^(?:quit|exit)$/i.test(first)) return { state: { ...rest, ended: true } };
  if (first === '') {
    if (state.prompt) io.out(promptOf(rest));
    return { state: rest };
  }
  if (first.toLowerCase() === 'clear') {
    io.out(`\x1b[H\x1b[2J${promptOf(rest)}`);
    return { state: rest };
  }
  return { state: { ...rest, queue: [words] } };
}
