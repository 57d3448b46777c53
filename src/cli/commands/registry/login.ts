import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Wake } from '../../../kernel/program.ts';
import { configPath, hubKey, keepUser, serverKey, userOf } from '../../auth-config.ts';
import { type Client, call, complain, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { atMost } from '../../flags/arity.ts';
import { boolFlag, type Flags, textFlag } from '../../flags/parse.ts';
import type { Turn, Verb } from '../../verb.ts';

/** What is kept while somebody types: what is known already, and what is asked for. */
interface LoginState {
  readonly [key: string]: Json | undefined;
  readonly server: string;
  readonly asking: 'username' | 'password' | 'stdin';
  readonly username?: string;
  readonly password?: string;
  readonly typed: string;
}

/** docker login: makes a user known to a registry, and keeps the name in the client's configuration. */
export const login: Verb = {
  names: ['login'],
  usage: '[OPTIONS] [SERVER]',
  flags: 'password,p:string password-stdin username,u:string',
  arity: atMost(1),
  run(client, flags, [server = '']) {
    const username = textFlag(flags, 'username');
    const password = textFlag(flags, 'password');
    check(client, flags, username, password);
    const state: LoginState = {
      server,
      asking: 'username',
      typed: '',
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
    };
    if (boolFlag(flags, 'password-stdin')) return listen(client, { ...state, asking: 'stdin' }) as Turn;
    const known = username || password ? undefined : userOf(client, serverKey(server));
    if (known !== undefined) return again(client, server, known);
    return ask(client, state) as Turn;
  },
  resume(state, wake, client) {
    return heard(client, state as unknown as LoginState, wake) as Turn;
  },
};

function check(client: Client, flags: Flags, username: string | undefined, password: string | undefined): void {
  const fromStdin = boolFlag(flags, 'password-stdin');
  if (username?.trim() === '' && flags.has('username')) throw new CliError('username is empty');
  if (password !== undefined) {
    if (fromStdin) throw new CliError('conflicting options: cannot specify both --password and --password-stdin');
    complain(client, 'WARNING! Using --password via the CLI is insecure. Use --password-stdin.');
  }
  if (fromStdin && !username) throw new CliError('the --password-stdin option requires --username to be set');
}

/** The registry knows the user from before. */
function again(client: Client, server: string, username: string): Turn {
  complain(client, `Authenticating with existing credentials... [Username: ${username}]`);
  const note = "To login with a different account, run 'docker logout' followed by 'docker login'";
  complain(client, `\n${info(client)}${slanted(client, note)}\n\n`);
  return enter(client, server, username, 'kept');
}

/** Asks for what is not known yet; then logs in. */
function ask(client: Client, state: LoginState): Turn<LoginState> {
  const { username, password, server } = state;
  if (username !== undefined && password !== undefined) return enter(client, server, username, password);
  if (!client.sys.isatty(0)) throw new CliError('Error: Cannot perform an interactive login from a non TTY device');
  client.sys.onSignal('SIGINT', 'catch');
  const put = (text: string) => client.output.push([1, encodeUtf8(text)]);
  if (username === undefined) {
    if (serverKey(server) === hubKey) {
      // the login page of the Hub is not in this world: what the client does then is to ask on the terminal
      complain(client, 'Failed to start web-based login - falling back to command line login...\n');
      say(client, hubNotice);
    }
    put('Username: ');
    return listen(client, { ...state, asking: 'username' });
  }
  if (serverKey(server) === hubKey) {
    const lines = ['A Personal Access Token (PAT) can be used instead.', `To create a PAT, visit ${tokenPage(client)}`];
    const indent = ' '.repeat(9);
    const text = [...lines, '', ''].map((line) => slanted(client, line)).join(`\n${indent}`);
    put(`\n${info(client)}${text}\n`);
  }
  client.sys.termios(0, { echo: false });
  put('Password: ');
  return listen(client, { ...state, asking: 'password' });
}

const hubNotice =
  'Log in with your Docker ID or email address to push and pull images from Docker Hub. ' +
  "If you don't have a Docker ID, head over to https://hub.docker.com/ to create one.\n" +
  'You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better ' +
  'security and is required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/\n';

function heard(client: Client, state: LoginState, wake: Wake): Turn<LoginState> {
  if (wake.on !== 'signal') return listen(client, state);
  if (state.asking === 'password') client.sys.termios(0, { echo: true });
  say(client, '');
  return { exit: 0 };
}

/** Reads what is typed, a line of it, or all of the input for --password-stdin. */
function listen(client: Client, state: LoginState): Turn<LoginState> {
  const whole = state.asking === 'stdin';
  let { typed } = state;
  let ended = false;
  while (!ended && (whole || !typed.includes('\n'))) {
    const got = client.sys.read(0, 1024);
    if (got === 'again') return { state: { ...state, typed }, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) ended = true;
    else typed += got.bytes;
  }
  return typedIn(client, { ...state, typed: '' }, decodeUtf8(typed));
}

function typedIn(client: Client, state: LoginState, typed: string): Turn<LoginState> {
  const line = (typed.split('\n')[0] ?? '').replace(/\r$/, '');
  switch (state.asking) {
    case 'stdin': {
      const password = typed.replace(/\n$/, '').replace(/\r$/, '');
      return ask(client, { ...state, ...(password === '' ? {} : { password }) });
    }
    case 'username':
      if (line.trim() === '') throw new CliError('Error: Non-null Username Required');
      return ask(client, { ...state, username: line.trim() });
    default:
      client.sys.termios(0, { echo: true });
      say(client, '');
      if (line === '') throw new CliError('Error: Password Required');
      return enter(client, state.server, state.username ?? '', line);
  }
}

/** Asks the engine to ask the registry; keeps the user's name. */
function enter(client: Client, server: string, username: string, password: string): Turn<LoginState> {
  const key = serverKey(server);
  const body = { username, password, serveraddress: key };
  const { Status } = call(client, { method: 'POST', path: '/auth', body }) as { readonly Status: string };
  if (keepUser(client, key, username)) {
    complain(
      client,
      `\nWARNING! Your credentials are stored unencrypted in '${configPath(client)}'.\n` +
        'Configure a credential helper to remove this warning. See\n' +
        'https://docs.docker.com/go/credential-store/\n',
    );
  }
  say(client, Status);
  return { exit: 0 };
}

function coloured(client: Client): boolean {
  return client.sys.isatty(2);
}

/** The client's mark for a hint: coloured on a terminal. */
function info(client: Client): string {
  return coloured(client) ? '\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m' : ' Info -> ';
}

function slanted(client: Client, text: string): string {
  return coloured(client) ? `\x1b[3m${text}\x1b[0m` : text;
}

function tokenPage(client: Client): string {
  const page = 'https://app.docker.com/settings';
  return coloured(client) ? `\x1b[4m${page}\x1b[0m` : page;
}
