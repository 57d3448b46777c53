import { UnknownCompression } from '../../oci/expand.ts';
import { InflateError } from '../../oci/inflate.ts';
import { InvalidArchive } from '../../oci/load-archive.ts';
import { InvalidConfig } from '../../oci/manifest.ts';
import { TarError } from '../../oci/tar.ts';
import { EngineError } from '../errors.ts';

/** The engine's words for what is wrong with an archive; other errors go on. */
export function archiveProblem(error: unknown, folder = ''): string {
  if (error instanceof UnknownCompression) {
    throw new EngineError('not-simulated', 501, `drydock: archives compressed with ${error.message} are not simulated`);
  }
  if (error instanceof InvalidArchive) return error.message.replace('FOLDER', folder);
  if (error instanceof TarError || error instanceof InflateError || error instanceof InvalidConfig)
    return error.message;
  throw error;
}
