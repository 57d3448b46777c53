import type { BuildRequest } from '../../../engine/build/state.ts';
import { CliError } from '../../errors.ts';
import { type Flags, listFlag } from '../../flags/parse.ts';

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
    throw error(
      'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
    );
  if (text === undefined) return { kind: 'image', destination: '', names: [] };
  if (!text.includes('=')) {
    return text === '-'
      ? { kind: 'tar', destination: '-', names: [] }
      : { kind: 'files', destination: text, names: [] };
  }
  const fields = new Map(
    text.split(',').map((field) => [field.split('=', 1)[0] ?? '', field.slice(field.indexOf('=') + 1)]),
  );
  const type = fields.get('type') ?? '';
  const destination = fields.get('dest') ?? '';
  switch (type) {
    case '':
      throw error('type is required for output');
    case 'local':
    case 'tar':
      if (destination === '' && type === 'local') throw error('dest is required for local exporter');
      return { kind: type === 'local' ? 'files' : 'tar', destination: destination || '-', names: [] };
    case 'image':
      if (fields.get('push') === 'true') throw error('drydock: --output push=true is not simulated');
      return { kind: 'image', destination: '', names: (fields.get('name') ?? '').split(' ').filter(Boolean) };
    case 'cacheonly':
      return { kind: 'nothing', destination: '', names: [] };
    case 'docker':
      if (destination === '') return { kind: 'image', destination: '', names: [] };
      throw driver('Docker exporter');
    case 'oci':
      throw driver('OCI exporter');
    case 'registry':
      throw error('drydock: --output type=registry is not simulated');
    default:
      throw error(`failed to solve: exporter ${JSON.stringify(type)} could not be found`);
  }
}

function driver(what: string): CliError {
  return error(
    `${what} is not supported for the docker driver.\n` +
      'Switch to a different driver, or turn on the containerd image store, and try again.\n' +
      'Learn more at https://docs.docker.com/go/build-exporters/',
  );
}

function error(message: string): CliError {
  return new CliError(`ERROR: failed to build: ${message}`);
}
