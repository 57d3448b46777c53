import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Json } from '../../kernel/json.ts';
import { type Client, complain } from '../client.ts';
import { CliError } from '../errors.ts';
import { escapeHtml, indentJson, rawJson } from '../format/go/json.ts';
import type { Type } from '../format/go/types.ts';
import { TemplateError } from '../format/template/error.ts';
import type { Template } from '../format/template/nodes.ts';
import { readTemplate, render } from '../format/template/template.ts';
import type { Turn } from '../verb.ts';

/** An object that was found, and the Go type that templates see it as (none: as JSON). */
export interface Found {
  readonly data: Json;
  readonly type?: Type;
  /** What that type holds, where it writes itself in another order than the engine's answer. */
  readonly typed?: Json;
}

/**
 * What all inspect commands do: look up each name, print what was found as JSON or by a template, and tell at the end
 * what was not. `look` throws CliError. `marshalled`: the client has the objects itself and no JSON of the engine's.
 */
export function inspectAll(
  client: Client,
  format: string | undefined,
  names: readonly string[],
  look: (name: string) => Found,
  options: { readonly marshalled?: true } = {},
): Turn {
  const template = format === undefined || format === '' || format === 'json' ? undefined : parse(format);
  const found: Json[] = [];
  const lines: string[] = [];
  const errors: string[] = [];
  for (const name of names) {
    try {
      const object = look(name);
      found.push(object.data);
      if (template) lines.push(byTemplate(template, object, options.marshalled === true));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  const json = () => (format === 'json' ? rawJson(found) : indentJson(found, '    '));
  const text = template ? lines.join('\n') : options.marshalled ? escapeHtml(json()) : json();
  client.output.push([1, encodeUtf8(`${text}\n`)]);
  for (const error of errors) complain(client, error);
  return { exit: errors.length > 0 ? 1 : 0 };
}

function parse(format: string): Template {
  try {
    return readTemplate(format);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(`template parsing error: ${error.message}`, 64);
  }
}

/** First by the Go type; where that fails, as plain JSON, and that failure is the one that is told. */
function byTemplate(template: Template, { data, type, typed = data }: Found, marshalled: boolean): string {
  try {
    if (type) return render(template, { type, data: typed });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (marshalled) throw new CliError(`template parsing error: ${error.message}`);
  }
  try {
    return render(template, { type: { kind: 'any', numbersAsText: true }, data }, { missingKeyFails: true });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(`template parsing error: ${error.message}`);
  }
}
