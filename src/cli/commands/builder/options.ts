import { contextName } from '../../../builder/graph/stages.ts';
import { formatPlatform, InvalidPlatform, parsePlatform } from '../../../builder/platform.ts';
import type { BuildRequest } from '../../../engine/build/state.ts';
import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import { formatReference, InvalidReference, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { userOf } from '../../auth-config.ts';
import type { Client } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { namedFields } from '../../flags/fields.ts';
import { boolFlag, type Flags, listFlag, textFlag } from '../../flags/parse.ts';
import { userFiles } from '../../user-files.ts';
import { cachesOf } from './caches.ts';
import { buildError, driverHint, invalidValue, refused } from './errors.ts';
import { outputOf } from './output.ts';

/** The parts of a build's request that flags decide. Throws CliError in the client's words. */
export function requestOf(
  client: Client,
  flags: Flags,
  env: Rec<string>,
): Omit<BuildRequest, 'context' | 'dockerfile'> {
  checkRefused(flags);
  const network = textFlag(flags, 'network') || 'default';
  if (network !== 'default' && network !== 'none' && network !== 'host') {
    throw buildError(
      `network mode ${JSON.stringify(network)} not supported by buildkit - you can define a custom network for your ` +
        'builder using the network driver-opt in buildx create',
    );
  }
  const { kind, names } = outputOf(flags);
  const target = textFlag(flags, 'target');
  const buildArgs = pairs(listFlag(flags, 'build-arg'), env);
  const hubUser = userOf(client, 'docker.io');
  return {
    contexts: contextsOf(client, flags),
    tags: [...listFlag(flags, 'tag').map(tagOf), ...names.map(tagOf)],
    buildArgs,
    labels: pairs(listFlag(flags, 'label'), {}, true),
    ...(target === undefined ? {} : { target }),
    network,
    hosts: hostsOf(listFlag(flags, 'add-host')),
    noCache: boolFlag(flags, 'no-cache'),
    noCacheFilter: listFlag(flags, 'no-cache-filter').flatMap((each) => each.split(',')),
    pull: boolFlag(flags, 'pull'),
    ...cachesOf(flags, buildArgs),
    check: boolFlag(flags, 'check') || textFlag(flags, 'call') === 'check',
    output: kind,
    secrets: secretsOf(client, flags, env),
    ...(hubUser === undefined ? {} : { hubUser }),
  };
}

function checkRefused(flags: Flags): void {
  const call = textFlag(flags, 'call');
  if (call !== undefined && call !== 'build' && call !== 'check') throw refused(`docker build --call=${call}`);
  for (const platform of listFlag(flags, 'platform')) checkPlatform(platform);
  for (const entitlement of listFlag(flags, 'allow')) {
    if (!entitlements.test(entitlement)) throw buildError(`unknown entitlement ${entitlement}`);
  }
  const builder = textFlag(flags, 'builder') ?? '';
  if (builder !== '' && builder !== 'default') throw new CliError(`ERROR: no builder ${JSON.stringify(builder)} found`);
  const attests = [
    ...listFlag(flags, 'attest'),
    ...(['provenance', 'sbom'] as const).flatMap((name) => attestOf(name, textFlag(flags, name) ?? '')),
  ];
  for (const each of attests) namedFields(each, invalidValue);
  if (attests.some((each) => !/disabled=true/.test(each))) throw driverHint('Attestation', 'attestations');
  if (listFlag(flags, 'ssh').length > 0) throw refused('docker build --ssh (there is no ssh agent here)');
  if (boolFlag(flags, 'push')) {
    if (listFlag(flags, 'tag').length === 0) throw buildError('tag is needed when pushing to registry');
    throw refused('docker build --push (use docker push afterwards); it');
  }
}

const entitlements = /^(?:network\.host|security\.insecure|device(?:=.*)?|fs(?:\.read|\.write)?(?:=.*)?|ssh(?:=.*)?)$/;

function checkPlatform(text: string): void {
  if (text === '' || text === 'local') return;
  const own = { os: 'linux', architecture: 'amd64' };
  try {
    if (formatPlatform(parsePlatform(text, own)) !== formatPlatform(own)) {
      throw refused(`building for the platform ${text}`);
    }
  } catch (error) {
    throw error instanceof InvalidPlatform ? buildError(error.message) : error;
  }
}

/** The attestation that `--provenance` or `--sbom` asks for: with a truth value, or with fields of its own. */
function attestOf(type: string, value: string): readonly string[] {
  if (value === '' || ['0', 'f', 'F', 'false', 'False', 'FALSE'].includes(value)) return [];
  return ['1', 't', 'T', 'true', 'True', 'TRUE'].includes(value) ? [`type=${type}`] : [`type=${type},${value}`];
}

/** `NAME:ADDRESS` or `NAME=ADDRESS`. */
function hostsOf(entries: readonly string[]): readonly string[] {
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (!/[:=]/.test(entry)) throw buildError(`invalid host ${entry}`);
      return entry.replace('=', ':');
    });
}

/** A tag in full. Throws CliError. */
export function tagOf(text: string): string {
  try {
    return formatReference(withDefaultTag(parseReference(text)));
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    const words = error.message.replace(/^invalid reference format: (?=repository name)/, '').replace(/ \([^)]*\)/, '');
    throw buildError(`invalid tag ${JSON.stringify(text)}: ${words}`);
  }
}

/** `KEY=value`; without `=` the value comes from the environment (and without one there is none). */
function pairs(list: readonly string[], env: Rec<string>, empty = false): Rec<string> {
  const found: { [key: string]: string } = {};
  for (const item of list) {
    const cut = item.indexOf('=');
    const key = cut < 0 ? item : item.slice(0, cut);
    const value = cut >= 0 ? item.slice(cut + 1) : Object.hasOwn(env, key) ? env[key] : empty ? '' : undefined;
    if (value !== undefined) found[key] = value;
  }
  return found;
}

function contextsOf(client: Client, flags: Flags): Rec<string> {
  const found: { [name: string]: string } = {};
  for (const item of listFlag(flags, 'build-context')) {
    const cut = item.indexOf('=');
    if (cut < 0) throw new CliError(`ERROR: invalid context value: ${item}, expected key=value`);
    const [name, value] = [contextName(item.slice(0, cut)), item.slice(cut + 1)];
    if (value.startsWith('docker-image://')) {
      found[name] = value;
      continue;
    }
    const [, missing] = /^target:(.*)/.exec(value) ?? [];
    if (missing !== undefined) throw buildError(`failed to find target ${missing} for context ${name}`);
    if (/^(?:https?|git|ssh|oci-layout):\/\//.test(value) || value.startsWith('git@')) {
      throw refused(`--build-context ${item}`);
    }
    const folder = userFiles(client.sys).realpath(value);
    const stat = isErrno(folder) ? folder : userFiles(client.sys).stat(folder);
    if (isErrno(folder) || isErrno(stat) || stat.type !== 'dir') {
      throw buildError(`failed to get build context ${name}: stat ${value}: no such file or directory`);
    }
    found[name] = folder;
  }
  return found;
}

function secretsOf(client: Client, flags: Flags, env: Rec<string>): Rec<ByteString> {
  const found: { [id: string]: ByteString } = {};
  for (const text of listFlag(flags, 'secret')) {
    const fields = namedFields(
      text,
      (field) => new CliError(`ERROR: invalid field '${field}' must be a key=value pair`),
    );
    for (const [name, value] of fields) {
      if (['env', 'id', 'source', 'src', 'type'].includes(name)) continue;
      throw new CliError(`ERROR: unexpected key '${name}' in '${name}=${value}'`);
    }
    const id = fields.get('id') ?? '';
    if (id === '') throw buildError('secret missing ID');
    const type = fields.get('type');
    const name = fields.get('env') ?? (type === 'env' ? (fields.get('src') ?? id) : undefined);
    const path = fields.get('src') ?? fields.get('source');
    if (name !== undefined || (path === undefined && type !== 'file' && Object.hasOwn(env, id))) {
      const value = env[name ?? id];
      if (value !== undefined) found[id] = encodeUtf8(value);
      continue;
    }
    const at = path ?? id;
    const got = userFiles(client.sys).readFile(at);
    if (isErrno(got)) throw buildError(`failed to stat ${at}: stat ${at}: ${strerror(got).toLowerCase()}`);
    found[id] = got.bytes;
  }
  return found;
}
