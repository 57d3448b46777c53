import type { LineRange } from './types.ts';

/** What can be wrong with a Dockerfile: stable codes for hints and tests. */
export type DockerfileErrorCode =
  | 'empty'
  | 'no-instructions'
  | 'no-stages'
  | 'before-from'
  | 'too-deep'
  | 'line-too-long'
  | 'directive'
  | 'here-document'
  | 'syntax'
  | 'unknown-instruction'
  | 'arguments'
  | 'flag'
  | 'unknown-flag'
  | 'mount'
  | 'stage-name'
  | 'onbuild'
  | 'healthcheck'
  | 'expansion'
  | 'base'
  | 'platform'
  | 'unknown-target'
  | 'unknown-stage'
  | 'circular'
  | 'port'
  | 'signal'
  | 'lint';

/**
 * A Dockerfile that cannot be built: BuildKit's words (what follows `failed to solve: `) and the places in the file,
 * each of which buildx prints as an excerpt of its own (excerpt.ts).
 */
export class DockerfileError extends Error {
  readonly code: DockerfileErrorCode;
  readonly places: readonly LineRange[];
  /** The word that was probably meant, which the message ends with. */
  readonly suggestion?: string;

  constructor(code: DockerfileErrorCode, message: string, places: readonly LineRange[] = [], suggestion?: string) {
    super(suggestion === undefined ? message : `${message} (did you mean ${suggestion}?)`);
    this.name = 'DockerfileError';
    this.code = code;
    this.places = places;
    if (suggestion !== undefined) this.suggestion = suggestion;
  }
}

/** Runs `work`; a DockerfileError out of it gets one more place (as known then), and `before` in front of its words. */
export function located<T>(place: LineRange | (() => LineRange), work: () => T, before = ''): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw relocated(error, [...error.places, typeof place === 'function' ? place() : place], before);
  }
}

/** The same error with other places (and words before it). */
export function relocated(error: DockerfileError, places: readonly LineRange[], before = ''): DockerfileError {
  const moved = new DockerfileError(error.code, `${before}${error.message}`, places);
  return error.suggestion === undefined ? moved : Object.assign(moved, { suggestion: error.suggestion });
}
