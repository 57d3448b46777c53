import type { ContainerCreateBody } from '../../../engine/api.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Wait } from '../../../kernel/program.ts';
import { userOf } from '../../auth-config.ts';
import { type Client, call, complain } from '../../client.ts';
import { ApiError, CliError } from '../../errors.ts';
import { boolFlag, type Flags, textFlag } from '../../flags/parse.ts';
import { isImageId, parseReference, type Reference } from '../../format/reference.ts';
import { beginTransfer, goOnTransfer, type Transfer, type Transferred } from '../../streams/transfer.ts';
import { userFiles } from '../../user-files.ts';

/** A container that is being made; it may first have to wait for its image. Plain data. */
export interface Creation {
  readonly [key: string]: Json | undefined;
  readonly body: Json;
  readonly name?: string;
  readonly pull: 'always' | 'missing' | 'never';
  readonly quiet: boolean;
  /** What `--platform` says. */
  readonly platform?: string;
  /** The image is on its way. */
  readonly transfer?: Transfer;
}

export type Created = { readonly id: string } | { readonly state: Creation; readonly wait: Wait };

const pullOptions = ['always', 'missing', 'never', ''] as const;

/** What `--pull` says. Throws CliError. */
export function checkPull(flags: Flags): void {
  const pull = textFlag(flags, 'pull') ?? '';
  if (pullOptions.some((option) => option === pull)) return;
  throw new CliError(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`);
}

/** Makes a container, as far as it goes at once. Throws CliError. */
export function beginCreation(client: Client, flags: Flags, body: ContainerCreateBody): Created {
  checkIdFile(client, body);
  const name = textFlag(flags, 'name');
  const pull = textFlag(flags, 'pull');
  const platform = textFlag(flags, 'platform');
  const state: Creation = {
    body: body as unknown as Json,
    pull: pull === 'always' || pull === 'never' ? pull : 'missing',
    quiet: boolFlag(flags, 'quiet'),
    ...(name ? { name } : {}),
    ...(platform ? { platform } : {}),
  };
  const reference = isImageId(body.Image) ? undefined : parseReference(body.Image);
  if (reference && state.pull === 'always') return pullImage(client, state, reference);
  try {
    return create(client, state);
  } catch (error) {
    const missing = error instanceof ApiError && error.status === 404 && state.pull === 'missing';
    if (!missing || !reference) throw error;
    if (!state.quiet) complain(client, `Unable to find image '${reference.familiar}' locally`);
    return pullImage(client, state, reference);
  }
}

/** Goes on when something of the image has come. Throws CliError. */
export function resumeCreation(client: Client, state: Creation): Created {
  return state.transfer ? transferred(client, state, goOnTransfer(client, state.transfer)) : create(client, state);
}

function transferred(client: Client, state: Creation, now: Transferred): Created {
  if ('transfer' in now) return { state: { ...state, transfer: now.transfer }, wait: now.wait };
  return create(client, state);
}

/** Throws CliError when the file for the id is there already, or cannot be made. */
function checkIdFile(client: Client, body: ContainerCreateBody): void {
  const path = body.HostConfig?.ContainerIDFile;
  if (!path) return;
  const files = userFiles(client.sys);
  if (!isErrno(files.stat(path))) {
    throw new CliError(`container ID file found, make sure the other container isn't running or delete ${path}`);
  }
  const failed = files.writeFile(path, '', { mode: 0o644 });
  if (failed) {
    throw new CliError(`failed to create the container ID file: open ${path}: ${strerror(failed).toLowerCase()}`);
  }
  files.unlink(path);
}

function create(client: Client, state: Creation): Created {
  const { name, platform } = state;
  const query = { ...(name === undefined ? {} : { name }), ...(platform === undefined ? {} : { platform }) };
  const answer = call(client, {
    method: 'POST',
    path: '/containers/create',
    ...(Object.keys(query).length > 0 ? { query } : {}),
    body: state.body,
  });
  const { Id, Warnings } = answer as { readonly Id: string; readonly Warnings?: readonly string[] | null };
  for (const warning of Warnings ?? []) complain(client, `WARNING: ${warning}`);
  const idFile = (state.body as { HostConfig?: { ContainerIDFile?: string } }).HostConfig?.ContainerIDFile;
  if (idFile) userFiles(client.sys).writeFile(idFile, Id, { mode: 0o644 });
  return { id: Id };
}

function pullImage(client: Client, state: Creation, reference: Reference): Created {
  const query = {
    fromImage: `${reference.domain}/${reference.path}`,
    tag: reference.digest ?? reference.tag ?? 'latest',
    ...(state.platform === undefined ? {} : { platform: state.platform }),
  };
  const username = userOf(client, reference.domain);
  const auth = username === undefined ? {} : { auth: { username } };
  const request = { method: 'POST' as const, path: '/images/create', query, ...auth };
  return transferred(client, state, beginTransfer(client, request, state.quiet ? null : 2));
}
