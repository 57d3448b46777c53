import type { Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import type { ApiRequest, ApiResponse } from './api.ts';
import { EngineError, errorResponse } from './errors.ts';

type Query = { readonly [key: string]: string };

/** A request as its handler gets it. */
export interface Call {
  readonly m: Machine;
  readonly pid: number;
  /** What the path has in place of `ID`. */
  readonly id: string;
  readonly query: Query;
  readonly body: Json;
  readonly auth: ApiRequest['auth'];
}

/** Answers a request, or throws EngineError. */
export type Handler = (call: Call) => ApiResponse | ServiceAnswer;

/** What an act answers; its errors become answers, because a class that is in two bundles exists twice. */
export function answered<T>(act: () => T): T | ApiResponse {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ...errorResponse(error), code: error.code } as ApiResponse;
  }
}
