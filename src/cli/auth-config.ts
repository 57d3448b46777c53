import { type ByteString, decodeUtf8, encodeUtf8, fromUint8Array } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import { base64 } from '../programs/network/base64.ts';
import type { Client } from './client.ts';
import { CliError } from './errors.ts';

/** How Docker Hub is called in the client's configuration. */
export const hubKey = 'https://index.docker.io/v1/';

/** What stands in the place of passwords: what people type here is nowhere kept. */
const noPassword = 'drydock-keeps-no-passwords';

interface ConfigFile {
  readonly auths?: { readonly [server: string]: { readonly auth?: string } };
  readonly currentContext?: string;
  readonly [key: string]: Json | undefined;
}

/** The file with the client's configuration, on its own (simulated) machine. */
export function configPath(client: Pick<Client, 'folder'>): string {
  return `${client.folder ?? ''}/config.json`;
}

/** The key of a registry in the configuration: its host with the port; Docker Hub's is its old address. */
export function serverKey(server: string): string {
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return ['', 'docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(host) ? hubKey : host;
}

/** Who is logged in to a registry, by its domain. */
export function userOf(client: Client, domain: string): string | undefined {
  const { auth } = readConfig(client).auths?.[serverKey(domain)] ?? {};
  if (auth === undefined) return undefined;
  const [user = ''] = decodeUtf8(base64ToBytes(auth)).split(':');
  return user === '' ? undefined : user;
}

/** Keeps a user's name for a registry; tells whether the configuration had none for it. */
export function keepUser(client: Client, key: string, user: string): boolean {
  const config = readConfig(client);
  const auth = base64(encodeUtf8(`${user}:${noPassword}`));
  writeConfig(client, { ...config, auths: { ...config.auths, [key]: { auth } } });
  return config.auths?.[key] === undefined;
}

/** Forgets the user of a registry. */
export function dropUser(client: Client, key: string): void {
  const config = readConfig(client);
  if (config.auths === undefined) return;
  const { [key]: _gone, ...auths } = config.auths;
  writeConfig(client, { ...config, auths });
}

/** The context that the configuration in a folder names, if it names one. */
export function currentContext(sys: Client['sys'], folder: string): string | undefined {
  return readConfig({ sys, folder }).currentContext || undefined;
}

/** Changes the context that the configuration names; without a name it is the default one. */
export function keepCurrentContext(client: Client, name: string | undefined): void {
  const { currentContext: _old, auths = {}, ...others } = readConfig(client);
  writeConfig(client, { auths, ...others, ...(name === undefined ? {} : { currentContext: name }) });
}

function readConfig(client: Pick<Client, 'sys' | 'folder'>): ConfigFile {
  const got = client.sys.fs.readFile(configPath(client));
  if (isErrno(got) || got.bytes === '') return {};
  try {
    return JSON.parse(decodeUtf8(got.bytes)) as ConfigFile;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'invalid character' : String(error);
    throw new CliError(`Error loading config file: ${configPath(client)}: ${why}`);
  }
}

function writeConfig(client: Client, config: ConfigFile): void {
  const { fs } = client.sys;
  fs.mkdir(client.folder ?? '', 0o700);
  fs.writeFile(configPath(client), encodeUtf8(JSON.stringify(config, undefined, '\t')), { mode: 0o600 });
}

function base64ToBytes(text: string): ByteString {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let held = 0;
  const out: number[] = [];
  for (const char of text.replace(/=+$/, '')) {
    held = ((held << 6) | digits.indexOf(char)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out.push((held >> bits) & 0xff);
  }
  return fromUint8Array(Uint8Array.from(out));
}
