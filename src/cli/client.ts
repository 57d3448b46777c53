import type { ApiRequest, ApiResponse } from '../engine/api.ts';
import { type ByteString, encodeUtf8 } from '../kernel/bytes.ts';
import { type Errno, fail, isErrno } from '../kernel/errno.ts';
import type { Id, Json } from '../kernel/json.ts';
import type { ServiceAnswer, Sys } from '../kernel/program.ts';
import { defaultHost, type Endpoint } from './endpoint.ts';
import { ApiError, ConnectionError, InitializeError, notSimulated } from './errors.ts';

/** What a command works with: the system it runs on, its two outputs, and the engine. */
export interface Client {
  readonly sys: Sys;
  readonly endpoint: Endpoint;
  /** The folder with the client's configuration. */
  readonly folder?: string;
  /** What is to be printed; the program writes it out as fast as the outputs take it. */
  readonly output: Output[];
}

/** Bytes for standard output (1) or standard error (2). */
export type Output = readonly [fd: 1 | 2, bytes: ByteString];

/** Only the local socket answers. */
const localSockets = [defaultHost, 'unix:///run/docker.sock'];

/** Prints a line on standard output. */
export function say(client: Client, line: string): void {
  client.output.push([1, encodeUtf8(`${line}\n`)]);
}

/** Prints a line on standard error. */
export function complain(client: Client, line: string): void {
  client.output.push([2, encodeUtf8(`${line}\n`)]);
}

/** An engine's answer, or the job whose end brings it; a stream comes as a descriptor. */
export type Answer = { readonly fd?: number } & ({ readonly response: ApiResponse } | { readonly job: Id });

/** Asks the engine. Throws ApiError for an answer of status 400 or more, ConnectionError without an engine. */
export function ask(client: Client, request: ApiRequest): Answer {
  const { endpoint } = client;
  if ('problem' in endpoint) throw new InitializeError(endpoint.problem);
  const answer = engineAnswer(client, endpoint.host, request);
  if (isErrno(answer)) throw answer.errno === 'EACCES' ? socketDenied(request) : cannotConnect(endpoint.host);
  const fd = answer.fd === undefined ? {} : { fd: answer.fd };
  if ('job' in answer) return { job: answer.job, ...fd };
  if (messageOf(answer.reply) === noSuchCall) throw notSimulated(`the engine's ${request.method} ${request.path}`);
  return { response: checked(answer.reply), ...fd };
}

/** The answer of the engine here, of another computer's, or of one that hides in a virtual machine. Throws ConnectionError. */
function engineAnswer({ sys }: Client, host: string, request: ApiRequest): ServiceAnswer | Errno {
  const local = localSockets.includes(host);
  const own = local ? sys.request('dockerd', requestJson(request)) : fail('ENOENT');
  if (!isErrno(own) || own.errno !== 'ENOENT') return own;
  const linked = sys.request('engine-link', { host, request: requestJson(request) });
  if (isErrno(linked) || !('reply' in linked)) return linked;
  const why = (linked.reply as { readonly unreachable?: string }).unreachable;
  if (why === undefined) return linked;
  const url = `http://docker.example.com${requestPath(request)}`;
  throw new ConnectionError(`error during connect: ${verbOf(request)} "${url}": ${why}`);
}

/** The engine has no such call at all. */
const noSuchCall = 'page not found';

/** Asks for something that the engine answers at once; returns the answer's body. Throws as `ask` does. */
export function call(client: Client, request: ApiRequest): Json {
  const answer = ask(client, request);
  if (!('response' in answer)) throw new Error(`an answer to ${request.method} ${request.path} is not ready`);
  return answer.response.body;
}

/** Asks for a stream. Throws as `ask` does. */
export function openStream(client: Client, request: ApiRequest): number {
  const { fd } = ask(client, request);
  if (fd === undefined) throw new Error(`no stream from ${request.method} ${request.path}`);
  return fd;
}

/** An answer that is not an error. Throws ApiError. */
export function checked(reply: Json): ApiResponse {
  const response = reply as unknown as ApiResponse;
  if (response.status < 400) return response;
  throw new ApiError(response.status, messageOf(reply));
}

function messageOf(reply: Json): string {
  const { body } = reply as unknown as ApiResponse;
  const message = body !== null && typeof body === 'object' && 'message' in body ? body.message : undefined;
  return typeof message === 'string' ? message : '';
}

/** The part of a request's path that names a container, exec or image. */
export function inPath(name: string): string {
  return encodeURIComponent(name);
}

function requestJson({ method, path, query, body, auth }: ApiRequest): Json {
  return {
    method,
    path,
    ...(query ? { query } : {}),
    ...(body === undefined ? {} : { body }),
    ...(auth ? { auth } : {}),
  };
}

/** What the client says when nothing answers at the engine's address. */
function cannotConnect(host: string): ConnectionError {
  return new ConnectionError(`Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`);
}

function socketDenied(request: ApiRequest): ConnectionError {
  const url = `http://%2Fvar%2Frun%2Fdocker.sock${requestPath(request)}`;
  return new ConnectionError(
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: ' +
      `${verbOf(request)} "${url}": dial unix /var/run/docker.sock: connect: permission denied`,
  );
}

function verbOf({ method }: ApiRequest): string {
  return method.charAt(0) + method.slice(1).toLowerCase();
}

function requestPath({ path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams(Object.entries(query).sort()).toString();
  return `${path === '/_ping' ? '' : '/v1.51'}${path}${search && `?${search}`}`;
}
