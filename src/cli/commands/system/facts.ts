import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, call, complain } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { systemTypes } from '../../format/data/system-types.ts';
import { rawJson } from '../../format/go/json.ts';
import { structType } from '../../format/go/structs.ts';
import { TemplateError } from '../../format/template/error.ts';
import { readTemplate, render } from '../../format/template/template.ts';
import type { Turn } from '../../verb.ts';
import { client as clientRelease } from '../../version.ts';

/** An engine's answer, or why there is none: these commands then tell of the client all the same. */
export type Asked = { readonly body: Json } | { readonly error: CliError };

export function askEngine(client: Client, path: string): Asked {
  try {
    return { body: call(client, { method: 'GET', path }) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { error };
  }
}

/** Ends a command; a missing engine is an error. */
export function ended(client: Client, asked: Asked): Turn {
  if ('body' in asked) return { exit: 0 };
  complain(client, asked.error.message);
  return { exit: 1 };
}

const clientFacts = {
  Platform: { Name: clientRelease.platform },
  Version: clientRelease.version,
  ApiVersion: clientRelease.apiVersion,
  DefaultAPIVersion: clientRelease.apiVersion,
  GitCommit: clientRelease.commit,
  GoVersion: clientRelease.goVersion,
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: clientRelease.built,
} as const;

export type ClientFacts = Omit<typeof clientFacts, 'Os' | 'Platform'> & {
  readonly Os: string;
  readonly Platform: { readonly Name: string };
  readonly Context: string;
};

/** What the client says of itself. */
export function factsOf({ endpoint, sys }: Client): ClientFacts {
  // Docker Desktop's client has no name of its own
  const system = sys.uname().sysname.toLowerCase();
  const own = system === 'linux' ? {} : { Os: system, Platform: { Name: '' } };
  return { ...clientFacts, ...own, Context: endpoint.context ?? 'default' };
}

/**
 * Prints data by a user's template; `struct` is its Go type, `name` what the real client calls the template in errors.
 * Throws CliError (64 when the template cannot be read).
 */
export function printBy(client: Client, format: string, struct: string, data: Json, name: string): void {
  if (format === 'json') {
    client.output.push([1, encodeUtf8(`${rawJson(data)}\n`)]);
    return;
  }
  const named = (error: TemplateError) => error.message.replace('template: :', `template: ${name}:`);
  let template: ReturnType<typeof readTemplate>;
  try {
    template = readTemplate(format);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(`template parsing error: ${named(error)}`, 64);
  }
  let text = '';
  try {
    text = render(template, { type: structType(systemTypes(), struct, 'system'), data });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    client.output.push([1, '\n']);
    throw new CliError(named(error).replace('executing ""', `executing "${name}"`));
  }
  client.output.push([1, encodeUtf8(`${text}\n`)]);
}
