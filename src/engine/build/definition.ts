import { DockerfileError } from '../../builder/dockerfile/errors.ts';
import { builtInFeatures, type Features } from '../../builder/dockerfile/instructions/features.ts';
import { checkReport, warningLine } from '../../builder/dockerfile/lint/report.ts';
import { parseDockerfile } from '../../builder/dockerfile/parse.ts';
import { resolveStages } from '../../builder/dockerfile/resolve.ts';
import type { Dockerfile } from '../../builder/dockerfile/types.ts';
import { NotSimulated } from '../../builder/graph/not-simulated.ts';
import { findTarget, linkStages, reachable, type StageNode } from '../../builder/graph/stages.ts';
import { formatPlatform } from '../../builder/platform.ts';
import { type ByteString, decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import { millisecond } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { random } from '../../kernel/world.ts';
import { digestOf } from '../../oci/digest.ts';
import { dataBytes, statBytes } from './context/transfer.ts';
import { clientFiles, namedContexts, readFrom } from './files-of.ts';
import { findings, frontendOf, parametersOf, platform } from './findings.ts';
import { fail, failWith, succeed } from './finish.ts';
import { later } from './later.ts';
import { loadMetadata } from './metadata.ts';
import { begin, complete, tell, warn } from './report.ts';
import { type BuildJob, buildState, updateJob } from './state.ts';

const reading = 8 * millisecond;
/** Larger ones are no Dockerfiles (BuildKit's own limit is the message size of 16 MB). */
const largest = 16 * 1024 * 1024;

const digestFor = (name: string): string => digestOf(encodeUtf8(name));

/** `[internal] load build definition from Dockerfile`. */
export function readDefinition(m: Machine, job: BuildJob): void {
  const base = baseName(job.request.dockerfile.name);
  const name = `[internal] load build definition from ${base}`;
  begin(m, job, digestFor(name), { name });
  later(m, job.id, reading, 'definition');
}

/** The Dockerfile is there: it is parsed, its findings told; then come the images that it names. */
export function definitionRead(m: Machine, id: string): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  const base = baseName(job.request.dockerfile.name);
  const vertex = digestFor(`[internal] load build definition from ${base}`);
  const got = dockerfileBytes(m, job);
  const sent = 'bytes' in got || !got.refused ? (got.sent ?? 2) : 0;
  tell(m, job, vertex, 'transferring dockerfile:', { current: sent, started: m.world.now - reading / 2 });
  if (!('bytes' in got)) {
    complete(m, job, vertex, got.refused ? { error: got.problem } : {});
    fail(m, id, `failed to read dockerfile: ${got.problem}`);
    return;
  }
  const read = updateJob(m, id, { dockerfile: got.bytes });
  if (!read) return;
  try {
    const frontend = frontendOf(read);
    if (!frontend.features) {
      complete(m, read, vertex);
      fail(m, id, `drydock: the frontend ${frontend.image} (# syntax=) is not simulated`);
      return;
    }
    const found = findings(m, read);
    for (const warning of read.request.check ? [] : found.warnings) {
      const { url, description } = warning;
      const detail = [description];
      warn(m, read, {
        vertex,
        level: 1,
        short: warningLine(warning),
        detail,
        ...(url === '' ? {} : { url }),
      });
    }
    complete(m, read, vertex);
    const { check } = read.request;
    if (!check) checkPlatforms(targetOf(read));
    if (check && found.error && found.error.code !== 'base') report(m, read);
    else loadMetadata(m, read);
  } catch (error) {
    if (buildState(m).jobs[id]?.steps[vertex]?.completed === undefined) complete(m, read, vertex);
    failWith(m, id, error);
  }
}

/** What a build with --check ends with. */
export function report(m: Machine, job: BuildJob): void {
  const { dockerfile } = job.request;
  const { warnings, error } = findings(m, job);
  // the client puts a Dockerfile out of its standard input into an empty folder
  const alone = dockerfile.bytes !== undefined && job.context.kind === 'none';
  const name = alone ? `/tmp/empty-dir${Math.floor(random(m) % 4e9)}/${dockerfile.shown}` : dockerfile.shown;
  const file = { name, text: decodeUtf8(job.dockerfile ?? '') };
  succeed(m, job, { names: [], check: checkReport(file, warnings, error) });
}

type Got =
  | { readonly bytes: ByteString; readonly sent: number }
  | {
      readonly problem: string;
      readonly sent?: number /** The client could not even look for it: the step fails. */;
      readonly refused?: true;
    };

function dockerfileBytes(m: Machine, job: BuildJob): Got {
  const { name, folder, bytes } = job.request.dockerfile;
  const missing = { problem: `open ${name}: no such file or directory` };
  const base = baseName(name);
  const sized = (found: ByteString): Got => {
    const entry = { type: 'file', mode: 0o644, size: found.length, mtime: 0, digest: '' } as const;
    return { bytes: found, sent: 2 + statBytes(base, entry) + dataBytes(found.length) };
  };
  if (bytes === '' && job.context.kind === 'none') return { problem: 'no local sources enabled', refused: true };
  if (bytes !== undefined) return sized(bytes);
  if (folder === undefined) {
    const found = readFrom(m, job.client, job.context, name);
    return found === undefined ? missing : sized(found);
  }
  const files = clientFiles(m, job.client);
  const path = `${folder}/${base}`;
  const stat = files.stat(path);
  if (isErrno(stat) && stat.errno === 'EACCES') {
    const { context } = job;
    const shown = context.kind === 'folder' ? (context.shown ?? context.path) : folder;
    const why = `lstat ${shown === '.' ? base : `${shown}/${base}`}: permission denied`;
    return { problem: `rpc error: code = Unknown desc = ${why}`, refused: true };
  }
  if (isErrno(stat)) {
    return stat.errno === 'ENOENT' ? missing : { problem: `open ${base}: ${strerror(stat).toLowerCase()}` };
  }
  if (stat.type === 'dir') {
    const place = `/var/lib/docker/tmp/buildkit-mount${Math.floor(random(m) % 4e9)}`;
    return { problem: `read ${place}/${base}: is a directory`, sent: 2 + statBytes(base, stat) };
  }
  if (stat.size > largest) return { problem: `${base}: ${stat.size} bytes are too many for a Dockerfile` };
  const got = files.readFile(path);
  return isErrno(got) ? { problem: `open ${base}: ${strerror(got).toLowerCase()}` } : sized(got.bytes);
}

/** The Dockerfile of a build, its stages linked, and what is to be built of it. */
export interface Linked {
  readonly dockerfile: Dockerfile;
  readonly scope: ReadonlyMap<string, string>;
  readonly nodes: readonly StageNode[];
  readonly target: StageNode;
  readonly needed: readonly StageNode[];
}

let last: { readonly source: ByteString; readonly features: Features; readonly dockerfile: Dockerfile } | undefined;

/** The Dockerfile that these bytes are. A build asks for its own more than once, so the last one is kept. */
function dockerfileOf(source: ByteString, features: Features): Dockerfile {
  if (last?.source !== source || last.features !== features)
    last = { source, features, dockerfile: parseDockerfile(source, features) };
  return last.dockerfile;
}

/** Parses and links a build's Dockerfile. Throws DockerfileError. */
export function targetOf(job: BuildJob): Linked {
  const { target } = job.request;
  if (job.dockerfile === undefined) throw new DockerfileError('empty', 'the Dockerfile cannot be empty');
  const dockerfile = dockerfileOf(job.dockerfile, frontendOf(job).features ?? builtInFeatures);
  const { globalArgs: scope, stages } = resolveStages(dockerfile, parametersOf(job));
  const nodes = linkStages(stages, namedContexts(job));
  const found = findTarget(nodes, target);
  return { dockerfile, scope, nodes, target: found, needed: reachable(found) };
}

/**
 * Throws NotSimulated for a needed stage that is to be of another platform than the machine. A stage that stands on
 * another one has that one's platform, whatever its FROM says: so BuildKit has it.
 */
function checkPlatforms({ needed }: Linked): void {
  const own = formatPlatform(platform);
  for (const { base, platform: wanted } of needed) {
    if (!wanted || base.kind === 'stage' || formatPlatform(wanted) === own) continue;
    throw new NotSimulated(`building for the platform ${formatPlatform(wanted)}`);
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
