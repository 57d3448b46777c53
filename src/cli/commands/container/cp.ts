import { type ByteString, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Wake } from '../../../kernel/program.ts';
import { readTar, type TarEntry, TarError, writeTar } from '../../../oci/tar.ts';
import { type Client, complain } from '../../client.ts';
import { arrange } from '../../copy/arrange.ts';
import { fetchFiles, remoteStat, sendFiles } from '../../copy/container-side.ts';
import { followLocal, packLocal, resolveLocal, unpackLocal } from '../../copy/local-side.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, type Flags } from '../../flags/parse.ts';
import { humanSize } from '../../format/size.ts';
import type { Turn, Verb } from '../../verb.ts';

/** An archive that is being read from the standard input. */
interface Reading {
  readonly [key: string]: Json;
  readonly container: string;
  readonly path: string;
  readonly tar: ByteString;
}

/** docker cp: files into a container or out of it; `-` is an archive. */
export const cp: Verb<Reading> = {
  names: ['cp', 'container cp'],
  usage: `[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-
\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH`,
  flags: 'archive,a follow-link,L quiet,q',
  arity: exactly(2),
  run(client, flags, [source = '', destination = '']) {
    if (source === '') throw new CliError('source can not be empty');
    if (destination === '') throw new CliError('destination can not be empty');
    const from = placeOf(source);
    const to = placeOf(destination);
    if (from.container !== '' && to.container !== '') {
      throw new CliError('copying between containers is not supported');
    }
    if (from.container !== '') return copyOut(client, flags, from, destination);
    if (to.container !== '') return copyIn(client, flags, source, to);
    throw new CliError('must specify at least one container source');
  },
  resume(state, wake, client) {
    return readInput(client, state, wake);
  },
};

interface Place {
  readonly container: string;
  readonly path: string;
}

/** `web:/etc`, or a path of the client: an absolute one, or one that begins with a dot, is never a container's. */
function placeOf(text: string): Place {
  const cut = text.indexOf(':');
  const container = text.slice(0, Math.max(cut, 0));
  if (text.startsWith('/') || cut < 0 || container.startsWith('.')) return { container: '', path: text };
  return { container, path: text.slice(cut + 1) };
}

function copyOut(client: Client, flags: Flags, from: Place, destination: string): Turn<Reading> {
  const follow = boolFlag(flags, 'follow-link');
  const target = destination === '-' ? '-' : resolveLocal(client, destination, true);
  const linked = follow ? remoteStat(client, from.container, from.path) : undefined;
  const path = linked && linked.type === 'link' ? linked.target : from.path;
  const { folder, entries } = fetchFiles(client, from.container, path, linked?.type === 'link' ? from.path : path);
  if (target === '-') {
    client.output.push([1, writeTar(entries)]);
    return { exit: 0 };
  }
  const base = entries[0]?.path ?? '.';
  const { dir, entries: arranged } = arrange({ base, folder, entries }, followLocal(client, target));
  unpackLocal(client, dir, arranged);
  return finished(client, flags, entries, target);
}

function copyIn(client: Client, flags: Flags, source: string, to: Place): Turn<Reading> {
  const stat = to.path === '' ? undefined : remoteStat(client, to.container, to.path);
  if (source === '-') {
    if (stat?.kind !== 'dir') {
      throw new CliError(`destination "${to.container}:${to.path}" must be a directory`);
    }
    return readInput(client, { container: to.container, path: to.path, tar: '' }, undefined);
  }
  const path = stat?.type === 'link' ? stat.target : to.path;
  const packed = packLocal(client, source, boolFlag(flags, 'follow-link'));
  const { dir, entries } = arrange(packed, { path, kind: stat?.kind });
  sendFiles(client, to.container, dir, entries);
  return finished(client, flags, packed.entries, `${to.container}:${to.path}`);
}

function finished(client: Client, flags: Flags, entries: readonly TarEntry[], target: string): Turn<Reading> {
  const quiet = flags.has('quiet') ? boolFlag(flags, 'quiet') : !client.sys.isatty(1);
  const size = humanSize(writeTar(entries).length, 3);
  if (!quiet) client.output.push([2, encodeUtf8(`Successfully copied ${size} to ${target}\n`)]);
  return { exit: 0 };
}

/** Takes in the archive until its end. */
function readInput(client: Client, state: Reading, wake: Wake | undefined): Turn<Reading> {
  if (wake?.on === 'signal') return { exit: 130 };
  let { tar } = state;
  for (;;) {
    const got = client.sys.read(0, 65_536);
    if (got === 'again') return { state: { ...state, tar }, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) break;
    tar += got.bytes;
  }
  try {
    sendFiles(client, state.container, state.path, readTar(tar));
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    complain(client, `Error response from daemon: ${error.message}`);
    return { exit: 1 };
  }
  return { exit: 0 };
}
