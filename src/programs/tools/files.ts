import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { executableStub } from '../../kernel/stub.ts';

/** A file's text, or undefined when it cannot be read. */
export function textOf(sys: Sys, path: string): string | undefined {
  const got = sys.fs.readFile(path);
  return isErrno(got) ? undefined : decodeUtf8(got.bytes);
}

/** The value of a JSON file (comments and trailing commas are taken), or undefined. */
export function jsonOf(sys: Sys, path: string): unknown {
  const text = textOf(sys, path);
  if (text === undefined) return undefined;
  for (const candidate of [text, withoutComments(text)]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // the next one
    }
  }
  return undefined;
}

function withoutComments(text: string): string {
  const bare = text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted?: string) => quoted ?? '');
  return bare.replace(/,(\s*[\]}])/g, '$1');
}

/** A value's field when it is an object. */
export function field(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
    value,
  );
}

export function textField(value: unknown, ...names: readonly string[]): string | undefined {
  const got = field(value, ...names);
  return typeof got === 'string' ? got : undefined;
}

/** The entries of an object; none of anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

export function exists(sys: Sys, path: string): boolean {
  return !isErrno(sys.fs.stat(path));
}

export function isFolder(sys: Sys, path: string): boolean {
  const stat = sys.fs.stat(path);
  return !isErrno(stat) && stat.type === 'dir';
}

/** Makes a folder with all above it. */
export function makeFolder(sys: Sys, path: string): void {
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    if (folder !== '' && folder !== '.') sys.fs.mkdir(folder, 0o755);
  }
}

/** Writes a text with the folders above it; `size` when it takes more than is kept of it. */
export function put(
  sys: Sys,
  path: string,
  text: string,
  more: { readonly size?: number; readonly mode?: number } = {},
) {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (folder !== '') makeFolder(sys, folder);
  const bytes = encodeUtf8(text);
  sys.fs.writeFile(path, bytes);
  if (more.mode !== undefined) sys.fs.chmod(path, more.mode);
  if (more.size !== undefined && more.size > bytes.length) sys.fs.declareSize(path, more.size);
}

/** An executable that names a program. */
export function putProgram(sys: Sys, path: string, program: string, size?: number): void {
  const bytes = executableStub(program);
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (folder !== '') makeFolder(sys, folder);
  sys.fs.unlink(path);
  sys.fs.writeFile(path, bytes);
  sys.fs.chmod(path, 0o755);
  if (size !== undefined && size > bytes.length) sys.fs.declareSize(path, size);
}

/** All files below a folder, by their paths from it; folders with these names are left out. */
export function filesBelow(sys: Sys, folder: string, without: ReadonlySet<string> = new Set()): readonly string[] {
  const found: string[] = [];
  const walk = (at: string, depth: number): void => {
    const names = sys.fs.list(at === '' ? folder : `${folder}/${at}`);
    if (isErrno(names) || depth > 30) return;
    for (const name of names) {
      const path = at === '' ? name : `${at}/${name}`;
      const stat = sys.fs.stat(`${folder}/${path}`, { follow: false });
      if (isErrno(stat)) continue;
      if (stat.type === 'dir') {
        if (!without.has(name)) walk(path, depth + 1);
      } else if (stat.type === 'file') found.push(path);
    }
  };
  walk('', 0);
  return found;
}

/** Copies the files below a folder; how many. */
export function copyBelow(sys: Sys, from: string, to: string, without: ReadonlySet<string> = new Set()): number {
  const files = filesBelow(sys, from, without);
  for (const path of files) copyFile(sys, `${from}/${path}`, `${to}/${path}`);
  return files.length;
}

/** Copies a file with its mode and its declared size. */
export function copyFile(sys: Sys, from: string, to: string): void {
  const got = sys.fs.readFile(from);
  const stat = sys.fs.stat(from);
  if (isErrno(got) || isErrno(stat)) return;
  makeFolder(sys, to.slice(0, Math.max(0, to.lastIndexOf('/'))));
  sys.fs.writeFile(to, got.bytes);
  sys.fs.chmod(to, stat.mode & 0o7777);
  if (stat.size > got.bytes.length) sys.fs.declareSize(to, stat.size);
}

/** Removes a file, or a folder with all in it. */
export function remove(sys: Sys, path: string): void {
  const stat = sys.fs.stat(path, { follow: false });
  if (isErrno(stat)) return;
  if (stat.type !== 'dir') {
    sys.fs.unlink(path);
    return;
  }
  const names = sys.fs.list(path);
  if (!isErrno(names)) for (const name of names) remove(sys, `${path}/${name}`);
  sys.fs.rmdir(path);
}

/** The path from the root. */
export function absolute(sys: Sys, path: string): string {
  const full = path.startsWith('/') ? path : `${sys.cwd()}/${path}`;
  const parts: string[] = [];
  for (const part of full.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
