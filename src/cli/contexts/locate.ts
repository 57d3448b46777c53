import type { Sys } from '../../kernel/program.ts';
import { currentContext } from '../auth-config.ts';
import { type Asked, address, type Endpoint, unresolved } from '../endpoint.ts';
import { CliError } from '../errors.ts';
import { defaultContext, readContext } from './store.ts';

/** The engine's address: the one that was asked for, else that of the context in use (in the configuration's folder). */
export function locate(sys: Sys, asked: Asked, folder: string): Endpoint {
  if (!('context' in asked)) return { ...asked, context: defaultContext };
  const context = asked.context || currentContext(sys, folder) || defaultContext;
  if (context === defaultContext) return { ...address(''), context };
  try {
    const { docker } = readContext(sys, folder, context).Endpoints;
    return { ...address(docker?.Host ?? ''), context };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { ...unresolved(error.message), context };
  }
}
