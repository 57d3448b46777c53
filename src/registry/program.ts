import { decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json, Rec } from '../kernel/json.ts';
import type { Exec, Next, Sys } from '../kernel/program.ts';
import { header, httpDate } from '../programs/network/http.ts';
import { type Connection, type HttpReply, type HttpRequest, serve } from '../programs/network/server.ts';
import type { RegistryReply } from './http-api.ts';

/** What a running registry keeps in its process: the rest is in the world, under `store`. */
type State = {
  readonly listener: number;
  readonly connections: readonly Connection[];
  /** The id of its contents in `world.registries`. */
  readonly store: string;
};

/** The service by which the program reaches the contents. */
export const registryService = 'registry';

const reasons: { readonly [status: number]: string } = {
  200: 'OK',
  202: 'Accepted',
  301: 'Moved Permanently',
  404: 'Not Found',
  405: 'Method Not Allowed',
  501: 'Not Implemented',
};

/** `registry serve CONFIG.yml` (or `serve HOST:PORT`): the Distribution project's registry, as `Program.start`. */
export function startRegistry({ argv, env }: Exec, sys: Sys): Next<Json> {
  const [, verb = '', file = ''] = argv;
  if (verb !== 'serve') return refuse(sys, `registry ${verb} is not simulated`);
  const refused = Object.keys(env).find((name) => /^REGISTRY_(?:AUTH|PROXY|HTTP_TLS)/.test(name));
  if (refused !== undefined) return refuse(sys, `${refused} is not simulated`);
  const config = settings(sys, file, env);
  if (typeof config === 'string') return refuse(sys, config);
  const store = contents(sys, config.root);
  if (store === undefined) return refuse(sys, `cannot write in ${config.root}`);
  const listener = sys.net.listen(config.host, config.port);
  if (isErrno(listener)) {
    const why = listener.errno === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address';
    sys.write(2, encodeUtf8(`listen tcp ${config.host}:${config.port}: bind: ${why}\n`));
    return { exit: 1 };
  }
  sys.onSignal('SIGPIPE', 'ignore');
  const shown = config.host === '0.0.0.0' ? `[::]:${config.port}` : `${config.host}:${config.port}`;
  log(sys, `msg="listening on ${shown}"`);
  return round({ listener, connections: [], store }, sys);
}

/** Goes on, as `Program.step`. */
export function stepRegistry(state: Json, sys: Sys): Next<Json> {
  return round(state as unknown as State, sys);
}

function round(state: State, sys: Sys): Next<Json> {
  const { connections, wait } = serve(sys, [state.listener], state.connections, (request) =>
    reply(sys, state.store, request),
  );
  return { state: { ...state, connections }, wait };
}

function reply(sys: Sys, store: string, request: HttpRequest): HttpReply {
  const { method, target } = request;
  const answered = sys.request(registryService, { store, method, target });
  const failed: RegistryReply = { status: 501, headers: [], body: '' };
  const got = isErrno(answered) || !('reply' in answered) ? failed : (answered.reply as unknown as RegistryReply);
  const from = request.remote.replace(/:\d+$/, '');
  const asked = `"${method} ${target} HTTP/1.1" ${got.status} ${got.body.length}`;
  const agent = `"" "${header(request.head, 'user-agent') ?? ''}"`;
  sys.write(2, encodeUtf8(`${from} - - [${logTime(sys.now)}] ${asked} ${agent}\n`));
  return {
    head: {
      first: `HTTP/1.1 ${got.status} ${reasons[got.status] ?? ''}`,
      headers: [...got.headers, ['Date', httpDate(sys.now)], ['Content-Length', String(got.body.length)]],
    },
    body: method === 'HEAD' ? '' : got.body,
    close: false,
  };
}

/** As Apache's combined log has it: `22/Nov/2026:22:02:16 +0000`. */
function logTime(at: number): string {
  const [, day = '', month = '', year = '', time = ''] = /, (\d+) (\w+) (\d+) (\S+)/.exec(httpDate(at)) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

function log(sys: Sys, text: string): void {
  const time = new Date(Math.floor(sys.now / 1000)).toISOString();
  sys.write(2, encodeUtf8(`time="${time}" level=info ${text}\n`));
}

function refuse(sys: Sys, what: string): Next<Json> {
  sys.write(2, encodeUtf8(`drydock: registry: ${what}\n`));
  return { exit: 1 };
}

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly root: string;
}

/** Address and folder: from the configuration file, or an address itself; the environment has the last word. */
function settings(sys: Sys, file: string, env: Rec<string>): Settings | string {
  let address = file;
  let root = `/var/lib/docker-registry/${file.replace(':', '-')}`;
  if (/\.ya?ml$/.test(file)) {
    const got = sys.fs.readFile(file);
    if (isErrno(got)) return `open ${file}: no such file or directory`;
    const text = decodeUtf8(got.bytes);
    const refused = /^(auth|proxy):/m.exec(text)?.[1];
    if (refused !== undefined) return `${refused} in ${file} is not simulated`;
    address = /^\s+addr: *(\S+)/m.exec(text)?.[1] ?? ':5000';
    root = /^\s+rootdirectory: *(\S+)/m.exec(text)?.[1] ?? '/var/lib/registry';
  }
  address = env.REGISTRY_HTTP_ADDR ?? address;
  root = env.REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY ?? root;
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
  if (port === '' || Number(port) > 65535) return `${address} is no address with a port`;
  return { host: host === '' ? '0.0.0.0' : host === 'localhost' ? '127.0.0.1' : host, port: Number(port), root };
}

/**
 * The id of what is in a registry's folder. Its contents are kept in the world; the folder has a file that says which they
 * are, so that they go with the folder: with the container, or with the volume that is mounted there.
 */
function contents(sys: Sys, root: string): string | undefined {
  const folder = `${root}/docker/registry/v2`;
  const note = `${folder}/drydock-contents`;
  const known = sys.fs.readFile(note);
  if (!isErrno(known)) return decodeUtf8(known.bytes).trim();
  const parts = folder.split('/').slice(1);
  parts.forEach((_, i) => {
    sys.fs.mkdir(`/${parts.slice(0, i + 1).join('/')}`, 0o755);
  });
  const id = [0, 1, 2, 3].map(() => sys.random().toString(16).padStart(8, '0')).join('');
  return sys.fs.writeFile(note, `${id}\n`) === undefined ? id : undefined;
}
