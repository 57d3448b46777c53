import { CliError } from '../errors.ts';
import type { Type, Value } from './go/types.ts';
import { string } from './go/types.ts';
import { tabulate } from './tabwriter.ts';
import { headerFunctions } from './template/docker-functions.ts';
import { TemplateError } from './template/error.ts';
import type { Template } from './template/nodes.ts';
import { readTemplate, render } from './template/template.ts';

/** How a list is to be shown: a template, perhaps in a table with a header. */
export interface ListFormat {
  readonly table: boolean;
  readonly template: Template;
}

/** Reads a template that a user gave. Throws CliError. */
export function userTemplate(source: string): Template {
  return parsing(source, 'failed to parse template');
}

function parsing(source: string, problem: string): Template {
  try {
    return readTemplate(source);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(`${problem}: ${error.message}`);
  }
}

/** Reads a list's format: `json`, `table TEMPLATE` or a template, in which `\t` and `\n` mean tab and new line. */
export function listFormat(text: string): ListFormat {
  const table = text.startsWith('table');
  const bare = table ? text.slice('table'.length).replace(/^ +| +$/g, '') : text;
  const source = text === 'json' ? '{{json .}}' : bare.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
  return { table, template: parsing(source, 'template parsing error') };
}

/** The lines of a list. Throws CliError when the template does not fit the rows. */
export function listLines(format: ListFormat, header: Header, rows: readonly Value[]): string {
  const lines = rows.map((row) => rendering(format.template, row, 'template parsing error'));
  if (!format.table) return lines.map((line) => `${line}\n`).join('');
  const title = render(format.template, headerValue(header), { functions: headerFunctions });
  const all = [title, ...lines].join('\n').split('\n');
  return tabulate(all, { least: 10, padding: 3 })
    .map((line) => `${line}\n`)
    .join('');
}

/** One row by a list's template. Throws CliError. */
export function renderRow(template: Template, row: Value): string {
  return rendering(template, row, 'failed to execute template');
}

function rendering(template: Template, row: Value, problem: string): string {
  try {
    return render(template, row);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(`${problem}: ${error.message}`);
  }
}

/** The titles of columns by the names that templates call them by. */
export type Header = { readonly [field: string]: string };

function headerValue(header: Header): Value {
  return { type: headerType, data: header };
}

/** `{{.Label "com.example.some-name"}}` has the title `some name`. */
const labelTitle = Object.assign(
  (_self: Value, [name]: readonly Value[]): Value => {
    const last =
      String(name?.data ?? '')
        .split('.')
        .at(-1) ?? '';
    return { type: string, data: last.replace(/[-_]/g, ' ') };
  },
  { takes: [string] },
);

const headerType: Type = { kind: 'map', elem: string, methods: { Label: labelTitle } };
