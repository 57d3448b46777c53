import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Cluster, Session } from './database.ts';
import { type Answer, type Asked, runText } from './engine.ts';
import { type Failure, sqlError } from './errors.ts';

/** What a client says first. `socket`: it came by the server's socket file, not over the network. */
export type Hello = {
  readonly user: string;
  readonly database: string;
  readonly password: string | null;
  readonly socket: boolean;
};

/** Requests and replies are JSON, one a line: simpler than the real protocols, and only the simulation's own clients speak it. */
export type Request = { readonly hello: Hello } | { readonly query: string } | { readonly look: Json };

export type Reply =
  | { readonly refused: Failure }
  | { readonly welcome: { readonly version: string; readonly superuser: boolean; readonly number: number } }
  | {
      readonly answers: readonly Answer[];
      readonly state: 'idle' | 'open' | 'failed';
      readonly database: string | null;
    }
  | { readonly seen: Json };

export type Client = {
  readonly fd: number;
  readonly remote: string;
  readonly number: number;
  readonly input: string;
  readonly output: string;
  readonly session: Session | null;
  /** The data as its open transaction sees them, and how old they were at its begin. */
  readonly own: Cluster | null;
  readonly since: number;
  readonly closing: boolean;
};

export type Served = {
  readonly listener: number;
  readonly clients: readonly Client[];
  readonly cluster: Cluster;
  /** Counts what was committed. */
  readonly version: number;
  readonly connections: number;
};

export interface Rules {
  readonly asked: Asked;
  /** A session for the client, or why not. */
  admit(hello: Hello, remote: string, cluster: Cluster): Session | Failure;
  /** Facts that a client's own commands ask for. */
  look(what: Json, cluster: Cluster, session: Session): Json;
  save(before: Cluster, after: Cluster): void;
  failed(failure: Failure, text: string, client: Client): void;
}

/** Takes connections and answers what clients have sent. */
export function serveClients(sys: Sys, from: Served, rules: Rules): Served {
  let state = from;
  for (;;) {
    const taken = sys.net.accept(state.listener);
    if (taken === 'again' || isErrno(taken)) break;
    const number = state.connections + 1;
    const client = {
      fd: taken.fd,
      remote: taken.remote,
      number,
      input: '',
      output: '',
      session: null,
      own: null,
      since: 0,
      closing: false,
    };
    state = { ...state, connections: number, clients: [...state.clients, client] };
  }
  const left: Client[] = [];
  for (const client of state.clients) {
    const served = serveOne(sys, state, client, rules);
    state = served.state;
    if (served.client) left.push(served.client);
  }
  return { ...state, clients: left };
}

export function waitFor(state: Served): { readonly readable: readonly number[]; readonly writable: readonly number[] } {
  return {
    readable: [state.listener, ...state.clients.map(({ fd }) => fd)],
    writable: state.clients.filter(({ output }) => output !== '').map(({ fd }) => fd),
  };
}

function serveOne(
  sys: Sys,
  from: Served,
  before: Client,
  rules: Rules,
): { readonly state: Served; readonly client: Client | undefined } {
  let state = from;
  let client = before;
  for (;;) {
    const end = client.input.indexOf('\n');
    if (end >= 0 && !client.closing) {
      const line = client.input.slice(0, end);
      client = { ...client, input: client.input.slice(end + 1) };
      const request = parseRequest(line);
      if (!request) {
        client = { ...client, closing: true };
        continue;
      }
      sys.spend(50);
      const done = answer(state, client, request, rules);
      state = done.state;
      client = { ...done.client, output: `${done.client.output}${encodeUtf8(JSON.stringify(done.reply))}\n` };
      continue;
    }
    const got = client.closing ? 'again' : sys.read(client.fd, 65536);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) client = { ...client, closing: true };
    else client = { ...client, input: client.input + got.bytes };
  }
  while (client.output !== '') {
    const taken = sys.write(client.fd, client.output);
    if (taken === 'again') return { state, client };
    client = isErrno(taken)
      ? { ...client, output: '', closing: true }
      : { ...client, output: client.output.slice(taken) };
  }
  if (!client.closing) return { state, client };
  sys.close(client.fd);
  return { state, client: undefined };
}

/** Undefined: it speaks another protocol. */
function parseRequest(line: string): Request | undefined {
  try {
    return JSON.parse(decodeUtf8(line)) as Request;
  } catch {
    return undefined;
  }
}

function answer(
  state: Served,
  client: Client,
  request: Request,
  rules: Rules,
): { readonly state: Served; readonly client: Client; readonly reply: Reply } {
  const { asked } = rules;
  if ('hello' in request) {
    const session = rules.admit(request.hello, client.remote, state.cluster);
    if ('message' in session) {
      rules.failed(session, '', client);
      return { state, client: { ...client, closing: true }, reply: { refused: session } };
    }
    const superuser = state.cluster.roles[session.user]?.options.includes('superuser') ?? false;
    const welcome = { version: asked.version, superuser, number: client.number };
    return { state, client: { ...client, session }, reply: { welcome } };
  }
  const { session } = client;
  const seen = client.own ?? state.cluster;
  if (!session) return { state, client: { ...client, closing: true }, reply: { seen: null } };
  if ('look' in request) return { state, client, reply: { seen: rules.look(request.look, seen, session) } };
  const done = runText(request.query, seen, session, asked);
  const answers = [...done.answers];
  let next = state;
  let { session: after } = done;
  const open = after.before !== null;
  const began = session.before === null && open;
  const changed = !open && done.cluster !== state.cluster;
  if (changed && session.before !== null && client.since !== state.version && done.cluster !== session.before) {
    const busy = 'two transactions that change data at the same time';
    const { failure } = sqlError(
      asked.flavour,
      ['40001', `drydock's small SQL engine does not know ${busy}`],
      [1213, '40001', `drydock's small SQL engine does not know ${busy}`],
    );
    answers.splice(0, answers.length, { error: failure });
    after = { ...after, before: null, failed: false };
  } else if (changed) {
    rules.save(state.cluster, done.cluster);
    next = { ...state, cluster: done.cluster, version: state.version + 1 };
  }
  for (const { error } of answers) if (error) rules.failed(error, request.query, client);
  return {
    state: next,
    client: { ...client, session: after, own: open ? done.cluster : null, since: began ? state.version : client.since },
    reply: { answers, state: after.failed ? 'failed' : open ? 'open' : 'idle', database: after.database },
  };
}
