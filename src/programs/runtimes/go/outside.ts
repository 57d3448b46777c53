import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { readText } from '../core/process.ts';
import { SyntaxProblem } from '../core/tree.ts';
import {
  downloadModules,
  type GoMod,
  goFiles,
  importsOf,
  missingModules,
  providerOf,
  type Required,
} from './modules.ts';
import { parseGo } from './parse-stmt.ts';

/** What there is to say of a program before it is read: that it needs modules of others, or what is wrong. */
export type Survey =
  | { readonly uses: readonly Required[]; readonly net: boolean; readonly lines: number; readonly place: string }
  | { readonly error: string; readonly exit: number };

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Follows a program's imports through its own module, and finds the modules of others that it uses. */
export function survey(sys: Sys, exec: Exec, mod: GoMod, files: readonly string[], place: string): Survey {
  const seen = new Set<string>();
  const uses = new Map<string, Required>();
  const sources: Source[] = [];
  let net = false;
  let where = '';
  const queue: { readonly files: readonly string[] }[] = [{ files }];
  const vendored = readText(sys, 'vendor/modules.txt') !== undefined;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const path of next.files) {
      const text = readText(sys, path) ?? '';
      sources.push({ path, text });
      for (const wanted of importsOf(text)) {
        if (wanted === 'net/http') net = true;
        if (seen.has(wanted)) continue;
        seen.add(wanted);
        const inside = ownFolder(mod, wanted);
        if (inside !== undefined) {
          const own = goFiles(sys, inside);
          if (own === undefined || own.length === 0) return lost(path, text, wanted, 'is not in std');
          queue.push({ files: own });
        } else if ((wanted.split('/')[0] ?? '').includes('.')) {
          const from = providerOf(mod, wanted);
          if (!from && vendored) continue;
          if (!from) return lost(path, text, wanted, undefined);
          if (uses.size === 0) where = path;
          uses.set(from.path, from);
        }
      }
    }
  }
  const wrong = uses.size > 0 ? syntax(sources, place) : undefined;
  if (wrong !== undefined) return { error: wrong, exit: 1 };
  const fetched = [...uses.values()].filter(({ path }) => !mod.local.has(path));
  if (!vendored) {
    const missing = missingModules(sys, exec.env, fetched);
    const failed = downloadModules(sys, exec.env, fetched);
    const loading = missing.map(({ path, version }) => `go: downloading ${path} ${version}\n`).join('');
    if (loading !== '' && failed === undefined) sys.write(2, loading);
    if (failed !== undefined) return { error: `${where}: ${failed}\n`, exit: 1 };
  }
  const lines = sources.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  return { uses: [...uses.values()], net, lines, place: where };
}

/** The folder of a package of the module itself, or of a folder that takes the place of a module. */
function ownFolder({ module, local }: GoMod, wanted: string): string | undefined {
  if (module !== undefined && wanted === module) return '.';
  if (module !== undefined && wanted.startsWith(`${module}/`)) return `./${wanted.slice(module.length + 1)}`;
  for (const [path, folder] of local)
    if (wanted === path || wanted.startsWith(`${path}/`)) return `${folder}${wanted.slice(path.length)}`;
  return undefined;
}

function lost(path: string, text: string, wanted: string, why: string | undefined): Survey {
  const line = text.slice(0, text.indexOf(`"${wanted}"`)).split('\n');
  const at = `${path}:${line.length}:${(line.at(-1)?.length ?? 0) + 1}`;
  if (why !== undefined) return { error: `${at}: package ${wanted} ${why}\n`, exit: 1 };
  return { error: `${at}: no required module provides package ${wanted}; to add it:\n\tgo get ${wanted}\n`, exit: 1 };
}

/** The first syntax error; lines with type parameters are not read here, so nothing is said of them. */
function syntax(sources: readonly Source[], place: string): string | undefined {
  for (const { path, text } of sources) {
    try {
      parseGo(path, text);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) continue;
      if (text.split('\n')[error.at[0] - 1]?.includes('[') !== false) continue;
      return `# ${place}\n./${path.replace(/^\.\//, '')}:${error.at[0]}:${error.at[1] + 1}: ${error.message}\n`;
    }
  }
  return undefined;
}

/** The folders below one that hold a program (`./cmd/...`). */
export function programFolders(sys: Sys, pattern: string): readonly string[] {
  const top = pattern.replace(/\/?\.\.\.$/, '').replace(/\/$/, '') || '.';
  if (!pattern.endsWith('...')) return [top];
  const found: string[] = [];
  const walk = (folder: string, depth: number): void => {
    const files = goFiles(sys, folder) ?? [];
    if (files.some((path) => /^package main\b/m.test(readText(sys, path) ?? ''))) found.push(folder);
    const names = sys.fs.list(folder);
    if (isErrno(names) || depth > 12) return;
    for (const name of names) {
      const stat = sys.fs.stat(`${folder}/${name}`);
      if (!isErrno(stat) && stat.type === 'dir' && !/^[._]|^(?:testdata|vendor|node_modules)$/.test(name))
        walk(`${folder}/${name}`, depth + 1);
    }
  };
  walk(top, 0);
  return found;
}
