import type { ArgPair, EscapeToken } from '../types.ts';
import { expandWord, type LookUp } from './word.ts';

/** Where an ARG of a stage can get its value from. */
export interface ArgumentSources {
  /** `--build-arg` */
  readonly given: { readonly [name: string]: string };
  /** ARGs before the first FROM, and the platform's: `TARGETARCH`, … */
  readonly global: ReadonlyMap<string, string>;
  /** The stage's variables at this point. */
  readonly lookUp: LookUp;
}

/**
 * The value that an ARG in a stage gets: what was given, else its default with variables filled in, else the global one
 * of that name. Undefined: it has none. Throws DockerfileError (without places).
 */
export function argumentValue(arg: ArgPair, sources: ArgumentSources, escapeToken: EscapeToken): string | undefined {
  const { key, value } = arg;
  const given = Object.hasOwn(sources.given, key) ? sources.given[key] : undefined;
  if (given !== undefined) return given;
  if (value === undefined) return sources.global.get(key);
  return expandWord(value, sources.lookUp, { escape: escapeToken }).text;
}

/** Build arguments that need no ARG in the Dockerfile: proxies, which RUN gets and the image does not keep. */
export const proxyNames = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];

/** The proxies among build arguments, by lower-case name. */
export function proxiesIn(given: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(given)) {
    if (proxyNames.includes(name.toLowerCase())) found[name.toLowerCase()] = value;
  }
  return found;
}
