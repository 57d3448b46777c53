import type { ApiResponse } from './api.ts';

/** What can go wrong in the engine: stable codes for hints and tests. */
export type EngineErrorCode =
  | 'no-such-container'
  | 'no-such-image'
  | 'no-such-exec'
  | 'name-conflict'
  | 'image-conflict'
  | 'no-registry'
  | 'registry-down'
  | 'rate-limited'
  | 'disk-full'
  | 'invalid-name'
  | 'container-running'
  | 'container-not-running'
  | 'container-paused'
  | 'container-not-paused'
  | 'bad-parameter'
  | 'start-failed'
  | 'port-taken'
  | 'no-such-network'
  | 'network-exists'
  | 'network-in-use'
  | 'predefined-network'
  | 'pool-overlaps'
  | 'address-in-use'
  | 'already-connected'
  | 'not-connected'
  | 'no-such-plugin'
  | 'no-such-user'
  | 'no-descriptor'
  | 'not-simulated'
  | 'page-not-found';

/** An error answer of the engine: HTTP status and the engine's own words, made where the error is found. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly status: number;

  constructor(code: EngineErrorCode, status: number, message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
    this.status = status;
  }
}

/** The answer that carries an error. */
export function errorResponse(error: EngineError): ApiResponse {
  return { status: error.status, body: { message: error.message } };
}

/** As `docker logs nosuch` shows it (transcripts 03, 04). */
export function noSuchContainer(name: string): EngineError {
  return new EngineError('no-such-container', 404, `No such container: ${name}`);
}

/** As `docker exec` on a stopped container shows it (transcript 04). */
export function notRunning(id: string): EngineError {
  return new EngineError('container-not-running', 409, `container ${id} is not running`);
}

/** What is wrong, from a file that begins a bundle of its own: a class that is in two bundles exists twice. */
export interface Refusal {
  readonly code: EngineErrorCode;
  readonly status: number;
  readonly message: string;
}

/** Throws what is wrong, if anything is. */
export function raise(refusal: Refusal): never;
export function raise(refusal: Refusal | undefined): void;
export function raise(refusal: Refusal | undefined): void {
  if (refusal) throw new EngineError(refusal.code, refusal.status, refusal.message);
}

/** Something that runc could not do while it made a container, in its words. */
export function initFailed(why: string): EngineError {
  const made = 'failed to create task for container: failed to create shim task: OCI runtime create failed: ';
  const begun = `${made}runc create failed: unable to start container process: error during container init: `;
  return new EngineError('start-failed', 400, `${begun}${why}`);
}
