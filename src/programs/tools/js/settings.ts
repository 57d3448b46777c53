import type { Sys } from '../../../kernel/program.ts';
import { exists, textOf } from '../files.ts';

/** The first of these files that is there, with its text. */
export function configOf(
  sys: Sys,
  ...names: readonly string[]
): { readonly path: string; readonly text: string } | undefined {
  for (const path of names) {
    const text = textOf(sys, path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

/** The names of a configuration file with the endings that tools of JavaScript take. */
export function endings(base: string): readonly string[] {
  return ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].map((ending) => `${base}.${ending}`);
}

/** What a configuration says for a key: a word in quotes, also in path.resolve and the like; constants are those of `whole`. */
export function setting(text: string, key: string, whole: string = text): string | undefined {
  const direct = new RegExp(`\\b${key}\\s*:\\s*(['"\`])([^'"\`]+)\\1`).exec(text)?.[2];
  if (direct !== undefined) return direct;
  const call = new RegExp(`\\b${key}\\s*:\\s*(?:[\\w.]+)\\(([^()]*(?:\\([^()]*\\))?[^()]*)\\)`).exec(text)?.[1];
  if (call === undefined) {
    const name = new RegExp(`\\b${key}\\s*:\\s*([A-Za-z_]\\w*)\\s*[,}\\n]`).exec(text)?.[1];
    return name === undefined ? undefined : constant(whole, name, 0);
  }
  return joined(whole, call, 0);
}

/** The words of a call as of path.join, with the constants that it names. */
function joined(text: string, call: string, depth: number): string | undefined {
  const words = call.split(',').flatMap((part) => {
    const quoted = /(['"`])([^'"`]+)\1/.exec(part)?.[2];
    const name = /^\s*([A-Za-z]\w*)\s*$/.exec(part)?.[1];
    return quoted ?? (name === undefined ? undefined : constant(text, name, depth + 1)) ?? [];
  });
  return words.length === 0 ? undefined : words.join('/').replaceAll('/./', '/');
}

/** A constant that the configuration sets to a path. */
function constant(text: string, name: string, depth: number): string | undefined {
  const value = new RegExp(`\\b(?:const|let|var)\\s+${name}\\s*=\\s*([^;\\n]+)`).exec(text)?.[1];
  if (value === undefined || depth > 4) return undefined;
  const call = /\(([^()]*)\)/.exec(value)?.[1];
  return call === undefined ? /(['"`])([^'"`]+)\1/.exec(value)?.[2] : joined(text, call, depth);
}

/** The value of an option: `--out-dir x`, `--out-dir=x`. */
export function option(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [i, one] of args.entries()) {
    for (const name of names) {
      if (one === name) return args[i + 1];
      if (one.startsWith(`${name}=`)) return one.slice(name.length + 1);
    }
  }
  return undefined;
}

/** A path in a folder, tidied. */
export function inside(folder: string, path: string): string {
  if (path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}

/** Eight letters that follow from a text, as bundlers put them into names. */
export function shortHash(text: string): string {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The first of these paths that is there. */
export function firstOf(sys: Sys, ...paths: readonly string[]): string | undefined {
  return paths.find((path) => exists(sys, path));
}
