import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { CliError } from '../errors.ts';

/** A context as its file has it: a name for an engine's address. */
export interface ContextMeta {
  readonly Name: string;
  readonly Metadata: { readonly Description?: string };
  readonly Endpoints: { readonly docker?: ContextEndpoint };
}

export interface ContextEndpoint {
  readonly Host: string;
  readonly SkipTLSVerify: boolean;
}

/** The context that is always there and has no file. */
export const defaultContext = 'default';

const namePattern = '^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$';

/** Throws CliError for a name that no context can have. */
export function checkContextName(name: string): void {
  if (name === '') throw new CliError('context name cannot be empty');
  if (name === defaultContext) throw new CliError('"default" is a reserved context name');
  if (!new RegExp(namePattern).test(name)) {
    throw new CliError(
      `context name ${JSON.stringify(name)} is invalid, names are validated against regexp "${namePattern}"`,
    );
  }
}

/** Where a context's file and its keys are kept, in the folder with the client's configuration. */
export function contextPaths(folder: string, name: string): { readonly meta: string; readonly tls: string } {
  const id = bytesToHex(sha256(utf8ToBytes(name)));
  return { meta: `${folder}/contexts/meta/${id}`, tls: `${folder}/contexts/tls/${id}` };
}

/** Is there a context of this name, besides the default one? */
export function contextExists(sys: Sys, folder: string, name: string): boolean {
  return !isErrno(sys.fs.stat(`${contextPaths(folder, name).meta}/meta.json`));
}

/** A context by its name (not the default one). Throws CliError. */
export function readContext(sys: Sys, folder: string, name: string): ContextMeta {
  const file = `${contextPaths(folder, name).meta}/meta.json`;
  const got = sys.fs.readFile(file);
  if (isErrno(got)) {
    throw new CliError(`context ${JSON.stringify(name)}: context not found: open ${file}: no such file or directory`);
  }
  const meta = parsed(decodeUtf8(got.bytes));
  if (!meta) throw new CliError(`parsing metadata from ${file}: invalid content`);
  return meta;
}

/** The text of a context's file as a context; undefined when it is none. */
export function parsed(text: string): ContextMeta | undefined {
  try {
    const { Name = '', Metadata = {}, Endpoints = {} } = JSON.parse(text) as Partial<ContextMeta>;
    return { Name, Metadata, Endpoints };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return undefined;
  }
}

/** All contexts but the default one, in no order. */
export function readContexts(sys: Sys, folder: string): readonly ContextMeta[] {
  const root = `${folder}/contexts/meta`;
  const names = sys.fs.list(root);
  if (isErrno(names)) return [];
  return names.flatMap((name) => {
    const got = sys.fs.readFile(`${root}/${name}/meta.json`);
    return isErrno(got) ? [] : (parsed(decodeUtf8(got.bytes)) ?? []);
  });
}

/** The text that a context's file has. */
export function contextText({ Name, Metadata, Endpoints }: ContextMeta): string {
  return JSON.stringify({ Name, Metadata, Endpoints });
}

/** Keeps a context under its name. */
export function writeContext(sys: Sys, folder: string, meta: ContextMeta): void {
  const path = contextPaths(folder, meta.Name).meta;
  for (const part of [folder, `${folder}/contexts`, `${folder}/contexts/meta`, path]) sys.fs.mkdir(part, 0o755);
  sys.fs.writeFile(`${path}/meta.json`, encodeUtf8(contextText(meta)), { mode: 0o644 });
}

/** Forgets a context. */
export function dropContext(sys: Sys, folder: string, name: string): void {
  const path = contextPaths(folder, name).meta;
  sys.fs.unlink(`${path}/meta.json`);
  sys.fs.rmdir(path);
}
