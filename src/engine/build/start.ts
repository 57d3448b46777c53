import type { ByteString } from '../../kernel/bytes.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { randomHex } from '../../kernel/world.ts';
import { gunzip } from '../../oci/gunzip.ts';
import { tarToLayer } from '../../oci/layer-archive.ts';
import { TarError } from '../../oci/tar.ts';
import { EngineError } from '../errors.ts';
import { openProgress } from '../progress.ts';
import { readDefinition } from './definition.ts';
import { type BuildJob, type BuildRequest, type ContextSource, ownBuild } from './state.ts';

const imageScheme = 'docker-image://';

/** Begins a build; the answer is a stream of SolveStatus messages, the last one a BuildEnd. */
export function startBuild(m: Machine, client: number, request: BuildRequest): ServiceAnswer {
  const context = mainContext(m, request);
  const named: { [name: string]: ContextSource } = {};
  const namedImages: { [name: string]: string } = {};
  for (const [name, place] of Object.entries(request.contexts)) {
    if (place.startsWith(imageScheme)) namedImages[name] = place.slice(imageScheme.length);
    else named[name] = { kind: 'folder', path: place };
  }
  const id = randomHex(m, 16);
  const { id: stream, answer } = openProgress(m, client, `build:${id}`);
  const job: BuildJob = {
    id,
    stream,
    client,
    run: m.run ?? '',
    request: withoutArchive(request),
    context,
    named: named as Rec<ContextSource>,
    namedImages,
    started: m.world.now,
    bases: {},
    loading: [],
    steps: {},
  };
  (ownBuild(m, 'jobs') as { [id: string]: BuildJob })[id] = job;
  readDefinition(m, job);
  return answer;
}

/** The archive is kept as files, once. */
function withoutArchive({ context: { archive: _, ...context }, ...rest }: BuildRequest): BuildRequest {
  return { ...rest, context };
}

function mainContext(m: Machine, { context: { archive, folder, shown } }: BuildRequest): ContextSource {
  if (archive !== undefined) return { kind: 'archive', tree: unpacked(m, archive) };
  if (folder === undefined) return { kind: 'none' };
  return { kind: 'folder', path: folder, ...(shown === undefined ? {} : { shown }) };
}

function unpacked(m: Machine, archive: ByteString): DirNode {
  try {
    return ownedByRoot(tarToLayer(gunzip(archive) ?? archive, m.world.now));
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw new EngineError('bad-parameter', 400, `failed to read the context: ${error.message}`);
  }
}

/** Files of a context belong to root, whoever packed them. */
function ownedByRoot(dir: DirNode): DirNode {
  const entries = Object.fromEntries(
    Object.entries(dir.entries).map(([name, node]) => {
      if (node.t === 'dir') return [name, ownedByRoot(node)];
      return [name, node.t === 'hard' || node.t === 'whiteout' ? node : { ...node, uid: 0, gid: 0 }];
    }),
  );
  return { ...dir, uid: 0, gid: 0, entries };
}
