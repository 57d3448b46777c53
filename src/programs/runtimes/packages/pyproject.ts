import type { Sys } from '../../../kernel/program.ts';
import { readText } from '../core/process.ts';

/** A project of Python, as its own files describe it. */
export interface PythonProject {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly scripts: readonly string[];
}

/** Reads pyproject.toml, setup.cfg or setup.py of a folder; undefined when there is none of them. */
export function readPython(sys: Sys, folder: string): PythonProject | undefined {
  const toml = readText(sys, `${folder}/pyproject.toml`);
  const setup = readText(sys, `${folder}/setup.cfg`) ?? readText(sys, `${folder}/setup.py`);
  const table = section(toml ?? '', 'project') ?? section(toml ?? '', 'tool.poetry');
  if (table !== undefined) {
    const list = /^dependencies\s*=\s*\[([\s\S]*?)^\s*\]|^dependencies\s*=\s*\[(.*)\]/m.exec(table);
    const scripts = section(toml ?? '', 'project.scripts') ?? section(toml ?? '', 'tool.poetry.scripts') ?? '';
    return {
      name: quoted(table, 'name') ?? 'project',
      version: quoted(table, 'version') ?? '0.0.0',
      dependencies: words(list?.[1] ?? list?.[2] ?? ''),
      scripts: [...scripts.matchAll(/^\s*["']?([\w.-]+)["']?\s*=/gm)].map(([, name = '']) => name),
    };
  }
  if (setup === undefined)
    return toml === undefined ? undefined : { name: 'project', version: '0.0.0', dependencies: [], scripts: [] };
  const required = /install_requires\s*=\s*\[([\s\S]*?)\]/.exec(setup)?.[1];
  return {
    name: /\bname\s*=\s*["']?([\w.-]+)/.exec(setup)?.[1] ?? 'project',
    version: /\bversion\s*=\s*["']?(\d[\w.]*)/.exec(setup)?.[1] ?? '0.0.0',
    dependencies: words(required ?? ''),
    scripts: [],
  };
}

/** The lines of a table of TOML, without those of the tables in it. */
export function section(text: string, name: string): string | undefined {
  const head = new RegExp(`^\\[${name.replaceAll('.', '\\.')}\\][^\\n]*\\n`, 'm').exec(text);
  if (!head) return undefined;
  const rest = text.slice(head.index + head[0].length);
  const end = rest.search(/^\[/m);
  return end < 0 ? rest : rest.slice(0, end);
}

function quoted(table: string, key: string): string | undefined {
  return new RegExp(`^${key}\\s*=\\s*["']([^"']+)["']`, 'm').exec(table)?.[1];
}

function words(list: string): readonly string[] {
  return [...list.replace(/^\s*#.*$/gm, '').matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, a, b]) => a ?? b ?? '');
}

/** What a lock file of uv or poetry lists: names and versions. */
export function lockedProjects(
  text: string,
): readonly { readonly name: string; readonly version: string; readonly own: boolean }[] {
  return text
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .flatMap((block) => {
      const name = quoted(block, 'name');
      const version = quoted(block, 'version');
      const own = /^source\s*=\s*\{\s*(?:editable|virtual|directory)/m.test(block);
      return name === undefined || version === undefined ? [] : [{ name, version, own }];
    });
}
