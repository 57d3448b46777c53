import { type IgnoreMatcher, ignoreMatcher } from '../../../builder/context/dockerignore/matcher.ts';
import { IgnorePatternError } from '../../../builder/context/dockerignore/pattern.ts';
import { ignoreFileNames, readIgnoreFile } from '../../../builder/context/dockerignore/read.ts';
import type { ByteString } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Machine } from '../../../kernel/machine.ts';
import { EngineError } from '../../errors.ts';
import { clientFiles, readFrom } from '../files-of.ts';
import type { BuildJob } from '../state.ts';
import { dataBytes, statBytes } from './transfer.ts';

/** The rules for what is left out of a context: `NAME.dockerignore` beside the Dockerfile, else `.dockerignore`. */
export function readIgnore(m: Machine, job: BuildJob): { readonly rules: ByteString; readonly sent: number } {
  const { name, folder } = job.request.dockerfile;
  const base = name.slice(name.lastIndexOf('/') + 1);
  const [own, common] = ignoreFileNames(base);
  const beside = folder === undefined ? undefined : clientFiles(m, job.client).readFile(`${folder}/${own}`);
  const found =
    beside === undefined
      ? (readFrom(m, job.client, job.context, own) ?? readFrom(m, job.client, job.context, common))
      : isErrno(beside)
        ? readFrom(m, job.client, job.context, common)
        : beside.bytes;
  return asSent(common, found);
}

function asSent(name: string, found: ByteString | undefined): { readonly rules: ByteString; readonly sent: number } {
  if (found === undefined) return { rules: '', sent: 2 };
  const entry = { type: 'file', mode: 0o644, size: found.length };
  return { rules: found, sent: 2 + statBytes(name, entry) + dataBytes(found.length) };
}

/** The rules of a context that `--build-context` names: its own `.dockerignore`. */
export function readContextIgnore(
  m: Machine,
  job: BuildJob,
  name: string,
): { readonly rules: ByteString; readonly sent: number } {
  const source = job.named[name] ?? { kind: 'none' };
  return asSent('.dockerignore', readFrom(m, job.client, source, '.dockerignore'));
}

/** The rules, ready to be asked. Throws EngineError for a pattern that is none. */
export function matcherOf(rules: ByteString): IgnoreMatcher {
  try {
    return ignoreMatcher(readIgnoreFile(rules));
  } catch (error) {
    if (!(error instanceof IgnorePatternError)) throw error;
    throw new EngineError('bad-parameter', 400, error.message);
  }
}
