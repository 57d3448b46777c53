import type { Value } from '../go/types.ts';
import { builtins } from './builtins.ts';
import { dockerFunctions } from './docker-functions.ts';
import { executeTemplate } from './execute.ts';
import type { Functions } from './function.ts';
import type { Template } from './nodes.ts';
import { parseTemplate } from './parser.ts';

const all: Functions = { ...builtins, ...dockerFunctions };

/** Reads a template of docker's `--format`. Throws TemplateError. */
export function readTemplate(source: string): Template {
  return parseTemplate(source, (name) => Object.hasOwn(all, name));
}

/** What a template makes of a value. Throws TemplateError. */
export function render(
  template: Template,
  data: Value,
  options: { readonly functions?: Functions; readonly missingKeyFails?: boolean } = {},
): string {
  const { functions = {}, missingKeyFails = false } = options;
  return executeTemplate(template, data, { functions: { ...all, ...functions }, missingKeyFails });
}
