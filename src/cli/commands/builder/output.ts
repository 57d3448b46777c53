import type { BuildRequest } from '../../../engine/build/state.ts';
import { namedFields } from '../../flags/fields.ts';
import { type Flags, listFlag } from '../../flags/parse.ts';
import { buildError, driverHint, invalidValue, refused } from './errors.ts';

/** Where the result of a build goes. */
export interface Output {
  readonly kind: BuildRequest['output'];
  /** A folder, a file, or `-` for the standard output. */
  readonly destination: string;
  /** Further names for the image. */
  readonly names: readonly string[];
}

/** What `--output` says. Throws CliError in the client's words. */
export function outputOf(flags: Flags): Output {
  const [text, ...more] = listFlag(flags, 'output');
  if (more.length > 0)
    throw buildError(
      'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
    );
  if (text === undefined) return { kind: 'image', destination: '', names: [] };
  if (!text.includes('=')) {
    return text === '-'
      ? { kind: 'tar', destination: '-', names: [] }
      : { kind: 'files', destination: text, names: [] };
  }
  const fields = namedFields(text, invalidValue);
  const type = fields.get('type') ?? '';
  const destination = fields.get('dest') ?? '';
  switch (type) {
    case '':
      throw buildError('type is required for output');
    case 'local':
    case 'tar':
      if (destination === '' && type === 'local') throw buildError('dest is required for local exporter');
      return { kind: type === 'local' ? 'files' : 'tar', destination: destination || '-', names: [] };
    case 'image':
      if (fields.get('push') === 'true') throw refused('--output push=true');
      return { kind: 'image', destination: '', names: (fields.get('name') ?? '').split(' ').filter(Boolean) };
    case 'cacheonly':
      return { kind: 'nothing', destination: '', names: [] };
    case 'docker':
      if (destination === '') return { kind: 'image', destination: '', names: [] };
      throw driverHint('Docker exporter', 'build-exporters');
    case 'oci':
      throw driverHint('OCI exporter', 'build-exporters');
    case 'registry':
      throw refused('--output type=registry');
    default:
      throw buildError(`failed to solve: exporter ${JSON.stringify(type)} could not be found`);
  }
}
